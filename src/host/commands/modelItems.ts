import * as vscode from 'vscode';
import { describeModel } from '../../core/models/describeModel.ts';
import { noticeOf } from '../../core/providers/catalogue.ts';
import type { ModelSpec, ProviderSpec } from '../../core/providers/spec.ts';
import { foreign, localiseForeign } from '../messages.ts';

/** A line of the list that models are chosen from. */
export interface ModelItem extends vscode.QuickPickItem {
  readonly provider?: ProviderSpec;
  /** Undefined on the lines that ask for a name and for the key. */
  readonly model?: string;
  /** Whether it leads to the key of the service. */
  readonly isKey?: true;
}

/** A service's lines: a heading, its models with what is known of them, and one to type another name. `present` is the one chosen now. */
export function modelItems(provider: ProviderSpec, { hasKey, present }: { readonly hasKey: boolean; readonly present: string | undefined }): readonly ModelItem[] {
  const isKnown = present === undefined || provider.models.some(({ id }) => id === present);
  const models = isKnown ? provider.models : [...provider.models, { id: present }];
  return [
    { label: hasKey ? foreign(provider.label) : vscode.l10n.t('{0} (no key yet)', foreign(provider.label)), kind: vscode.QuickPickItemKind.Separator },
    ...models.map((model) => modelItem(provider, model, present)),
    { label: `$(edit) ${vscode.l10n.t('Another model of {0}…', foreign(provider.label))}`, alwaysShow: true, provider },
    // Of the service that is asked now, for here it is looked for.
    ...(present !== undefined && provider.auth === 'bearer' ? [{ label: `$(key) ${vscode.l10n.t('Set or change the API key of {0}…', foreign(provider.label))}`, alwaysShow: true, provider, isKey: true as const }] : []),
  ];
}

function modelItem(provider: ProviderSpec, model: ModelSpec, present: string | undefined): ModelItem {
  const facts = describeModel(model, vscode.env.language).map(localiseForeign).join(' · ');
  const notice = noticeOf({ provider, model: model.id });
  return {
    label: `${model.id === present ? '$(check) ' : ''}${foreign(model.id)}`,
    // Written above too: here it is found by typing it.
    description: notice === undefined || facts === '' ? foreign(provider.label) : `${foreign(provider.label)} · ${facts}`,
    // A line of its own: beside a long name the facts would be cut off, and a line of the list has no tooltip.
    ...(notice !== undefined ? { detail: localiseForeign(notice) } : facts !== '' && { detail: facts }),
    provider,
    model: model.id,
  };
}
