/** Runs of a text: what reads as it stands, and single characters that would not be seen or would reorder what is seen. */
export type Run = { readonly kind: 'plain'; readonly text: string } | { readonly kind: 'hidden'; readonly escaped: string };

// Bidi marks, embeddings and isolates; zero-width spaces and joiners; soft hyphen and the other invisible fillers; the
// tag characters; controls other than tab and the line ends. Variation selectors are hidden too, but emoji need VS16.
const hidden = new RegExp(
  `[${[
    String.raw`\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F`,
    String.raw`\u00AD\u061C\u115F\u1160\u180B-\u180F\u3164\uFFA0\uFFF9-\uFFFB`,
    String.raw`\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF`,
    String.raw`\uFE00-\uFE0E\u{E0000}-\u{E01EF}`,
  ].join('')}]`,
  'gu',
);

/** Whether the text has a character that {@link visibleRuns} would escape. */
export function hasHidden(text: string): boolean {
  // Not `test`, which would leave its place behind in the expression for `matchAll` to begin at.
  return text.search(hidden) !== -1;
}

/** Splits a text into plain runs and escaped hidden characters, in order; joined, `escaped` taken back, it is the text. */
export function visibleRuns(text: string): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const match of text.matchAll(hidden)) {
    if (match.index > from) runs.push({ kind: 'plain', text: text.slice(from, match.index) });
    runs.push({ kind: 'hidden', escaped: escapeCharacter(match[0]) });
    from = match.index + match[0].length;
  }
  if (from < text.length) runs.push({ kind: 'plain', text: text.slice(from) });
  return runs;
}

/** The text with its hidden characters written out, for places that can show only a string. */
export function visibleText(text: string): string {
  return text.replace(hidden, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`;
}
