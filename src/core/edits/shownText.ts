import { escapeCharacter, hiddenCharacters, showHidden } from '../../protocol/hiddenCharacters.ts';

/** A text as `read_file` shows it, its hidden characters written out, and the way back. */
export interface ShownText {
  readonly shown: string;
  /** The place in the text itself; undefined inside of what stands for one character. */
  toText(offset: number): number | undefined;
}

/** The text as it is shown; undefined when it is shown as it is. */
export function shownText(text: string): ShownText | undefined {
  const shown = showHidden(text);
  if (shown === text) return undefined;
  /** Of each hidden character: where its escape begins and ends in `shown`, and where the text goes on behind it. */
  const escapes: { readonly from: number; readonly to: number; readonly textFrom: number; readonly textTo: number }[] = [];
  let longer = 0;
  for (const { 0: character, index } of text.matchAll(hiddenCharacters)) {
    const length = escapeCharacter(character).length;
    escapes.push({ from: index + longer, to: index + longer + length, textFrom: index, textTo: index + character.length });
    longer += length - character.length;
  }
  return {
    shown,
    toText(offset) {
      let [low, high] = [0, escapes.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((escapes[middle]?.from ?? Infinity) < offset) low = middle + 1;
        else high = middle;
      }
      const last = escapes[low - 1];
      if (last === undefined) return offset;
      return offset < last.to ? undefined : last.textTo + offset - last.to;
    },
  };
}

/** The hidden characters that are written out in the text, each once: `\u{200B}` as it stands there, and what it stands for. */
export function escapesIn(text: string): readonly { readonly escape: string; readonly character: string }[] {
  const found = new Map<string, string>();
  for (const [escape, digits = ''] of text.matchAll(/\\u\{([0-9A-F]{4,6})\}/g)) {
    const code = Number.parseInt(digits, 16);
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : '';
    if (character !== '' && showHidden(character) === escape) found.set(escape, character);
  }
  return [...found].map(([escape, character]) => ({ escape, character }));
}

/**
 * What is to be written where the model saw hidden characters written out: those of the replaced text are written as
 * the characters that they are; undefined when the replaced text has one both ways, and it cannot be told which is meant.
 */
export function restoreHidden(replacement: string, replaced: string): string | undefined {
  let restored = replacement;
  for (const { escape, character } of escapesIn(replacement)) {
    if (!replaced.includes(character)) continue;
    if (replaced.includes(escape)) return undefined;
    restored = restored.replaceAll(escape, () => character);
  }
  return restored;
}
