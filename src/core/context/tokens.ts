/**
 * How many tokens a text has, estimated from its characters. DeepSeek's page says that a letter is about 0.3 tokens and a
 * Chinese character about 0.6 (quick_start/token_usage); code has longer words and more signs than prose, so words, digits,
 * signs and blanks count apart here. Rather too many than too few: a window that turns out to be full is the worse surprise.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let before: Kind | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const kind = kindOf(text.charCodeAt(index));
    // Indentation goes into few tokens, however deep it is.
    tokens += kind === 'blank' && before === 'blank' ? weights.blank / 4 : weights[kind];
    before = kind;
  }
  return Math.ceil(tokens);
}

type Kind = keyof typeof weights;

/** Tokens of one UTF-16 unit. */
const weights = { letter: 0.24, digit: 0.5, blank: 0.04, sign: 0.55, han: 0.65, kana: 0.75, hangul: 0.62, half: 0.9, other: 0.3 } as const;

function kindOf(code: number): Kind {
  if (code < 0x80) {
    if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) return 'letter';
    if (code >= 0x30 && code <= 0x39) return 'digit';
    return code <= 0x20 ? 'blank' : 'sign';
  }
  if (code >= 0x3040 && code <= 0x30ff) return 'kana';
  if ((code >= 0x3000 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xff00 && code <= 0xffef)) return 'han';
  if (code >= 0xac00 && code <= 0xd7af) return 'hangul';
  return code >= 0xd800 && code <= 0xdfff ? 'half' : 'other';
}
