import assert from 'node:assert/strict';
import { complete } from '../../../src/core/completions/complete.ts';
import type { CompletionEvent } from '../../../src/core/completions/completion.ts';
import { CompletionError } from '../../../src/core/completions/completionError.ts';
import { readCompletion } from '../../../src/core/completions/readCompletion.ts';
import { brokenOff } from '../support/bytes.ts';
import { collect, type Collected } from '../support/collect.ts';
import { requestTo, startLoopback } from '../support/loopback.ts';
import { chunk, done, endOf, events, eventsOf, read } from '../support/wire.ts';

const hi = events(chunk({ content: 'hi' }));
const stop = events(chunk({}, 'stop'));
const call = events(chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{"path":"a"}' } }] }));
const cutCall = events(chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{"path":"a' } }] }));

/** What comes of a body that stays open for ever after these pieces; asking for more of it fails the test. */
async function readOpen(pieces: readonly string[]): Promise<Collected> {
  let waited = false;
  async function* body(): AsyncGenerator<Uint8Array | 'silence'> {
    await Promise.resolve();
    for (const piece of pieces) yield piece === 'silence' ? piece : new TextEncoder().encode(piece);
    waited = true;
  }
  const collected = await collect(readCompletion(body()));
  assert.ok(!waited, 'it waited for more');
  return collected;
}

function other(content: string, finish: string | null): string {
  return events({ choices: [{ index: 1, delta: { content }, finish_reason: finish }] });
}

/** The text in the message, and in the deltas. */
async function stopped(words: readonly string[], stopSequences: readonly string[], finish = 'stop'): Promise<readonly string[]> {
  const { deltas, end } = await read(events(...words.map((content) => chunk({ content })), chunk({}, finish), done), { stopSequences });
  return [end?.message.text ?? '', deltas.map(([, text]) => text).join('')];
}

function kinds(happened: readonly CompletionEvent[]): readonly string[] {
  return happened.map((event) => (event.type === 'liveness' ? event.state : event.type));
}

describe('endings', () => {
  it('E1 without [DONE] but with a finish reason the answer is complete', async () => {
    assert.equal((await endOf(hi + stop)).message.text, 'hi');
  });

  it('E1 a connection that stays open after the finish reason is not waited for: silence or a keep-alive ends it', async () => {
    for (const after of ['silence', ': keep-alive\n\n']) {
      const { end, error } = await readOpen([hi + stop, after]);
      assert.deepEqual([end?.message.text, error], ['hi', undefined], after);
    }
    // Usage that trails the finish, in the same piece or the next one, still counts.
    const usage = events({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 1 } });
    for (const pieces of [[hi, stop + usage, 'silence'], [hi, stop, usage, 'silence'], [hi, `${stop}: x\n\n${usage}`, 'silence']]) {
      const { end } = await readOpen(pieces);
      assert.equal(end?.usage?.promptTokens, 3);
    }
  });

  it('E1 while a further choice goes on, the answer does not end at a silence', async () => {
    const { end } = await readOpen([hi + other('a', null) + stop, 'silence', other('b', 'stop'), 'silence']);
    assert.deepEqual(end?.alternatives.map(({ text }) => text), ['ab']);
  });

  it('E2 a further choice whose stream was cut is not among the alternatives; where [DONE] ended it, it is', async () => {
    for (const [end, kept] of [['', ['whole']], [done, ['half', 'whole']]] as const) {
      const { alternatives } = await endOf(hi + other('half', null) + events({ choices: [{ index: 2, delta: { content: 'whole' }, finish_reason: 'stop' }] }) + stop + end);
      assert.deepEqual(alternatives.map(({ text }) => text), kept);
    }
  });

  it('E2 without a finish reason and [DONE] the stream was cut: the text is kept, the calls are not', async () => {
    const { deltas, end, error } = await read(hi + call);
    assert.deepEqual([deltas.map(([type]) => type), end, error?.kind], [['text', 'call'], undefined, 'cut']);
  });

  it('E2 what was held back for it could have become a tag is not lost with the connection', async () => {
    for (const words of ['if a <', '<thi', '\n', 'x [TOOL']) {
      const { deltas, error } = await read(events(chunk({ content: words })));
      assert.deepEqual([deltas, error?.kind], [[['text', words]], 'cut'], words);
    }
  });

  it('E3 [DONE] without a finish reason ends the text; calls count when their JSON is whole', async () => {
    assert.equal((await endOf(hi + done)).message.text, 'hi');
    assert.deepEqual([(await endOf(call + done)).message.calls.length, (await endOf(cutCall + done)).cutCalls, (await endOf(cutCall + done)).message.calls], [1, 1, []]);
  });

  it('E4 the socket breaks in the middle: the text is kept and the cause is told', async () => {
    const socket = Object.assign(new TypeError('terminated'), { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
    const { deltas, end, error } = await collect(readCompletion(brokenOff(hi + call, socket)));
    assert.deepEqual([deltas[0], end, error?.kind], [['text', 'hi'], undefined, 'cut']);
    assert.match(error?.message ?? '', /ECONNRESET/);
    assert.equal((await collect(readCompletion(brokenOff(hi + stop, socket)))).end?.message.text, 'hi');
  });

  it('E4 what ran out of patience is told as that, unless the answer had ended', async () => {
    const timeout = new CompletionError('timeout', 'Nothing came.');
    assert.equal((await collect(readCompletion(brokenOff(hi, timeout)))).error, timeout);
    assert.equal((await collect(readCompletion(brokenOff(hi + stop, timeout)))).end?.message.text, 'hi');
  });

  it('E5 an answer that ends without a word is an error that can be tried again, except where the reason is known', async () => {
    for (const body of ['', '\n\n', stop, done, `${events(chunk({ role: 'assistant', content: '' }))}${stop}${done}`, ': keep-alive\n\n']) assert.equal((await read(body)).error?.kind, 'empty', body);
    for (const finish of ['length', 'insufficient_system_resource', 'error']) assert.equal((await read(events(chunk({}, finish)))).error, undefined, finish);
    assert.equal((await read(events(chunk({}, 'content_filter')))).error?.kind, 'forbidden');
  });

  it('E6 after an abort no event comes and the connection is closed', async () => {
    const server = await startLoopback((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(hi + hi);
    });
    try {
      const stopper = new AbortController();
      const happened: CompletionEvent[] = [];
      await assert.rejects(async () => {
        for await (const event of complete(requestTo(server.url), stopper.signal)) {
          happened.push(event);
          stopper.abort(new Error('enough'));
        }
      }, /enough/);
      assert.deepEqual(kinds(happened), ['text-delta']);
      await server.exchanges[0]?.closed;
    } finally {
      await server.close();
    }
  });
});

describe('how the connection is', () => {
  it('is not told of an answer that flows from the start', async () => {
    assert.deepEqual(kinds(await eventsOf([hi, hi, stop])), ['text-delta', 'text-delta', 'end']);
  });

  it('is told when it changes, and before what came', async () => {
    const happened = await eventsOf([': keep-alive\n\n', ':\n', 'silence', 'silence', ':\n', hi, ':\n', hi, 'silence', ':\n', ':\n', 'silence', hi, stop]);
    // Within an answer a keep-alive is told only where silence was: then it says that the service is still there.
    const [before, within] = [['queued', 'silent', 'queued', 'flowing', 'text-delta', 'text-delta'], ['silent', 'queued', 'silent', 'flowing', 'text-delta', 'end']];
    assert.deepEqual(kinds(happened), [...before, ...within]);
  });

  it('counts blank lines before an answer as waiting, and half a line as nothing', async () => {
    assert.deepEqual(kinds(await eventsOf(['\n', 'silence', hi.slice(0, 20), hi.slice(20), stop])), ['queued', 'silent', 'flowing', 'text-delta', 'end']);
  });

  it('calls back for each payload and for no keep-alive', async () => {
    let payloads = 0;
    await eventsOf([`:\n${hi}${hi}`, '\n', ': x\n\n', hi, stop, done], { onPayload: () => (payloads += 1) });
    assert.equal(payloads, 4);
  });

  it('tells with each payload whether anything of any choice has come by then', async () => {
    const told: boolean[] = [];
    const role = events(chunk({ role: 'assistant', content: '' }));
    await eventsOf([role + role, other('', null), other('a', null), other('b', 'stop') + hi, hi, stop], { onPayload: (hasBegun) => told.push(hasBegun) });
    assert.deepEqual(told, [false, false, false, true, true, true, true, true]);
    const calls: boolean[] = [];
    await eventsOf([role, call, stop], { onPayload: (hasBegun) => calls.push(hasBegun) });
    assert.deepEqual(calls, [false, true, true]);
  });

  it('gives the words of one piece as one event of each kind', async () => {
    const [first, second, third] = await eventsOf([events(chunk({ reasoning_content: 'a' }), chunk({ reasoning_content: 'b' }), chunk({ content: 'c' }), chunk({ content: 'd' })), hi, stop]);
    assert.deepEqual([first, second, third], [{ type: 'reasoning-delta', text: 'ab' }, { type: 'text-delta', text: 'cd' }, { type: 'text-delta', text: 'hi' }]);
  });
});

describe('a stop sequence that the service leaves at the end', () => {
  it('is taken away wherever it is cut, and only there', async () => {
    assert.deepEqual(await stopped(Array.from('one END two END'), ['END', '\n\n']), ['one END two ', 'one END two ']);
    assert.deepEqual(await stopped(['a\n', '\nb', '\n\n'], ['END', '\n\n']), ['a\n\nb', 'a\n\nb']);
    assert.deepEqual(await stopped(['one EN'], ['END']), ['one EN', 'one EN']);
  });

  it('may be the whole answer, which is not empty then', async () => {
    const { deltas, end, error } = await read(events(chunk({ content: 'E' }), chunk({ content: 'ND' }), chunk({}, 'stop'), done), { stopSequences: ['END'] });
    assert.deepEqual([deltas, end?.message.text, end?.reason, error], [[], '', 'stop', undefined]);
    assert.equal((await read(events(chunk({}, 'stop'), done), { stopSequences: ['END'] })).error?.kind, 'empty');
  });

  it('stays when the answer ended for another reason, and where none was asked for', async () => {
    assert.deepEqual(await stopped(['one END'], ['END'], 'length'), ['one END', 'one END']);
    assert.deepEqual(await stopped(['one END'], []), ['one END', 'one END']);
  });
});
