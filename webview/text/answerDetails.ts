import type { AnswerDetails } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { visibleText } from './hiddenCharacters.ts';

/** More of a service's own words than this has no place in a tooltip. */
const longestValue = 120;

/** Something to be known of a turn. */
export interface Detail {
  readonly label: string;
  readonly value: string;
}

/** What the service said of its answer, without what it did not send. */
export function detailsInWords(details: AnswerDetails | undefined): readonly Detail[] {
  if (details === undefined) return [];
  const { model, finishReason, created, id, systemFingerprint, serviceTier } = details;
  return [
    ...(model === undefined ? [] : [{ label: t('Model'), value: shown(model) }]),
    ...(finishReason === undefined ? [] : [{ label: t('Finish reason'), value: shown(finishReason) }]),
    ...(created === undefined ? [] : [{ label: t('Created'), value: localTime(created) }]),
    ...(id === undefined ? [] : [{ label: t('Answer ID'), value: shown(id) }]),
    ...(systemFingerprint === undefined ? [] : [{ label: t('System fingerprint'), value: shown(systemFingerprint) }]),
    ...(serviceTier === undefined ? [] : [{ label: t('Service tier'), value: shown(serviceTier) }]),
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
