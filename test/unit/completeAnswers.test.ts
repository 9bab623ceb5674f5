import assert from 'node:assert/strict';
import { createGzip } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { complete } from '../../src/core/completions/complete.ts';
import { limits } from '../../src/core/completions/payloads.ts';
import { readCompletion } from '../../src/core/completions/readCompletion.ts';
import { inPieces } from './support/bytes.ts';
import { collect, type Collected } from './support/collect.ts';
import { event, eventStream, requestTo, startLoopback, type Loopback } from './support/loopback.ts';

const never = new AbortController().signal;

describe('complete, when the service answers', () => {
  let server: Loopback | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function answerOf(handle: (response: ServerResponse) => void, parts: Parameters<typeof requestTo>[1] = {}): Promise<Collected> {
    server = await startLoopback(handle);
    return collect(complete(requestTo(server.url, parts), never));
  }

  it('posts JSON to chat/completions with the key in the header', async () => {
    await answerOf((response) => response.writeHead(200, eventStream).end(event({ content: 'a' }, 'stop')));
    const { request } = server?.exchanges[0] ?? {};
    assert.equal(request?.method, 'POST');
    assert.equal(request?.url, '/chat/completions');
    assert.equal(request?.headers.authorization, 'Bearer sk-key-of-a-test');
    assert.equal(request?.headers['content-type'], 'application/json');
    assert.match(String(request?.headers.accept), /^text\/event-stream/);
  });

  it('accepts no stream where the person switched it off', async () => {
    await answerOf((response) => response.end('{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}'), { parameters: { stream: false } });
    assert.equal(server?.exchanges[0]?.request.headers.accept, 'application/json');
  });

  it('sends no Authorization header without a key', async () => {
    await answerOf((response) => response.end(event({ content: 'a' }, 'stop')), { key: undefined });
    assert.equal('authorization' in (server?.exchanges[0]?.request.headers ?? {}), false);
  });

  it('reads a compressed stream', async () => {
    const { deltas, end } = await answerOf((response) => {
      response.writeHead(200, { ...eventStream, 'content-encoding': 'gzip' });
      const gzip = createGzip();
      gzip.pipe(response);
      gzip.write(event({ content: '潮' }));
      gzip.flush(() => gzip.end(event({ content: '汐' }, 'stop')));
    });
    assert.deepEqual([deltas, end?.reason], [[['text', '潮汐']], 'stop']);
  });

  it('reads an event of 2 MB', async () => {
    const text = 'wave '.repeat(400_000);
    const { deltas, end } = await answerOf((response) => response.writeHead(200, eventStream).end(event({ content: text }) + event({}, 'stop')));
    assert.equal(deltas[0]?.[1], text);
    assert.equal(end?.reason, 'stop');
  });

  it('reads a 2 MB answer that is not a stream', async () => {
    const content = 'wave '.repeat(400_000);
    const { end } = await answerOf((response) => response.end(JSON.stringify({ choices: [{ message: { content }, finish_reason: 'stop' }] })), { stream: false });
    assert.equal(end?.message.text, content);
  });

  it('gives up on a line that is longer than the limit, with what came before', async () => {
    const piece = new TextEncoder().encode('x'.repeat(1024 * 1024));
    async function* body(): AsyncGenerator<Uint8Array> {
      yield* inPieces(new TextEncoder().encode(`${event({ content: 'Half' })}data: {"choices":[{"delta":{"content":"`));
      for (let size = 0; size <= limits.line; size += piece.length) yield piece;
      assert.fail('it read on although the line was too long');
    }
    const { deltas, error } = await collect(readCompletion(body()));
    assert.deepEqual([deltas, error?.kind], [[['text', 'Half']], 'too-large']);
  });

  it('gives up on a JSON line that is longer than the limit', async () => {
    const piece = new TextEncoder().encode('x'.repeat(1024 * 1024));
    async function* body(): AsyncGenerator<Uint8Array> {
      yield* inPieces(new TextEncoder().encode('{"choices":[{"message":{"content":"'));
      for (let size = 0; size <= limits.line; size += piece.length) yield piece;
      assert.fail('it read on although the line was too long');
    }
    assert.equal((await collect(readCompletion(body()))).error?.kind, 'too-large');
  });

  it('gives up on a body that is larger than the limit, and cancels it', async () => {
    const comment = new TextEncoder().encode(`: ${'x'.repeat(1024 * 1024)}\n`);
    let cancelled = false;
    async function* body(): AsyncGenerator<Uint8Array> {
      try {
        for (let size = 0; size <= limits.body; size += comment.length) yield comment;
        assert.fail('it read on although the body was too large');
      } finally {
        cancelled = true;
      }
    }
    assert.equal((await collect(readCompletion(body()))).error?.kind, 'too-large');
    assert.ok(cancelled);
  }).timeout(60_000);

  it('stops reading at [DONE], even when the service keeps the connection open', async () => {
    const { end } = await answerOf((response) => void response.writeHead(200, eventStream).write(`${event({ content: 'a' }, 'stop')}data: [DONE]\n\n`));
    assert.equal(end?.message.text, 'a');
    const exchange = await server?.next();
    await exchange?.closed;
  });
});
