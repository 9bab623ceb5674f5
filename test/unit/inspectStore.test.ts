import assert from 'node:assert/strict';
import type { Recorder } from '../../src/core/completions/request.ts';
import type { Exchange } from '../../src/core/inspect/exchange.ts';
import { createExchangeStore, keptAtMost, type ExchangeStore } from '../../src/core/inspect/exchangeStore.ts';
import { describeExchanges } from '../../src/core/inspect/describe.ts';
import { createKeptBytes } from '../../src/core/inspect/keptBytes.ts';
import { fillIn, type LocalText } from '../../src/protocol/localText.ts';
import { inPieces } from './support/bytes.ts';

const key = 'sk-CANARY-0123456789abcdef';
const english = ({ message, args }: LocalText): string => fillIn(message, args);

function begin(recorder: Recorder, body = '{"model":"m"}'): void {
  recorder.request({ at: 1000, method: 'POST', url: 'https://a.invalid/v1/chat/completions', headers: { 'content-type': 'application/json' }, body });
  recorder.response({ at: 1040, status: 200, headers: { 'x-request-id': '7' } });
}

function arrive(recorder: Recorder, at: number, text: string): void {
  recorder.bytes({ at, bytes: new TextEncoder().encode(text) });
}

function only(store: ExchangeStore, turnId = 'turn-1'): Exchange {
  const [exchange, ...others] = store.exchangesOf(turnId);
  assert.ok(exchange !== undefined && others.length === 0);
  return exchange;
}

describe('the exchange store', () => {
  it('keeps what crossed the wire, line by line with the times at which each was whole', () => {
    const store = createExchangeStore();
    const recorder = store.recorderFor('turn-1', undefined);
    begin(recorder);
    assert.equal(only(store).end, undefined);
    arrive(recorder, 1050, 'data: {"a":');
    arrive(recorder, 1090, '1}\r\n\r\ndata: 潮');
    arrive(recorder, 1100, '\n\ndata: [DONE]');
    recorder.end({ at: 1110, error: undefined });
    const { request, response, received, end } = only(store);
    assert.deepEqual([request.method, request.url, request.body], ['POST', 'https://a.invalid/v1/chat/completions', '{"model":"m"}']);
    assert.deepEqual([response?.afterMs, response?.status, response?.headers], [40, 200, { 'x-request-id': '7' }]);
    assert.deepEqual(received.lines, [{ afterMs: 90, text: 'data: {"a":1}' }, { afterMs: 90, text: 'data: 潮' }, { afterMs: 100, text: 'data: [DONE]' }]);
    assert.equal(received.text, 'data: {"a":1}\r\n\r\ndata: 潮\n\ndata: [DONE]');
    assert.deepEqual(end, { afterMs: 110, error: undefined, isStopped: false });
  });

  it('keeps each attempt apart, and knows which came before', () => {
    const store = createExchangeStore();
    const recorder = store.recorderFor('turn-1', undefined);
    begin(recorder);
    recorder.end({ at: 1100, error: 'HTTP 503' });
    begin(recorder, '{"again":true}');
    begin(store.recorderFor('turn-2', undefined), '{"other":true}');
    const [first, second] = store.exchangesOf('turn-1');
    assert.deepEqual([first?.end?.error, second?.end, second?.request.body], ['HTTP 503', undefined, '{"again":true}']);
    assert.equal(store.latestTurn(), 'turn-2');
    assert.deepEqual(store.exchangeBefore(only(store, 'turn-2'))?.request.body, '{"again":true}');
    assert.equal(first && store.exchangeBefore(first), undefined);
    assert.deepEqual(store.exchangesOf('turn-3'), []);
  });

  it('never shows the key, wherever a server or a person put it and however the pieces were cut', async () => {
    const echoed = `event: error\ndata: {"error":{"message":"潮 wrong key ${key}","url":"https://x/?k=${encodeURIComponent(key)}"}}\n\n`;
    const bytes = new TextEncoder().encode(echoed);
    for (const size of [1, 2, 7, 31, bytes.length]) {
      const store = createExchangeStore();
      const recorder = store.recorderFor('turn-1', key);
      recorder.request({ at: 1, method: 'POST', url: `https://a.invalid/${key}`, headers: { Authorization: `Bearer ${key}` }, body: JSON.stringify({ messages: [{ role: 'user', content: `my key is ${key}` }] }) });
      recorder.response({ at: 2, status: 401, headers: { 'www-authenticate': `Bearer token=${key}` } });
      for await (const piece of inPieces(bytes, size)) recorder.bytes({ at: 3, bytes: piece });
      recorder.end({ at: 4, error: `Key ${key} is wrong` });
      const exchange = only(store);
      const document = describeExchanges([exchange], english);
      for (const text of [JSON.stringify(exchange), document]) assert.ok(!text.includes('CANARY') && !text.includes('0123456789'), text);
      assert.ok(document.includes('潮 wrong key [key]'));
      assert.ok(exchange.hasKey);
    }
  });

  it('takes out a key that a model says token by token, and leaves every other line as it came', () => {
    for (const size of [1, 3, 5, 11]) {
      const store = createExchangeStore();
      const recorder = store.recorderFor('turn-1', key);
      begin(recorder);
      const said = `It is ${key}, and again ${key}.`;
      const tokens = Array.from({ length: Math.ceil(said.length / size) }, (_, index) => said.slice(index * size, (index + 1) * size));
      for (const token of tokens) arrive(recorder, 1050, `data: {"choices": [{"index": 0, "delta": {"content": ${JSON.stringify(token)}}}]}\n\n`);
      arrive(recorder, 1060, 'data: { "choices" : [] , "usage":{"prompt_tokens":1.0}}\n\ndata: [DONE]\n\n');
      const { received } = only(store);
      const contents = [...received.text.matchAll(/"content":\s*"([^"]*)"/g)].map((match) => match[1] ?? '');
      assert.equal(contents.join(''), 'It is [key], and again [key].');
      assert.ok(received.text.endsWith('data: { "choices" : [] , "usage":{"prompt_tokens":1.0}}\n\ndata: [DONE]\n\n'));
      if (size <= 'It is '.length) assert.ok(received.text.startsWith('data: {"choices": [{"index": 0, "delta": {"content": "I'));
      assert.equal(received.lines.length, tokens.length + 2);
    }
  });

  it('keeps the beginning and the end of a large answer and says how much is missing, without half a key behind the gap', () => {
    const store = createExchangeStore();
    const recorder = store.recorderFor('turn-1', key);
    begin(recorder);
    const line = `data: ${'x'.repeat(1000)} ${key}\n`;
    let sent = 0;
    for (let index = 0; index < 3000; index += 1, sent += line.length) arrive(recorder, 2000 + index, line);
    recorder.end({ at: 9000, error: undefined });
    const { received } = only(store);
    assert.ok(received.missing !== undefined);
    assert.ok(sent - received.missing.bytes <= keptAtMost.answerBytes);
    assert.equal(received.lines[0]?.afterMs, 1000);
    assert.equal(received.lines.at(-1)?.afterMs, 3999);
    assert.equal(received.lines[received.missing.before]?.text, `data: ${'x'.repeat(1000)} [key]`);
    assert.ok(!JSON.stringify(received).includes('6789abcdef'));
    assert.match(describeExchanges([only(store)], english), /… \d{7} bytes are not kept …/);
  });

  it('keeps the latest exchanges only, and of large requests fewer', () => {
    const store = createExchangeStore();
    for (let turn = 1; turn <= keptAtMost.exchanges + 5; turn += 1) begin(store.recorderFor(`turn-${turn}`, undefined));
    assert.equal(store.exchangesOf('turn-5').length, 0);
    assert.equal(store.exchangesOf('turn-6').length, 1);
    const half = 'x'.repeat(keptAtMost.requestCharacters * 0.6);
    begin(store.recorderFor('large-1', undefined), half);
    begin(store.recorderFor('large-2', undefined), half);
    assert.deepEqual([store.exchangesOf('turn-35').length, store.exchangesOf('large-1').length, store.exchangesOf('large-2').length], [0, 0, 1]);
  });

  it('shortens pictures, and says so', () => {
    const store = createExchangeStore();
    const body = JSON.stringify({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(50_000)}` } }] }] });
    begin(store.recorderFor('turn-1', undefined), body);
    const { request } = only(store);
    assert.ok(request.isShortened && request.body.length < 400, request.body.slice(0, 500));
    assert.match(request.body, /"data:image\/png;base64,A+… \(\d+ more characters\)"/);
    assert.ok(describeExchanges([only(store)], english).includes('Pictures and videos are shortened.'));
  });

  it('takes pictures as large as may be sent, many of them, and words that only look like one', () => {
    const store = createExchangeStore();
    const large = { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(14 * 1024 * 1024)}` } };
    const words = { type: 'text', text: `He said "data: ${'x '.repeat(9000)}" and left.` };
    const body = JSON.stringify({ messages: [{ role: 'user', content: [words, large, large, words] }] });
    begin(store.recorderFor('turn-1', undefined), body);
    const { request } = only(store);
    assert.deepEqual(JSON.parse(request.body).messages[0].content[3], words);
    assert.ok(request.body.length < 100_000);
  });
});

function received(body: string, headers: Readonly<Record<string, string>> = {}): Exchange {
  const store = createExchangeStore();
  const recorder = store.recorderFor('turn-1', key);
  recorder.request({ at: 0, method: 'POST', url: 'https://a.invalid/v1', headers: {}, body: '{}' });
  recorder.response({ at: 1, status: 200, headers });
  arrive(recorder, 2, body);
  return only(store);
}

describe('the key in an answer that means ill', () => {
  it('is taken out of the names of headers, in which it stands in small letters', () => {
    const { response } = received('', { [`x-${key.toLowerCase()}`]: '1', [key]: '2' });
    assert.deepEqual(response?.headers, { 'x-[key]': '1', '[key]': '2' });
  });

  it('is taken out of many pieces, of strings in strings, and of a member named __proto__', () => {
    const lines = Array.from({ length: 20_000 }, () => 'data: {"a":{"__proto__":"sk-CANARY-012345 x"},"b":["y","sk-CANARY-012345"]}');
    const { text } = received(lines.join('\n')).received;
    assert.ok(!text.includes('CANARY'));
    assert.equal(text.split('\n')[7], 'data: {"a":{"__proto__":"[key] x"},"b":["y","[key]"]}');
    const pieces = ['It is sk-', 'CANARY-', '0123456789', 'abcdef.'].map((piece) => `data: ${JSON.stringify({ ['__proto__']: [{ x: piece }] })}`);
    assert.equal(received(pieces.join('\n')).received.text, ['It is [key]', '', '', '.'].map((piece) => `data: {"__proto__":[{"x":${JSON.stringify(piece)}}]}`).join('\n'));
  });

  it('does not cost the square of an answer that is deep or wide, nor the stack', () => {
    const wide = `data: {"${'n'.repeat(100_000)}":[${'"x",'.repeat(100_000)}1]}`;
    const deep = [60, 70, 50_000].map((depth) => `data: ${'{"a":'.repeat(depth)}"${key}"${'}'.repeat(depth)}`);
    const both = `data: ${'['.repeat(1000)}${'"x",'.repeat(50_000)}1${']'.repeat(1000)}`;
    for (const body of [wide, ...deep, both]) {
      const { text } = received(body).received;
      assert.equal(text, body.replace(key, '[key]'));
    }
  });
});

describe('kept bytes', () => {
  it('are the bytes that came, whatever their pieces, with or without a gap', () => {
    const all = Uint8Array.from({ length: 500 }, (_, index) => index % 251);
    for (const limit of [100, 400, 499, 500, 600, 1000]) {
      for (const size of [1, 3, 64, 500]) {
        const kept = createKeptBytes(limit);
        for (let at = 0; at < all.length; at += size) kept.add(at, all.subarray(at, at + size));
        const { stretches, missing } = kept.read();
        assert.equal(missing, Math.max(0, all.length - limit + (limit % 2)), `limit ${limit}`);
        const [first, last] = stretches;
        assert.deepEqual([...(first?.bytes ?? [])], [...all.subarray(0, first?.bytes.length)]);
        if (last !== undefined) {
          assert.deepEqual([...last.bytes], [...all.subarray(all.length - last.bytes.length)]);
          assert.equal(last.timeAt(last.bytes.length - 1), Math.floor(499 / size) * size);
        }
        assert.equal(first?.timeAt(7), Math.floor(7 / size) * size);
      }
    }
  });

  it('do not change with the buffer they came in', () => {
    const kept = createKeptBytes(100);
    const buffer = new Uint8Array([1, 2, 3]);
    kept.add(0, buffer);
    buffer.fill(9);
    assert.deepEqual([...(kept.read().stretches[0]?.bytes ?? [])], [1, 2, 3]);
  });
});
