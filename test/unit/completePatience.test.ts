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
/** Waits for ever, tells of silence soon. */
const lasting: Patience = { silenceMs: 600_000, waitingMs: 600_000, retries: 0, quietMs: 25 };
const silent = { type: 'liveness', state: 'silent' };
const queued = { type: 'liveness', state: 'queued' };
const flowing = { type: 'liveness', state: 'flowing' };
const high = { type: 'text-delta', text: 'High' };

async function failureOf(events: AsyncGenerator<CompletionEvent>): Promise<{ readonly error: CompletionError; readonly seen: readonly CompletionEvent[] }> {
  const seen: CompletionEvent[] = [];
  try {
    for await (const each of events) seen.push(each);
  } catch (error) {
    assert.ok(error instanceof CompletionError);
    return { error, seen };
  }
  return assert.fail('it should have failed');
}

describe('complete, waiting', () => {
  let server: Loopback | undefined;
  const answering = new Set<ReturnType<typeof setInterval>>();

  afterEach(async () => {
    for (const timer of answering) clearInterval(timer);
    answering.clear();
    await server?.close();
    server = undefined;
  });

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
    assert.deepEqual((await events.next()).value, silent);
    (await response()).writeHead(200, eventStream).end(event({ content: 'High' }, 'stop'));
    assert.deepEqual((await events.next()).value, high);
    assert.equal((await events.next()).value?.type, 'end');
  });

  it('tells that nothing comes, within an answer, and that it goes on', async () => {
    const events = await start(lasting, (to) => void to.writeHead(200, eventStream).write(event({ content: 'High' })));
    assert.deepEqual((await events.next()).value, high);
    assert.deepEqual((await events.next()).value, silent);
    const to = await response();
    const next = events.next();
    await turns(3);
    to.write(event({ content: 'High' }));
    assert.deepEqual([(await next).value, (await events.next()).value], [flowing, high]);
    assert.deepEqual((await events.next()).value, silent, 'it tells it anew');
    to.end(event({}, 'stop'));
    assert.deepEqual((await events.next()).value, flowing);
    assert.equal((await events.next()).value?.type, 'end');
  });

  it('tells once that the request is queued, and then that the answer begins', async () => {
    const events = await start({ ...lasting, quietMs: 600_000 }, (to) => {
      to.writeHead(200, eventStream).write(': keep-alive\n\n');
    });
    assert.deepEqual((await events.next()).value, queued);
    const to = await response();
    to.write(': keep-alive\n\n');
    await turns(5);
    to.write(': keep-alive\n\n');
    await turns(5);
    to.end(event({ content: 'High' }, 'stop'));
    assert.deepEqual([(await events.next()).value, (await events.next()).value], [flowing, high]);
    // Whoever leaves early says so; a request that is merely forgotten would wait on.
    await events.return(undefined);
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
    const { error, seen } = await failureOf(await start({ ...lasting, quietMs: 10, silenceMs: 60 }, () => undefined));
    assert.deepEqual([seen, error.kind, error.facts], [[silent], 'timeout', { kept: false, timeout: { clock: 'silence', seconds: 0, phase: 'headers' } }]);
    await (await server?.next())?.closed;
  });

  it('gives up when an answer falls silent, and closes the connection', async () => {
    const { error, seen } = await failureOf(await start({ ...lasting, quietMs: 10, silenceMs: 60 }, (to) => void to.writeHead(200, eventStream).write(event({ content: 'High' }))));
    assert.deepEqual([seen, error.kind, error.facts], [[high, silent], 'timeout', { kept: true, timeout: { clock: 'silence', seconds: 0, phase: 'answer' } }]);
    await (await server?.next())?.closed;
  });

  it('gives up when keep-alives are all that comes', async () => {
    const { error, seen } = await failureOf(await start({ ...lasting, quietMs: 600_000, waitingMs: 100 }, (to) => keepAlive(to.writeHead(200, eventStream))));
    assert.deepEqual([seen, error.kind, error.facts], [[queued], 'timeout', { kept: false, timeout: { clock: 'waiting', seconds: 0, phase: 'answer' } }]);
  });

  it('gives up when keep-alives are all that comes after the beginning of an answer', async () => {
    const { error, seen } = await failureOf(
      await start({ ...lasting, quietMs: 600_000, waitingMs: 100 }, (to) => {
        to.writeHead(200, eventStream).write(event({ content: 'High' }));
        keepAlive(to);
      }),
    );
    assert.deepEqual([seen[0], error.kind, error.facts.timeout?.clock, error.facts.kept], [high, 'timeout', 'waiting', true]);
  });

  it('takes what came for the whole answer when it had been finished and only the connection lingers', async () => {
    const events = await start({ ...lasting, quietMs: 10 }, (to) => void to.writeHead(200, eventStream).write(event({ content: 'High' }, 'stop')));
    const all: string[] = [];
    for await (const { type } of events) all.push(type);
    assert.deepEqual(all.at(-1), 'end');
  });

  it('asks again when not even headers come, for a little while', async () => {
    let asked = 0;
    const events = await start({ ...lasting, quietMs: 600_000, silenceMs: 400, retries: 5, backOff: { firstMs: 1 } }, (to) => {
      asked += 1;
      if (asked > 1) to.writeHead(200, eventStream).end(event({ content: 'High' }, 'stop'));
    });
    const seen: CompletionEvent[] = [];
    for await (const each of events) seen.push(each);
    const [first] = seen;
    assert.deepEqual(first?.type === 'retrying' && [first.error.kind, first.error.facts.timeout?.phase], ['timeout', 'headers']);
    assert.equal(seen.at(-1)?.type, 'end');
  });

  it('is patient with an answer that comes slowly: the time in the queue ends with each piece', async () => {
    const clock = fakeClock();
    try {
      const events = await start({ ...lasting, quietMs: 600_000, waitingMs: 1000 }, (to) => void to.writeHead(200, eventStream).write(event({ content: 'High' })));
      assert.deepEqual((await events.next()).value, high);
      const to = await response();
      for (let piece = 0; piece < 3; piece += 1) {
        const next = events.next();
        await turns(3);
        clock.advance(900);
        to.write(event({ content: 'High' }));
        assert.deepEqual((await next).value, high);
      }
      const next = assert.rejects(events.next(), { kind: 'timeout' });
      await turns(3);
      clock.advance(1000);
      await next;
    } finally {
      clock.stop();
    }
  });

  it('reads no error body for ever', async () => {
    const { error } = await failureOf(await start({ ...lasting, quietMs: 10, silenceMs: 60 }, (to) => void to.writeHead(402).write('{"error":{"message":"Insuff')));
    assert.deepEqual([error.kind, error.status], ['quota', 402]);
  });

  it('does not count the time that the reader takes', async () => {
    const watch = createWatch({ quietMs: 600_000, silenceMs: 40, waitingMs: 600_000 }, 'DeepSeek');
    assert.equal(await watch.wait(Promise.resolve(1)), 1);
    await new Promise((resolve) => setTimeout(resolve, 80));
    assert.equal(await watch.wait(turns(1).then(() => 2)), 2);
    watch.end();
  });

  it('does not count the time to the headers as waiting in the queue', async () => {
    const watch = createWatch({ quietMs: 600_000, silenceMs: 600_000, waitingMs: 40 }, 'DeepSeek');
    assert.equal(await watch.wait(new Promise((resolve) => setTimeout(resolve, 80, 'headers'))), 'headers');
    watch.answered();
    assert.equal(await watch.wait(turns(1).then(() => 2)), 2);
    await assert.rejects(watch.wait(new Promise(() => undefined)), { kind: 'timeout' });
    watch.end();
  });
});
