import { t } from '../strings.ts';
import { durationInWords } from './durations.ts';

/** How long somebody waited: below ten seconds to a tenth of one. */
export function waitInWords(milliseconds: number): string {
  const tenths = Math.round(milliseconds / 100);
  return tenths < 100 ? t('{0} s', inDigits(Math.max(0, tenths) / 10, 1)) : durationInWords(milliseconds);
}

/** How fast an answer came; below ten tokens a second to a tenth of one. */
export function rateInWords(tokensPerSecond: number): string {
  return t('{0} tokens/s', inDigits(tokensPerSecond, tokensPerSecond < 10 ? 1 : 0));
}

function inDigits(value: number, digits: number): string {
  return value.toLocaleString(document.documentElement.lang || undefined, { maximumFractionDigits: digits });
}
