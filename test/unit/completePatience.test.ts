import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { complete } from '../../src/core/completions/complete.ts';
import type { CompletionEvent } from '../../src/core/completions/completion.ts';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import type { Patience } from '../../src/core/completions/request.ts';
import { createWatch } from '../../src/core/completions/watch.ts';
import { fakeClock } from './support/fakeClock.ts';
import { event, eventStream, requestTo, startLoopback, type Loopback } from './support/loopback.ts';
import { turns } from './support/turns.ts';

const never = new AbortController().signal;
/** By a clock that stands still until it is advanced. */
const lasting: Patience = { silenceMs: 600_000, waitingMs: 600_000, retries: 0, quietMs: 10_000 };
const silent = { type: 'liveness', state: 'silent' };
const queued = { type: 'liveness', state: 'queued' };
const flowing = { type: 'liveness', state: 'flowing' };
const high = { type: 'text-delta', text: 'High' };

async function failureOf(pending: Promise<unknown>): Promise<CompletionError> {
  const error = await pending.then(() => undefined, (thrown: unknown) => thrown);
  assert.ok(error instanceof CompletionError, 'it should have failed');
  return error;
}

describe('complete, waiting', () => {
  let server: Loopback | undefined;
  let clock = fakeClock();
  clock.stop();
  const answering = new Set<ReturnType<typeof setInterval>>();

  beforeEach(() => {
    clock = fakeClock();
  });
  afterEach(async () => {
    clock.stop();
    for (const timer of answering) clearInterval(timer);
    answering.clear();
    await server?.close();
    server = undefined;
  });

  /** What comes when so much time passes while it is waited for. */
  async function after<Value>(milliseconds: number, pending: Promise<Value>): Promise<Value> {
    await turns(5);
    clock.advance(milliseconds);
    return pending;
  }

  async function start(patience: Patience, handle: (response: ServerResponse) => void): Promise<AsyncGenerator<CompletionEvent>> {
    server = await startLoopback(handle);
    return complete(requestTo(`${server.url}/v1`, { patience }), never);
  }

  async function response(): Promise<ServerResponse> {
    const exchange = await server?.next();
    assert.ok(exchange !== undefined);
    return exchange.response;
  }

  function keepAlive(to: ServerResponse): void {
    to.write(': keep-alive\n\n');
    answering.add(setInterval(() => to.write(': keep-alive\n\n'), 5));
  }

  it('tells that nothing comes, before the headers', async () => {
    const events = await start(lasting, () => undefined);
    assert.deepEqual((await after(10_000, events.next())).value, silent);
    (await response()).writeHead(200, eventStream).end(event({ content: 'High' }, 'stop'));
    assert.deepEqual((await events.next()).value, high);
    assert.equal((await events.next()).value?.type, 'end');
  });

  it('tells that nothing comes after ten seconds, where nobody says otherwise', async () => {
    const events = await start({ silenceMs: 600_000, waitingMs: 600_000, retries: 0 }, () => undefined);
    assert.deepEqual((await after(10_000, events.next())).value, silent);
    await events.return(undefined);
  });

  it('tells that nothing comes, within an answer, and that it goes on', async () => {
    const events = await start(lasting, (to) => void to.writeHead(200, eventStream).write(event({ content: 'High' })));
    assert.deepEqual((await events.next()).value, high);
    assert.deepEqual((await after(10_000, events.next())).value, silent);
    const to = await response();
    to.write(event({ content: 'High' }));
    assert.deepEqual([(await events.next()).value, (await events.next()).value], [flowing, high]);
    assert.deepEqual((await after(10_000, events.next())).value, silent, 'it tells it anew');
    to.end(event({}, 'stop'));
    assert.deepEqual((await events.next()).value, flowing);
    assert.equal((await events.next()).value?.type, 'end');
  });

  it('tells once that the request is queued, and then that the answer begins', async () => {
    const events = await start(lasting, (to) => void to.writeHead(200, eventStream).write(': keep-alive\n\n'));
    assert.deepEqual((await events.next()).value, queued);
    const to = await response();
    to.write(': keep-alive\n\n');
    await turns(5);
    to.write(': keep-alive\n\n');
    await turns(5);
    to.end(event({ content: 'High' }, 'stop'));
    assert.deepEqual([(await events.next()).value, (await events.next()).value], [flowing, high]);
  });

  it('takes blank lines before a JSON answer for keep-alives', async () => {
    server = await startLoopback((to) => void to.writeHead(200, { 'content-type': 'application/json' }).write('\n'));
    const events = complete(requestTo(server.url, { stream: false, patience: lasting }), never);
    assert.deepEqual((await events.next()).value, queued);
    (await response()).end(JSON.stringify({ choices: [{ message: { content: 'High' }, finish_reason: 'stop' }] }));
    const left: CompletionEvent[] = [];
    for await (const each of events) left.push(each);
    assert.equal(left.at(-1)?.type, 'end');
  });

  it('gives up when not one byte comes, not even headers', async () => {
    const events = await start({ ...lasting, silenceMs: 20_000 }, () => undefined);
    assert.deepEqual((await after(10_000, events.next())).value, silent);
    const exchange = await server?.next();
    const error = await failureOf(after(10_000, events.next()));
    assert.deepEqual([error.kind, error.facts], ['timeout', { kept: false, timeout: { clock: 'silence', seconds: 20, phase: 'headers' } }]);
    await exchange?.closed;
  });

  it('gives up when an answer falls silent, and closes the connection', async () => {
    const events = await start({ ...lasting, silenceMs: 20_000 }, (to) => void to.writeHead(200, eventStream).write(event({ content: 'High' })));
    assert.deepEqual((await events.next()).value, high);
    assert.deepEqual((await after(10_000, events.next())).value, silent);
    const error = await failureOf(after(10_000, events.next()));
    assert.deepEqual([error.kind, error.facts], ['timeout', { kept: true, timeout: { clock: 'silence', seconds: 20, phase: 'answer' } }]);
    await (await server?.next())?.closed;
  });

  it('gives up before it would say that nothing comes, when that is how patient it is', async () => {
    const events = await start({ ...lasting, silenceMs: 5000 }, () => undefined);
    assert.equal((await failureOf(after(5000, events.next()))).facts.timeout?.seconds, 5);
  });

  it('gives up when keep-alives are all that comes', async () => {
    const events = await start({ ...lasting, quietMs: 600_000, waitingMs: 60_000 }, (to) => keepAlive(to.writeHead(200, eventStream)));
    assert.deepEqual((await events.next()).value, queued);
    const error = await failureOf(after(60_000, events.next()));
    assert.deepEqual([error.kind, error.facts], ['timeout', { kept: false, timeout: { clock: 'waiting', seconds: 60, phase: 'answer' } }]);
  });

  it('gives up when keep-alives are all that comes after the beginning of an answer', async () => {
    const events = await start({ ...lasting, quietMs: 600_000, waitingMs: 60_000 }, (to) => {
      to.writeHead(200, eventStream).write(event({ content: 'High' }));
      keepAlive(to);
    });
    assert.deepEqual((await events.next()).value, high);
    const error = await failureOf(after(60_000, events.next()));
    assert.deepEqual([error.kind, error.facts.timeout?.clock, error.facts.kept], ['timeout', 'waiting', true]);
  });

  it('is patient with an answer that comes slowly: the time in the queue ends with each piece', async () => {
    const events = await start({ ...lasting, quietMs: 600_000, waitingMs: 1000 }, (to) => void to.writeHead(200, eventStream).write(event({ content: 'High' })));
    assert.deepEqual((await events.next()).value, high);
    const to = await response();
    for (let piece = 0; piece < 3; piece += 1) {
      const next = events.next();
      await turns(5);
      clock.advance(900);
      to.write(event({ content: 'High' }));
      assert.deepEqual((await next).value, high);
    }
    assert.equal((await failureOf(after(1000, events.next()))).kind, 'timeout');
  });

  it('takes what came for the whole answer when it had been finished and only the connection lingers', async () => {
    const events = await start(lasting, (to) => void to.writeHead(200, eventStream).write(event({ content: 'High' }, 'stop')));
    assert.deepEqual((await events.next()).value, high);
    assert.equal((await after(10_000, events.next())).value?.type, 'end');
  });

  it('asks again when not even headers come', async () => {
    let asked = 0;
    const events = await start({ ...lasting, silenceMs: 5000, retries: 1 }, (to) => {
      asked += 1;
      if (asked === 2) to.writeHead(200, eventStream).end(event({ content: 'High' }, 'stop'));
    });
    const pending = events.next();
    await server?.next();
    const first = (await after(5000, pending)).value;
    assert.deepEqual(first?.type === 'retrying' && [first.error.kind, first.error.facts.timeout?.phase], ['timeout', 'headers']);
    assert.deepEqual((await after(500, events.next())).value, high);
  });

  it('reads no error body for ever', async () => {
    const { fetch } = globalThis;
    const headers = Promise.withResolvers<undefined>();
    globalThis.fetch = async (...parts) => {
      const answer = await fetch(...parts);
      headers.resolve(undefined);
      return answer;
    };
    try {
      const events = await start({ ...lasting, silenceMs: 20_000 }, (to) => void to.writeHead(402).write('{"error":{"message":"Insuff'));
      const pending = failureOf(events.next());
      await headers.promise;
      await turns(5);
      clock.advance(10_000);
      const error = await after(10_000, pending);
      assert.deepEqual([error.kind, error.status], ['quota', 402]);
    } finally {
      globalThis.fetch = fetch;
    }
  });

  it('does not count the time that the reader takes', async () => {
    const watch = createWatch({ quietMs: 600_000, silenceMs: 1000, waitingMs: 600_000 }, 'DeepSeek');
    assert.equal(await watch.wait(Promise.resolve(1)), 1);
    clock.advance(5000);
    const { promise, resolve } = Promise.withResolvers<number>();
    const waiting = watch.wait(promise);
    clock.advance(900);
    resolve(2);
    assert.equal(await waiting, 2);
    watch.end();
  });

  it('does not count the time to the headers as waiting in the queue', async () => {
    const watch = createWatch({ quietMs: 600_000, silenceMs: 600_000, waitingMs: 1000 }, 'DeepSeek');
    const { promise, resolve } = Promise.withResolvers<string>();
    const headers = watch.wait(promise);
    clock.advance(5000);
    resolve('headers');
    assert.equal(await headers, 'headers');
    watch.answered();
    const body = watch.wait(new Promise(() => undefined));
    clock.advance(900);
    const failure = failureOf(body);
    clock.advance(100);
    assert.equal((await failure).facts.timeout?.clock, 'waiting');
    watch.end();
  });
});
