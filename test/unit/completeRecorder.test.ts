import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { complete } from '../../src/core/completions/complete.ts';
import { requestBody, type CompletionRequest, type Recorder } from '../../src/core/completions/request.ts';
import { createExchangeStore } from '../../src/core/inspect/exchangeStore.ts';
import { collect } from './support/collect.ts';
import { event, eventStream, requestTo, startLoopback, type Loopback } from './support/loopback.ts';

const never = new AbortController().signal;
const key = 'sk-CANARY-0123456789abcdef';

/** What a recorder was told, in order. */
type Told = { readonly [Event in keyof Recorder]: readonly [Event, Parameters<Recorder[Event]>[0]] }[keyof Recorder];

function recording(): { readonly recorder: Recorder; readonly told: Told[]; readonly names: () => string } {
  const told: Told[] = [];
  const recorder: Recorder = {
    request: (request) => void told.push(['request', request]),
    response: (response) => void told.push(['response', response]),
    bytes: (bytes) => void told.push(['bytes', bytes]),
    end: (end) => void told.push(['end', end]),
  };
  // How the network cut the bytes does not matter.
  return { recorder, told, names: () => told.map(([name]) => name).join(' ').replace(/bytes( bytes)+/g, 'bytes') };
}

const half = (response: ServerResponse): void => void response.writeHead(200, eventStream).write(event({ content: 'Half' }));

describe('complete, while it is recorded', () => {
  let server: Loopback | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function requestFor(handle: (response: ServerResponse) => void, parts: Partial<CompletionRequest> = {}): Promise<CompletionRequest> {
    server = await startLoopback(handle);
    return requestTo(`${server.url}/v1`, { key, ...parts });
  }

  const stream = event({ content: 'High' }) + event({}, 'stop');
  const answer = (response: ServerResponse): void => void response.writeHead(200, { ...eventStream, 'x-request-id': 'r1' }).end(stream);

  it('tells the request, the answer and its bytes as they were, and the end', async () => {
    const { recorder, told, names } = recording();
    const request = await requestFor(answer, { recorder });
    const before = Date.now();
    await collect(complete(request, never));
    assert.equal(names(), 'request response bytes end');
    const [[, sent], [, received]] = told as [Extract<Told, readonly ['request', unknown]>, Extract<Told, readonly ['response', unknown]>];
    assert.deepEqual([sent.method, sent.url], ['POST', `${server?.url ?? ''}/v1/chat/completions`]);
    assert.deepEqual(sent.headers, { 'content-type': 'application/json', accept: 'text/event-stream, application/json', authorization: 'Bearer [key]' });
    assert.equal(sent.body, JSON.stringify(requestBody(request)));
    assert.deepEqual([received.status, received.headers['x-request-id']], [200, 'r1']);
    const bytes = told.flatMap((each) => (each[0] === 'bytes' ? [each[1].bytes] : []));
    assert.equal(Buffer.concat(bytes).toString(), stream);
    assert.deepEqual(told.at(-1)?.[1], { at: told.at(-1)?.[1].at });
    const times = told.map(([, { at }]) => at);
    assert.deepEqual(times, times.toSorted((left, right) => left - right));
    assert.ok((times[0] ?? 0) >= before && (times.at(-1) ?? Infinity) <= Date.now());
  });

  it('makes an exchange of its own of each attempt', async () => {
    let asked = 0;
    const { recorder, told, names } = recording();
    await collect(
      complete(
        await requestFor((response) => ((asked += 1), asked < 3 ? void response.writeHead(503).end('busy') : answer(response)), {
          recorder,
          patience: { silenceMs: 60_000, waitingMs: 60_000, retries: 2, backOff: { firstMs: 1 } },
        }),
        never,
      ),
    );
    assert.equal(names(), Array.from({ length: 3 }, () => 'request response bytes end').join(' '));
    assert.deepEqual(told.flatMap((each) => (each[0] === 'end' ? [each[1].error] : [])), ['busy', 'busy', undefined]);
  });

  it('ends the exchange however it ends: cut, refused without a word, stopped, left', async () => {
    const ends: (string | undefined)[] = [];
    const endOf = async (handle: (response: ServerResponse) => void, read: (request: CompletionRequest) => Promise<unknown>): Promise<void> => {
      const { recorder, told, names } = recording();
      await read(await requestFor(handle, { recorder }));
      assert.match(names(), /^request .*end$|^request end$/);
      assert.equal(told.filter(([name]) => name === 'end').length, 1);
      ends.push(told.flatMap((each) => (each[0] === 'end' ? [each[1].isStopped ? 'stopped' : each[1].error] : []))[0]);
      await server?.close();
    };
    await endOf((response) => void response.destroy(), (request) => collect(complete(request, never)));
    await endOf((response) => void response.writeHead(402).end(), (request) => collect(complete(request, never)));
    await endOf(half, async (request) => {
      const controller = new AbortController();
      const events = complete(request, controller.signal);
      await events.next();
      const pending = events.next();
      controller.abort();
      await assert.rejects(pending);
    });
    await endOf(half, async (request) => {
      for await (const { type } of complete(request, never)) return type;
      return undefined;
    });
    assert.match(ends[0] ?? '', /^fetch failed ← /);
    assert.deepEqual(ends.slice(1), ['HTTP 402 without a word of explanation.', 'stopped', 'stopped']);
  });

  it('does not tell the key in the reason of the end', async () => {
    const { recorder, told } = recording();
    await collect(complete(await requestFor((response) => void response.writeHead(401).end(`Bearer ${key}`), { recorder }), never));
    assert.deepEqual(told.at(-1), ['end', { at: told.at(-1)?.[1].at, error: 'Bearer [key]' }]);
  });

  it('lets the store show no key, though the server echoes it in its headers, in an error, and cut across two pieces (B30)', async () => {
    const store = createExchangeStore();
    const request = await requestFor((response) => {
      response.writeHead(200, { ...eventStream, 'x-echo': key }).write(`: ${key.slice(0, 9)}`, () => setTimeout(() => response.end(`${key.slice(9)}\n\ndata: {"error":{"message":"${key}"}}\n\n`), 10));
    });
    await collect(complete({ ...request, messages: [{ role: 'user', content: `Is ${key} right?` }], recorder: store.recorderFor('t', key) }, never));
    const shown = JSON.stringify(store.exchangesOf('t'));
    assert.ok(shown.includes('[key]'));
    assert.ok(!shown.includes('CANARY'), shown);
  });
});
