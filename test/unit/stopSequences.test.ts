import assert from 'node:assert/strict';
import { createStopSequences } from '../../src/core/completions/stopSequences.ts';

interface Row {
  readonly sequences: readonly string[];
  readonly pieces: readonly string[];
  readonly stopped?: boolean;
  /** What goes out with each piece that lets something go; behind them what goes out at the end. */
  readonly said: readonly string[];
  readonly found: boolean;
}

const rows: readonly Row[] = [
  { sequences: ['END'], pieces: ['a', 'b'], said: ['a', 'b'], found: false },
  { sequences: ['END'], pieces: ['abEND'], said: ['ab'], found: true },
  { sequences: ['END'], pieces: ['a E', 'N', 'D'], said: ['a '], found: true },
  { sequences: ['END'], pieces: ['END', ' of'], said: ['END of'], found: false },
  { sequences: ['END'], pieces: ['EN', 'E', 'ND'], said: ['EN'], found: true },
  { sequences: ['END'], pieces: ['a EN'], said: ['a ', 'EN'], found: false },
  { sequences: ['END'], pieces: ['a END'], stopped: false, said: ['a ', 'END'], found: false },
  { sequences: ['END'], pieces: ['ENDEND'], said: ['END'], found: true },
  // The shorter one has come while the longer one still may: its own words go, those before stay.
  { sequences: ['b', 'abc'], pieces: ['ab'], said: ['a'], found: true },
  { sequences: ['b', 'abc'], pieces: ['xab', 'c'], said: ['x'], found: true },
  { sequences: ['\n', '\n\n'], pieces: ['a\n', '\n'], said: ['a'], found: true },
  { sequences: [''], pieces: ['a'], said: ['a'], found: false },
  { sequences: [], pieces: ['a', ''], said: ['a'], found: false },
];

describe('stop sequences', () => {
  it('are taken from the very end of an answer that stopped, and held back only while they may still come', () => {
    for (const { sequences, pieces, stopped = true, said, found } of rows) {
      const out: string[] = [];
      const stops = createStopSequences(sequences, (content) => out.push(content));
      for (const piece of pieces) stops.add(piece);
      assert.equal(stops.end({ stopped }), found, JSON.stringify({ sequences, pieces }));
      assert.deepEqual(out, said, JSON.stringify({ sequences, pieces }));
    }
  });

  it('let go at once of what cannot be the beginning of one', () => {
    const out: string[] = [];
    const stops = createStopSequences(['END', '###'], (content) => out.push(content));
    const seen = ['Hello E', 'very', 'one #', '#'].map((piece) => {
      stops.add(piece);
      return out.join('');
    });
    assert.deepEqual(seen, ['Hello ', 'Hello Every', 'Hello Everyone ', 'Hello Everyone ']);
  });

  it('say nothing twice: a second end finds nothing held back', () => {
    const out: string[] = [];
    const stops = createStopSequences(['END'], (content) => out.push(content));
    stops.add('a EN');
    stops.end({ stopped: true });
    assert.equal(stops.end({ stopped: true }), false);
    assert.equal(out.join(''), 'a EN');
  });
});
