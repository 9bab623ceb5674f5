import * as vscode from 'vscode';
import { originOf } from '../../core/completions/endpoint.ts';
import { problemOfKey, type KeyStore } from '../../core/keys/keyStore.ts';
import type { Log } from '../../core/ports.ts';
import type { ProviderSpec } from '../../core/providers/spec.ts';
import { confirm, foreign, mention } from '../messages.ts';
import { agreesToOpenConnection } from '../openConnection.ts';

/**
 * Copies the key of the service's variable into the key store once the person has agreed to it; true when it was. The
 * value is shown to nobody and written nowhere else.
 */
export async function takeOverKey(provider: ProviderSpec, variable: (name: string) => string | undefined, { keys, log }: { readonly keys: KeyStore; readonly log: Log }): Promise<boolean> {
  const { keyVariable, label, baseUrl } = provider;
  if (keyVariable === undefined) return false;
  const origin = originOf(baseUrl) ?? '';
  const agrees = await confirm('information', vscode.l10n.t('Use the key of {0} for {1}?', foreign(keyVariable), foreign(label)), {
    detail: vscode.l10n.t('It is copied into the secret storage of VS Code and sent to {0} only. The variable stays as it is.', foreign(origin)),
    button: vscode.l10n.t('Use this key'),
  });
  if (!agrees || !(await agreesToOpenConnection(provider))) return false;
  const key = variable(keyVariable);
  if (key === undefined || problemOfKey(key) !== undefined) return false;
  await keys.set(provider, key);
  log.info(`A key was set for ${provider.id} (${origin}), from the variable ${keyVariable}.`);
  mention(vscode.l10n.t('The {0} key was saved in the secret storage of VS Code.', foreign(label)));
  return true;
}
