import * as vscode from 'vscode';
import { noticeOf } from '../../core/providers/catalogue.ts';
import type { ProviderSpec } from '../../core/providers/spec.ts';
import { localise } from '../localise.ts';
import { storeModel } from '../settings.ts';
import type { Command } from './command.ts';

interface ModelItem extends vscode.QuickPickItem {
  readonly provider?: ProviderSpec;
  /** Undefined on the item that asks for a name. */
  readonly model?: string;
}

export const selectModel: Command = {
  id: 'rivulet.selectModel',
  async run({ services, keys }) {
    const present = services.choice();
    const items = (
      await Promise.all(
        services.catalogue().providers.map(async (provider) => {
          const { kind } = await keys.state(provider);
          return itemsOf(provider, kind === 'key' || kind === 'not-needed', provider.id === present.provider.id ? present.model : undefined);
        }),
      )
    ).flat();
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Select Model'),
      placeHolder: vscode.l10n.t('Now: {0} of {1}', present.model, present.provider.label),
      matchOnDescription: true,
    });
    if (picked?.provider === undefined) return;
    const model = picked.model ?? (await askForName(picked.provider));
    if (model !== undefined) await storeModel(picked.provider.id, model);
  },
};

function itemsOf(provider: ProviderSpec, hasKey: boolean, present: string | undefined): readonly ModelItem[] {
  const names = provider.models.map(({ id }) => id);
  if (present !== undefined && !names.includes(present)) names.push(present);
  return [
    { label: hasKey ? provider.label : vscode.l10n.t('{0} (no key yet)', provider.label), kind: vscode.QuickPickItemKind.Separator },
    ...names.map((model): ModelItem => {
      const notice = noticeOf({ provider, model });
      return {
        label: model === present ? `$(check) ${model}` : model,
        description: provider.label,
        ...(notice !== undefined && { detail: localise(notice) }),
        provider,
        model,
      };
    }),
    { label: `$(edit) ${vscode.l10n.t('Another model of {0}…', provider.label)}`, provider },
  ];
}

async function askForName(provider: ProviderSpec): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Model of {0}', provider.label),
    prompt: vscode.l10n.t('The name as the service writes it'),
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('The name is empty.') : undefined),
  });
  return name?.trim();
}
