import * as vscode from 'vscode';
import { originOf } from '../../core/completions/endpoint.ts';
import { problemOfKey } from '../../core/keys/keyStore.ts';
import type { Log } from '../../core/ports.ts';
import type { ProviderSpec } from '../../core/providers/spec.ts';
import { localise } from '../localise.ts';
import { foreign, mention } from '../messages.ts';
import { agreesToOpenConnection } from '../openConnection.ts';
import type { Command, CommandContext } from './command.ts';
import { pickService } from './pickService.ts';

export const setApiKey = {
  id: 'rivulet.setApiKey',
  async run({ services, keys, log }: Pick<CommandContext, 'services' | 'keys'> & { readonly log: Log }, service?: unknown): Promise<void> {
    const providers = services.catalogue().providers.filter(({ auth }) => auth === 'bearer');
    const provider = await pickService(providers, service, vscode.l10n.t('Set API Key'));
    if (provider === undefined || !(await agreesToOpenConnection(provider))) return;
    const key = await askForKey(provider);
    if (key === undefined) return;
    await keys.set(provider, key);
    log.info(`A key was set for ${provider.id} (${originOf(provider.baseUrl) ?? ''}).`);
    mention(vscode.l10n.t('The {0} key was saved in the secret storage of VS Code.', foreign(provider.label)));
  },
} satisfies Command;

/** The key as the person typed it, once nothing is wrong with it; undefined when they changed their mind. */
async function askForKey(provider: ProviderSpec): Promise<string | undefined> {
  const input = vscode.window.createInputBox();
  const { keyUrl } = provider;
  input.title = vscode.l10n.t('API key for {0}', foreign(provider.label));
  input.prompt = vscode.l10n.t('It is sent to {0} only and kept in the secret storage of VS Code.', foreign(originOf(provider.baseUrl) ?? ''));
  input.placeholder = 'sk-…';
  input.password = true;
  input.ignoreFocusOut = true;
  if (keyUrl !== undefined) {
    input.buttons = [{ iconPath: new vscode.ThemeIcon('link-external'), tooltip: vscode.l10n.t('Get a key from {0}', foreign(keyUrl)) }];
  }
  try {
    return await new Promise<string | undefined>((resolve) => {
      input.onDidTriggerButton(() => {
        if (keyUrl !== undefined) void vscode.env.openExternal(vscode.Uri.parse(keyUrl));
      });
      input.onDidChangeValue(() => (input.validationMessage = undefined));
      input.onDidAccept(() => {
        const problem = problemOfKey(input.value);
        if (problem === undefined) resolve(input.value);
        else input.validationMessage = localise(problem);
      });
      input.onDidHide(() => resolve(undefined));
      input.show();
    });
  } finally {
    input.dispose();
  }
}
