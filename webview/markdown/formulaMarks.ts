/** A pair of marks with a formula between them. */
export interface Mark {
  readonly open: string;
  readonly close: string;
  /** The formula stands on lines of its own. */
  readonly isDisplay: boolean;
}

const marks: readonly Mark[] = [
  { open: '$$', close: '$$', isDisplay: true },
  { open: '\\[', close: '\\]', isDisplay: true },
  { open: '\\(', close: '\\)', isDisplay: false },
  { open: '$', close: '$', isDisplay: false },
];

/** The mark that opens at this place. */
export function openingMark(text: string, at: number): Mark | undefined {
  return marks.find(({ open }) => text.startsWith(open, at));
}

/**
 * Where the closing mark begins. The next mark of the kind decides, opening or closing, so that however many are never
 * closed, the text is read once.
 */
export function closingMark(text: string, from: number, { open, close }: Mark): number | undefined {
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\n' && close === '$') return undefined;
    if (text.startsWith(close, at)) return at;
    if (character !== '\\') continue;
    if (text.startsWith(open, at)) return undefined;
    // An escaped character, a dollar for one, is the formula's own.
    if (text.charAt(at + 1) !== '\n') at += 1;
  }
  return undefined;
}

const mathematics = /[\\^_=+<>*{}\u0370-\u03FF\u2190-\u22FF]/;

/** Whether what stands between two marks is meant as a formula: not money, not shell variables, not escaped brackets. */
export function isFormula(source: string, { open, isDisplay }: Mark, around: { readonly before: string; readonly after: string } = { before: '', after: '' }): boolean {
  if (!/[\p{L}\p{N}]/u.test(source) || source.includes('`')) return false;
  if (open === '\\[' || open === '\\(') return mathematics.test(source) || /^\s/.test(source) || (open === '\\(' && /^[a-z]$/i.test(source));
  if (isDisplay) return mathematics.test(source) || !/\s[a-z]{2}/i.test(` ${source}`);
  if (/^\s|\s$/.test(source) || /[A-Za-z0-9$\\]/.test(around.before) || /[A-Za-z0-9$]/.test(around.after)) return false;
  return !/^[\d.,]+[kKmMbB]?(\s|[-–—/]\s*$)/.test(source) || mathematics.test(source);
}
