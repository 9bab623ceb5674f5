import * as vscode from 'vscode';
import type { LocalText } from '../protocol/localText.ts';

/** The sentence in the display language. */
export function localise(text: LocalText): string {
  return vscode.l10n.t(text.message, ...text.args);
}
