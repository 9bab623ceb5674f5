import * as vscode from 'vscode';
import type { ProviderSpec } from '../../core/providers/spec.ts';
import { foreign } from '../messages.ts';
import { storeModel } from '../settings.ts';
import type { Command, CommandContext } from './command.ts';
import { modelItems, type ModelItem } from './modelItems.ts';
import { setApiKey } from './setApiKey.ts';

export const selectModel: Command = {
  id: 'rivulet.selectModel',
  async run(context) {
    const picked = await pickModel(context);
    if (picked?.provider === undefined) return;
    if (picked.isKey === true) return setApiKey.run(context, picked.provider.id);
    const model = picked.model ?? (await askForName(picked.provider));
    if (model !== undefined) await storeModel(picked.provider.id, model);
  },
};

/** Shows at once what the tables know; what the services say themselves is filled in as it comes. */
async function pickModel(context: CommandContext): Promise<ModelItem | undefined> {
  const { lists } = context.services;
  const items = await allItems(context);
  const pick = vscode.window.createQuickPick<ModelItem>();
  const asking = new AbortController();
  const { model, provider } = context.services.choice();
  pick.title = vscode.l10n.t('Select Model');
  pick.placeholder = vscode.l10n.t('Now: {0} of {1}. Prices are per million tokens.', foreign(model), foreign(provider.label));
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  pick.items = items;
  pick.activeItems = items.filter((item) => item.model === model && item.provider?.id === provider.id);

  const refill = async (): Promise<void> => {
    const known = await allItems(context);
    if (asking.signal.aborted) return;
    const active = pick.activeItems[0];
    const filled = inPlace(pick.items, known);
    pick.items = filled;
    // Under a filter the place may be out of sight: there VS Code marks the first that fits.
    if (pick.value === '') pick.activeItems = filled.filter((item) => isSame(item, active));
  };
  const listening = lists.onDidChange(() => void refill().catch((error: unknown) => context.log.error(`The list of models could not be filled in: ${String(error)}`)));
  try {
    return await new Promise((resolve) => {
      let takesFirst = false;
      pick.onDidAccept(() => {
        const [chosen] = pick.selectedItems;
        if (chosen !== undefined) return resolve(chosen);
        // Nothing is marked when the text that hides our place was still on its way as we marked it. VS Code alone knows
        // what comes first under a text, and marks it when it gets the lines anew.
        takesFirst = true;
        pick.items = [...pick.items];
      });
      pick.onDidChangeActive(([first]) => {
        if (takesFirst && first !== undefined) resolve(first);
      });
      pick.onDidHide(() => resolve(undefined));
      pick.busy = true;
      pick.show();
      void Promise.all(context.services.catalogue().providers.map(async (each) => lists.refresh(each, asking.signal))).finally(() => (pick.busy = false));
    });
  } finally {
    asking.abort();
    listening.dispose();
    pick.dispose();
  }
}

async function allItems({ services, keys }: CommandContext): Promise<readonly ModelItem[]> {
  const present = services.choice();
  const items = services.catalogue().providers.map(async (provider) => {
    const { kind } = await keys.state(provider);
    return modelItems(provider, { hasKey: kind === 'key' || kind === 'not-needed', present: provider.id === present.provider.id ? present.model : undefined });
  });
  return (await Promise.all(items)).flat();
}

/**
 * The lines that are shown, with what is known now, each where it was; what is new comes behind them under its heading again.
 * VS Code says which line was chosen by its place alone, so an Enter on its way would otherwise take another model.
 */
function inPlace(shown: readonly ModelItem[], known: readonly ModelItem[]): readonly ModelItem[] {
  const added = known.filter((item) => item.provider === undefined || !shown.some((other) => isSame(item, other)));
  return [
    ...shown.map((item) => known.find((other) => isSame(other, item)) ?? item),
    ...added.filter((item, index) => item.provider !== undefined || added[index + 1]?.provider !== undefined),
  ];
}

function isSame(item: ModelItem, other: ModelItem | undefined): boolean {
  return item.provider !== undefined && item.provider.id === other?.provider?.id && item.model === other.model && item.isKey === other.isKey;
}

async function askForName(provider: ProviderSpec): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Model of {0}', foreign(provider.label)),
    prompt: vscode.l10n.t('The name as the service writes it'),
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('The name is empty.') : undefined),
  });
  return name?.trim();
}
