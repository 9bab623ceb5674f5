import * as vscode from 'vscode';
import type { Chats } from '../../core/sessions/chats.ts';
import { exportMarkdown } from '../../core/sessions/exportMarkdown.ts';
import { shownTurns } from '../../core/sessions/shownTurns.ts';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { localise } from '../localise.ts';
import { mention, tell } from '../messages.ts';

export type ExportFormat = 'markdown' | 'json';

/** Writes a chat into a file that the person names: what is shown as Markdown, or all that is kept, in the form in which it is (docs/stored-chats.md). */
export async function exportChat(chats: Chats, chatId: string, format: ExportFormat): Promise<void> {
  const kept = await chats.read(chatId);
  if (kept === undefined || kept.turns.length === 0) {
    void tell('information', vscode.l10n.t('There is nothing in this chat to export.'));
    return;
  }
  const { chat, turns } = kept;
  const extension = format === 'markdown' ? 'md' : 'json';
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${fileName(chat.title) || 'chat'}.${extension}`;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Chat'),
    filters: format === 'markdown' ? { Markdown: ['md'] } : { JSON: ['json'] },
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  const text = format === 'markdown' ? exportMarkdown({ title: chat.title, turns: shownTurns(turns, chat.shown), localise }) : `${JSON.stringify({ chat, turns }, undefined, 2)}\n`;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  mention(vscode.l10n.t('The chat was exported.'));
}

/** A title as the name of a file on any system. */
function fileName(title: string): string {
  return showHidden(title).replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim().replace(/^\.+|[. ]+$/g, '');
}
