import { escapeCharacter, showHidden } from '../../protocol/hiddenCharacters.ts';

/*
 * Two paths that are opened as different files must not look alike to whoever decides about one of them (docs/safety.md B20,
 * B27). What could be taken for something else is written out: `src/\u{0430}pp.ts`. Names in the letters of one's own
 * language are left as they are, and so are Chinese, Japanese and Korean beside Latin letters.
 */

/** A path as a person is shown it: hidden characters, unusual blanks and letters that pass for others written out. */
export function showPath(path: string): string {
  return showHidden(path.replace(unusual, escapeAll).replace(words, marked));
}

/**
 * A path for a detail of a dialog, where long words are cut: the middle is left out, for the end says what it is.
 * At most 280 characters.
 */
export function pathInFull(path: string): string {
  const shown = Array.from(showPath(path));
  return shown.length <= 280 ? shown.join('') : `${shown.slice(0, 100).join('')} … ${shown.slice(-170).join('')}`;
}

const unusual = new RegExp(
  [
    // Blanks that are no blank, and blanks that are drawn as fewer than there are: behind others and at the ends of a name.
    String.raw`(?! )[\p{Zs}\u{1D159}]`,
    String.raw`(?<=[ /]|^) | (?=/|$)`,
    // Slashes and dots of mathematics, Lisu and typography.
    String.raw`[\u2024\u2044\u2215\u2571\u29F8\u29F5\u2216\uA4F8]`,
    // Latin letters of phonetics and mathematics.
    String.raw`[\u0250-\u02AF\u1D00-\u1D7F\u{1D400}-\u{1D7FF}]`,
  ].join('|'),
  'gu',
);

const words = /[\p{L}\p{M}]+/gu;

/** Letters of scripts that people write beside Latin ones in a word; what belongs to no script passes too. */
const atHome = /[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Common}\p{Script=Inherited}]/u;

/** Whole words of Cyrillic or Greek letters that are drawn as Latin ones. */
const drawnAsLatin = /^[асеорхуіјѕһԁԛԝӏАВЕКМНОРСТУХІЈЅԚԜοναικρυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]{3,}$/;

function marked(word: string): string {
  if (drawnAsLatin.test(word)) return escapeAll(word);
  return /\p{Script=Latin}/u.test(word) ? Array.from(word, (letter) => (atHome.test(letter) ? letter : escapeCharacter(letter))).join('') : word;
}

function escapeAll(text: string): string {
  return Array.from(text, escapeCharacter).join('');
}
