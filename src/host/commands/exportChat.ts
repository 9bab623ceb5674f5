import * as vscode from 'vscode';
import { exportChat as exportAs, type ExportFormat } from '../chats/exportChat.ts';
import { pick, type Choice } from '../messages.ts';
import type { Command } from './command.ts';

interface FormatChoice extends Choice {
  readonly format: ExportFormat;
}

/** Writes the chat that is shown into a file. */
export const exportChat: Command = {
  id: 'rivulet.exportChat',
  async run({ chat, chats }) {
    const choices: readonly FormatChoice[] = [
      { label: 'Markdown', detail: vscode.l10n.t('To read: questions, answers, and what the model did'), format: 'markdown' },
      { label: 'JSON', detail: vscode.l10n.t('Everything that is kept of the chat, other versions too'), format: 'json' },
    ];
    const choice = await pick(choices, { title: vscode.l10n.t('Export Chat') });
    if (choice !== undefined) await exportAs(chats, chat.state.chat.id, choice.format);
  },
};
