import * as vscode from 'vscode';
import { isLoopback, originOf } from '../core/completions/endpoint.ts';
import type { ProviderSpec } from '../core/providers/spec.ts';
import { confirm, foreign } from './messages.ts';

/** Over plain http anybody on the way reads the key; to this machine itself there is no way. */
export async function agreesToOpenConnection({ baseUrl, label }: ProviderSpec): Promise<boolean> {
  const origin = originOf(baseUrl);
  if (origin === undefined || origin.startsWith('https:') || isLoopback(origin)) return true;
  return confirm('warning', vscode.l10n.t('The connection to {0} is not encrypted.', foreign(label)), {
    detail: vscode.l10n.t('Whoever is on the network between here and {0} can read the key and everything you ask.', foreign(origin)),
    button: vscode.l10n.t('Send it all the same'),
  });
}
