import * as vscode from 'vscode';
import { CompletionError } from '../core/completions/completionError.ts';
import type { KeyStore } from '../core/keys/keyStore.ts';
import { getJson } from '../core/models/getJson.ts';
import { redact } from '../core/completions/redact.ts';
import { readModelList } from '../core/models/readModelList.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { ModelSpec, ProviderSpec } from '../core/providers/spec.ts';

/** A service is asked again after this long at the earliest. */
const freshMs = 600_000;

/** The lists of models that services gave out in this session, kept in memory. */
export interface ModelLists {
  /** The service's list as it was last told at this address. */
  known(provider: ProviderSpec): readonly ModelSpec[] | undefined;
  /**
   * Asks the service for its list, with its key, unless it has answered within ten minutes, has no list, or wants a key
   * that is not there. Never fails: what goes wrong is logged.
   */
  refresh(provider: ProviderSpec, signal: AbortSignal): Promise<void>;
  /** A list has changed. */
  readonly onDidChange: vscode.Event<void>;
}

interface Asked {
  readonly key: string | undefined;
  readonly at: number;
  readonly models: readonly ModelSpec[] | undefined;
}

export function createModelLists(keys: KeyStore, log: Log, clock: Clock): ModelLists {
  const asked = new Map<string, Asked>();
  const changed = new vscode.EventEmitter<void>();

  return {
    onDidChange: changed.event,
    known: (provider) => asked.get(nameOf(provider))?.models,
    async refresh(provider, signal) {
      const name = nameOf(provider);
      const before = asked.get(name);
      try {
        const key = await keyFor(provider, keys);
        if (key === 'missing' || provider.modelList === undefined) return;
        if (before !== undefined && before.key === key.key && clock.now() - before.at < freshMs) return;
        try {
          const models = await listOf(provider, key.key, clock, signal);
          log.info(`${provider.id} lists ${models?.length ?? 0} models.`);
          asked.set(name, { key: key.key, at: clock.now(), models: models ?? before?.models });
          if (models !== undefined) changed.fire();
        } catch (error) {
          // Where nobody answered, the next attempt is not put off.
          if (error instanceof CompletionError && error.status !== undefined) asked.set(name, { key: key.key, at: clock.now(), models: before?.models });
          throw error;
        }
      } catch (error) {
        if (!signal.aborted) log.warn(`The models of ${provider.id} could not be listed: ${error instanceof CompletionError ? `${error.kind} ${error.message.slice(0, 300)}` : String(error)}`);
      }
    },
  };
}

function nameOf({ id, baseUrl }: ProviderSpec): string {
  return `${id} ${baseUrl}`;
}

/** The key that may be sent to where the service is now. */
async function keyFor(provider: ProviderSpec, keys: KeyStore): Promise<{ readonly key: string | undefined } | 'missing'> {
  const state = await keys.state(provider);
  if (state.kind === 'not-needed') return { key: undefined };
  return state.kind === 'key' ? { key: state.key } : 'missing';
}

async function listOf({ modelList, baseUrl }: ProviderSpec, key: string | undefined, clock: Clock, signal: AbortSignal): Promise<readonly ModelSpec[] | undefined> {
  if (modelList === undefined) return undefined;
  const { path } = modelList;
  const value = await getJson({ baseUrl, path, key }, signal);
  const models = readModelList(value, { list: modelList, source: baseUrl + path, asOf: new Date(clock.now()).toISOString().slice(0, 10) });
  // A service that echoes the key as a name would have it chosen into a setting.
  return models?.filter(({ id }) => redact(id, key) === id);
}
