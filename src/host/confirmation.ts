import * as vscode from 'vscode';
import type { Confirmation } from '../core/reviews/reviews.ts';
import { localise } from './localise.ts';
import { confirm, localiseForeign } from './messages.ts';

/**
 * Asks in a dialog of VS Code's own, which no page can answer. Enter, Escape and closing the dialog are a no; so is a
 * dialog that could not be shown.
 */
export async function confirmByHost({ text, details, yes }: Confirmation): Promise<boolean> {
  const options = { detail: details.map(localiseForeign).join('\n'), button: localise(yes), refuse: vscode.l10n.t('Don\'t Allow') };
  try {
    return await confirm('warning', localiseForeign(text), options);
  } catch {
    return false;
  }
}
