import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { until } from '../support/until.ts';
import { startLoopback, type Loopback } from '../unit/support/loopback.ts';
import { called, handlers, inputs, picks, reset, secrets, settings, type FakePick } from './fakeVscode.ts';
import { activated, settle, type FakePage } from './fakes.ts';
import { moveTo } from './simulated.ts';

const key = 'sk-key-of-a-test-0123456789';

function lines(): readonly string[] {
  return (picks.at(-1)?.items ?? []).map(({ label, description, detail }) => [label, description, detail].filter((part) => part !== undefined).join(' | '));
}

function logged(): string {
  return [...called('log.warn'), ...called('log.error'), ...called('log.info')].map(([line]) => String(line)).join('\n');
}

async function openList(): Promise<{ readonly pick: FakePick; readonly done: Promise<unknown> }> {
  const before = called('quickPick.show').length;
  const done = Promise.resolve(handlers.get('rivulet.selectModel')?.());
  await until(() => called('quickPick.show').length > before);
  const pick = picks.at(-1);
  assert.ok(pick !== undefined);
  return { pick, done };
}

/** Opens the list, waits until everybody has answered, and closes it. */
async function look(): Promise<void> {
  const { pick, done } = await openList();
  await until(() => !pick.busy);
  pick.hide.fire(undefined);
  await done;
}

describe('choosing a model', () => {
  let page: FakePage;
  let server: Loopback | undefined;

  beforeEach(async () => {
    reset();
    ({ page } = await activated());
  });
  afterEach(async () => {
    page.dispose();
    await server?.close();
    server = undefined;
  });

  async function serve(handle: (response: ServerResponse) => void): Promise<Loopback> {
    return (server = await startLoopback(handle));
  }

  it('shows what the tables know at once, and asks nobody whose key is not there', async () => {
    const { pick, done } = await openList();
    assert.ok(lines().includes('$(check) deepseek-flash | DeepSeek | 1M context · thinking · tools · pictures · CN¥1 in, CN¥4 out · × 2 at peak hours'), lines().join('\n'));
    assert.ok(lines().some((line) => line.startsWith('deepseek-chat | ') && line.endsWith('deepseek-chat is retired. Choose deepseek-flash instead.')));
    assert.ok(lines().includes('DeepSeek (no key yet)'));
    await until(() => !pick.busy);
    pick.hide.fire(undefined);
    await done;
    assert.deepEqual([called('update'), called('quickPick.dispose').length, logged()], [[], 1, '']);
  });

  it('fills in what the service lists when it comes, keeps the place, and marks what is gone', async () => {
    const own = await serve(() => undefined);
    moveTo('deepseek', own.url, key);
    const { pick, done } = await openList();
    const { request, response } = await own.next();
    assert.deepEqual([request.url, request.headers.authorization], ['/models', `Bearer ${key}`]);
    const before = lines();
    pick.activeItems = pick.items.filter(({ label }) => label === 'deepseek-v4-pro');
    response.end(JSON.stringify({ object: 'list', data: [{ id: 'deepseek-flash' }, { id: 'deepseek-v4-pro' }, { id: 'deepseek-v5', context_size: 2_000_000 }] }));
    await until(() => lines().length > before.length);
    assert.ok(lines().includes('deepseek-v5 | DeepSeek | 2M context'));
    assert.deepEqual(pick.activeItems.map((item) => (item as { label: string }).label), ['deepseek-v4-pro']);
    pick.selectedItems = pick.items.filter(({ label }) => label === 'deepseek-v5');
    pick.accept.fire(undefined);
    await done;
    assert.equal(settings.get('rivulet.model'), 'deepseek/deepseek-v5');
    assert.match(logged(), /deepseek lists 3 models/);
  });

  it('leaves the place to VS Code while the person is filtering', async () => {
    const own = await serve(() => undefined);
    moveTo('deepseek', own.url, key);
    const { pick, done } = await openList();
    const { response } = await own.next();
    pick.value = 'v5';
    pick.activeItems = [];
    response.end('{"data":[{"id":"deepseek-v5"}]}');
    await until(() => lines().some((line) => line.startsWith('deepseek-v5')));
    assert.deepEqual(pick.activeItems, []);
    pick.hide.fire(undefined);
    await done;
  });

  it('takes at Enter what comes first under a text that was on its way when the list was filled in', async () => {
    const own = await serve(() => undefined);
    moveTo('deepseek', own.url, key);
    const { pick, done } = await openList();
    const { response } = await own.next();
    response.end('{"data":[{"id":"deepseek-v5"}]}');
    await until(() => lines().some((line) => line.startsWith('deepseek-v5')));
    assert.equal(pick.activeItems.length, 1, 'the place was kept, for the host knew of no text');
    // The window had the text already: the place is hidden under it, nothing is marked, and Enter chooses nothing.
    pick.active.fire([]);
    const sent = pick.items;
    pick.value = 'v5';
    pick.activeItems = [];
    pick.accept.fire(undefined);
    assert.ok(pick.items !== sent, 'the window is given the lines anew');
    assert.deepEqual([pick.activeItems, settings.get('rivulet.model')], [[], undefined], 'the window is what marks a line');
    pick.active.fire(pick.items.filter(({ label }) => label === 'deepseek-v5'));
    await done;
    assert.equal(settings.get('rivulet.model'), 'deepseek/deepseek-v5');
  });

  it('leads to the key of the service that is asked now', async () => {
    const { pick, done } = await openList();
    pick.selectedItems = pick.items.filter(({ label }) => label.includes('API key of'));
    assert.deepEqual(lines().filter((line) => line.includes('API key of')), ['$(key) Set or change the API key of DeepSeek…']);
    pick.accept.fire(undefined);
    await until(() => inputs.length > 0);
    const input = inputs.at(-1);
    assert.ok(input !== undefined);
    input.value = key;
    input.accept.fire(undefined);
    await done;
    assert.match(secrets.get('rivulet.key.deepseek') ?? '', /sk-key-of-a-test/);
    assert.equal(settings.has('rivulet.model'), false, 'no model was chosen');
  });

  it('does not close when a line is marked without Enter', async () => {
    const { pick, done } = await openList();
    pick.active.fire(pick.items.slice(1, 2));
    pick.active.fire([]);
    await settle();
    assert.deepEqual(called('quickPick.dispose'), []);
    pick.hide.fire(undefined);
    await done;
    assert.deepEqual(called('update'), []);
  });

  it('moves no line when it is filled in: an Enter that is on its way names its place in the list before', async () => {
    const own = await serve(() => undefined);
    moveTo('deepseek', own.url, key);
    const { pick, done } = await openList();
    const { response } = await own.next();
    const before = pick.items.map(({ label }) => label);
    // The last model of the last service, behind which only the line for another name comes.
    const place = before.length - 2;
    response.end('{"data":[{"id":"deepseek-flash"},{"id":"deepseek-v5"},{"id":"deepseek-v6"}]}');
    await until(() => lines().some((line) => line.startsWith('deepseek-v6')));
    assert.deepEqual(pick.items.map(({ label }) => label), [...before, 'DeepSeek', 'deepseek-v5', 'deepseek-v6']);
    pick.selectedItems = pick.items.slice(place, place + 1);
    pick.accept.fire(undefined);
    await done;
    assert.ok(String(settings.get('rivulet.model')).endsWith(`/${before[place] ?? ''}`), before[place]);
  });

  it('tells the page when the chosen model is no longer listed', async () => {
    const { url } = await serve((response) => response.end('{"data":[{"id":"deepseek-v5"}]}'));
    moveTo('deepseek', url, key);
    const { pick, done } = await openList();
    await until(() => lines().some((line) => line.startsWith('deepseek-v5')));
    pick.hide.fire(undefined);
    await done;
    page.send({ type: 'ready' });
    await settle();
    const change = page.posted.at(-1)?.changes[0];
    assert.ok(change?.type === 'snapshot');
    assert.deepEqual(change.state.model.notice?.args, ['DeepSeek', 'deepseek-flash']);
  });

  it('asks once in ten minutes, for each key', async () => {
    const { url, exchanges } = await serve((response) => response.end('{"data":[{"id":"m"}]}'));
    moveTo('deepseek', url, key);
    await look();
    await look();
    assert.equal(exchanges.length, 1);
    assert.ok(lines().some((line) => line.startsWith('m | ')), 'the list is kept');
    moveTo('deepseek', url, 'sk-another-key-of-a-test');
    await look();
    assert.deepEqual(exchanges.map(({ request }) => request.headers.authorization), [`Bearer ${key}`, 'Bearer sk-another-key-of-a-test']);
  });

  const failures: readonly [string, (response: ServerResponse) => void, RegExp, number][] = [
    ['a path that is not there', (response) => response.writeHead(404).end(), /deepseek could not be listed: not-found/, 1],
    ['a wrong key', (response) => response.writeHead(401).end(`no such key: ${key}`), /deepseek could not be listed: bad-key/, 1],
    ['a web page', (response) => response.end('<html></html>'), /deepseek could not be listed: not-an-api/, 1],
    ['a connection that breaks, which is tried again', (response) => response.destroy(), /deepseek could not be listed: /, 2],
  ];
  for (const [name, handle, line, times] of failures) {
    it(`stays with the table upon ${name}, in the log only`, async () => {
      const { url, exchanges } = await serve(handle);
      moveTo('deepseek', url, key);
      for (let time = 0; time < 2; time += 1) {
        const { pick, done } = await openList();
        await until(() => !pick.busy);
        assert.ok(lines().some((text) => text.startsWith('$(check) deepseek-flash | ')));
        pick.hide.fire(undefined);
        await done;
      }
      assert.match(logged(), line);
      assert.ok(!logged().includes(key));
      assert.equal(exchanges.length, times);
      assert.deepEqual([called('showErrorMessage'), called('showWarningMessage')], [[], []]);
    });
  }

  it('stops asking when the list is closed', async () => {
    const own = await serve(() => undefined);
    moveTo('deepseek', own.url, key);
    const { pick, done } = await openList();
    const { closed } = await own.next();
    pick.hide.fire(undefined);
    await done;
    await closed;
    assert.equal(logged(), '');
  });

  it('sends a key only to the address it was given for', async () => {
    const { url, exchanges } = await serve((response) => response.end('{"data":[{"id":"m"}]}'));
    moveTo('deepseek', 'https://api.deepseek.com', key);
    settings.set('rivulet.baseUrls', { deepseek: url });
    const { pick, done } = await openList();
    await until(() => !pick.busy);
    pick.hide.fire(undefined);
    await done;
    assert.equal(exchanges.length, 0);
  });

  it('asks an endpoint of one\'s own, without a key where it wants none', async () => {
    const { url, exchanges } = await serve((response) => response.end('[{"id":"qwen3:8b","max_model_len":40960}]'));
    settings.set('rivulet.endpoints', [{ id: 'local', baseUrl: `${url}/v1`, auth: 'none', models: [{ id: 'typed' }] }]);
    const { pick, done } = await openList();
    await until(() => lines().some((line) => line.startsWith('qwen3:8b')));
    assert.ok(lines().includes('qwen3:8b | local | 40K context') && lines().includes('typed | local | local does not list typed among its models.'), lines().join('\n'));
    pick.hide.fire(undefined);
    await done;
    assert.deepEqual(exchanges.map(({ request }) => [request.url, request.headers.authorization]), [['/v1/models', undefined]]);
  });
});
