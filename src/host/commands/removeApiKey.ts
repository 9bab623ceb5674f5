import * as vscode from 'vscode';
import type { Command } from './command.ts';

export const removeApiKey: Command = {
  id: 'rivulet.removeApiKey',
  async run({ services, keys, log }) {
    const stored = await keys.stored();
    if (stored.length === 0) {
      await vscode.window.showInformationMessage(vscode.l10n.t('No API key is stored.'));
      return;
    }
    const { providers } = services.catalogue();
    const items = stored.map((id) => {
      const provider = providers.find((each) => each.id === id);
      return { label: provider?.label ?? id, description: provider?.baseUrl ?? vscode.l10n.t('no longer in the settings'), id };
    });
    const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Remove API Key'), placeHolder: vscode.l10n.t('Which service?') });
    if (picked === undefined) return;
    await keys.remove(picked.id);
    log.info(`The key for ${picked.id} was removed.`);
    vscode.window.setStatusBarMessage(vscode.l10n.t('The key for {0} has been removed.', picked.label), 5000);
  },
};
