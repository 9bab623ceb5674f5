import assert from 'node:assert/strict';
import { complete } from '../../src/core/completions/complete.ts';
import type { CompletionEvent } from '../../src/core/completions/completion.ts';
import { continuesInWords, joinInWords } from '../../src/core/completions/continuation.ts';
import type { CompletionRequest } from '../../src/core/completions/request.ts';
import type { Json } from '../../src/core/json.ts';
import { collect } from './support/collect.ts';
import { said } from './support/conversation.ts';
import { event, eventStream, requestTo, startLoopback, type Loopback } from './support/loopback.ts';

const never = new AbortController().signal;
const message = (text: string): string => JSON.stringify({ error: { message: text, type: 'invalid_request_error' } });

interface Seen {
  readonly path: string | undefined;
  readonly model: Json | undefined;
  readonly roles: readonly Json[];
  readonly prefix: Json | undefined;
}

type Refuse = (seen: Seen) => readonly [status: number, body: string] | undefined;

const noBeta: Refuse = ({ path }) => (path === '/beta/chat/completions' ? [404, '404 page not found'] : undefined);

async function* shouting(events: AsyncIterable<CompletionEvent>): AsyncGenerator<CompletionEvent> {
  for await (const each of events) yield each.type === 'text-delta' ? { ...each, text: each.text.toUpperCase() } : each;
}

describe('complete, going on with an answer', () => {
  let server: Loopback | undefined;
  const seen: Seen[] = [];

  afterEach(async () => {
    await server?.close();
    server = undefined;
    seen.length = 0;
  });

  async function goingOn(refuse: Refuse, parts: Partial<CompletionRequest> = {}): Promise<CompletionRequest> {
    server = await startLoopback((response, { url }, text) => {
      const { messages, model } = JSON.parse(text) as { readonly messages: readonly { readonly [name: string]: Json }[]; readonly model: Json };
      const request = { path: url, model, roles: messages.map(({ role }) => role ?? null), prefix: messages.at(-1)?.['prefix'] };
      seen.push(request);
      const refusal = refuse(request);
      if (refusal === undefined) response.writeHead(200, eventStream).end(event({ content: 'and on' }, 'stop'));
      else response.writeHead(refusal[0]).end(refusal[1]);
    });
    return requestTo(`${server.url}/v1`, { continuesLast: true, messages: [{ role: 'user', content: 'Tides?' }, said({ text: 'High' })], ...parts });
  }

  it('goes on by prefix where the service knows that', async () => {
    const request = await goingOn(() => undefined);
    assert.deepEqual((await collect(complete(request, never))).deltas, [['text', 'and on']]);
    assert.deepEqual(seen.map(({ path, prefix }) => [path, prefix]), [['/beta/chat/completions', true]]);
    assert.equal(continuesInWords(request), false);
  });

  const refusals: readonly (readonly [string, Refuse])[] = [
    ['has nothing at /beta', noBeta],
    ['has a web page at /beta', ({ path }) => (path === '/beta/chat/completions' ? [404, '<html><title>Not found</title></html>'] : undefined)],
    ['does not know prefix', ({ prefix }) => (prefix === true ? [400, message("Additional properties are not allowed ('prefix' was unexpected) - 'messages.1'")] : undefined)],
    ['does not let everybody use beta', ({ path }) => (path?.startsWith('/beta') ? [400, message('The beta features are not enabled here.')] : undefined)],
    ['refuses the field', ({ prefix }) => (prefix === true ? [422, message('messages[1]: unknown field `prefix`')] : undefined)],
  ];
  for (const [what, refuse] of refusals) {
    it(`goes on in words when the server ${what}, in silence, and remembers it`, async () => {
      const request = await goingOn(refuse);
      assert.equal(continuesInWords(request), false);
      const types: string[] = [];
      for await (const { type } of complete(request, never)) types.push(type);
      assert.deepEqual(types, ['text-delta', 'end']);
      assert.equal(continuesInWords(request), true, 'also for the request that found it out');
      await collect(complete(request, never));
      const inWords = { path: '/v1/chat/completions', model: request.model, roles: ['user', 'assistant', 'user'], prefix: undefined };
      assert.deepEqual(seen, [{ path: '/beta/chat/completions', model: request.model, roles: ['user', 'assistant'], prefix: true }, inWords, inWords]);
    });
  }

  it('fails with what the server says to the words, where it takes neither', async () => {
    const request = await goingOn(() => [404, '404 page not found']);
    assert.equal((await collect(complete(request, never))).error?.kind, 'not-found');
    assert.deepEqual(seen.map(({ path }) => path), ['/beta/chat/completions', '/v1/chat/completions']);
  });

  it('takes no other refusal for one of the prefix', async () => {
    for (const refusal of [[400, message('The supported API model names are a or b.')], [401, message('beta')], [404, message('model "m" not found')], [400, message('no')]] as const) {
      const request = await goingOn(() => refusal);
      await collect(complete(request, never));
      assert.deepEqual([seen.splice(0).length, continuesInWords(request)], [1, false], refusal[1]);
      await server?.close();
    }
  });

  it('finds it out for each model, and for nothing that is no continuation', async () => {
    const request = await goingOn(noBeta);
    await collect(complete(request, never));
    assert.equal(continuesInWords({ ...request, model: 'deepseek-v4-pro' }), false);
    assert.equal(continuesInWords({ ...request, continuesLast: false }), false);
  });

  it('is told at once where the record says that it is in words', async () => {
    const { provider, ...request } = await goingOn(() => undefined);
    assert.equal(continuesInWords({ ...request, provider: { ...provider, dialect: { ...provider.dialect, continuation: 'instruction' } } }), true);
  });

  it('joins what comes in words, of the very request that fell back too, and leaves what comes by prefix', async () => {
    const fellBack = await goingOn(noBeta);
    for (const _ of [1, 2]) assert.deepEqual((await collect(joinInWords(complete(fellBack, never), fellBack, shouting))).deltas, [['text', 'AND ON']]);
    await server?.close();
    const byPrefix = await goingOn(() => undefined);
    assert.deepEqual((await collect(joinInWords(complete(byPrefix, never), byPrefix, shouting))).deltas, [['text', 'and on']]);
  });

  it('passes on what comes before the first word, and failures', async () => {
    const request = await goingOn(({ path }) => (path === '/beta/chat/completions' ? [404, ''] : seen.length < 3 ? [500, ''] : undefined), {
      patience: { silenceMs: 60_000, waitingMs: 60_000, retries: 1, backOff: { firstMs: 1 } },
    });
    const types: string[] = [];
    for await (const { type } of joinInWords(complete(request, never), request, shouting)) types.push(type);
    assert.deepEqual(types, ['retrying', 'text-delta', 'end']);
    await server?.close();
    const failing = await goingOn(() => [401, '']);
    assert.equal((await collect(joinInWords(complete(failing, never), failing, shouting))).error?.kind, 'bad-key');
  });

  it('closes the connection when it is left early', async () => {
    const request = await goingOn(noBeta);
    await server?.close();
    server = await startLoopback((response, { url }) => void (url?.startsWith('/beta') ? response.writeHead(404).end() : response.writeHead(200, eventStream).write(event({ content: 'a' }))));
    const left = { ...request, provider: { ...request.provider, baseUrl: `${server.url}/v1` } };
    for await (const each of joinInWords(complete(left, never), left, shouting)) {
      assert.deepEqual(each, { type: 'text-delta', text: 'A' });
      break;
    }
    await server.next();
    await (await server.next()).closed;
  });
});
