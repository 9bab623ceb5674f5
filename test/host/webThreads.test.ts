import assert from 'node:assert/strict';
import { resolveObjectURL } from 'node:buffer';
import { Worker } from 'node:worker_threads';
import { SearchError } from '../../src/core/editor/search.ts';
import { usePlatform } from '../../src/host/platform/current.ts';
import { platform } from '../../src/host/platform/node.ts';
import { platform as web } from '../../src/host/platform/web.ts';
import { createMatcher, TooSlow } from '../../src/host/search/matcher.ts';
import type { Matching } from '../../src/host/search/matchWorker.ts';

/** What a script in a browser's worker finds, over what Node has. */
const names = `const { parentPort } = require('node:worker_threads');
globalThis.postMessage = (value) => parentPort.postMessage(value);
globalThis.addEventListener = (type, listener, options) => parentPort[options?.once ? 'once' : 'on'](type, (data) => listener({ data }));
`;

/** A browser's worker: begun by the address of its script, whose text comes later than the first message. */
class BrowserWorker {
  private readonly worker: Promise<Worker>;

  constructor(address: string) {
    this.worker = (async () => new Worker(names + ((await resolveObjectURL(address)?.text()) ?? ''), { eval: true }))();
  }

  postMessage(value: unknown): void {
    void this.worker.then((worker) => worker.postMessage(value));
  }

  terminate(): void {
    void this.worker.then((worker) => worker.terminate());
  }

  addEventListener(type: 'message' | 'error', listener: (event: object) => void): void {
    void this.worker.then((worker) => worker.on(type, (value: unknown) => listener(type === 'message' ? { data: value } : { message: String(value) })));
  }
}

const matching = (pattern: string, isRegex = true): Matching => ({ pattern, isRegex, isCaseSensitive: false, isWholeWord: false, most: 10 });
const never = new AbortController().signal;

describe('the threads of a browser', function () {
  this.timeout(60_000);
  const scope = globalThis as { Worker?: unknown };
  const before = scope.Worker;

  beforeEach(() => {
    scope.Worker = BrowserWorker;
    usePlatform(web);
  });
  afterEach(() => {
    if (before === undefined) delete scope.Worker;
    else scope.Worker = before;
    usePlatform(platform);
  });

  it('match texts, one call after the other', async () => {
    const matcher = createMatcher(matching('e[b]{2}'), never);
    assert.deepEqual(await matcher.match(['tide\nebb', 'none']), [[[1, 0]], []]);
    assert.deepEqual(await matcher.match(['ebb ebb']), [[[0, 0]]]);
    matcher.dispose();
  });

  it('say what is no pattern', async () => {
    const matcher = createMatcher(matching('('), never);
    await assert.rejects(matcher.match(['x']), SearchError);
    matcher.dispose();
  });

  it('are ended with an expression that does not come to an end', async () => {
    const matcher = createMatcher(matching('(a+)+$'), never);
    await assert.rejects(matcher.match([`${'a'.repeat(40)}b`]), TooSlow);
    await assert.rejects(matcher.match(['a']), TooSlow, 'nothing is asked of it any more');
    matcher.dispose();
  });

  it('are ended by whoever waits no longer', async () => {
    const controller = new AbortController();
    const matcher = createMatcher(matching('(a+)+$'), controller.signal);
    const waiting = matcher.match([`${'a'.repeat(40)}b`]);
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await assert.rejects(waiting, /enough/);
    matcher.dispose();
  });
});
