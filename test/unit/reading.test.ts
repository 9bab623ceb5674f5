import assert from 'node:assert/strict';
import type { CompletionEnd } from '../../src/core/completions/completion.ts';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import { createReading, type Reading, type ReadOptions } from '../../src/core/completions/reading.ts';
import type { Json } from '../../src/core/json.ts';
import { chunk, done, events } from './support/wire.ts';

const hi = events(chunk({ content: 'hi' }));
const stop = events(chunk({}, 'stop'));

/** A reading that has taken these pieces of a body. */
function reading(pieces: readonly string[], options: ReadOptions = {}): Reading {
  const taken = createReading(options);
  for (const piece of pieces) taken.take(piece === 'silence' ? piece : new TextEncoder().encode(piece));
  return taken;
}

function endOf(taken: Reading): CompletionEnd {
  const end = taken.close();
  if ('error' in end) throw new Error('It did not end well.', { cause: end.error });
  return end;
}

function errorOf(taken: Reading): CompletionError {
  const end = taken.close();
  assert.ok('error' in end && end.error instanceof CompletionError);
  return end.error;
}

/** What is told of the connection. */
function states(taken: Reading): readonly string[] {
  return taken.events().flatMap((event) => (event.type === 'liveness' ? [event.state] : []));
}

function choice(index: number | undefined, content: string, finish: string | null = null): Json {
  return { ...(index !== undefined && { index }), delta: { content }, finish_reason: finish };
}

function texts({ message, alternatives }: CompletionEnd): readonly string[] {
  return [message.text, ...alternatives.map(({ text }) => text)];
}

describe('reading: when it is over', () => {
  it('is not before silence or a keep-alive of its own has come behind the end', () => {
    const cases: readonly (readonly [readonly string[], boolean])[] = [
      [[hi, 'silence', ': x\n\n'], false],
      [[hi + stop], false],
      [[hi, `${stop}: x\n\n`], false],
      [[hi + stop, ': x\n\n'], true],
      [[hi + stop, 'silence'], true],
      [[hi + stop, 'event: ping\ndata: hello\n\n'], true],
      [[hi + done], true],
      // A choice that goes on is waited for, and one that never came is not.
      [[hi + events({ choices: [choice(1, 'b', 'stop')] }), 'silence'], false],
      [[hi + stop + events({ choices: [choice(1, 'b')] }), 'silence'], false],
      [[events({ choices: [choice(1, 'b', 'stop')] }), 'silence'], true],
      [[events({ choices: [choice(1, 'b', 'stop')] }, { choices: [choice(2, 'c')] }), 'silence'], false],
    ];
    for (const [pieces, isOver] of cases) assert.equal(reading(pieces).isOver(), isOver, JSON.stringify(pieces));
  });

  it('is when something unreadable comes behind the end, and what follows that is chatter (S8)', () => {
    const taken = reading([hi + stop, 'data: bye\n\n']);
    assert.ok(taken.isOver());
    taken.take(new TextEncoder().encode(hi));
    assert.equal(endOf(taken).message.text, 'hi');
  });

  it('is when the connection breaks, which takes nothing from an answer that had ended', () => {
    for (const pieces of [[hi + stop], [hi + done]]) {
      const taken = reading(pieces);
      taken.broke(new Error('reset'));
      assert.ok(taken.isOver());
      assert.equal(endOf(taken).message.text, 'hi');
    }
    const cut = reading([hi]);
    const cause = new Error('reset');
    cut.broke(cause);
    assert.ok(cut.isOver());
    const error = errorOf(cut);
    assert.deepEqual([error.kind, error.cause], ['cut', cause]);
  });
});

describe('reading: what is told of the connection', () => {
  it('is that the request waits its turn, for as long as only keep-alives come', () => {
    const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
      [[': x\n\n', ': x\n\n', hi], ['queued', 'flowing']],
      [[': x\n\nevent: ping\ndata: hello\n\n'], ['queued']],
      [[`: x\n\n${hi}`], []],
      [[hi, ': x\n\n'], []],
      [[hi, 'silence', ': x\n\n', hi], ['silent', 'queued', 'flowing']],
      [[hi, 'silence', 'silence', hi, hi], ['silent', 'flowing']],
    ];
    for (const [pieces, expected] of cases) assert.deepEqual(states(reading(pieces)), expected, JSON.stringify(pieces));
  });

  it('takes an event for a keep-alive by its whole name only', () => {
    for (const name of ['ping', 'PING', 'keep-alive', 'keepalive', 'heartbeat']) assert.equal(endOf(reading([`${hi}event: ${name}\ndata: hello\n\n${stop}`])).message.text, 'hi', name);
    for (const name of ['pinged', 'mapping', 'not-keep-alive', 'message']) assert.equal(errorOf(reading([`${hi}event: ${name}\ndata: hello\n\n${stop}`])).kind, 'unreadable', name);
  });

  it('says of each message whether anything had been said by then, by whichever choice, and what had been counted', () => {
    const seen: (readonly [boolean, number | undefined])[] = [];
    const usage = events({ choices: [], usage: { prompt_tokens: 3 } });
    reading([`${events(chunk({ role: 'assistant' }))}: x\n\n${events({ choices: [choice(1, 'b')] })}${usage}${stop}`], { onPayload: (hasBegun, counted) => seen.push([hasBegun, counted?.promptTokens]) });
    assert.deepEqual(seen, [[false, undefined], [true, undefined], [true, 3], [true, 3]]);
  });
});

describe('reading: the choices', () => {
  it('are told apart by their numbers, or by their places where they have none, and come out in the order of the numbers', () => {
    const cases: readonly (readonly [readonly Json[], readonly string[]])[] = [
      [[choice(0, 'a', 'stop'), choice(2, 'c', 'stop'), choice(1, 'b', 'stop')], ['a', 'b', 'c']],
      [[choice(undefined, 'a', 'stop'), choice(undefined, 'b', 'stop')], ['a', 'b']],
      [[choice(10, 'k', 'stop'), choice(9, 'j', 'stop'), choice(2, 'c', 'stop')], ['c', 'j', 'k']],
      [[choice(0, 'a', 'stop'), null, 5, choice(undefined, 'd', 'stop')], ['a', 'd']],
      // One that never ended is no alternative.
      [[choice(0, 'a', 'stop'), choice(1, 'b')], ['a']],
    ];
    for (const [choices, expected] of cases) assert.deepEqual(texts(endOf(reading([events({ choices })]))), expected, JSON.stringify(choices));
  });

  it('are 128 besides the first at most; of others nothing is kept, in one chunk or one each', () => {
    const all = Array.from({ length: 300 }, (_, index) => choice(index, `${index}`, 'stop'));
    for (const body of [events({ choices: all }), events(...all.map((one) => ({ choices: [one] })))]) {
      assert.deepEqual(texts(endOf(reading([body]))), Array.from({ length: 129 }, (_, index) => `${index}`));
    }
    const late = events(...['x', 'y', 'z'].map((word) => ({ choices: [choice(500, word)] })));
    assert.equal(endOf(reading([events({ choices: all }) + late])).alternatives.length, 128);
  });

  it('leave the answer to the first one when it ended, though it said nothing', () => {
    const length = events({ choices: [{ index: 0, delta: {}, finish_reason: 'length' }, choice(1, 'b', 'stop')] });
    assert.deepEqual(texts(endOf(reading([length]))), ['', 'b']);
  });

  it('may have their finish reason and their calls beside them', () => {
    const call = { id: 'a', function: { name: 'f', arguments: '{}' } };
    const end = endOf(reading([hi + events({ choices: [{ index: 0, delta: { content: '!' } }], tool_calls: [call], finish_reason: 'tool_calls' })]));
    assert.deepEqual([end.message.text, end.reason, end.message.calls.map(({ name }) => name)], ['hi!', 'tool-calls', ['f']]);
  });
});

describe('reading: what goes wrong', () => {
  it('is an error where the event is named so, though it has the finish reason of a choice', () => {
    const error = JSON.stringify({ message: 'boom', finish_reason: 'stop' });
    assert.equal(errorOf(reading([`${hi}event: error\ndata: ${error}\n\n`])).message, 'boom');
    assert.equal(endOf(reading([`${hi}event: message\ndata: ${error}\n\n`])).message.text, 'hi');
  });

  it('quotes no more than the beginning of what could not be read', () => {
    const { kind, message } = errorOf(reading([`data: ${'x'.repeat(5000)}\n\n`]));
    assert.equal(kind, 'unreadable');
    assert.ok(message.includes('x'.repeat(200)) && !message.includes('x'.repeat(201)));
  });

  it('is what stands between lines that can be read, of which then none is: only whole chunks were joined', () => {
    const line = JSON.stringify(chunk({ content: 'hi' }));
    const taken = reading([`data: ${line}\ndata: oops\n\n`]);
    const { kind, message } = errorOf(taken);
    assert.equal(kind, 'unreadable');
    assert.ok(message.includes('"hi"') && message.includes('oops'));
    assert.equal(endOf(reading([`data: ${line}\ndata: ${line}\n\n${stop}`])).message.text, 'hihi');
  });

  it('is an answer cut off or none at all, as something had been said or not', () => {
    const silentOther: Json = { index: 1, delta: {} };
    const cases: readonly (readonly [string, 'cut' | 'empty', RegExp])[] = [
      ['', 'empty', /closed the connection without an answer/],
      [events(chunk({ role: 'assistant' })), 'empty', /without an answer/],
      [hi, 'cut', /before the answer was complete/],
      [events({ choices: [choice(0, 'a'), silentOther] }), 'cut', /before the answer was complete/],
      [events({ choices: [choice(1, 'b')] }), 'cut', /before the answer was complete/],
      [done, 'empty', /\[DONE\]/],
    ];
    for (const [body, kind, message] of cases) {
      const error = errorOf(reading([body]));
      assert.equal(error.kind, kind, body);
      assert.match(error.message, message, body);
    }
  });
});
