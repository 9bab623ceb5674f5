import * as vscode from 'vscode';
import type { ReviewItem } from '../../protocol/reviewItems.ts';
import type { ErrorItem, Item, Turn } from '../../protocol/viewState.ts';
import { foreign, localiseForeign, mention, tell } from '../messages.ts';

/** Says in the editor how a turn ended that was asked for there. Of a change that the person has decided nothing needs to be said. */
export async function tellOutcome({ items, outcome }: Turn): Promise<void> {
  const error = items.findLast((item): item is ErrorItem => item.kind === 'error');
  if (outcome === 'failed' && error !== undefined) return tellError(error);
  if (outcome === 'stopped') return mention(vscode.l10n.t('Rivulet was stopped.'));

  const review = items.findLast((item): item is ReviewItem => item.kind === 'review');
  if (review?.status === 'failed' && review.note !== undefined) return offerChat('warning', localiseForeign(review.note));
  if (review !== undefined) return;
  const notice = outcome === 'done' ? undefined : items.findLast((item) => item.kind === 'notice');
  if (notice !== undefined) return offerChat('warning', localiseForeign(notice.text));
  const answer = lastText(items);
  return offerChat('information', answer === undefined ? vscode.l10n.t('The model ended without a change and without an answer.') : foreign(answer));
}

async function tellError({ title, advice, actions }: ErrorItem): Promise<void> {
  const words = vscode.l10n.t('{0} {1}', localiseForeign(title), localiseForeign(advice));
  if (!actions.includes('set-key')) return offerChat('error', words);
  const setKey = vscode.l10n.t('Set API Key');
  const answer = await tell('error', words, setKey, vscode.l10n.t('Show chat'));
  if (answer === setKey) await vscode.commands.executeCommand('rivulet.setApiKey');
  else if (answer !== undefined) await vscode.commands.executeCommand('rivulet.focus');
}

async function offerChat(level: 'information' | 'warning' | 'error', words: string): Promise<void> {
  const show = vscode.l10n.t('Show chat');
  if ((await tell(level, words, show)) === show) await vscode.commands.executeCommand('rivulet.focus');
}

function lastText(items: readonly Item[]): string | undefined {
  const text = items.findLast((item) => item.kind === 'text')?.text.trim();
  return text === undefined || text === '' ? undefined : text;
}
