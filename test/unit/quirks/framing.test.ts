import assert from 'node:assert/strict';
import { createGzip } from 'node:zlib';
import { complete } from '../../../src/core/completions/complete.ts';
import { limits } from '../../../src/core/completions/payloads.ts';
import { readCompletion } from '../../../src/core/completions/readCompletion.ts';
import { collect } from '../support/collect.ts';
import { requestTo, startLoopback } from '../support/loopback.ts';
import { chunk, done, endOf, events, eventsOf, read } from '../support/wire.ts';

const hi = chunk({ content: 'hi' });
const stop = chunk({ content: ' there' }, 'stop');

function bare(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

async function textOf(body: string | Uint8Array): Promise<string> {
  return (await endOf(body)).message.text;
}

describe('framing', () => {
  it('S1 bytes are cut anywhere, inside of a character too, and what is cut off at the end is not lost', async () => {
    const words = 'é 潮 😀';
    assert.equal(await textOf(events(chunk({ content: words }, 'stop'), done)), words);
    const half = new TextEncoder().encode(JSON.stringify({ choices: [{ message: { content: '潮' }, finish_reason: 'stop' }] }));
    assert.equal((await read(half.subarray(0, half.indexOf(0xe6) + 2))).error?.kind, 'cut');
  });

  it('S2 lines end in LF, CRLF or a lone CR, and CR and LF may come apart', async () => {
    for (const lineEnd of ['\n', '\r\n', '\r']) assert.equal(await textOf(events(hi, stop, done).replaceAll('\n', lineEnd)), 'hi there', JSON.stringify(lineEnd));
    const [first = '', second = ''] = events(hi, stop).replaceAll('\n', '\r\n').split(/(?<=\r)(?=\n)/);
    assert.equal((await eventsOf([first, second, '\n', events(stop)])).filter(({ type }) => type === 'end').length, 1);
  });

  it('S3 a byte order mark comes first', async () => {
    assert.equal(await textOf(`\uFEFF${events(hi, stop, done)}`), 'hi there');
    assert.equal(await textOf(`\uFEFF${JSON.stringify({ choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }] })}`), 'hi');
  });

  it('S4 no space or two stand behind data:', async () => {
    for (const space of ['', '  ']) assert.equal(await textOf(events(hi, stop, done).replaceAll('data: ', `data:${space}`)), 'hi there', `"${space}"`);
  });

  it('S5 one event is spread over several data: lines, or several have no blank line between them', async () => {
    assert.equal(await textOf(`data: {"choices":[{"delta":\ndata: {"content":"hi"},\ndata: "finish_reason":"stop"}]}\n\n`), 'hi');
    assert.equal(await textOf(events(hi, stop, done).replaceAll('\n\n', '\n').replace('data: [DONE]', '\ndata: [DONE]')), 'hi there');
  });

  it('S6 comments stand before, between and within events', async () => {
    const comments = [':\n', ': keep-alive\n\n', ': OPENROUTER PROCESSING\n\n', ':keepalive\n'];
    assert.equal(await textOf(`${comments.join('')}${events(hi)}${comments.join('')}event: message\n:x\n${events(stop, done)}`), 'hi there');
  });

  it('S7 event:, id: and retry: lines mean nothing, event: error is one, and a keep-alive event is not parsed', async () => {
    assert.equal(await textOf(`retry: 100\nid: 7\nevent: chunk\n${events(hi)}event:keepalive\ndata:\n\nevent: keepalive\ndata: ping\n\nevent: ping\ndata: 1..2\n\n${events(stop, done)}`), 'hi there');
    const { error, deltas } = await read(`${events(hi)}event: error\ndata: {"message":"It burns","code":"x"}\n\n${events(stop)}`);
    assert.deepEqual([error?.message, deltas], ['It burns', [['text', 'hi']]]);
  });

  it('S8 [DONE] has a space, none or some behind it, and what follows it does not count', async () => {
    for (const end of ['data: [DONE]', 'data:[DONE]', 'data:  [DONE]  ']) {
      // With a finish reason before it, and without one, where nothing else says that the answer is complete.
      for (const [before, text] of [[events(hi, stop), 'hi there'], [events(hi), 'hi']] as const) {
        assert.equal(await textOf(`${before}${end}\n\n${events(chunk({ content: '!' }), 'data: chatter\n\n')}`), text, end);
      }
    }
  });

  it('S9 the last event is not ended by a blank line: it counts when it can be read', async () => {
    assert.equal(await textOf(events(hi, stop).trimEnd()), 'hi there');
    const { error, deltas } = await read(events(hi, stop).trimEnd().slice(0, -9));
    assert.deepEqual([error?.kind, deltas], ['cut', [['text', 'hi']]]);
  });

  it('S10 chunks come as bare JSON lines, all of them or some in the middle of events', async () => {
    assert.equal(await textOf(bare(hi) + bare(stop)), 'hi there');
    assert.equal(await textOf(`${bare(hi)}\n${events(stop, done)}`), 'hi there');
    assert.equal(await textOf(`${events(hi)}${bare(chunk({ content: ' and' }))}${bare(chunk({ content: ' more' }))}\n${events(stop, done)}`), 'hi and more there');
    assert.equal(await textOf(`: x\r\n\r\n${events(hi).trimEnd()}\r\n${JSON.stringify(stop)}\r\n[DONE]\r\n`), 'hi there');
    assert.equal(await textOf(`${events(hi)}${JSON.stringify(stop)}`), 'hi there');
    const { error, deltas } = await read(`${events(hi)}{"status":"449","msg":"You exceeded your current rate limit","body":null}\n`);
    assert.deepEqual([error?.kind, deltas], ['rate-limit', [['text', 'hi']]]);
  });

  it('S11 blank lines come before the JSON of a whole answer', async () => {
    assert.equal(await textOf(`\n\n\r\n  \n${JSON.stringify({ choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }] }, undefined, 2)}\n`), 'hi');
  });

  it('S12 the body is compressed, which fetch undoes', async () => {
    const server = await startLoopback((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
      const gzip = createGzip();
      gzip.pipe(response);
      gzip.end(events(hi, stop, done));
    });
    try {
      const { end } = await collect(complete(requestTo(server.url), new AbortController().signal));
      assert.equal(end?.message.text, 'hi there');
      assert.equal(server.exchanges[0]?.request.headers['accept-encoding']?.includes('gzip'), true);
    } finally {
      await server.close();
    }
  });

  it('S13 one event has several megabytes, and one that never ends is given up', async () => {
    const content = 'wave '.repeat(800_000);
    const body = new TextEncoder().encode(events(chunk({ content }, 'stop'), done));
    async function* pieces(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536);
    }
    assert.equal((await collect(readCompletion(pieces()))).end?.message.text, content);
    for (const start of ['data: {"x":"', '{"x":"', 'data: {}\n\n{"x":"']) {
      const { error } = await collect(readCompletion(endless(start)));
      assert.equal(error?.kind, 'too-large', start);
    }
  });

  it('S14 control characters stand unescaped inside JSON strings', async () => {
    assert.equal(await textOf('data: {"choices":[{"delta":{"content":"a\tb\u0001c"},\t"finish_reason":"stop"}]}\n\n'), 'a\tb\u0001c');
    assert.equal(await textOf('{"choices":[{"message":{"content":"two\nlines, \\"quoted\\""},\n"finish_reason":"stop"}]}'), 'two\nlines, "quoted"');
    // Outside of strings nothing is repaired.
    assert.equal((await read('data: {"choices":\u0001[{"delta":{"content":"a"}}]}\n\n')).error?.kind, 'unreadable');
  });

  it('S15 the content type is missing or wrong: what comes decides', async () => {
    for (const [type, body] of [['application/json', events(hi, stop, done)], ['text/event-stream', JSON.stringify({ choices: [{ message: { content: 'hi there' }, finish_reason: 'stop' }] })], [undefined, events(hi, stop, done)]] as const) {
      const server = await startLoopback((response) => response.writeHead(200, type === undefined ? {} : { 'content-type': type }).end(body));
      try {
        assert.equal((await collect(complete(requestTo(server.url), new AbortController().signal))).end?.message.text, 'hi there', type);
      } finally {
        await server.close();
      }
    }
  });

  it('S16 a stream was asked for and one JSON completion comes', async () => {
    const call = { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } };
    for (const indent of [undefined, 2]) {
      const { deltas, end } = await read(JSON.stringify({ choices: [{ index: 0, message: { content: 'hi', reasoning_content: 'hm', tool_calls: [call] }, finish_reason: 'tool_calls' }] }, undefined, indent));
      assert.deepEqual(deltas, [['reasoning', 'hm'], ['text', 'hi'], ['call', 0, 'f', '{}']], `indent ${indent}`);
      assert.equal(end?.message.calls.length, 1);
    }
  });

  it('S17 a web page comes instead of an answer', async () => {
    const { error } = await read('\n<!DOCTYPE html><html><head><title>Sign in to\n the network</title></head></html>');
    assert.deepEqual([error?.kind, error?.message], ['not-an-api', 'A web page with the title "Sign in to the network".']);
  });
});

async function* endless(start: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield new TextEncoder().encode(start);
  const piece = new TextEncoder().encode('x'.repeat(1024 * 1024));
  for (let size = 0; size <= limits.line + 1024 * 1024; size += piece.length) yield piece;
  assert.fail('it read on although the line was too long');
}
