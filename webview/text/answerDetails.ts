import type { AnswerDetails } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { visibleText } from './hiddenCharacters.ts';

/** More of a service's own words than this has no place in a tooltip. */
const longestValue = 120;

/** What the service said of its answer, a line each, without what it did not send. */
export function detailsInWords(details: AnswerDetails | undefined): readonly string[] {
  if (details === undefined) return [];
  const { model, finishReason, created, id, systemFingerprint, serviceTier } = details;
  return [
    ...(model === undefined ? [] : [t('Model: {0}', shown(model))]),
    ...(finishReason === undefined ? [] : [t('Finish reason: {0}', shown(finishReason))]),
    ...(created === undefined ? [] : [t('Created: {0}', localTime(created))]),
    ...(id === undefined ? [] : [t('Answer ID: {0}', shown(id))]),
    ...(systemFingerprint === undefined ? [] : [t('System fingerprint: {0}', shown(systemFingerprint))]),
    ...(serviceTier === undefined ? [] : [t('Service tier: {0}', shown(serviceTier))]),
  ];
}

function shown(value: string): string {
  return visibleText(value.length > longestValue ? `${value.slice(0, longestValue)}…` : value);
}

/** Seconds since the epoch as the person's clock reads them; a number that is no time stands as it came. */
function localTime(seconds: number): string {
  const time = new Date(seconds * 1000);
  if (Number.isNaN(time.getTime())) return String(seconds);
  return time.toLocaleString(document.documentElement.lang || undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}
