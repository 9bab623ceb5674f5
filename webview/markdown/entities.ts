// The names people and models really write; the standard has 2,125, which would be a third of the page's script.
const named: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0', copy: '©', reg: '®', trade: '™', deg: '°',
  plusmn: '±', times: '×', divide: '÷', minus: '−', middot: '·', bull: '•', hellip: '…', ndash: '–', mdash: '—',
  lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', sect: '§', para: '¶', micro: 'µ',
  frac12: '½', frac14: '¼', frac34: '¾', sup1: '¹', sup2: '²', sup3: '³', euro: '€', pound: '£', yen: '¥', cent: '¢',
  larr: '←', rarr: '→', uarr: '↑', darr: '↓', harr: '↔', lArr: '⇐', rArr: '⇒', hArr: '⇔',
  le: '≤', ge: '≥', ne: '≠', asymp: '≈', equiv: '≡', infin: '∞', sum: '∑', prod: '∏', radic: '√', int: '∫',
  part: '∂', nabla: '∇', isin: '∈', notin: '∉', sub: '⊂', sup: '⊃', cap: '∩', cup: '∪', and: '∧', or: '∨', not: '¬',
  forall: '∀', exist: '∃', empty: '∅', alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', theta: 'θ',
  lambda: 'λ', mu: 'μ', pi: 'π', rho: 'ρ', sigma: 'σ', tau: 'τ', phi: 'φ', omega: 'ω', Delta: 'Δ', Sigma: 'Σ',
  Omega: 'Ω', Pi: 'Π', check: '✓', cross: '✗', star: '☆', ensp: '\u2002', emsp: '\u2003', thinsp: '\u2009',
  lbrack: '[', rbrack: ']', lbrace: '{', rbrace: '}', lpar: '(', rpar: ')', ast: '*', lowbar: '_', grave: '`',
  num: '#', vert: '|', bsol: '\\', sol: '/', commat: '@', percnt: '%', dollar: '$', excl: '!', tilde: '˜', hyphen: '‐',
};

/** The character that a reference such as `&amp;` or `&#x4e2d;` stands for; a name that is not known stays as written. */
export function decodeEntity(reference: string): string {
  const number = /^&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));$/i.exec(reference);
  if (number !== null) return fromNumber(number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16));
  const name = reference.slice(1, -1);
  return Object.hasOwn(named, name) ? (named[name] ?? reference) : reference;
}

function fromNumber(codePoint: number): string {
  const isCharacter = codePoint > 0 && codePoint <= 0x10_ff_ff && !(codePoint >= 0xd8_00 && codePoint <= 0xdf_ff);
  return isCharacter ? String.fromCodePoint(codePoint) : '\uFFFD';
}

/** A link's target or title as written, with its backslashes and references taken out. */
export function decodeWritten(written: string): string {
  return written.replace(/\\([!-/:-@[-`{-~])|&(?:#x?[0-9a-f]{1,7}|\w{1,31});/gi, (match: string, escaped?: string) =>
    escaped === undefined ? decodeEntity(match) : escaped,
  );
}
