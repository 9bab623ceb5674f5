import type { Item, Outcome, Turn } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';

/** The answer of a turn in Markdown, without reasoning, calls and cards; of several answers the first. */
export function answerOf({ items }: Turn): string {
  return items.flatMap((item) => (item.kind === 'text' && item.text.trim() !== '' ? [item.text.trim()] : [])).join('\n\n');
}

/** A text as a quotation in Markdown, with room to write below it. */
export function quoted(text: string): string {
  const lines = text.trim().split(/\r\n|\r|\n/);
  return `${lines.map((line) => (line.trim() === '' ? '>' : `> ${line}`)).join('\n')}\n\n`;
}

/** Whether the turn can go on from where it ended, and no card in it offers that already. */
export function canContinue({ outcome, items }: Turn): boolean {
  return (outcome === 'cut' || outcome === 'stopped' || outcome === 'interrupted') && !items.some(offersContinue);
}

function offersContinue(item: Item): boolean {
  return (item.kind === 'notice' || item.kind === 'error') && item.actions.includes('continue');
}

/** How a turn ended, where it did not end by itself; its errors say it themselves. */
export function endingInWords(outcome: Outcome): string | undefined {
  switch (outcome) {
    case 'stopped':
      return t('Stopped');
    case 'cut':
      return t('Cut off by the service');
    case 'interrupted':
      return t('Interrupted');
    case 'failed':
    case 'done':
    case 'running':
      return undefined;
  }
}
