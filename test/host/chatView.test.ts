import assert from 'node:assert/strict';
import { reduce } from '../../src/protocol/reduce.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { until } from '../support/until.ts';
import { event, eventStream, startLoopback, type Loopback } from '../unit/support/loopback.ts';
import { called, handlers, l10n, reset, secrets, settings } from './fakeVscode.ts';
import { activated, settle, showView, type FakePage } from './fakes.ts';

/** The state as the page has it after everything that was posted; fails when a push was missed. */
function stateOf(page: FakePage): ViewState | undefined {
  let state: ViewState | undefined;
  let revision: number | undefined;
  for (const push of page.posted) {
    const [first] = push.changes;
    if (first?.type !== 'snapshot') assert.equal(push.revision, (revision ?? 0) + 1, 'a push is missing');
    revision = push.revision;
    for (const change of push.changes) state = change.type === 'snapshot' ? change.state : state && reduce(state, change);
  }
  return state;
}

function isFocused({ posted }: FakePage): boolean {
  return posted.some(({ changes }) => changes.some(({ type }) => type === 'composer-focused'));
}

describe('the chat view', () => {
  let server: Loopback | undefined;

  beforeEach(reset);
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it('gives the page a policy under which only its own script runs, with a new nonce each time (B13)', async () => {
    const { page } = await activated();
    const again = await showView();
    const nonces = [page, again].map((one) => {
      const html = one.html();
      const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
      const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      assert.ok(nonce.length >= 32, policy);
      assert.match(policy, /^default-src 'none'; /);
      assert.ok(!/unsafe|https:(?!\/\/csp\.invalid)|http:|\*/.test(policy), policy);
      assert.ok(!policy.includes('connect-src') && !policy.includes('frame-src'), 'default-src none covers them');
      for (const [script] of html.matchAll(/<script(?! type="application\/json")[^>]*>/g)) assert.ok(script.includes(`nonce="${nonce}"`), script);
      assert.ok(!/\son\w+=|javascript:/i.test(html));
      return nonce;
    });
    assert.notEqual(nonces[0], nonces[1]);
    assert.deepEqual(page.options(), { enableScripts: true, enableCommandUris: false, localResourceRoots: [(page.options().localResourceRoots ?? [])[0]] });
    assert.equal(String(page.options().localResourceRoots?.[0]), 'file:///extensions/rivulet/dist/webview');
  });

  it('hands translations over in a way that they cannot leave their script element', async () => {
    l10n.bundle = { 'a</script><script>': 'b</script>' };
    const { page } = await activated();
    const [, json] = /id="strings">([^]*?)<\/script>/.exec(page.html()) ?? [];
    assert.deepEqual(JSON.parse(json ?? ''), l10n.bundle);
  });

  it('sends the whole state on ready, without a key in it, and numbered changes after that', async () => {
    secrets.set('rivulet.key.deepseek', JSON.stringify({ origin: 'https://api.deepseek.com', key: 'sk-CANARY-0123456789' }));
    const { page } = await activated();
    await settle();
    page.send({ type: 'ready' });
    assert.equal(stateOf(page)?.model.readiness, 'ready');
    assert.ok(!JSON.stringify(page.posted).includes('CANARY'));
    settings.set('rivulet.model', 'jiekou/some-model');
    page.send({ type: 'ready' });
    await settle();
    assert.deepEqual(page.posted.map(({ revision }) => revision), page.posted.map((_, index) => index + 1));
  });

  it('refuses messages that are no intents, with a line in the log, and stays alive', async () => {
    const { page } = await activated();
    const hostile: readonly unknown[] = [null, 7, 'ready', [], {}, { type: 'constructor' }, { type: '__proto__' }, { type: 'send' }, { type: 'send', text: 7 }, { type: 'send', text: ' ' }, { type: 'act', action: 'rm', turnId: 'x' }, { type: 'ready', extra: 1 }];
    for (const message of hostile) page.send(message);
    await settle();
    assert.equal(called('log.warn').length, hostile.length);
    assert.equal(page.posted.filter(({ changes }) => changes.some(({ type }) => type === 'turn-added')).length, 0);
    page.send({ type: 'ready' });
    assert.ok(stateOf(page) !== undefined);
  });

  it('streams a real answer to the page, in far fewer pushes than there were deltas', async () => {
    server = await startLoopback((response) => {
      response.writeHead(200, eventStream);
      for (let count = 0; count < 500; count += 1) response.write(event({ content: 'w ' }));
      response.end(event({}, 'stop'));
    });
    settings.set('rivulet.baseUrls', { deepseek: server.url });
    secrets.set('rivulet.key.deepseek', JSON.stringify({ origin: server.url, key: 'sk-0123456789' }));
    const { page } = await activated();
    page.send({ type: 'ready' });
    page.send({ type: 'send', text: 'Hello' });
    const state = await until(() => stateOf(page), (now) => now?.activity.kind === 'idle' && now.turns[0]?.outcome === 'done');
    const [turn] = state?.turns ?? [];
    assert.deepEqual(turn?.items.map((item) => item.kind === 'text' && item.text), ['w '.repeat(500)]);
    assert.ok(page.posted.length < 60, `${page.posted.length} pushes`);
    const running = called('executeCommand').filter(([id, name]) => id === 'setContext' && name === 'rivulet.running').map((args) => args[2]).filter((on, index, all) => on !== all[index - 1]);
    // What takes long to be read beforehand is shown too, for itself.
    assert.match(running.join(' '), /^false(?: true false){1,2}$/);
  });

  it('says that there is no key, in a card with the button that helps', async () => {
    const { page } = await activated();
    page.send({ type: 'ready' });
    page.send({ type: 'send', text: 'Hello' });
    const state = await until(() => stateOf(page), (now) => now?.turns[0]?.items[0] !== undefined);
    const item = state?.turns[0]?.items[0];
    assert.ok(item?.kind === 'error');
    assert.equal(item.title.message, 'There is no API key for {0} yet.');
    assert.equal(item.actions[0], 'set-key');
  });

  it('keeps the chat while the page is gone, and shows it all to the next page', async () => {
    const { page } = await activated();
    page.send({ type: 'ready' });
    page.send({ type: 'send', text: 'Hello' });
    page.dispose();
    const before = page.posted.length;
    const next = await showView();
    next.send({ type: 'ready' });
    const state = await until(() => stateOf(next), (now) => now?.turns[0]?.outcome === 'failed');
    assert.deepEqual(state?.turns.map(({ question }) => question.text), ['Hello']);
    assert.equal(page.posted.length, before, 'a page that is gone was posted to');
  });

  it('puts the cursor into the composer when it is focused, also when the page comes later', async () => {
    const { page } = await activated();
    page.send({ type: 'ready' });
    await handlers.get('rivulet.focus')?.();
    await until(() => isFocused(page));
    page.dispose();
    await handlers.get('rivulet.focus')?.();
    const next = await showView();
    next.send({ type: 'ready' });
    await until(() => isFocused(next));
  });

  it('puts the cursor into the composer of a page that is still loading, or loads again because it was hidden, once it is there', async () => {
    const { page } = await activated();
    const told = (): readonly string[] => page.posted.flatMap(({ changes }) => changes.map(({ type }) => type));
    for (const load of [() => undefined, () => page.setVisible(false)]) {
      load();
      page.posted.length = 0;
      await handlers.get('rivulet.focus')?.();
      page.setVisible(true);
      page.send({ type: 'ready' });
      await until(() => told().indexOf('composer-focused') > told().indexOf('snapshot'), undefined, told);
    }
  });

  it('leaves the cursor where it is when the page takes so long that the person has gone on elsewhere', async () => {
    const now = Date.now.bind(Date);
    const { page } = await activated();
    page.setVisible(false);
    await handlers.get('rivulet.focus')?.();
    await settle();
    page.posted.length = 0;
    page.setVisible(true);
    try {
      Date.now = () => now() + 5000;
      page.send({ type: 'ready' });
    } finally {
      Date.now = now;
    }
    await handlers.get('rivulet.focus')?.();
    await until(() => isFocused(page));
    assert.equal(page.posted.flatMap(({ changes }) => changes).filter(({ type }) => type === 'composer-focused').length, 1, 'for the second time that it was asked for');
  });
});
