import * as vscode from 'vscode';
import { isKept } from '../../core/keys/keyStore.ts';
import { foreign, mention, pick, tell } from '../messages.ts';
import type { Command } from './command.ts';

export const removeApiKey: Command = {
  id: 'rivulet.removeApiKey',
  async run({ services, keys, log }) {
    const { providers } = services.catalogue();
    const states = await Promise.all(providers.map(async (provider) => keys.state(provider)));
    // The index may not have been written when a key was.
    const found = providers.flatMap(({ id }, index) => (states[index] !== undefined && isKept(states[index]) ? [id] : []));
    const ids = [...new Set([...(await keys.stored()), ...found])];
    if (ids.length === 0) {
      await tell('information', vscode.l10n.t('No API key is stored.'));
      return;
    }
    const items = ids.map((id) => {
      const provider = providers.find((each) => each.id === id);
      return { label: provider?.label ?? id, description: provider?.baseUrl ?? vscode.l10n.t('no longer in the settings'), id };
    });
    const picked = await pick(items, { title: vscode.l10n.t('Remove API Key'), placeHolder: vscode.l10n.t('Which service?') });
    if (picked === undefined) return;
    await keys.remove(picked.id);
    log.info(`The key for ${picked.id} was removed.`);
    mention(vscode.l10n.t('The key for {0} has been removed.', foreign(picked.label)));
  },
};
