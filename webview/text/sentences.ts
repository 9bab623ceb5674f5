/** Takes an answer piece by piece and hands out what can be read aloud: whole sentences, without the Markdown. */
export interface SentenceReader {
  /** The sentences that the added text completed. */
  add(text: string): string[];
  /** What is left when the answer has ended. */
  end(): string[];
}

// A full stop counts only before white space, so that `1.5` and `a.ts` stay whole; the East Asian ones always do.
const sentenceEnd = /[.!?…]["')\]*_”’]*(?=\s)|[。！？][”’」』）*_]*|\n/g;

/** Makes a reader that says `codeBlock` in place of a fenced block of code. */
export function createSentenceReader(codeBlock: string): SentenceReader {
  let rest = '';
  let fence: string | undefined;

  const take = (piece: string): string[] => {
    const mark = /^\s*(```+|~~~+)/.exec(piece)?.[1];
    if (fence !== undefined) {
      if (mark !== undefined && mark.startsWith(fence)) fence = undefined;
      return [];
    }
    if (mark !== undefined) {
      fence = mark;
      return [codeBlock];
    }
    const words = withoutMarkup(piece);
    return words === '' ? [] : [words];
  };

  return {
    add(text) {
      rest += text;
      const found: string[] = [];
      let from = 0;
      for (const match of rest.matchAll(sentenceEnd)) {
        const to = match.index + match[0].length;
        // In code, and on the line that opens it, only the end of the line ends anything.
        const inCode = fence !== undefined || /^\s*(```|~~~)/.test(rest.slice(from, to));
        if (inCode && match[0] !== '\n') continue;
        found.push(...take(rest.slice(from, to)));
        from = to;
      }
      rest = rest.slice(from);
      return found;
    },
    end() {
      const found = take(rest);
      rest = '';
      return found;
    },
  };
}

/** Longer than anybody listens to, and than the expressions below should be given. */
const longestSentence = 2000;

function withoutMarkup(whole: string): string {
  const text = whole.slice(0, longestSentence);
  return text
    .replace(/!?\[([^\]]*)\]\([^)\s]*\)/g, '$1')
    .replace(/^\s*(#{1,6}\s+|[-*+]\s+|>\s*)+/, '')
    .replace(/\*\*|__|~~|`+/g, '')
    .replace(/^[|\s:-]+$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
