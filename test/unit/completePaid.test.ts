import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { complete } from '../../src/core/completions/complete.ts';
import type { CompletionEvent } from '../../src/core/completions/completion.ts';
import { CompletionError, type CompletionErrorKind, type ErrorFacts } from '../../src/core/completions/completionError.ts';
import { explainError } from '../../src/core/completions/explainError.ts';
import type { CompletionRequest, Patience } from '../../src/core/completions/request.ts';
import { delayBeforeRetry } from '../../src/core/completions/retry.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { fakeClock } from './support/fakeClock.ts';
import { event, eventStream, requestTo, startLoopback, type Loopback } from './support/loopback.ts';
import { turns } from './support/turns.ts';

const never = new AbortController().signal;
const patience: Patience = { silenceMs: 60_000, waitingMs: 600_000, retries: 2, quietMs: 10_000_000, backOff: { firstMs: 4, random: () => 0 } };
const json = { 'content-type': 'application/json' };

type Handle = (response: ServerResponse) => void;

/** Sends what there is of an answer and breaks the connection. */
const breaking =
  (headers: Record<string, string>, bytes: string): Handle =>
  (response) =>
    void response.writeHead(200, headers).write(bytes, () => setTimeout(() => response.destroy(), 20));

const choice = (index: number, delta: object, finish: string | null = null, rest: object = {}): string => `data: ${JSON.stringify({ choices: [{ index, delta, finish_reason: finish }], ...rest })}\n\n`;

/** The kinds that are asked again as a stream and as a whole. */
function asked(kind: CompletionErrorKind, facts: ErrorFacts = {}): readonly boolean[] {
  return [true, false].map((streams) => delayBeforeRetry(new CompletionError(kind, 'x', { facts }), { attempt: 1, patience, streams }) !== undefined);
}

describe('complete, when the answer may have been paid for', () => {
  let server: Loopback | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function outcomeOf(handle: Handle, parts: Partial<CompletionRequest> = {}): Promise<{ readonly error: CompletionError | undefined; readonly requests: number }> {
    server = await startLoopback(handle);
    let error: CompletionError | undefined;
    try {
      for await (const each of complete(requestTo(server.url, { patience, ...parts }), never)) void each;
    } catch (thrown) {
      assert.ok(thrown instanceof CompletionError);
      error = thrown;
    }
    return { error, requests: server.exchanges.length };
  }

  const wholes: readonly (readonly [string, Partial<CompletionRequest>])[] = [
    ['Rivulet', { stream: false }],
    ['the person', { parameters: { stream: false } }],
    ['the person, who has it left out', { parameters: { stream: null } }],
  ];
  for (const [who, parts] of wholes) {
    it(`does not ask again for a whole answer that broke off or timed out at a gateway, when ${who} asked for no stream`, async () => {
      const troubles: readonly (readonly [Handle, CompletionErrorKind])[] = [
        [breaking(json, '{"choices":[{"message":{"content":"Ha'), 'cut'],
        [breaking(json, '\n\n'), 'cut'],
        [(response) => void response.writeHead(504).end(), 'gateway-timeout'],
        [(response) => void response.writeHead(408).end(), 'timeout'],
        [(response) => void response.destroy(), 'reset'],
      ];
      for (const [handle, kind] of troubles) {
        const { error, requests } = await outcomeOf(handle, parts);
        assert.deepEqual([error?.kind, requests], [kind, 1]);
        await server?.close();
      }
    });
  }

  it('asks again for a whole answer where nothing was made of it', async () => {
    for (const status of [429, 500, 503]) {
      assert.equal((await outcomeOf((response) => void response.writeHead(status).end(), { stream: false })).requests, 3);
      await server?.close();
    }
  });

  it('knows what only a stream is asked again for', () => {
    for (const kind of ['timeout', 'gateway-timeout', 'cut', 'reset'] as const) assert.deepEqual(asked(kind), [true, false], kind);
    for (const kind of ['rate-limit', 'server', 'loading', 'refused', 'unreachable', 'empty'] as const) assert.deepEqual(asked(kind), [true, true], kind);
    assert.deepEqual(asked('gateway-timeout', { shouldRetry: true }), [true, false], 'a gateway cannot know what the service goes on with');
  });

  const unseen: readonly (readonly [string, string, Record<string, string>])[] = [
    ['the second of two answers has begun', choice(1, { content: 'Half' }), eventStream],
    ['the second of two answers has begun to think', choice(1, { reasoning_content: 'Hm' }), eventStream],
    ['a stream was asked for and half of a whole answer has come', '{"choices":[{"message":{"content":"Ha', json],
  ];
  for (const [what, bytes, headers] of unseen) {
    it(`does not ask again when the connection breaks and nothing was shown, but ${what}`, async () => {
      const { error, requests } = await outcomeOf(breaking(headers, bytes));
      assert.deepEqual([error?.kind, error?.facts.kept, requests], ['cut', false, 1]);
    });
  }

  it('does not ask again when a service fails in the middle of an answer that is not shown', async () => {
    const { error, requests } = await outcomeOf((response) => void response.writeHead(200, eventStream).end(`${choice(1, { content: 'Half' })}data: {"error":{"message":"x","code":503}}\n\n`));
    assert.deepEqual([error?.kind, requests], ['server', 1]);
  });

  it('asks again when all that came was who is about to speak', async () => {
    assert.equal((await outcomeOf(breaking(eventStream, event({ role: 'assistant', content: '' })))).requests, 3);
  });

  it('does not ask again for an empty answer whose tokens were counted, and tells how many', async () => {
    const usage = { prompt_tokens: 7, completion_tokens: 900 };
    const { error, requests } = await outcomeOf((response) => void response.writeHead(200, eventStream).end(choice(0, { content: '' }, 'stop', { usage })));
    assert.deepEqual([error?.kind, error?.facts.usage?.promptTokens, error?.facts.usage?.completionTokens, requests], ['empty', 7, 900, 1]);
  });

  it('asks again for an empty answer of no tokens', async () => {
    const usage = { prompt_tokens: 7, completion_tokens: 0 };
    assert.equal((await outcomeOf((response) => void response.writeHead(200, eventStream).end(choice(0, { content: '' }, 'stop', { usage })))).requests, 3);
  });

  it('tells what was counted of an answer that broke off', async () => {
    const { error } = await outcomeOf(breaking(eventStream, choice(0, { content: 'Half' }, null, { usage: { prompt_tokens: 7, completion_tokens: 1 } })));
    assert.deepEqual([error?.kind, error?.facts.kept, error?.facts.usage?.completionTokens], ['cut', true, 1]);
  });
});

describe('complete, waiting for a whole answer', () => {
  let server: Loopback | undefined;
  let clock = fakeClock();
  clock.stop();

  beforeEach(() => {
    clock = fakeClock();
  });
  afterEach(async () => {
    clock.stop();
    await server?.close();
    server = undefined;
  });

  it('waits for the headers, which come with the answer, as long as for an answer that is queued', async () => {
    server = await startLoopback(() => undefined);
    const events = complete(requestTo(server.url, { patience, parameters: { stream: false } }), never);
    const pending: Promise<CompletionEvent | undefined> = events.next().then(({ value }) => value ?? undefined);
    const { response } = await server.next();
    await turns(5);
    clock.advance(500_000);
    response.writeHead(200, json).end('{"choices":[{"message":{"content":"High"},"finish_reason":"stop"}]}');
    assert.deepEqual(await pending, { type: 'text-delta', text: 'High' });
    assert.equal(server.exchanges.length, 1);
  });

  it('gives up after that time, does not ask again, and says what would help', async () => {
    server = await startLoopback(() => undefined);
    const pending = complete(requestTo(server.url, { patience, stream: false }), never).next().then(() => undefined, (error: unknown) => error);
    await server.next();
    await turns(5);
    clock.advance(600_000);
    const error = await pending;
    assert.ok(error instanceof CompletionError);
    assert.deepEqual([error.kind, error.facts.timeout, server.exchanges.length], ['timeout', { clock: 'whole', seconds: 600, phase: 'headers' }, 1]);
    assert.match(explainError(error, deepseek, 'm').advice.message, /stream.*rivulet\.timeouts\.waiting/);
  });
});
