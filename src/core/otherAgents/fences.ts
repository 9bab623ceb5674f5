/** A part of a tool's answer: our own words, or data between the lines of a fence, those lines included. */
export interface Part {
  readonly text: string;
  /** What would close the fence of data that does not end within the text. */
  readonly open?: string;
  readonly isData: boolean;
}

/** A tool's answer in parts, whose texts together are the answer. Data cannot pass for the end of its own fence, see `fence`. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  while (at < text.length) {
    const opening = /(?:^|\n)<<<(DATA(?:-\d{1,10})?)\n/.exec(text.slice(at));
    if (opening === null) return [...parts, { text: text.slice(at), isData: false }];
    const begin = at + opening.index;
    if (begin > at) parts.push({ text: text.slice(at, begin), isData: false });
    const closing = `\n${opening[1] ?? ''}>>>`;
    // The line end behind the opening is the one before the closing when there is nothing between.
    const end = text.indexOf(closing, begin + opening[0].length - 1);
    if (end === -1) return [...parts, { text: text.slice(begin), isData: true, open: closing }];
    at = end + closing.length;
    parts.push({ text: text.slice(begin, at), isData: true });
  }
  return parts;
}
