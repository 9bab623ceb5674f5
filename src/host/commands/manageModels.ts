import * as vscode from 'vscode';
import type { KeyState } from '../../core/keys/keyStore.ts';
import { foreign, mention, pick, tell } from '../messages.ts';
import { readAccessPolicy, storeAccessPolicy } from '../settings.ts';
import type { Command } from './command.ts';
import { removeApiKey } from './removeApiKey.ts';
import { setApiKey } from './setApiKey.ts';

/** What VS Code's own list of models leads to: the keys that decide which models it has, and who else may use them. */
export const manageModels: Command = {
  id: 'rivulet.manageModels',
  async run(context) {
    const { services, keys, models, log } = context;
    const { providers } = services.catalogue();
    const ofServices = await Promise.all(
      providers.map(async (provider) => {
        const { kind } = await keys.state(provider);
        return { icon: kind === 'key' || kind === 'not-needed' ? 'pass-filled' : 'key', label: provider.label, description: describe(kind), detail: provider.baseUrl, run: async () => kind === 'not-needed' ? void (await tell('information', vscode.l10n.t('{0} needs no key: its models are there.', foreign(provider.label)))) : setApiKey.run(context, provider.id) };
      }),
    );
    const ofExtensions = models.access.allowed().map((id) => ({
      icon: 'extensions',
      label: id,
      description: vscode.l10n.t('may use these models; choose it to withdraw that'),
      async run() {
        await models.access.withdraw(id);
        log.info(`${id} may no longer use the models.`);
        mention(vscode.l10n.t('{0} may no longer use the models of Rivulet.', foreign(id)));
      },
    }));
    const others = [
      { icon: 'trash', label: vscode.l10n.t('Remove API Key'), run: async () => removeApiKey.run(context) },
      ...(readAccessPolicy() === 'off' ? [{ icon: 'eye', label: vscode.l10n.t('Offer these models in VS Code again'), run: async () => storeAccessPolicy('ask') }] : []),
    ];
    const choices = [...ofServices, ...ofExtensions, ...others];
    const chosen = await pick(choices, { title: vscode.l10n.t('Models of Rivulet in VS Code'), placeHolder: vscode.l10n.t('Choose a service to set its key, or an extension to withdraw its permission') });
    await chosen?.run();
  },
};

function describe(kind: KeyState['kind']): string {
  switch (kind) {
    case 'key':
      return vscode.l10n.t('key set: its models are in VS Code\'s list');
    case 'not-needed':
      return vscode.l10n.t('needs no key: its models are in VS Code\'s list');
    case 'none':
      return vscode.l10n.t('no key yet');
    case 'other-origin':
      return vscode.l10n.t('the key was given for another address');
  }
}
