import * as vscode from 'vscode';
import type { ChatNews } from '../../core/sessions/chatsOptions.ts';
import { FileError } from '../../core/ports.ts';
import { foreign, mention, tell } from '../messages.ts';

/** Tells the person what they should know of their chats; of a storage that refuses once until it takes things again for a while. */
export function createChatNews(clock: { now(): number }): (news: ChatNews) => void {
  /** When the person was last told that the storage refuses. */
  let toldAt = Number.NEGATIVE_INFINITY;
  return (news) => {
    switch (news.kind) {
      case 'copied':
        return void tell('information', vscode.l10n.t('This chat is open in another window. Here you go on in a copy of it.'));
      case 'elsewhere':
        return void tell('information', vscode.l10n.t('This chat is open in another window. Change it there.'));
      case 'gone':
        return void tell('information', vscode.l10n.t('This chat is not there any more.'));
      case 'damaged':
        return void tell('warning', vscode.l10n.t('Nothing of this chat could be read. Its files were set aside, not deleted.'));
      case 'partly-damaged':
        return void tell('warning', vscode.l10n.t('Parts of this chat could not be read. Their files were set aside, not deleted; the rest is here.'));
      case 'kept-again':
        return mention(vscode.l10n.t('The chat is being kept again.'));
      case 'refused':
        if (clock.now() - toldAt > quietMs) void tell('warning', vscode.l10n.t('This chat is not being kept for now: {0} You can go on; Rivulet keeps trying.', reasonOf(news.error)));
        toldAt = clock.now();
    }
  };
}

/** How long the person is not told again, in milliseconds. */
const quietMs = 10 * 60_000;

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/\b(?:ENOSPC|EDQUOT)\b/.test(message)) return vscode.l10n.t('the disk is full.');
  if (error instanceof FileError && error.reason === 'denied') return vscode.l10n.t('writing to its folder is not allowed.');
  return foreign(message);
}
