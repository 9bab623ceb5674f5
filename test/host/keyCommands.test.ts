import assert from 'node:assert/strict';
import { answers, called, handlers, inputs, reset, secrets, settings, type FakeInput } from './fakeVscode.ts';
import { activated, settle } from './fakes.ts';

const key = 'sk-CANARY-0123456789abcdef';

/** Runs the command until it asks for the key. */
async function askedForKey(service?: string): Promise<{ readonly input: FakeInput; readonly done: Promise<unknown> }> {
  const done = Promise.resolve(handlers.get('rivulet.setApiKey')?.(service));
  await settle();
  const input = inputs.at(-1);
  assert.ok(input !== undefined, 'no key was asked for');
  return { input, done };
}

function type(input: FakeInput, value: string): void {
  input.value = value;
  input.change.fire(value);
  input.accept.fire(undefined);
}

describe('the commands for keys', () => {
  beforeEach(async () => {
    reset();
    await activated();
  });

  it('store the key in SecretStorage, bound to the origin it was given for, and nowhere else', async () => {
    const { input, done } = await askedForKey('deepseek');
    assert.equal(input['password'], true);
    assert.match(String(input['prompt']), /https:\/\/api\.deepseek\.com/);
    type(input, key);
    await done;
    assert.deepEqual([...secrets], [['rivulet.key.deepseek', JSON.stringify({ origin: 'https://api.deepseek.com', key })], ['rivulet.keys', '["deepseek"]']]);
    assert.deepEqual([...settings], []);
    const recorded = ['log.info', 'log.warn', 'log.error', 'setStatusBarMessage', 'executeCommand'].flatMap(called);
    assert.ok(recorded.length > 0);
    assert.ok(!JSON.stringify(recorded).includes('CANARY'));
    assert.equal(called('input.dispose').length, 1);
  });

  const bad: readonly (readonly [string, RegExp])[] = [
    ['', /empty/],
    ['sk-a\nb', /line break/],
    [' sk-ab', /space/],
    ['sk-a b', /space/],
    ['sk-ab\u00A0', /space/],
    ['sk-密钥', /characters that no key has/],
    ['sk-ab\u200B', /characters that no key has/],
  ];
  for (const [typed, sentence] of bad) {
    it(`refuse ${JSON.stringify(typed)} with a sentence that says why, and take the key that comes then`, async () => {
      const { input, done } = await askedForKey('deepseek');
      type(input, typed);
      assert.match(input.validationMessage ?? '', sentence);
      assert.equal(secrets.size, 0);
      type(input, key);
      await done;
      assert.equal(secrets.get('rivulet.key.deepseek'), JSON.stringify({ origin: 'https://api.deepseek.com', key }));
    });
  }

  it('take the complaint away as soon as the person types', async () => {
    const { input, done } = await askedForKey('deepseek');
    type(input, '');
    input.change.fire('s');
    assert.equal(input.validationMessage, undefined);
    input.hide.fire(undefined);
    await done;
  });

  it('store nothing when the box is closed or no service is picked', async () => {
    const { input, done } = await askedForKey('deepseek');
    input.value = key;
    input.hide.fire(undefined);
    await done;
    await handlers.get('rivulet.setApiKey')?.();
    assert.equal(inputs.length, 1);
    assert.equal(secrets.size, 0);
  });

  it('ask for the service when none is named, and lead to its key page', async () => {
    answers.set('showQuickPick', [({ label }: { label: string }) => label === 'jiekou.ai']);
    const { input, done } = await askedForKey();
    assert.equal(input['title'], 'API key for jiekou.ai');
    input.button.fire(undefined);
    assert.deepEqual(called('openExternal'), [['https://jiekou.ai/settings/key-management']]);
    type(input, key);
    await done;
    assert.ok(secrets.has('rivulet.key.jiekou'));
  });

  it('say of iFlow that it is discontinued, and do not offer services without keys', async () => {
    settings.set('rivulet.endpoints', [{ id: 'own', baseUrl: 'http://127.0.0.1:1/v1', auth: 'none', models: [{ id: 'm' }] }]);
    await handlers.get('rivulet.setApiKey')?.();
    const [items] = called('showQuickPick')[0] ?? [];
    assert.deepEqual((items as readonly { label: string; detail?: string }[]).map(({ label, detail }) => [label, detail?.slice(0, 31)]), [
      ['DeepSeek', undefined],
      ['jiekou.ai', undefined],
      ['iFlow', 'iFlow was announced discontinue'],
    ]);
  });

  it('warn before a key goes over an open connection, but not to this machine', async () => {
    settings.set('rivulet.baseUrls', { deepseek: 'http://gateway.example.invalid/v1', jiekou: 'http://127.0.0.1:9/v1' });
    await handlers.get('rivulet.setApiKey')?.('deepseek');
    assert.equal(inputs.length, 0);
    const [text, options] = called('showWarningMessage')[0] ?? [];
    assert.match(String(text), /not encrypted/);
    assert.equal((options as { modal: boolean }).modal, true);
    answers.set('showWarningMessage', ['Send it all the same']);
    const consented = await askedForKey('deepseek');
    consented.input.hide.fire(undefined);
    await consented.done;
    const local = await askedForKey('jiekou');
    local.input.hide.fire(undefined);
    await local.done;
    assert.equal(called('showWarningMessage').length, 2);
  });

  it('remove the key that is picked, and offer only those that are stored, also of endpoints that are gone', async () => {
    secrets.set('rivulet.keys', '["deepseek","iflow","gone"]');
    secrets.set('rivulet.key.deepseek', JSON.stringify({ origin: 'https://api.deepseek.com', key }));
    secrets.set('rivulet.key.iflow', JSON.stringify({ origin: 'https://elsewhere.invalid', key }));
    answers.set('showQuickPick', [({ label }: { label: string }) => label === 'iFlow']);
    await handlers.get('rivulet.removeApiKey')?.();
    const [items] = called('showQuickPick')[0] ?? [];
    assert.deepEqual((items as readonly { label: string }[]).map(({ label }) => label), ['DeepSeek', 'iFlow', 'gone']);
    assert.deepEqual([...secrets.keys()], ['rivulet.keys', 'rivulet.key.deepseek']);
    assert.equal(secrets.get('rivulet.keys'), '["deepseek","gone"]');
  });

  it('offer a key to be removed of which the index has not heard', async () => {
    secrets.set('rivulet.key.jiekou', JSON.stringify({ origin: 'https://elsewhere.invalid', key }));
    const store = secrets.set.bind(secrets);
    secrets.set = (name, value) => {
      if (name === 'rivulet.keys') throw new Error('The index is full.');
      return store(name, value);
    };
    try {
      answers.set('showQuickPick', [({ label }: { label: string }) => label === 'jiekou.ai']);
      await handlers.get('rivulet.removeApiKey')?.();
    } finally {
      secrets.set = store;
    }
    assert.deepEqual(called('showInformationMessage'), []);
    assert.equal(secrets.size, 0);
  });

  it('say so when there is no key to remove', async () => {
    await handlers.get('rivulet.removeApiKey')?.();
    assert.deepEqual(called('showInformationMessage'), [['No API key is stored.']]);
  });
});
