import assert from 'node:assert/strict';
import type { CompletionEnd } from '../../src/core/completions/completion.ts';
import { readCompletion } from '../../src/core/completions/readCompletion.ts';
import { inPieces } from './support/bytes.ts';
import { collect, type Collected } from './support/collect.ts';
import { wireFixtures, type WireFixture } from './support/wireFixtures.ts';

const spellings: readonly { readonly name: string; readonly spell: (wire: string) => string }[] = [
  { name: 'as it stands', spell: (wire) => wire },
  { name: 'with CRLF', spell: (wire) => wire.replaceAll('\n', '\r\n') },
  { name: 'with lone CR', spell: (wire) => wire.replaceAll('\n', '\r') },
  { name: 'with a byte order mark', spell: (wire) => `\uFEFF${wire}` },
  { name: 'without the last blank line', spell: (wire) => wire.trimEnd() },
];

const cuts = [undefined, 1, 2, 3, 7, 13];

function comparable({ usage, ...end }: CompletionEnd): object {
  const { totalTokens: _, missedTokens: __, ...counts } = usage ?? {};
  return { ...end, details: undefined, usage: usage && counts };
}

function assertAsExpected(actual: Collected, { deltas, end, error }: WireFixture): void {
  assert.deepEqual(actual.deltas, deltas);
  // What the service says of the answer itself differs from fixture to fixture and is looked at elsewhere.
  assert.deepEqual(actual.end && comparable(actual.end), end && comparable(end));
  assert.equal(actual.error?.kind, error?.kind);
  if (error !== undefined) assert.ok(actual.error?.message.includes(error.message), `"${actual.error?.message}" does not say "${error.message}"`);
}

describe('the wire fixtures', () => {
  it('cover the four dialects', () => {
    const dialects = Map.groupBy(wireFixtures, ({ name }) => name.split('/')[0]);
    assert.deepEqual([...dialects.keys()], ['deepseek', 'iflow', 'jiekou', 'family']);
    assert.ok(wireFixtures.length >= 40, `only ${wireFixtures.length} fixtures were found`);
  });

  for (const fixture of wireFixtures) {
    for (const { name, spell } of spellings) {
      it(`${fixture.name} ${name} gives the same events whole and cut at 1, 2, 3, 7 and 13 bytes`, async () => {
        const bytes = new TextEncoder().encode(spell(fixture.wire));
        for (const size of cuts) {
          assertAsExpected(await collect(readCompletion(inPieces(bytes, size))), fixture);
        }
      });
    }
  }

  it('end in a frozen message', async () => {
    const fixture = wireFixtures.find(({ name }) => name === 'deepseek/tool-call');
    const { end } = await collect(readCompletion(inPieces(new TextEncoder().encode(fixture?.wire))));
    assert.ok(Object.isFrozen(end?.message));
    assert.ok(Object.isFrozen(end?.message.calls));
  });
});
