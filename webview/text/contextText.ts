import type { GaugeView, Suggestion } from '../../src/protocol/contextView.ts';
import type { IconName } from '../drawing/icons.ts';
import { t } from '../strings.ts';

/** The picture for a kind of context, command or prompt. */
export function contextIcon(kind: Suggestion['kind']): IconName {
  switch (kind) {
    case 'file':
      return 'file';
    case 'folder':
      return 'folder';
    case 'symbol':
      return 'symbol';
    case 'selection':
      return 'insert';
    case 'problems':
      return 'warning';
    case 'changes':
      return 'diff';
    case 'editors':
      return 'editors';
    case 'text':
      return 'text';
    case 'instructions':
      return 'book';
    case 'command':
      return 'slash';
    case 'prompt':
      return 'bookmark';
  }
}

/** A number of tokens in short, as a person of this language reads it: `1.2k tokens`. */
export function tokensInWords(tokens: number): string {
  return tokens === 1 ? t('1 token') : t('{0} tokens', shortNumber(tokens));
}

/** `1.2k`. */
export function shortNumber(number: number): string {
  return new Intl.NumberFormat(language(), { notation: 'compact', maximumFractionDigits: 1 }).format(number).replace(/K$/u, 'k');
}

/** How full the window is, as a share of 1; undefined while nobody knows its size. */
export function fullness({ used, limit }: GaugeView): number | undefined {
  return limit === undefined || limit <= 0 ? undefined : used / limit;
}

/** A share as a person of this language reads it: `34%`. */
export function percentInWords(share: number): string {
  return new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** What fills the window. */
export function partInWords(kind: GaugeView['parts'][number]['kind']): string {
  switch (kind) {
    case 'system':
      return t('Instructions');
    case 'tools':
      return t('Tools');
    case 'chat':
      return t('Chat so far');
    case 'context':
      return t('Attached context');
  }
}

/** All that the gauge shows, in a sentence for each. */
export function gaugeInWords(gauge: GaugeView): string {
  const share = fullness(gauge);
  const whole =
    share === undefined || gauge.limit === undefined
      ? t('Context: {0}', tokensInWords(gauge.used))
      : t('Context window: {0} of {1} full, {2}', percentInWords(share), tokensInWords(gauge.limit), tokensInWords(gauge.used));
  return [whole, ...gauge.parts.filter(({ tokens }) => tokens > 0).map(({ kind, tokens }) => `${partInWords(kind)}: ${tokensInWords(tokens)}`)].join('\n');
}

function language(): string | undefined {
  return document.documentElement.lang || undefined;
}
