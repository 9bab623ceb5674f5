/**
 * Characters that are not seen, or that reorder what is seen: controls other than tab and the line ends; bidirectional
 * marks, embeddings and isolates; zero-width spaces and joiners; soft hyphen and the other invisible fillers; tag
 * characters; variation selectors but VS16, which emoji need. One set for both sides of the wall: what a person is shown
 * and what a model reads must not differ (docs/safety.md B20).
 */
export const hiddenCharacters = new RegExp(
  `[${[
    String.raw`\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F`,
    String.raw`\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u3164\uFFA0\uFFF9-\uFFFB`,
    String.raw`\u200B-\u200F\u2028-\u202E\u2060-\u206F\u2800\uFEFF`,
    String.raw`\uFE00-\uFE0E\u{1D173}-\u{1D17A}\u{E0000}-\u{E01EF}`,
  ].join('')}]`,
  'gu',
);

/** A hidden character written out: `\u{202E}`. */
export function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`;
}

/** The text with its hidden characters written out. */
export function showHidden(text: string): string {
  return text.replace(hiddenCharacters, escapeCharacter);
}
