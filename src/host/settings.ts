import * as vscode from 'vscode';
import type { Patience } from '../core/completions/request.ts';
import type { AccessPolicy } from '../core/languageModel/access.ts';
import { asNumber, asObject, asText } from '../core/json.ts';
import type { ServiceSettings } from '../core/providers/catalogue.ts';

/** Rivulet's settings as they stand now. All have application scope: a workspace cannot set them. */
export interface Settings extends ServiceSettings {
  /** `service/model` that messages go to. */
  readonly model: string;
}

/** How long to wait and how often to try; values outside their range are brought into it. */
export function readPatience(): Patience {
  const configuration = vscode.workspace.getConfiguration('rivulet');
  const within = (name: string, range: readonly [number, number, number]): number => Math.min(range[2], Math.max(range[0], asNumber(configuration.get(name)) ?? range[1]));
  return { silenceMs: within('timeouts.silence', [5, 120, 290]) * 1000, waitingMs: within('timeouts.waiting', [10, 600, 3600]) * 1000, retries: Math.floor(within('retries', [0, 2, 5])) };
}

export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration('rivulet');
  return {
    endpoints: configuration.get('endpoints'),
    baseUrls: configuration.get('baseUrls'),
    model: asText(configuration.get('model')) ?? '',
  };
}

/** Whether other extensions may use our models; what cannot be understood means that they have to be asked about. */
export function readAccessPolicy(): AccessPolicy {
  const policy = vscode.workspace.getConfiguration('rivulet').get('otherExtensions');
  return policy === 'allow' || policy === 'off' ? policy : 'ask';
}

export async function storeAccessPolicy(policy: AccessPolicy): Promise<void> {
  await vscode.workspace.getConfiguration('rivulet').update('otherExtensions', policy, vscode.ConfigurationTarget.Global);
}

/** Makes a model the one that messages go to, in every window. */
export async function storeModel(service: string, model: string): Promise<void> {
  await vscode.workspace.getConfiguration('rivulet').update('model', `${service}/${model}`, vscode.ConfigurationTarget.Global);
}

/** The person's entries of `rivulet.endpoints` as they stand, unchecked. */
export function readOwnEndpoints(): readonly unknown[] {
  const entries = vscode.workspace.getConfiguration('rivulet').get<unknown>('endpoints');
  return Array.isArray(entries) ? (entries as unknown[]) : [];
}

export async function storeEndpoints(entries: readonly unknown[]): Promise<void> {
  await vscode.workspace.getConfiguration('rivulet').update('endpoints', entries, vscode.ConfigurationTarget.Global);
}

/** Sets switches in the dialect of the person's endpoint with this id; everything else of the entry, and all others, stay. */
export async function storeDialect(id: string, dialect: object): Promise<void> {
  await storeEndpoints(
    readOwnEndpoints().map((entry) => {
      const own = asObject(entry);
      return own === undefined || own['id'] !== id ? entry : { ...own, dialect: { ...asObject(own['dialect']), ...dialect } };
    }),
  );
}

/** Calls back when one of Rivulet's settings has changed. */
export function onSettings(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('rivulet')) changed();
  });
}
