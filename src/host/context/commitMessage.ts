import * as vscode from 'vscode';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { confirm, tell } from '../messages.ts';
import { commitBox } from '../sourceControl.ts';

/**
 * Puts a message into the box of Source Control, where the person sees it, can change it, and commits or not: nothing is
 * committed here. What they have written there themselves is replaced only when they say so.
 */
export async function putCommitMessage(message: string): Promise<void> {
  const box = await commitBox(AbortSignal.timeout(20_000));
  if (box === undefined) throw new Error('there is no repository with changes any more');
  const written = showHidden(message);
  if (box.value === written) return;
  if (box.value.trim() !== '') {
    const options = { detail: box.value, button: vscode.l10n.t('Replace It'), refuse: vscode.l10n.t('Keep It') };
    if (!(await confirm('warning', vscode.l10n.t('Replace what is written in the Source Control box?'), options))) return;
  }
  box.value = written;
  const show = vscode.l10n.t('Show Source Control');
  const pressed = await tell('information', vscode.l10n.t('The message is in the Source Control box. Nothing has been committed.'), show);
  if (pressed === show) await vscode.commands.executeCommand('workbench.view.scm');
}
