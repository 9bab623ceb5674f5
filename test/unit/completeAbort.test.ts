import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { complete } from '../../src/core/completions/complete.ts';
import type { CompletionEvent } from '../../src/core/completions/completion.ts';
import { event, eventStream, requestTo, startLoopback, type Loopback } from './support/loopback.ts';

const reason = new DOMException('The person stopped.', 'AbortError');
/** Milliseconds in which a stop has to take effect, with room for a busy machine. */
const soon = 400;

/** The promise fails with the signal's own reason, soon after it was aborted. */
async function assertStopped(pending: Promise<unknown>): Promise<void> {
  const before = performance.now();
  await assert.rejects(pending, (error) => error === reason);
  const took = performance.now() - before;
  assert.ok(took < soon, `it took ${took} ms`);
}

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

  async function start(handle: (response: ServerResponse) => void): Promise<AsyncGenerator<CompletionEvent>> {
    server = await startLoopback(handle);
    return complete(requestTo(server.url), controller.signal);
  }

  async function assertConnectionCloses(): Promise<void> {
    const exchange = await server?.next();
    const gone = exchange?.closed.then(() => 'closed');
    assert.equal(await Promise.race([gone, sleep(soon, 'still open')]), 'closed');
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
    while (server?.exchanges.length === 0) await sleep(2);
    controller.abort(reason);
    await assertStopped(pending);
    await assertConnectionCloses();
  });

  it('while an error body arrives ends at once', async () => {
    const events = await start((response) => void response.writeHead(500).write('it was '));
    const pending = events.next();
    while (server?.exchanges.length === 0) await sleep(2);
    await sleep(30);
    controller.abort(reason);
    await assertStopped(pending);
    await assertConnectionCloses();
  });

  it('before the first event ends at once and closes the connection', async () => {
    const events = await start((response) => void response.writeHead(200, eventStream).write(': keep-alive\n\n'));
    const pending = events.next();
    while (server?.exchanges.length === 0) await sleep(2);
    await sleep(30);
    controller.abort(reason);
    await assertStopped(pending);
    await assertConnectionCloses();
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
