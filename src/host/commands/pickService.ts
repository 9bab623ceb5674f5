import * as vscode from 'vscode';
import type { ProviderSpec } from '../../core/providers/spec.ts';
import { localiseForeign, pick } from '../messages.ts';

/** The service whose id was handed over, else the one the person picks; undefined when they pick none. */
export async function pickService(providers: readonly ProviderSpec[], id: unknown, title: string): Promise<ProviderSpec | undefined> {
  const named = providers.find((provider) => provider.id === id);
  if (named !== undefined) return named;
  const items = providers.map((provider) => ({
    label: provider.label,
    description: provider.baseUrl,
    ...(provider.notice !== undefined && { detail: localiseForeign(provider.notice) }),
    provider,
  }));
  return (await pick(items, { title, placeHolder: vscode.l10n.t('Which service?') }))?.provider;
}
