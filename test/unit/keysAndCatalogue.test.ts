import assert from 'node:assert/strict';
import { completionsUrl, isLoopback, originOf } from '../../src/core/completions/endpoint.ts';
import { createKeyStore, problemOfKey, secretName } from '../../src/core/keys/keyStore.ts';
import type { Secrets } from '../../src/core/ports.ts';
import { buildCatalogue, chooseModel, noticeOf } from '../../src/core/providers/catalogue.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { providers } from '../../src/core/providers/providers.ts';

function memorySecrets(stored = new Map<string, string>()): Secrets & { readonly stored: Map<string, string> } {
  return { stored, get: async (name) => stored.get(name), set: async (name, value) => void stored.set(name, value), delete: async (name) => void stored.delete(name) };
}

function withFullIndex(secrets: Secrets): Secrets {
  return {
    ...secrets,
    async set(name, value) {
      if (name === 'rivulet.keys') throw new Error('The index is full.');
      await secrets.set(name, value);
    },
  };
}

function choose(text: string): readonly [string, string] {
  const { provider, model } = chooseModel(providers, text);
  return [provider.id, model];
}

describe('the key store', () => {
  it('gives a key only to the origin it was stored for (B17)', async () => {
    const keys = createKeyStore(memorySecrets());
    await keys.set(deepseek, 'sk-0123456789');
    assert.deepEqual(await keys.state(deepseek), { kind: 'key', key: 'sk-0123456789' });
    assert.deepEqual(await keys.state({ ...deepseek, baseUrl: 'https://api.deepseek.com/v1/' }), { kind: 'key', key: 'sk-0123456789' });
    for (const baseUrl of ['https://evil.invalid', 'http://api.deepseek.com', 'https://api.deepseek.com:8443', 'https://api.deepseek.com.evil.invalid', 'no address']) {
      assert.deepEqual(await keys.state({ ...deepseek, baseUrl }), { kind: 'other-origin', origin: 'https://api.deepseek.com' }, baseUrl);
    }
    assert.deepEqual(await keys.state({ ...deepseek, id: 'jiekou' }), { kind: 'none' });
  });

  it('takes what it cannot read for no key, removes what is there, and needs none where none is sent', async () => {
    for (const text of ['', 'sk-plain', '{}', '[]', 'null', '{"key":"a"}', '{"origin":"https://x"}', '{"key":7,"origin":"https://api.deepseek.com"}']) {
      assert.deepEqual(await createKeyStore(memorySecrets(new Map([[secretName(deepseek), text]]))).state(deepseek), { kind: 'none' }, text);
    }
    const secrets = memorySecrets();
    const keys = createKeyStore(secrets);
    await keys.set(deepseek, 'sk-0123456789');
    assert.deepEqual(await keys.stored(), ['deepseek']);
    await keys.remove('deepseek');
    assert.deepEqual(await keys.stored(), []);
    assert.equal(secrets.stored.size, 0);
    assert.deepEqual(await keys.state({ ...deepseek, auth: 'none' }), { kind: 'not-needed' });
  });

  it('keeps a key, and can remove it, where what was written first is what stays', async () => {
    const secrets = memorySecrets();
    let first: ReadonlyMap<string, string> | undefined;
    const set: Secrets['set'] = async (name, value) => {
      secrets.stored.set(name, value);
      first ??= new Map(secrets.stored);
    };
    await createKeyStore({ ...secrets, set }).set(deepseek, 'sk-0123456789');
    const left = memorySecrets(new Map(first));
    const afterwards = createKeyStore(left);
    assert.deepEqual(await afterwards.state(deepseek), { kind: 'key', key: 'sk-0123456789' });
    assert.deepEqual(await afterwards.stored(), ['deepseek']);
    await afterwards.remove('deepseek');
    assert.equal(left.stored.size, 0);
  });

  it('has nothing of a key of which the index cannot be written, and keeps the one before', async () => {
    const secrets = memorySecrets();
    await assert.rejects(createKeyStore(withFullIndex(secrets)).set(deepseek, 'sk-0123456789'), /full/);
    assert.equal(secrets.stored.size, 0);
    const stuck = { ...withFullIndex(secrets), delete: async () => Promise.reject(new Error('Nothing is deleted.')) };
    await assert.rejects(createKeyStore(stuck).set(deepseek, 'sk-0123456789'), /full/, 'the first error counts');
    await assert.rejects(createKeyStore(withFullIndex(secrets)).set(deepseek, 'sk-another-key'), /full/);
    assert.deepEqual(await createKeyStore(secrets).state(deepseek), { kind: 'key', key: 'sk-0123456789' });
  });

  it('knows of all keys that are set, found and removed at the same time', async () => {
    const secrets = memorySecrets();
    const keys = createKeyStore(secrets);
    const all = providers.map(({ id }) => id).toSorted();
    await Promise.all(providers.map(async (provider) => keys.set(provider, 'sk-0123456789')));
    assert.deepEqual((await keys.stored()).toSorted(), all);
    secrets.stored.delete('rivulet.keys');
    await Promise.all(providers.map(async (provider) => keys.state(provider)));
    assert.deepEqual((await keys.stored()).toSorted(), all);
    secrets.stored.delete('rivulet.keys');
    await Promise.all(providers.flatMap((provider) => [keys.state(provider), keys.remove(provider.id)]));
    assert.equal(secrets.stored.size, 0);
  });

  it('takes visible ASCII for a key and says what is wrong with anything else', () => {
    for (const key of ['sk-0123', 'a', 'a/b+c=d_e~!"\'`']) assert.equal(problemOfKey(key), undefined, key);
    const wrong: readonly (readonly [string, RegExp])[] = [['', /empty/], ['a\n', /line break/], ['a\rb', /line break/], [' a', /space/], ['a\tb', /space/], ['a\u3000', /space/], ['ключ', /characters/], ['sk-…', /characters/], ['a\u0000', /characters/], ['a\u200Bb', /characters/], ['a\u007F', /characters/]];
    for (const [key, words] of wrong) assert.match(problemOfKey(key)?.message ?? '', words, JSON.stringify(key));
  });
});

describe('the address of a service', () => {
  it('is completed however it is written (R5)', () => {
    const forms: readonly (readonly [string, string])[] = [
      ['https://api.x', 'https://api.x/chat/completions'], ['https://api.x/', 'https://api.x/chat/completions'], ['https://api.x/v1', 'https://api.x/v1/chat/completions'], ['https://api.x/v1//', 'https://api.x/v1/chat/completions'],
      ['https://api.x/openai/v1/chat/completions', 'https://api.x/openai/v1/chat/completions'], ['https://api.x/v1/chat/completions/', 'https://api.x/v1/chat/completions'], ['HTTP://LOCALHOST:8000/v1', 'http://localhost:8000/v1/chat/completions'],
    ];
    for (const [base, expected] of forms) assert.equal(completionsUrl(base)?.href, expected);
  });

  it('is refused when it is no plain http address', () => {
    for (const base of ['', 'api.x/v1', 'ftp://x', 'file:///x', 'javascript:x', 'https://u@x', 'https://u:p@x', 'https://x/?key=1', 'https://x/#a', 'https://']) {
      assert.equal(completionsUrl(base), undefined, base);
      assert.equal(originOf(base), undefined, base);
    }
  });

  it('is known to stay on this machine or not', () => {
    for (const origin of ['http://localhost:1', 'http://127.0.0.1', 'http://127.9.9.9:2', 'http://[::1]:3', 'http://a.localhost']) assert.equal(isLoopback(origin), true, origin);
    for (const origin of ['http://127.0.0.1.evil.invalid', 'http://localhost.evil.invalid', 'http://192.168.0.1', 'http://0.0.0.0', 'https://x']) assert.equal(isLoopback(origin), false, origin);
  });
});

describe('the catalogue', () => {
  const own = { id: 'own', baseUrl: 'http://127.0.0.1:8000/v1', models: [{ id: 'm' }] };

  it('adds the person\'s own endpoints as records like the built-in ones', () => {
    const { providers: all, problems } = buildCatalogue({ endpoints: [own], baseUrls: undefined });
    assert.deepEqual(problems, []);
    const added = all.at(-1);
    assert.deepEqual([added?.id, added?.label, added?.auth, added?.dialect], ['own', 'own', 'bearer', { reasoningReplay: 'tool-calls', reasoningField: 'as received', streamUsage: 'ask', continuation: 'instruction', outputLimit: 'max_tokens' }]);
  });

  it('leaves out what cannot be used and says which, whatever the settings hold', () => {
    const bad: readonly unknown[] = [null, 7, 'x', [], {}, { ...own, id: 'Own' }, { ...own, id: 'deepseek' }, { ...own, baseUrl: 'ftp://x' }, { ...own, baseUrl: 'https://u:p@x' }, { ...own, models: [] }, { ...own, extra: 1 }, { ...own, keyUrl: 'command:x' }, { ...own, dialect: { x: 1 } }, { ...own, id: '__proto__' }];
    const { providers: all, problems } = buildCatalogue({ endpoints: [...bad, own, own], baseUrls: { deepseek: 'ftp://x', jiekou: 7 } });
    assert.equal(problems.length, bad.length + 1 + 2);
    assert.deepEqual(all.map(({ id, baseUrl }) => [id, baseUrl]), [...providers, own].map(({ id, baseUrl }) => [id, baseUrl]));
    for (const endpoints of [undefined, null, {}, 'x', 7]) assert.equal(buildCatalogue({ endpoints, baseUrls: endpoints }).providers.length, providers.length);
  });

  it('takes another address for a built-in service', () => {
    assert.equal(buildCatalogue({ endpoints: [], baseUrls: { iflow: 'https://gateway.invalid/v1', deepseek: '' } }).providers.find(({ id }) => id === 'iflow')?.baseUrl, 'https://gateway.invalid/v1');
  });

  it('chooses the model that a text names, slashes and all', () => {
    assert.deepEqual(choose('jiekou/deepseek/deepseek-r1-turbo'), ['jiekou', 'deepseek/deepseek-r1-turbo']);
    assert.deepEqual(choose('deepseek/deepseek-v9'), ['deepseek', 'deepseek-v9']);
    assert.deepEqual(choose('iflow'), ['iflow', 'deepseek-r1']);
    assert.deepEqual(choose('iflow/ '), ['iflow', 'deepseek-r1']);
    for (const text of ['', '/']) assert.deepEqual(choose(text), ['deepseek', 'deepseek-flash'], text);
    for (const text of ['nobody/model', '__proto__/x', 'nobody']) assert.equal(chooseModel(providers, text).unknownService, text.split('/')[0], 'never replaced by another service');
    assert.throws(() => chooseModel([], 'x'));
  });

  it('says of a model that it is retired, and of a service that it is discontinued', () => {
    assert.deepEqual(noticeOf({ provider: deepseek, model: 'deepseek-chat' })?.args, ['deepseek-chat', 'deepseek-flash']);
    assert.equal(noticeOf({ provider: deepseek, model: 'deepseek-v4-pro' }), undefined);
    assert.match(noticeOf(chooseModel(providers, 'iflow/x'))?.message ?? '', /discontinued/);
  });
});
