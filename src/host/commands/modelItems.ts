import * as vscode from 'vscode';
import { describeModel } from '../../core/models/describeModel.ts';
import { noticeOf } from '../../core/providers/catalogue.ts';
import type { ModelSpec, ProviderSpec } from '../../core/providers/spec.ts';
import { localise } from '../localise.ts';

/** A line of the list that models are chosen from. */
export interface ModelItem extends vscode.QuickPickItem {
  readonly provider?: ProviderSpec;
  /** Undefined on the line that asks for a name. */
  readonly model?: string;
}

/** A service's lines: a heading, its models with what is known of them, and one to type another name. `present` is the one chosen now. */
export function modelItems(provider: ProviderSpec, { hasKey, present }: { readonly hasKey: boolean; readonly present: string | undefined }): readonly ModelItem[] {
  const isKnown = present === undefined || provider.models.some(({ id }) => id === present);
  const models = isKnown ? provider.models : [...provider.models, { id: present }];
  return [
    { label: hasKey ? provider.label : vscode.l10n.t('{0} (no key yet)', provider.label), kind: vscode.QuickPickItemKind.Separator },
    ...models.map((model) => modelItem(provider, model, present)),
    { label: `$(edit) ${vscode.l10n.t('Another model of {0}…', provider.label)}`, alwaysShow: true, provider },
  ];
}

function modelItem(provider: ProviderSpec, model: ModelSpec, present: string | undefined): ModelItem {
  const facts = describeModel(model, vscode.env.language).map(localise);
  const notice = noticeOf({ provider, model: model.id });
  return {
    label: model.id === present ? `$(check) ${model.id}` : model.id,
    // The service last, for it is written above too: here it is found by typing it.
    description: [...facts, provider.label].join(' · '),
    ...(notice !== undefined && { detail: localise(notice) }),
    provider,
    model: model.id,
  };
}
