import * as vscode from 'vscode';
import { asObject } from '../core/json.ts';
import type { ViewStore } from '../core/chat/viewStore.ts';
import type { Log } from '../core/ports.ts';
import { createModelSettings, type ModelSettings } from '../core/parameters/modelSettings.ts';
import { personParameters, unusableEntries } from '../core/parameters/stored.ts';
import type { ModelChoice } from '../core/providers/catalogue.ts';
import type { ParameterValues } from '../core/providers/spec.ts';
import { foreign, tell } from './messages.ts';
import type { Services } from './services.ts';
import { onSettings } from './settings.ts';

/** What the person set in `rivulet.parameters` for a model, nested as in the body; not checked. */
export function readParameters(choice: ModelChoice): ParameterValues {
  return personParameters(readSetting(), choice);
}

/** The whole setting, as a plain copy; not checked. */
export function readParameterSetting(): unknown {
  return readSetting();
}

/** Sets what a model is sent, by its `service/model`, unless something is set for it. */
export async function addParameters(name: string, values: ParameterValues): Promise<void> {
  await updateSetting((setting) => (Object.hasOwn(asObject(setting) ?? {}, name) ? undefined : ({ ...asObject(setting), [name]: values } as ParameterValues)));
}

/** The panel's model settings over the setting `rivulet.parameters`, which they follow; disposed of with `subscriptions`. */
export function createParameterSheet(parts: { readonly services: Services; readonly store: ViewStore; readonly log: Log }, subscriptions: vscode.Disposable[]): ModelSettings {
  const { services, store, log } = parts;
  const sheet = createModelSettings({
    store,
    choice: () => services.choice(),
    read: readSetting,
    update: updateSetting,
  });
  const logProblems = (): void => {
    for (const key of unusableEntries(readSetting())) log.warn(vscode.l10n.t('The entry {0} of the setting rivulet.parameters is not an object and is not used.', key));
  };
  logProblems();
  subscriptions.push(
    onSettings(() => {
      logProblems();
      sheet.refresh();
    }),
    services.lists.onDidChange(() => sheet.refresh()),
  );
  return sheet;
}

/** Reads, changes and writes in one go: what another window has written to the other entries is kept. */
async function updateSetting(next: (setting: unknown) => ParameterValues | undefined): Promise<void> {
  const setting = next(readSetting());
  if (setting === undefined) return;
  try {
    await vscode.workspace.getConfiguration('rivulet').update('parameters', Object.keys(setting).length === 0 ? undefined : setting, vscode.ConfigurationTarget.Global);
  } catch (error) {
    void tell('error', vscode.l10n.t('VS Code could not write its settings: {0}', foreign(error instanceof Error ? error.message : String(error))));
    throw error;
  }
}

/** A plain copy: VS Code hands out proxies, which nothing may be built from. */
function readSetting(): unknown {
  const setting = vscode.workspace.getConfiguration('rivulet').get('parameters');
  try {
    return setting === undefined ? {} : (JSON.parse(JSON.stringify(setting)) as unknown);
  } catch {
    // Nested deeper than anything that could be sent.
    return {};
  }
}
