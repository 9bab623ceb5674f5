import { say, type LocalText } from '../../protocol/localText.ts';
import { originOf } from '../completions/endpoint.ts';
import { asArray, asObject, asText, parseJson } from '../json.ts';
import type { Secrets } from '../ports.ts';
import type { ProviderSpec } from '../providers/spec.ts';
import { createQueue } from '../queue.ts';

/** What is known of a service's key. `other-origin`: there is one, but it was given for another address. */
export type KeyState =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'not-needed' }
  | { readonly kind: 'other-origin'; readonly origin: string };

/** Whether there is a key, for whatever address. */
export function isKept({ kind }: KeyState): boolean {
  return kind === 'key' || kind === 'other-origin';
}

/** Keys by service, each bound to the origin it was given for: a changed base address never receives it (docs/safety.md B17). */
export interface KeyStore {
  state(provider: ProviderSpec): Promise<KeyState>;
  /** Stores a key that {@link problemOfKey} has nothing against, for the service's present origin. What was there stays when it fails. */
  set(provider: ProviderSpec, key: string): Promise<void>;
  remove(service: string): Promise<void>;
  /** The ids of services that have been given a key, those included that the settings no longer have. Whether a service has one is for `state` to say: here one may be missing, or one too many. */
  stored(): Promise<readonly string[]>;
}

/** Where the ids are kept, for a secret store cannot be asked for its names. All that is done by it is offering keys to be removed. */
const indexName = 'rivulet.keys';

export function createKeyStore(secrets: Secrets): KeyStore {
  // The index is read to be written, which two at once would do over each other.
  const queue = createQueue();

  async function stored(): Promise<readonly string[]> {
    const ids = asArray(parseJson((await secrets.get(indexName)) ?? '')).filter((id) => typeof id === 'string');
    return [...new Set(ids)];
  }
  async function remember(id: string): Promise<void> {
    const ids = await stored();
    if (!ids.includes(id)) await secrets.set(indexName, JSON.stringify([...ids, id]));
  }
  /** Has the index know of a key that was found. */
  async function makeGood(provider: ProviderSpec): Promise<void> {
    if ((await stored()).includes(provider.id)) return;
    await queue.run(async () => {
      // It may have been removed since it was found.
      if ((await secrets.get(secretName(provider))) !== undefined) await remember(provider.id);
    });
  }
  async function put(name: string, value: string | undefined): Promise<void> {
    await (value === undefined ? secrets.delete(name) : secrets.set(name, value));
  }
  return {
    stored,
    async state(provider) {
      if (provider.auth === 'none') return { kind: 'not-needed' };
      const stored = asObject(parseJson((await secrets.get(secretName(provider))) ?? ''));
      const key = asText(stored?.['key']);
      const origin = asText(stored?.['origin']);
      if (key === undefined || origin === undefined) return { kind: 'none' };
      // A key that can be read is used, whether or not the index can be written.
      await makeGood(provider).catch(() => undefined);
      return origin === originOf(provider.baseUrl) ? { kind: 'key', key } : { kind: 'other-origin', origin };
    },
    set: async (provider, key) =>
      queue.run(async () => {
        const name = secretName(provider);
        const before = await secrets.get(name);
        // VS Code in a browser keeps all secrets as one text and waits for none of its writings, so the first may be the one
        // that stays: the key is in it, and the index is made good when the key is found.
        await secrets.set(name, JSON.stringify({ origin: originOf(provider.baseUrl), key }));
        try {
          await remember(provider.id);
        } catch (error) {
          // The person is told that it was not stored.
          await put(name, before).catch(() => undefined);
          throw error;
        }
      }),
    remove: async (service) =>
      queue.run(async () => {
        await secrets.delete(secretName({ id: service }));
        const left = (await stored()).filter((id) => id !== service);
        await put(indexName, left.length === 0 ? undefined : JSON.stringify(left));
      }),
  };
}

/** The name under which the host keeps a service's key. */
export function secretName(provider: Pick<ProviderSpec, 'id'>): string {
  return `rivulet.key.${provider.id}`;
}

/** What is wrong with a key as it was typed, or undefined. A header can carry visible ASCII only (docs/servers.md R6). */
export function problemOfKey(key: string): LocalText | undefined {
  if (key === '') return say('The key is empty.');
  if (/[\r\n]/.test(key)) return say('The key contains a line break. Copy it again, in one line.');
  if (/\s/.test(key)) return say('The key contains a space. Copy it again without spaces before, after or inside it.');
  if (!/^[\x21-\x7e]+$/.test(key)) return say('The key contains characters that no key has (only letters, digits and signs of the English keyboard). Copy it again.');
  return undefined;
}
