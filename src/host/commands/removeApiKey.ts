import * as vscode from 'vscode';
import { originOf } from '../../core/completions/endpoint.ts';
import type { Command } from './command.ts';
import { pickService } from './pickService.ts';

export const removeApiKey: Command = {
  id: 'rivulet.removeApiKey',
  async run({ services, keys, log }, service) {
    const held = await Promise.all(
      services.catalogue().providers.map(async (provider) => {
        const { kind } = await keys.state(provider);
        return kind === 'key' || kind === 'other-origin' ? [provider] : [];
      }),
    );
    const providers = held.flat();
    if (providers.length === 0) {
      await vscode.window.showInformationMessage(vscode.l10n.t('No API key is stored.'));
      return;
    }
    const provider = await pickService(providers, service, vscode.l10n.t('Remove API Key'));
    if (provider === undefined) return;
    await keys.remove(provider);
    log.info(`The key for ${provider.id} (${originOf(provider.baseUrl) ?? ''}) was removed.`);
    vscode.window.setStatusBarMessage(vscode.l10n.t('The key for {0} has been removed.', provider.label), 5000);
  },
};
