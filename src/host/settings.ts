import * as vscode from 'vscode';
import { asText } from '../core/json.ts';
import type { ServiceSettings } from '../core/providers/catalogue.ts';

/** Rivulet's settings as they stand now. All have application scope: a workspace cannot set them. */
export interface Settings extends ServiceSettings {
  /** `service/model` that messages go to. */
  readonly model: string;
}

export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration('rivulet');
  return {
    endpoints: configuration.get('endpoints'),
    baseUrls: configuration.get('baseUrls'),
    model: asText(configuration.get('model')) ?? '',
  };
}

/** Makes a model the one that messages go to, in every window. */
export async function storeModel(service: string, model: string): Promise<void> {
  await vscode.workspace.getConfiguration('rivulet').update('model', `${service}/${model}`, vscode.ConfigurationTarget.Global);
}

/** Calls back when one of Rivulet's settings has changed. */
export function onSettings(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('rivulet')) changed();
  });
}
