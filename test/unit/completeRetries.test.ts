import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { backOffMs } from '../../src/core/completions/backOff.ts';
import { complete } from '../../src/core/completions/complete.ts';
import type { CompletionEvent, Retrying } from '../../src/core/completions/completion.ts';
import { CompletionError, type CompletionErrorKind } from '../../src/core/completions/completionError.ts';
import type { Patience } from '../../src/core/completions/request.ts';
import { delayBeforeRetry } from '../../src/core/completions/retry.ts';
import { event, eventStream, requestTo, startLoopback, type Loopback } from './support/loopback.ts';

const never = new AbortController().signal;
const patience: Patience = { silenceMs: 60_000, waitingMs: 60_000, retries: 2, backOff: { firstMs: 4, random: () => 0 } };

type Handle = (response: ServerResponse) => void;
const answer: Handle = (response) => void response.writeHead(200, eventStream).end(event({ content: 'High' }) + event({}, 'stop'));
const refusing =
  (status: number, headers: Record<string, string> = {}, body = ''): Handle =>
  (response) =>
    void response.writeHead(status, headers).end(body);

/** What came of a completion whose attempts are answered one after the other, the last way again and again. */
interface Outcome {
  readonly retries: readonly Retrying[];
  readonly text: string;
  readonly error: CompletionError | undefined;
  readonly requests: number;
}

const first = { attempt: 1, patience, streams: true } as const;
const retried = (kind: CompletionErrorKind): boolean => delayBeforeRetry(new CompletionError(kind, 'x'), first) !== undefined;

const timedOut = (phase: 'headers' | 'answer'): number | undefined => delayBeforeRetry(new CompletionError('timeout', 'x', { facts: { timeout: { clock: 'silence', seconds: 1, phase } } }), first);

describe('complete, trying again', () => {
  let server: Loopback | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function outcomeOf(answers: readonly Handle[], options: Patience | undefined = patience): Promise<Outcome> {
    let asked = 0;
    server = await startLoopback((response) => answers[Math.min(asked++, answers.length - 1)]?.(response));
    const retries: Retrying[] = [];
    let text = '';
    let error: CompletionError | undefined;
    try {
      for await (const each of complete(requestTo(`${server.url}/v1`, { patience: options }), never)) {
        if (each.type === 'retrying') retries.push(each);
        if (each.type === 'text-delta') text += each.text;
      }
    } catch (thrown) {
      assert.ok(thrown instanceof CompletionError);
      error = thrown;
    }
    return { retries, text, error, requests: server.exchanges.length };
  }

  const passing: readonly (readonly [string, Handle, CompletionErrorKind])[] = [
    ['HTTP 429', refusing(429), 'rate-limit'],
    ['HTTP 500', refusing(500), 'server'],
    ['HTTP 502 with a web page', refusing(502, {}, '<html><title>Bad Gateway</title></html>'), 'server'],
    ['HTTP 503', refusing(503), 'server'],
    ['a model that is being loaded', refusing(503, {}, '{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}'), 'loading'],
    ['HTTP 504', refusing(504), 'gateway-timeout'],
    ['HTTP 408', refusing(408), 'timeout'],
    ['a business error that limits the rate', refusing(200, {}, '{"status":"449","msg":"You exceeded your current rate limit","body":null}'), 'rate-limit'],
    ['a connection that is closed without an answer', (response) => void response.destroy(), 'reset'],
    ['an empty answer', refusing(200, eventStream), 'empty'],
    ['an answer that ends without a word', (response) => void response.writeHead(200, eventStream).end(event({ content: '' }, 'stop')), 'empty'],
    ['a stream that is cut before anything', (response) => void response.writeHead(200, eventStream).write(': keep-alive\n\n', () => setTimeout(() => response.destroy(), 5)), 'cut'],
    ['an error in a stream before anything', (response) => void response.writeHead(200, eventStream).end('data: {"error":{"message":"x","type":"overloaded_error"}}\n\n'), 'server'],
    ['a status that the service wants repeated', refusing(409, { 'x-should-retry': 'true' }), 'bad-request'],
  ];
  for (const [name, handle, kind] of passing) {
    it(`asks again after ${name}`, async () => {
      const { retries, text, error, requests } = await outcomeOf([handle, answer]);
      assert.deepEqual([retries.map((retry) => retry.error.kind), text, error, requests], [[kind], 'High', undefined, 2]);
    });
  }

  const final: readonly (readonly [string, Handle])[] = [
    ...[400, 401, 402, 403, 404, 422].map((status) => [`HTTP ${status}`, refusing(status)] as const),
    ['HTTP 400, though the service says so', refusing(400, { 'x-should-retry': 'true' })],
    ['a 429 for an empty balance', refusing(429, {}, '{"error":{"code":"insufficient_quota","message":"x"}}')],
    ['an error that the service does not want repeated', refusing(500, { 'x-should-retry': 'false' })],
    ['a refusal that comes as HTTP 200', refusing(200, {}, '{"error":{"code":"invalid_request_error","message":"x"}}')],
    ['a redirect', refusing(307, { location: '/elsewhere' })],
    ['a web page', refusing(200, {}, '<html><title>Sign in</title></html>')],
    ['something that is not JSON', (response) => void response.writeHead(200, eventStream).end('data: oops\n\ndata: more\n\n')],
  ];
  for (const [name, handle] of final) {
    it(`does not ask again after ${name}`, async () => {
      const { retries, error, requests } = await outcomeOf([handle]);
      assert.deepEqual([retries, requests], [[], 1]);
      assert.ok(error !== undefined);
    });
  }

  it('asks again as often as it is allowed to, tells each time, and then fails with the last error', async () => {
    const { retries, error, requests } = await outcomeOf([refusing(500), refusing(503), refusing(429)]);
    assert.deepEqual(retries.map(({ attempt, of, delayMs, error: { status } }) => [attempt, of, delayMs, status]), [[1, 2, 4, 500], [2, 2, 8, 503]]);
    assert.deepEqual([error?.kind, error?.facts.kept, requests], ['rate-limit', false, 3]);
  });

  it('does not ask again without patience, or with none', async () => {
    for (const options of [undefined, { ...patience, retries: 0 }]) {
      // The default parameter stands for undefined.
      const { retries, requests } = options === undefined ? await withoutPatience() : await outcomeOf([refusing(500)], options);
      assert.deepEqual([retries, requests], [[], 1]);
      await server?.close();
    }
  });

  async function withoutPatience(): Promise<Pick<Outcome, 'retries' | 'requests'>> {
    server = await startLoopback(refusing(500));
    const events: CompletionEvent[] = [];
    await assert.rejects(async () => {
      for await (const each of complete(requestTo(`${server?.url ?? ''}/v1`), never)) events.push(each);
    }, { kind: 'server' });
    return { retries: events.filter((each) => each.type === 'retrying'), requests: server.exchanges.length };
  }

  const begun: readonly (readonly [string, string, boolean])[] = [
    ['of the text', event({ content: 'Half' }), true],
    ['of the reasoning', event({ reasoning_content: 'Hm' }), false],
    ['of a call', event({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{' } }] }), false],
  ];
  for (const [name, bytes, kept] of begun) {
    it(`does not ask again once a piece ${name} has come`, async () => {
      const { retries, error, requests } = await outcomeOf([(response) => void response.writeHead(200, eventStream).write(bytes, () => setTimeout(() => response.destroy(), 20))]);
      assert.deepEqual([retries, requests, error?.kind, error?.facts.kept], [[], 1, 'cut', kept]);
    });
  }

  it('does not ask again when the service fails in the middle of an answer', async () => {
    const { error, requests } = await outcomeOf([(response) => void response.writeHead(200, eventStream).end(`${event({ content: 'Half' })}data: {"error":{"message":"x","code":503}}\n\n`)]);
    assert.deepEqual([error?.kind, error?.facts.kept, requests], ['server', true, 1]);
  });

  it('waits as long as Retry-After says', async () => {
    for (const headers of [{ 'retry-after-ms': '7' }, { 'retry-after': '0.007' }]) {
      const { retries, text } = await outcomeOf([refusing(429, headers), answer]);
      assert.deepEqual([retries.map(({ delayMs }) => delayMs), text], [[7], 'High']);
      await server?.close();
    }
  });

  it('leaves it to the person when Retry-After says more than a minute', async () => {
    const { retries, error, requests } = await outcomeOf([refusing(429, { 'retry-after': '61' })]);
    assert.deepEqual([retries, requests, error?.retryAfterMs], [[], 1, 61_000]);
  });

  it('heeds a wait of up to a minute, also of a service that is down', () => {
    for (const kind of ['rate-limit', 'server'] as const) assert.equal(delayBeforeRetry(new CompletionError(kind, 'x', { retryAfterMs: 60_000 }), first), 60_000);
  });

  it('knows which troubles of the network pass', () => {
    assert.deepEqual((['unreachable', 'refused', 'reset', 'timeout'] as const).filter(retried), ['unreachable', 'refused', 'reset', 'timeout']);
    assert.deepEqual((['no-such-host', 'proxy', 'not-https', 'certificate', 'certificate-expired', 'certificate-untrusted', 'certificate-name'] as const).filter(retried), []);
  });

  it('does not ask again when a clock runs out after the headers have come', () => {
    assert.deepEqual([timedOut('headers'), timedOut('answer')], [4, undefined]);
  });

  it('does not tell the key in what it says of an attempt', async () => {
    const { retries } = await outcomeOf([refusing(500, {}, 'Bearer sk-key-of-a-test'), answer]);
    assert.equal(retries[0]?.error.message, 'Bearer [key]');
  });
});

const all = (random: () => number): readonly number[] => [1, 2, 3, 4, 5, 6, 50].map((attempt) => backOffMs(attempt, { random }));

describe('backOffMs', () => {
  it('doubles from half a second up to eight, less at most a quarter', () => {
    assert.deepEqual(all(() => 0), [500, 1000, 2000, 4000, 8000, 8000, 8000]);
    assert.deepEqual(all(() => 1), [375, 750, 1500, 3000, 6000, 6000, 6000]);
  });

  it('throws dice of its own', () => {
    const seen = new Set(Array.from({ length: 50 }, () => backOffMs(5)));
    assert.ok(seen.size > 10);
    for (const each of seen) assert.ok(each >= 6000 && each <= 8000, String(each));
  });
});
