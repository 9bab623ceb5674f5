import assert from 'node:assert/strict';
import { createCallAssembler } from '../../src/core/completions/callAssembler.ts';
import { readCalls } from '../../src/core/completions/chunk.ts';
import type { Json } from '../../src/core/json.ts';

/** The calls that come of deltas as they stand in `choices[0].delta.tool_calls`, one list for each chunk. */
function assemble(...chunks: readonly (readonly Json[])[]): readonly (readonly [string, string, string])[] {
  const assembler = createCallAssembler();
  for (const calls of chunks) {
    for (const fragment of readCalls({ tool_calls: calls })) assembler.add(fragment);
  }
  return assembler.calls().map((call) => [call.id, call.name, call.arguments]);
}

function call(parts: { readonly index?: number; readonly id?: string; readonly name?: string; readonly arguments?: Json }): Json {
  const { index, id, name, arguments: text } = parts;
  return { index, id, type: 'function', function: { name, arguments: text } };
}

describe('the call assembler', () => {
  it('starts a new call for a new id when there is no index, and goes on with the newest otherwise (T1)', () => {
    const calls = assemble([call({ id: 'a', name: 'f', arguments: '{"x"' })], [call({ arguments: ':1}' })], [call({ id: 'b', name: 'g', arguments: '{}' })]);
    assert.deepEqual(calls, [['a', 'f', '{"x":1}'], ['b', 'g', '{}']]);
  });

  it('starts a new call for an id behind one that had none, when there is no index (T1)', () => {
    assert.deepEqual(assemble([call({ name: 'f', arguments: '{}' })], [call({ id: 'b', name: 'g', arguments: '{}' })]), [['call_0', 'f', '{}'], ['b', 'g', '{}']]);
  });

  it('goes on with a call whose id comes again when there is no index (T1, T4)', () => {
    const calls = assemble([call({ id: 'a', name: 'f', arguments: '1' })], [call({ id: 'b', name: 'g', arguments: '2' })], [call({ id: 'a', arguments: '3' })]);
    assert.deepEqual(calls, [['a', 'f', '13'], ['b', 'g', '2']]);
  });

  it('takes indexes that do not begin at 0 or leave some out, in the order of arrival (T2)', () => {
    const calls = assemble([call({ index: 3, id: 'c', name: 'f', arguments: '{}' })], [call({ index: 1, id: 'a', name: 'g', arguments: '{}' })]);
    assert.deepEqual(calls.map(([id]) => id), ['c', 'a']);
  });

  it('starts a new call when an index is used again with a new id (T3)', () => {
    const calls = assemble(
      [call({ index: 0, id: 'a', name: 'f', arguments: '{"n":1}' })],
      [call({ index: 0, id: 'b', name: 'f', arguments: '{"n":' })],
      [call({ index: 0, arguments: '2}' })],
    );
    assert.deepEqual(calls, [['a', 'f', '{"n":1}'], ['b', 'f', '{"n":2}']]);
  });

  it('takes an empty id for none (T4)', () => {
    const calls = assemble([call({ index: 0, id: 'a', name: 'f', arguments: '{' })], [call({ index: 0, id: '', name: '', arguments: '}' })]);
    assert.deepEqual(calls, [['a', 'f', '{}']]);
  });

  it('makes up ids that never come, each another (T5)', () => {
    const calls = assemble([call({ index: 0, name: 'f', arguments: '{}' }), call({ index: 1, name: 'f', arguments: '{}' })]);
    assert.equal(calls.length, 2);
    assert.notEqual(calls[0]?.[0], calls[1]?.[0]);
    assert.ok(calls.every(([id]) => id !== ''));
  });

  it('takes an id that comes late (T5)', () => {
    assert.deepEqual(assemble([call({ index: 0, name: 'f' })], [call({ index: 0, id: 'late', arguments: '{}' })]), [['late', 'f', '{}']]);
  });

  it('keeps the wire id "0", which services use again in the next turn (T6)', () => {
    assert.deepEqual(assemble([call({ index: 0, id: '0', name: 'f', arguments: '{}' })]), [['0', 'f', '{}']]);
  });

  it('takes a name that comes after the arguments, in pieces, or again and again (T7)', () => {
    assert.deepEqual(assemble([call({ index: 0, id: 'a', arguments: '{' })], [call({ index: 0, name: 'read_file', arguments: '}' })]), [['a', 'read_file', '{}']]);
    assert.deepEqual(assemble([call({ index: 0, id: 'a', name: 'read_' })], [call({ index: 0, name: 'file' })]), [['a', 'read_file', '']]);
    assert.deepEqual(assemble([call({ index: 0, id: 'a', name: 'f' })], [call({ index: 0, name: 'f', arguments: '{}' })]), [['a', 'f', '{}']]);
  });

  it('takes arguments as text, as an object, as null, as nothing, and whole (T8)', () => {
    const cases: readonly (readonly [Json | undefined, string])[] = [['{"a":1}', '{"a":1}'], [{ a: 1 }, '{"a":1}'], [null, ''], [undefined, ''], ['', ''], ['"{}"', '"{}"']];
    for (const [given, expected] of cases) assert.equal(assemble([call({ index: 0, id: 'a', name: 'f', ...(given !== undefined && { arguments: given }) })])[0]?.[2], expected);
  });

  it('does not drop a fragment that says the same as the one before (T9)', () => {
    assert.equal(assemble([call({ index: 0, id: 'a', name: 'f', arguments: '1' })], [call({ index: 0, arguments: '1' })])[0]?.[2], '11');
  });

  it('keeps interleaved parallel calls apart, within a chunk and over chunks (T10)', () => {
    const calls = assemble(
      [call({ index: 0, id: 'a', name: 'f' }), call({ index: 1, id: 'b', name: 'g' })],
      [call({ index: 1, arguments: '{"y"' }), call({ index: 0, arguments: '{"x"' })],
      [call({ index: 0, arguments: ':0}' })],
      [call({ index: 1, arguments: ':1}' })],
    );
    assert.deepEqual(calls, [['a', 'f', '{"x":0}'], ['b', 'g', '{"y":1}']]);
  });

  it('never gives two calls of one message the same id, for their answers could not be told apart', () => {
    const calls = assemble([call({ index: 0, id: '0', name: 'f', arguments: '{}' }), call({ index: 1, id: '0', name: 'g', arguments: '{}' })]);
    assert.equal(calls.length, 2);
    assert.notEqual(calls[0]?.[0], calls[1]?.[0]);
  });

  it('keeps entries of one list apart that have neither ids nor indexes: their place tells them (T1, T5)', () => {
    assert.deepEqual(assemble([call({ name: 'f', arguments: '{"a":1}' }), call({ name: 'f', arguments: '{"a":2}' })]).map(([, ...rest]) => rest), [['f', '{"a":1}'], ['f', '{"a":2}']]);
    assert.deepEqual(assemble([call({ name: 'f' }), call({ name: 'g' })]).map(([, name]) => name), ['f', 'g']);
    // In a stream the place is the same in the next list; one entry alone goes on with the newest.
    const calls = assemble([call({ name: 'f', arguments: '{' }), call({ name: 'g', arguments: '{' })], [call({ arguments: '"a":' }), call({ arguments: '"b":' })], [call({ arguments: '2}' })]);
    assert.deepEqual(calls.map(([, ...rest]) => rest), [['f', '{"a":'], ['g', '{"b":2}']]);
  });

  it('keeps entries of one list apart that have the same id and no index (T6)', () => {
    const calls = assemble([call({ id: '0', name: 'f', arguments: '{}' }), call({ id: '0', name: 'f', arguments: '{}' }), call({ id: '0', name: 'g' })]);
    assert.deepEqual(calls.map(([, ...rest]) => rest), [['f', '{}'], ['f', '{}'], ['g', '']]);
  });

  it('starts a new call for a name behind whole arguments, where neither id nor index says so (T1, T6)', () => {
    for (const same of [{ id: '0' }, { index: 0 }, { index: 0, id: '0' }, {}]) {
      const another = assemble([call({ ...same, name: 'f', arguments: '{"a":1}' })], [call({ ...same, name: 'g', arguments: '{' })], [call({ ...same, arguments: '}' })]);
      assert.deepEqual(another.map(([, ...rest]) => rest), [['f', '{"a":1}'], ['g', '{}']], JSON.stringify(same));
      const sameName = assemble([call({ ...same, name: 'f', arguments: '{"a":1}' })], [call({ ...same, name: 'f', arguments: '{"a":2}' })]);
      assert.deepEqual(sameName.map(([, ...rest]) => rest), [['f', '{"a":1}'], ['f', '{"a":2}']], JSON.stringify(same));
    }
    const many = assemble(...Array.from({ length: 40 }, (_, n) => [call({ name: 'f', arguments: `{"n":${n}}` })]));
    assert.equal(many.length, 40);
  });

  it('takes a call that is said again, word for word under its id or index, for the same one (T1, T6)', () => {
    for (const same of [{ id: '0' }, { index: 0 }]) assert.equal(assemble([call({ ...same, name: 'f', arguments: '{"a":1}' })], [call({ ...same, name: 'f', arguments: '{"a":1}' })])[0]?.[2], '{"a":1}');
    // With neither, a model may well say the same twice.
    assert.equal(assemble([call({ name: 'f', arguments: '{"a":1}' })], [call({ name: 'f', arguments: '{"a":1}' })]).length, 2);
  });

  it('does not take for another call: a name that comes again in the middle, in pieces, or behind the empty object (T7, T15)', () => {
    assert.deepEqual(assemble([call({ id: 'a', name: 'f', arguments: '{"a":{}' })], [call({ id: 'a', name: 'f', arguments: '}' })]), [['a', 'f', '{"a":{}}']]);
    assert.deepEqual(assemble([call({ id: 'a', name: 'f', arguments: '[{"a":{}' })], [call({ id: 'a', name: 'f', arguments: '{}' })]), [['a', 'f', '[{"a":{}{}']]);
    assert.deepEqual(assemble([call({ index: 0, id: 'a', name: 'read_', arguments: '{}' })], [call({ index: 0, name: 'file' })]), [['a', 'read_file', '{}']]);
    assert.deepEqual(assemble([call({ index: 0, id: 'a', arguments: '{"a":1}' })], [call({ index: 0, name: 'f' })]), [['a', 'f', '{"a":1}']]);
    assert.deepEqual(assemble([call({ id: 'a', name: 'f', arguments: '{}' })], [call({ id: 'a', name: 'f', arguments: '{"a":1}' })]), [['a', 'f', '{}{"a":1}']]);
  });

  it('tells the position of a delta, not the index of the wire', () => {
    const assembler = createCallAssembler();
    const delta = assembler.add({ index: 7, id: 'a', name: 'f', arguments: '{' });
    assert.deepEqual(delta, { type: 'call-delta', index: 0, name: 'f', arguments: '{' });
  });
});
