import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { brotliCompressSync, createBrotliCompress, createGzip, deflateSync, gzipSync, type BrotliCompress, type Gzip } from 'node:zlib';
import { complete } from '../../../src/core/completions/complete.ts';
import type { CompletionEvent } from '../../../src/core/completions/completion.ts';
import { explainError } from '../../../src/core/completions/explainError.ts';
import { deepseek } from '../../../src/core/providers/deepseek.ts';
import { collect, type Collected } from '../support/collect.ts';
import { event, eventStream, requestTo, startLoopback, type Loopback } from '../support/loopback.ts';
import { turns } from '../support/turns.ts';

const never = new AbortController().signal;
const whole = `${event({ content: '潮' })}${event({ content: '汐' })}${event({}, 'stop')}data: [DONE]\n\n`;
const half = event({ content: 'Half' }) + event({ tool_calls: [{ index: 0, id: 'call_1', function: { name: 'read_file', arguments: '{"path":"a"}' } }] });

describe('quirks of the network', () => {
  let server: Loopback | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function answerOf(handle: (response: ServerResponse) => void): Promise<Collected> {
    server = await startLoopback(handle);
    return collect(complete(requestTo(server.url), never));
  }

  const encodings: readonly (readonly [string, (text: string) => Buffer])[] = [['gzip', gzipSync], ['br', brotliCompressSync], ['deflate', deflateSync]];
  for (const [encoding, compress] of encodings) {
    it(`S12 reads a body that is compressed with ${encoding}`, async () => {
      const { deltas, end } = await answerOf((response) => response.writeHead(200, { ...eventStream, 'content-encoding': encoding }).end(compress(whole)));
      assert.deepEqual([deltas, end?.reason], [[['text', '潮汐']], 'stop']);
    });

    it(`S12 reads an error that is compressed with ${encoding}`, async () => {
      const { error } = await answerOf((response) => response.writeHead(402, { 'content-encoding': encoding }).end(compress('{"error":{"message":"Insufficient Balance"}}')));
      assert.deepEqual([error?.kind, error?.message], ['quota', 'Insufficient Balance']);
    });
  }

  const streams: readonly (readonly [string, () => Gzip | BrotliCompress])[] = [['gzip', createGzip], ['br', createBrotliCompress]];
  for (const [encoding, create] of streams) {
    it(`S12 gives the first words of a stream that is compressed with ${encoding} before the last have been sent`, async () => {
      const compressor = create();
      server = await startLoopback((response) => {
        compressor.pipe(response.writeHead(200, { ...eventStream, 'content-encoding': encoding }));
        compressor.write(event({ content: '潮' }));
        compressor.flush();
      });
      const events = complete(requestTo(server.url), never);
      assert.deepEqual((await events.next()).value, { type: 'text-delta', text: '潮' });
      compressor.end(event({ content: '汐' }, 'stop'));
      assert.deepEqual((await events.next()).value, { type: 'text-delta', text: '汐' });
    });
  }

  it('S12 leaves it to fetch to say which encodings it reads', async () => {
    await answerOf((response) => response.writeHead(200, eventStream).end(whole));
    assert.match(String(server?.exchanges[0]?.request.headers['accept-encoding']), /gzip/);
  });

  const breaks: readonly (readonly [string, (response: ServerResponse) => void])[] = [
    ['the socket is closed', (response) => void response.writeHead(200, eventStream).write(half, () => setTimeout(() => response.destroy(), 20))],
    ['the connection is reset', (response) => void response.writeHead(200, eventStream).write(half, () => setTimeout(() => response.socket?.resetAndDestroy(), 20))],
    ['fewer bytes come than were announced', (response) => void response.writeHead(200, { ...eventStream, 'content-length': '100000' }).write(half, () => setTimeout(() => response.destroy(), 20))],
  ];
  for (const [name, handle] of breaks) {
    it(`E4 keeps the text, gives up the calls, and offers to go on when ${name} in mid-stream`, async () => {
      const { deltas, end, error } = await answerOf(handle);
      assert.deepEqual([deltas[0], end, error?.kind, error?.facts.kept], [['text', 'Half'], undefined, 'cut', true]);
      assert.ok(error !== undefined);
      assert.deepEqual(explainError(error, deepseek, 'm').actions.slice(0, 2), ['continue', 'retry']);
      assert.match(error.message, / ← /, 'the causes are spelled out');
    });
  }

  it('E1 S8 closes a connection that the service leaves open behind the end', async () => {
    const { end } = await answerOf((response) => void response.writeHead(200, eventStream).write(whole));
    assert.equal(end?.message.text, '潮汐');
    await (await server?.next())?.closed;
  });

  it('E4 takes nothing away from an answer that had ended when the socket broke', async () => {
    const { end, error } = await answerOf((response) => void response.writeHead(200, eventStream).write(event({ content: 'Whole' }, 'stop'), () => setTimeout(() => response.destroy(), 20)));
    assert.deepEqual([end?.message.text, error], ['Whole', undefined]);
  });

  it('E6 ends at once when it is aborted while nothing comes, and closes the connection', async () => {
    const reason = new Error('stopped');
    const controller = new AbortController();
    server = await startLoopback((response) => void response.writeHead(200, eventStream).write(event({ content: 'more ' })));
    const events = complete(requestTo(server.url), controller.signal);
    await events.next();
    const waiting = events.next();
    controller.abort(reason);
    await assert.rejects(waiting, (error) => error === reason);
    await (await server.next()).closed;
  });

  it('E6 gives no event after an abort, cancels the body and closes the connection', async () => {
    const reason = new Error('stopped');
    const controller = new AbortController();
    let writing: ReturnType<typeof setInterval> | undefined;
    server = await startLoopback((response) => {
      response.writeHead(200, eventStream);
      writing = setInterval(() => response.write(event({ content: 'more ' })), 2);
      response.on('close', () => clearInterval(writing));
    });
    const events = complete(requestTo(server.url), controller.signal);
    const seen: CompletionEvent[] = [];
    let afterwards = 0;
    await assert.rejects(
      async () => {
        for await (const each of events) {
          if (controller.signal.aborted) afterwards += 1;
          seen.push(each);
          if (seen.length === 3) {
            controller.abort(reason);
            // More has come in the meantime.
            await turns(20);
          }
        }
      },
      (error) => error === reason,
    );
    assert.deepEqual([seen.length, afterwards], [3, 0]);
    assert.deepEqual(await events.next(), { done: true, value: undefined });
    await (await server.next()).closed;
  });
});
