import { visibleText } from './hiddenCharacters.ts';

/** A token as it is, its white space made visible: that is part of it. */
export function shownToken(token: string): string {
  return visibleText(token.replaceAll('\n', '↵').replaceAll('\t', '→')).replaceAll(' ', '·');
}

/** A number of percent in the person's language, without the sign. */
export function inPercent(percent: number): string {
  return percent.toLocaleString(document.documentElement.lang || undefined, { maximumFractionDigits: 2 });
}
