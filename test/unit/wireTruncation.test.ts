import assert from 'node:assert/strict';
import { readCompletion } from '../../src/core/completions/readCompletion.ts';
import { brokenOff, inPieces } from './support/bytes.ts';
import { collect, type Collected, type Delta } from './support/collect.ts';
import { wireFixtures, type WireFixture } from './support/wireFixtures.ts';

/** All the text of one kind, and the arguments of each call. */
function textsOf(deltas: readonly Delta[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const delta of deltas) {
    const [name, text] = delta[0] === 'call' ? [`call ${delta[1]}`, delta[3]] : [delta[0], delta[1]];
    texts.set(name, (texts.get(name) ?? '') + text);
  }
  return texts;
}

function assertPrefix(actual: readonly Delta[], expected: readonly Delta[]): void {
  const whole = textsOf(expected);
  for (const [name, said] of textsOf(actual)) {
    // What may have been the beginning of a tag is let go as words when nothing follows.
    const text = whole.get(name)?.startsWith(said) !== true ? said.replace(/<[^>]*$/, '') : said;
    assert.ok((whole.get(name) ?? '').startsWith(text), `${name} "${text}" is not the beginning of "${whole.get(name)}"`);
  }
}

function assertSoundCut(actual: Collected, fixture: WireFixture, length: number): void {
  assertPrefix(actual.deltas, fixture.deltas);
  const { finish } = fixture;
  if (finish !== undefined && length >= finish.to) {
    assert.deepEqual(actual.end?.message, fixture.end?.message);
    assert.equal(actual.end?.cutCalls, fixture.end?.cutCalls);
    return;
  }
  if (finish !== undefined && length >= finish.from && actual.end !== undefined) {
    assert.deepEqual(actual.end.message, fixture.end?.message);
    return;
  }
  assert.equal(actual.end, undefined, 'an end came before the finish');
  const said = actual.deltas.length > 0;
  const kind = actual.error?.kind;
  assert.ok(kind === fixture.error?.kind || kind === (said ? 'cut' : 'empty') || (!said && kind === 'cut'), `after ${actual.deltas.length} deltas the error is ${kind}: ${actual.error?.message}`);
}

describe('a body that ends too early', () => {
  for (const fixture of wireFixtures) {
    it(`never makes an end of ${fixture.name}, whichever byte is the last`, async () => {
      const bytes = new TextEncoder().encode(fixture.wire);
      for (let length = 0; length < bytes.length; length += 1) {
        const actual = await collect(readCompletion(inPieces(bytes.subarray(0, length))));
        try {
          assertSoundCut(actual, fixture, length);
        } catch (error) {
          throw new Error(`Cut after ${length} bytes, …${JSON.stringify(new TextDecoder().decode(bytes.subarray(Math.max(0, length - 40), length)))}`, { cause: error });
        }
      }
    });
  }

  it('is tried with calls, with reasoning between tags, and with calls that leaked into the text', () => {
    const kinds = wireFixtures.map(({ deltas, wire }) => new Set([...deltas.map(([kind]) => kind), ...(wire.includes('<thi') ? ['tags'] : [])]));
    assert.ok(kinds.filter((kind) => kind.has('call')).length >= 10);
    assert.ok(kinds.some((kind) => kind.has('call') && kind.has('tags')));
    assert.ok(kinds.some((kind) => kind.has('call') && kind.has('leaked')));
  });

  it('is cut, not ended, when the socket breaks before the finish', async () => {
    const socket = Object.assign(new TypeError('terminated'), { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) });
    const wire = 'data: {"choices":[{"index":0,"delta":{"content":"Half"}}]}\n\n';
    const { deltas, end, error } = await collect(readCompletion(brokenOff(wire, socket)));
    assert.deepEqual(deltas, [['text', 'Half']]);
    assert.equal(end, undefined);
    assert.equal(error?.kind, 'cut');
    assert.match(error.message, /terminated.*other side closed.*UND_ERR_SOCKET/);
  });

  it('is whole when the socket breaks after the finish', async () => {
    const wire = 'data: {"choices":[{"index":0,"delta":{"content":"All"},"finish_reason":"stop"}]}\n\n';
    const { end, error } = await collect(readCompletion(brokenOff(wire, new TypeError('terminated'))));
    assert.equal(error, undefined);
    assert.equal(end?.message.text, 'All');
  });
});
