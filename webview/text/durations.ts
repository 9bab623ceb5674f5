import { t } from '../strings.ts';

/** A length of time in words, whole seconds: "8 s", "2 min 5 s". */
export function durationInWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return t('{0} s', seconds);
  return t('{0} min {1} s', Math.floor(seconds / 60), seconds % 60);
}
