import { say, type LocalText } from '../../protocol/localText.ts';
import { originOf } from '../completions/endpoint.ts';
import { asArray, asObject, asText, parseJson } from '../json.ts';
import type { Secrets } from '../ports.ts';
import type { ProviderSpec } from '../providers/spec.ts';

/** What is known of a service's key. `other-origin`: there is one, but it was given for another address. */
export type KeyState =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'not-needed' }
  | { readonly kind: 'other-origin'; readonly origin: string };

/** Keys by service, each bound to the origin it was given for: a changed base address never receives it (docs/safety.md B17). */
export interface KeyStore {
  state(provider: ProviderSpec): Promise<KeyState>;
  /** Stores a key that {@link problemOfKey} has nothing against, for the service's present origin. */
  set(provider: ProviderSpec, key: string): Promise<void>;
  remove(service: string): Promise<void>;
  /** The ids of all services for which there is a key, those included that the settings no longer have. */
  stored(): Promise<readonly string[]>;
}

/** Where the ids are kept, for a secret store cannot be asked for its names. An id too many in it does no harm. */
const indexName = 'rivulet.keys';

export function createKeyStore(secrets: Secrets): KeyStore {
  async function stored(): Promise<readonly string[]> {
    const ids = asArray(parseJson((await secrets.get(indexName)) ?? '')).filter((id) => typeof id === 'string');
    return [...new Set(ids)];
  }
  async function remember(id: string): Promise<void> {
    const ids = await stored();
    if (!ids.includes(id)) await secrets.set(indexName, JSON.stringify([...ids, id]));
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
      await remember(provider.id).catch(() => undefined);
      return origin === originOf(provider.baseUrl) ? { kind: 'key', key } : { kind: 'other-origin', origin };
    },
    async set(provider, key) {
      // VS Code in a browser keeps all secrets as one text and waits for none of its writings, so the first may be the one
      // that stays: the key is in it, and the index is made good when the key is found.
      await secrets.set(secretName(provider), JSON.stringify({ origin: originOf(provider.baseUrl), key }));
      await remember(provider.id);
    },
    async remove(service) {
      await secrets.delete(secretName({ id: service }));
      const left = (await stored()).filter((id) => id !== service);
      if (left.length === 0) await secrets.delete(indexName);
      else await secrets.set(indexName, JSON.stringify(left));
    },
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
