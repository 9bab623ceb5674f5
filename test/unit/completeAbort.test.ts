import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { complete } from '../../src/core/completions/complete.ts';
import type { CompletionEvent } from '../../src/core/completions/completion.ts';
import type { Patience } from '../../src/core/completions/request.ts';
import { until } from '../support/until.ts';
import { event, eventStream, requestTo, startLoopback, type Loopback } from './support/loopback.ts';
import { watchTimers } from './support/timers.ts';
import { turns } from './support/turns.ts';

const reason = new DOMException('The person stopped.', 'AbortError');

/** The promise fails with the signal's own reason at once: before the event loop has gone round a few times. */
async function assertStopped(pending: Promise<unknown>): Promise<void> {
  const outcome = pending.then(
    (value) => value,
    (error: unknown) => (error === reason ? 'stopped' : error),
  );
  assert.deepEqual(await Promise.race([outcome, turns(50).then(() => 'it still runs')]), 'stopped');
}

/** Would wait for ever. */
const patient: Patience = { silenceMs: 600_000, waitingMs: 600_000, retries: 2, quietMs: 600_000, backOff: { firstMs: 600_000, random: () => 0 } };

describe('aborting complete', () => {
  let server: Loopback | undefined;
  let controller = new AbortController();
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);

  before(() => process.on('unhandledRejection', note));
  after(() => process.off('unhandledRejection', note));
  beforeEach(() => {
    controller = new AbortController();
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    await sleep(5);
    assert.deepEqual(unhandled.splice(0), []);
  });

  async function start(handle: (response: ServerResponse) => void, patience?: Patience): Promise<AsyncGenerator<CompletionEvent>> {
    server = await startLoopback(handle);
    return complete(requestTo(server.url, { patience }), controller.signal);
  }

  /** Settles when the server has seen the connection close; one that stays open fails by mocha's time limit. */
  async function assertConnectionCloses(): Promise<void> {
    const exchange = await server?.next();
    await exchange?.closed;
  }

  it('before it begins asks nobody', async () => {
    const events = await start((response) => response.end());
    controller.abort(reason);
    await assertStopped(events.next());
    await sleep(20);
    assert.equal(server?.exchanges.length, 0);
  });

  it('while it connects ends at once', async () => {
    const events = await start(() => undefined);
    const pending = events.next();
    controller.abort(reason);
    await assertStopped(pending);
  });

  it('before the headers come ends at once and closes the connection', async () => {
    const events = await start(() => undefined);
    const pending = events.next();
    await until(() => server?.exchanges.length === 1);
    controller.abort(reason);
    await assertStopped(pending);
    await assertConnectionCloses();
  });

  it('while an error body arrives ends at once', async () => {
    const events = await start((response) => void response.writeHead(500).write('it was '));
    const pending = events.next();
    await until(() => server?.exchanges.length === 1);
    await sleep(30);
    controller.abort(reason);
    await assertStopped(pending);
    await assertConnectionCloses();
  });

  it('before the first event ends at once and closes the connection', async () => {
    const events = await start((response) => void response.writeHead(200, eventStream).write(': keep-alive\n\n'));
    assert.deepEqual((await events.next()).value, { type: 'liveness', state: 'queued' });
    const pending = events.next();
    await turns(5);
    controller.abort(reason);
    await assertStopped(pending);
    await assertConnectionCloses();
  });

  it('in silence, before the headers or within the answer, ends at once and closes the connection', async () => {
    for (const answer of [(): void => undefined, (response: ServerResponse): void => response.writeHead(200, eventStream).flushHeaders()]) {
      const events = await start(answer, { ...patient, quietMs: 300 });
      assert.deepEqual((await events.next()).value, { type: 'liveness', state: 'silent' });
      const pending = events.next();
      await turns(5);
      controller.abort(reason);
      await assertStopped(pending);
      await assertConnectionCloses();
      await server?.close();
      controller = new AbortController();
    }
  });

  it('in the pause before another attempt ends at once, and nobody is asked again', async () => {
    const events = await start((response) => response.writeHead(503).end('busy'), patient);
    assert.equal((await events.next()).value?.type, 'retrying');
    const pending = events.next();
    await turns(5);
    controller.abort(reason);
    await assertStopped(pending);
    await sleep(20);
    assert.equal(server?.exchanges.length, 1);
  });

  it('while another attempt waits for its headers ends at once and closes the connection', async () => {
    let attempts = 0;
    const events = await start(
      (response) => {
        attempts += 1;
        if (attempts === 1) response.writeHead(503).end();
      },
      { ...patient, backOff: { firstMs: 1 } },
    );
    assert.equal((await events.next()).value?.type, 'retrying');
    const pending = events.next();
    await server?.next();
    const second = await server?.next();
    controller.abort(reason);
    await assertStopped(pending);
    await second?.closed;
  });

  it('in the pause leaves no timer behind, nor does an answer that is complete', async () => {
    const timers = watchTimers();
    try {
      const events = await start((response) => response.writeHead(503).end('busy'), patient);
      await events.next();
      const pending = events.next();
      controller.abort(reason);
      await assertStopped(pending);
      controller = new AbortController();
      await server?.close();
      for await (const { type } of await start((response) => response.writeHead(200, eventStream).end(event({ content: 'a' }, 'stop')), patient)) assert.notEqual(type, 'retrying');
      assert.deepEqual(timers.pending(), []);
    } finally {
      timers.stop();
    }
  });

  it('in a stream that stalls ends at once and closes the connection', async () => {
    const events = await start((response) => void response.writeHead(200, eventStream).write(event({ content: 'Half' })));
    assert.deepEqual((await events.next()).value, { type: 'text-delta', text: 'Half' });
    const pending = events.next();
    await sleep(20);
    controller.abort(reason);
    await assertStopped(pending);
    await assertConnectionCloses();
  });

  it('between two events gives no more of them, though they are there already', async () => {
    const events = await start((response) => void response.writeHead(200, eventStream).write(event({ content: 'a' }) + event({ content: 'b' }) + event({}, 'stop')));
    await events.next();
    controller.abort(reason);
    await assertStopped(events.next());
    assert.deepEqual(await events.next(), { done: true, value: undefined });
    await assertConnectionCloses();
  });

  it('closes the connection even while the reader is busy with an event', async () => {
    const events = await start((response) => {
      response.writeHead(200, eventStream);
      const timer = setInterval(() => response.write(event({ content: 'more ' })), 5);
      response.on('close', () => clearInterval(timer));
    });
    await events.next();
    controller.abort(reason);
    await assertConnectionCloses();
    await assertStopped(events.next());
  });

  it('after the end changes nothing', async () => {
    const events = await start((response) => response.writeHead(200, eventStream).end(event({ content: 'a' }, 'stop')));
    const all: string[] = [];
    for await (const { type } of events) all.push(type);
    controller.abort(reason);
    assert.deepEqual(all, ['text-delta', 'end']);
  });

  it('is not needed when the loop is left early: the connection closes', async () => {
    const events = await start((response) => void response.writeHead(200, eventStream).write(event({ content: 'a' }) + event({ content: 'b' })));
    for await (const { type } of events) {
      assert.equal(type, 'text-delta');
      break;
    }
    await assertConnectionCloses();
  });

  it('leaves no listener on the signal behind', async () => {
    let listeners = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = ((...args: Parameters<typeof add>) => ((listeners += 1), add(...args))) as typeof add;
    signal.removeEventListener = ((...args: Parameters<typeof remove>) => ((listeners -= 1), remove(...args))) as typeof remove;
    const events = await start((response) => response.writeHead(200, eventStream).end(event({ content: 'a' }, 'stop')));
    for await (const { type } of events) assert.ok(type);
    assert.equal(listeners, 0);
  });
});
