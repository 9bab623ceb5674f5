import assert from 'node:assert/strict';
import { createKeyStore } from '../../src/core/keys/keyStore.ts';
import { createSecrets } from '../../src/host/secrets.ts';
import type { WelcomeChoice, WelcomeView } from '../../src/protocol/welcomeView.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { answers, called, createContext, fired, reset, secrets, settings, workspace } from './fakeVscode.ts';
import { activated, settle, type FakePage } from './fakes.ts';
import { shownBy } from './pageState.ts';

const key = 'sk-CANARY-0123456789abcdef';
const variables = ['DEEPSEEK_API_KEY', 'JIEKOU_API_KEY', 'IFLOW_API_KEY'];

const shown = (page: FakePage): ViewState => shownBy(page) ?? assert.fail('nothing was posted');

/** Pushes wait for a frame. */
async function drawn(): Promise<void> {
  await settle();
  await new Promise((resolve) => setTimeout(resolve, 60));
}

function set(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

function told(choices: readonly WelcomeChoice[]): readonly unknown[] {
  return choices.map(({ id, model, detail }) => [id, model, detail]);
}

function stored(service: string): unknown {
  return (JSON.parse(secrets.get(`rivulet.key.${service}`) ?? 'null') as { key?: unknown } | null)?.key;
}

/** Whether the walkthrough was told that there is a model to be asked. */
function isDone(): boolean {
  return called('executeCommand').some(([id, key, value]) => id === 'setContext' && key === 'rivulet.step.ready' && value === true);
}

describe('the welcome', () => {
  const before = Object.fromEntries(variables.map((name) => [name, process.env[name]]));
  let page: FakePage;

  const open = async (): Promise<WelcomeView> => {
    ({ page } = await activated());
    page.send({ type: 'ready' });
    await drawn();
    return shown(page).welcome;
  };

  beforeEach(() => {
    reset();
    for (const name of variables) set(name, undefined);
  });
  after(() => {
    for (const name of variables) set(name, before[name]);
  });

  it('offers nothing where there is nothing', async () => {
    assert.deepEqual(await open(), { choices: [], servers: 'unasked' });
  });

  it('offers services whose key is set, and those of one\'s own that need none', async () => {
    settings.set('rivulet.endpoints', [{ id: 'lab', baseUrl: 'http://127.0.0.1:1/v1', auth: 'none', models: [{ id: 'm' }] }]);
    secrets.set('rivulet.keys', '["jiekou"]');
    secrets.set('rivulet.key.jiekou', JSON.stringify({ origin: 'https://api.jiekou.ai', key }));
    assert.deepEqual(told((await open()).choices), [['stored:jiekou', 'deepseek/deepseek-r1-turbo', undefined], ['keyless:lab', 'm', undefined]]);
    page.send({ type: 'take-choice', id: 'stored:jiekou' });
    await drawn();
    assert.equal(settings.get('rivulet.model'), 'jiekou/deepseek/deepseek-r1-turbo');
    assert.deepEqual(called('showInformationMessage'), [], 'a key that is set needs no question');
  });

  it('does not offer a key that was given for another address', async () => {
    secrets.set('rivulet.keys', '["jiekou"]');
    secrets.set('rivulet.key.jiekou', JSON.stringify({ origin: 'https://elsewhere.invalid', key }));
    assert.deepEqual((await open()).choices, []);
  });

  it('offers the key of a variable by the name of the variable, and shows it to nobody', async () => {
    set('DEEPSEEK_API_KEY', key);
    assert.deepEqual(told((await open()).choices), [['variable:deepseek', 'deepseek-flash', 'DEEPSEEK_API_KEY']]);
    assert.ok(!JSON.stringify(page.posted).includes('CANARY'));
    assert.equal(secrets.size, 0, 'it is not taken by being found');
  });

  it('takes the key of a variable only after a yes to a question that says where it goes', async () => {
    set('DEEPSEEK_API_KEY', key);
    await open();
    page.send({ type: 'take-choice', id: 'variable:deepseek' });
    await drawn();
    assert.equal(secrets.size, 0, 'dismissed');
    const [words, options] = called('showInformationMessage')[0] ?? [];
    assert.match(String(words), /key of DEEPSEEK_API_KEY for DeepSeek/);
    assert.equal((options as { modal: boolean }).modal, true);
    assert.match((options as { detail: string }).detail, /sent to https:\/\/api\.deepseek\.com only/);

    answers.set('showInformationMessage', ['Use this key']);
    page.send({ type: 'take-choice', id: 'variable:deepseek' });
    await drawn();
    assert.equal(stored('deepseek'), key);
    assert.equal((await createKeyStore(createSecrets(createContext().secrets as never)).stored()).join(), 'deepseek');
    const recorded = ['log.info', 'log.warn', 'log.error', 'setStatusBarMessage', 'executeCommand', 'showInformationMessage'].flatMap(called);
    assert.ok(!JSON.stringify([recorded, page.posted, [...settings]]).includes('CANARY'));
    fired.secrets.fire({ key: 'rivulet.key.deepseek' });
    await drawn();
    assert.deepEqual([shown(page).model.readiness, shown(page).welcome.choices], ['ready', []]);
  });

  it('makes the service of the variable the chosen one', async () => {
    set('JIEKOU_API_KEY', key);
    await open();
    answers.set('showInformationMessage', ['Use this key']);
    page.send({ type: 'take-choice', id: 'variable:jiekou' });
    await drawn();
    assert.equal(stored('jiekou'), key);
    assert.equal(settings.get('rivulet.model'), 'jiekou/deepseek/deepseek-r1-turbo');
  });

  it('warns before such a key goes over a connection that is not encrypted', async () => {
    set('DEEPSEEK_API_KEY', key);
    settings.set('rivulet.baseUrls', { deepseek: 'http://gateway.example.invalid/v1' });
    await open();
    answers.set('showInformationMessage', ['Use this key']);
    page.send({ type: 'take-choice', id: 'variable:deepseek' });
    await drawn();
    assert.match(String(called('showWarningMessage')[0]?.[0]), /not encrypted/);
    assert.equal(secrets.size, 0);
  });

  for (const value of ['', 'two words', 'line\nbreak', '密钥']) {
    it(`does not offer a variable that holds no key (${JSON.stringify(value)})`, async () => {
      set('DEEPSEEK_API_KEY', value);
      assert.deepEqual((await open()).choices, []);
    });
  }

  it('reads no variable in a window that is not trusted, and does once it is', async () => {
    set('DEEPSEEK_API_KEY', key);
    Object.assign(workspace, { isTrusted: false });
    try {
      assert.deepEqual((await open()).choices, []);
      page.send({ type: 'take-choice', id: 'variable:deepseek' });
      await drawn();
      assert.deepEqual([secrets.size, called('showInformationMessage')], [0, []]);
    } finally {
      Object.assign(workspace, { isTrusted: true });
    }
    fired.trust.fire(undefined);
    await drawn();
    assert.deepEqual(told(shown(page).welcome.choices), [['variable:deepseek', 'deepseek-flash', 'DEEPSEEK_API_KEY']]);
  });

  it('does nothing upon the name of a choice that it has not made', async () => {
    set('DEEPSEEK_API_KEY', key);
    await open();
    for (const id of ['variable:jiekou', 'stored:deepseek', 'server:ollama', 'x']) page.send({ type: 'take-choice', id });
    await drawn();
    assert.deepEqual([called('showInformationMessage'), secrets.size, [...settings]], [[], 0, []]);
  });

  it('asks this machine for servers only when it is wished, and makes choices of those that answer', async () => {
    const asked: string[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = async (input) => {
      const url = input instanceof Request ? input.url : String(input);
      asked.push(url);
      if (!url.includes(':11434/')) throw new TypeError('fetch failed');
      return new Response(JSON.stringify({ data: [{ id: 'qwen3:8b' }, { id: 'other' }] }), { headers: { 'content-type': 'application/json' } });
    };
    try {
      await open();
      assert.equal(asked.length, 0);
      page.send({ type: 'find-servers' });
      await drawn();
      assert.ok(asked.length > 0 && asked.every((url) => url.startsWith('http://127.0.0.1:')), asked.join());
      assert.deepEqual([shown(page).welcome.servers, told(shown(page).welcome.choices)], ['found', [['server:ollama', 'qwen3:8b', 'http://127.0.0.1:11434/v1']]]);
      page.send({ type: 'take-choice', id: 'server:ollama' });
      await drawn();
    } finally {
      globalThis.fetch = fetch;
    }
    assert.deepEqual(settings.get('rivulet.endpoints'), [{ id: 'ollama', label: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', auth: 'none', models: [{ id: 'qwen3:8b' }, { id: 'other' }] }]);
    assert.equal(settings.get('rivulet.model'), 'ollama/qwen3:8b');
  });

  it('says so when no server answers', async () => {
    const { fetch } = globalThis;
    globalThis.fetch = async () => {
      throw new TypeError('fetch failed');
    };
    try {
      await open();
      page.send({ type: 'find-servers' });
      await drawn();
    } finally {
      globalThis.fetch = fetch;
    }
    assert.deepEqual(shown(page).welcome, { choices: [], servers: 'none' });
  });

  it('tells the walkthrough that there is a model to be asked, and not before there is', async () => {
    await open();
    assert.equal(isDone(), false);
    secrets.set('rivulet.key.deepseek', JSON.stringify({ origin: 'https://api.deepseek.com', key }));
    fired.secrets.fire({ key: 'rivulet.key.deepseek' });
    await drawn();
    assert.equal(isDone(), true);
  });

  it('leads to the walkthrough that the manifest has', async () => {
    await open();
    page.send({ type: 'open-walkthrough' });
    await drawn();
    assert.ok(called('executeCommand').some(([id]) => id === 'rivulet.openWalkthrough'));
  });

  it('leads to what other tools have', async () => {
    await open();
    page.send({ type: 'import-settings' });
    await drawn();
    assert.ok(called('executeCommand').some(([id]) => id === 'rivulet.importSettings'));
  });
});
