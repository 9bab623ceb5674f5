import * as vscode from 'vscode';
import { isKept, type KeyStore } from '../../core/keys/keyStore.ts';
import type { Step } from '../../core/import/plan.ts';
import type { Log } from '../../core/ports.ts';
import { foreign } from '../messages.ts';
import { agreesToOpenConnection } from '../openConnection.ts';
import { addParameters } from '../parameters.ts';
import { readOwnEndpoints, storeEndpoints, storeModel } from '../settings.ts';
import { isThere } from './readFiles.ts';

/** What steps are carried out with. */
export interface Means {
  readonly keys: KeyStore;
  readonly prompts: vscode.Uri;
  /** Ids of the services that there are without this. */
  readonly services: readonly string[];
  readonly log: Log;
}

/** What became of the steps, in sentences. */
export interface Outcome {
  readonly done: readonly string[];
  readonly left: readonly string[];
}

/** Writes what the steps say, and nothing over anything. A key or a model whose service was not taken is left. */
export async function carryOut(steps: readonly Step[], means: Means): Promise<Outcome> {
  const done: string[] = [];
  const left: string[] = [];
  const services = steps.filter((step) => step.kind === 'service');
  const known = new Set([...means.services, ...services.map(({ entry }) => entry.id)]);
  if (services.length > 0) {
    await storeEndpoints([...readOwnEndpoints(), ...services.map(({ entry }) => entry)]);
    done.push(vscode.l10n.t('services: {0}', services.map(({ provider }) => foreign(provider.label)).join(', ')));
  }
  for (const step of steps) {
    if ((step.kind === 'key' || step.kind === 'model') && !known.has(step.provider.id)) left.push(vscode.l10n.t('{0} was not taken over, and so nothing else of it.', foreign(step.provider.label)));
    else if (step.kind === 'key') await takeKey(step, means, { done, left });
    else if (step.kind === 'model') {
      await storeModel(step.provider.id, step.model);
      done.push(vscode.l10n.t('the model {0}', foreign(step.model)));
    } else if (step.kind === 'parameters') {
      await addParameters(step.name, step.values);
      done.push(vscode.l10n.t('parameters for {0}', foreign(step.name)));
    }
  }
  await writePrompts(steps, means, { done, left });
  return { done, left: [...new Set(left)] };
}

interface Told {
  readonly done: string[];
  readonly left: string[];
}

async function takeKey({ provider, origin, key }: Step & { readonly kind: 'key' }, { keys, log }: Means, { done, left }: Told): Promise<void> {
  if (!(await agreesToOpenConnection(provider))) {
    left.push(vscode.l10n.t('The key for {0} stays where it is.', foreign(provider.label)));
    return;
  }
  // The list of what to take stays open for as long as the person likes.
  if (isKept(await keys.state(provider))) {
    left.push(vscode.l10n.t('There is a key for {0} already; it stays.', foreign(provider.label)));
    return;
  }
  await keys.set(provider, key);
  log.info(`A key was set for ${provider.id} (${origin}), from another tool.`);
  done.push(vscode.l10n.t('the key for {0}', foreign(provider.label)));
}

async function writePrompts(steps: readonly Step[], { prompts: folder }: Means, { done, left }: Told): Promise<void> {
  const prompts = steps.flatMap((step) => (step.kind === 'prompt' ? [step.prompt] : []));
  if (prompts.length === 0) return;
  await vscode.workspace.fs.createDirectory(folder);
  const written: string[] = [];
  for (const { name, text } of prompts) {
    const file = vscode.Uri.joinPath(folder, `${name}.md`);
    if (await isThere(file)) left.push(vscode.l10n.t('The prompt /{0} was there meanwhile and stays.', foreign(name)));
    else {
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
      written.push(`/${foreign(name)}`);
    }
  }
  if (written.length > 0) done.push(vscode.l10n.t('prompts: {0}', written.join(', ')));
}
