import { say, type LocalText } from '../../protocol/localText.ts';
import { originOf } from '../completions/endpoint.ts';
import { asObject, asText, parseJson } from '../json.ts';
import type { Secrets } from '../ports.ts';
import type { ProviderSpec } from '../providers/spec.ts';

/** What is known of a service's key. `other-origin`: there is one, but it was given for another address. */
export type KeyState =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'not-needed' }
  | { readonly kind: 'other-origin'; readonly origin: string };

/** Keys by service, each bound to the origin it was given for: a changed base address never receives it (safety.md B17). */
export interface KeyStore {
  state(provider: ProviderSpec): Promise<KeyState>;
  /** Stores a key that {@link problemOfKey} has nothing against, for the service's present origin. */
  set(provider: ProviderSpec, key: string): Promise<void>;
  remove(provider: ProviderSpec): Promise<void>;
}

export function createKeyStore(secrets: Secrets): KeyStore {
  return {
    async state(provider) {
      if (provider.auth === 'none') return { kind: 'not-needed' };
      const stored = asObject(parseJson((await secrets.get(secretName(provider))) ?? ''));
      const key = asText(stored?.['key']);
      const origin = asText(stored?.['origin']);
      if (key === undefined || origin === undefined) return { kind: 'none' };
      return origin === originOf(provider.baseUrl) ? { kind: 'key', key } : { kind: 'other-origin', origin };
    },
    async set(provider, key) {
      await secrets.set(secretName(provider), JSON.stringify({ origin: originOf(provider.baseUrl), key }));
    },
    async remove(provider) {
      await secrets.delete(secretName(provider));
    },
  };
}

/** The name under which the host keeps a service's key. */
export function secretName(provider: Pick<ProviderSpec, 'id'>): string {
  return `rivulet.key.${provider.id}`;
}

/** What is wrong with a key as it was typed, or undefined. A header can carry visible ASCII only (wire.md R6). */
export function problemOfKey(key: string): LocalText | undefined {
  if (key === '') return say('The key is empty.');
  if (/[\r\n]/.test(key)) return say('The key contains a line break. Copy it again, in one line.');
  if (/\s/.test(key)) return say('The key contains a space. Copy it again without spaces before, after or inside it.');
  if (!/^[\x21-\x7e]+$/.test(key)) return say('The key contains characters that no key has (only letters, digits and signs of the English keyboard). Copy it again.');
  return undefined;
}
