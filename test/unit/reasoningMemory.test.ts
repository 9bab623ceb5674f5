import assert from 'node:assert/strict';
import type { AssistantMessage } from '../../src/core/conversation/message.ts';
import type { ForeignCall } from '../../src/core/languageModel/foreignMessage.ts';
import { createReasoningMemory, memoryBounds, type ReasoningMemory } from '../../src/core/languageModel/reasoningMemory.ts';
import type { TurnFiles } from '../../src/core/languageModel/turnShelf.ts';
import { fakeFolder } from './support/foreignHistory.ts';

function turn(reasoning: string, ...argumentsTexts: readonly string[]): AssistantMessage {
  return { role: 'assistant', text: '', reasoning: { field: 'reasoning_content', text: reasoning }, calls: argumentsTexts.map((text, index) => ({ id: String(index), name: 'read_file', arguments: text })) };
}

function handedBack(ids: readonly string[], ...inputs: readonly unknown[]): readonly ForeignCall[] {
  return inputs.map((input, index) => ({ kind: 'call', id: ids[index] ?? '', name: 'read_file', input }));
}

async function fail(): Promise<never> {
  throw new Error('no space');
}

describe('the memory of reasoning', () => {
  let now = 1_700_000_000_000;
  const warned: string[] = [];
  const open = (files: TurnFiles, bounds: Parameters<typeof createReasoningMemory>[0]['bounds'] = memoryBounds): ReasoningMemory =>
    createReasoningMemory({ files, clock: { now: () => (now += 1) }, log: { info: assert.fail, warn: (line) => warned.push(line), error: assert.fail }, ...(bounds && { bounds }) });
  beforeEach(() => (warned.length = 0));

  it('gives ids that are unlike any other, fit every service, and lead back to the wire’s own', async () => {
    const memory = open(fakeFolder());
    const ids = [...memory.keep(turn('a', '{}', '{ }')), ...memory.keep(turn('b', '{}'))];
    assert.equal(new Set(ids).size, 3);
    for (const id of ids) assert.match(id, /^[A-Za-z0-9_-]{1,40}$/);
    const { calls, reasoning } = await memory.recall('', handedBack(ids, {}, {}));
    assert.deepEqual(calls, turn('a', '{}', '{ }').calls, 'byte for byte, the second with its blank');
    assert.deepEqual(reasoning, { field: 'reasoning_content', text: 'a' });
  });

  it('outlives the window, and is there for another one that is open', async () => {
    const files = fakeFolder();
    const [one, other] = [open(files), open(files)];
    assert.equal((await other.recall('', handedBack(['rvl_aaaaaaaaaaaa_0'], {}))).reasoning, undefined);
    const ids = one.keep(turn('thought', '{"path": "a"}'));
    await one.settled();
    for (const memory of [other, open(files)]) {
      assert.equal((await memory.recall('', handedBack(ids, { path: 'a' }))).reasoning?.text, 'thought');
    }
  });

  it('finds a turn whose ids an extension has changed by what it says, and one with more behind its ids by them', async () => {
    const files = fakeFolder();
    const ids = open(files).keep(turn('thought', '{"b":1,"a":[2]}'));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal((await open(files).recall('', handedBack(['call_7'], { a: [2], b: 1 }))).reasoning?.text, 'thought');
    assert.equal((await open(files).recall('changed', handedBack([`${ids[0]}__vscode-3`], { other: true }))).reasoning?.text, 'thought');
  });

  it('takes the arguments that an extension has changed as they are now', async () => {
    const memory = open(fakeFolder());
    const ids = memory.keep(turn('thought', '{"path":  "a"}'));
    const { calls, reasoning } = await memory.recall('', handedBack(ids, { path: 'b' }));
    assert.deepEqual(calls, [{ id: ids[0], name: 'read_file', arguments: '{"path":"b"}' }]);
    assert.equal(reasoning?.text, 'thought', 'the service wants reasoning with every call');
  });

  it('forgets what was not asked for the longest when there is too much, by number and by bytes', async () => {
    const many = fakeFolder();
    const byNumber = open(many, { turns: 3, bytes: 1_000_000, turnBytes: 1_000_000 });
    const ids = [1, 2, 3, 4, 5].map((number) => byNumber.keep(turn(`thought ${number}`, `{"n":${number}}`)));
    await byNumber.settled();
    assert.equal(many.kept.size, 3);
    assert.equal((await open(many).recall('', handedBack(ids[0] ?? [], { n: 1 }))).reasoning, undefined);
    assert.equal((await open(many).recall('', handedBack(ids[4] ?? [], { n: 5 }))).reasoning?.text, 'thought 5');

    const large = fakeFolder();
    const byBytes = open(large, { turns: 100, bytes: 5000, turnBytes: 3000 });
    for (const number of [1, 2, 3]) byBytes.keep(turn('x'.repeat(2000), `{"n":${number}}`));
    byBytes.keep(turn('y'.repeat(4000), '{}'));
    await byBytes.settled();
    assert.equal(large.kept.size, 2, 'and the one that is too large by itself was not written');
  });

  it('keeps what is asked for again after a day as if it were new', async () => {
    const files = fakeFolder();
    const memory = open(files, { turns: 2, bytes: 1_000_000, turnBytes: 1_000_000 });
    const old = memory.keep(turn('old', '{"n":1}'));
    memory.keep(turn('newer', '{"n":2}'));
    await memory.settled();
    now += 2 * 86_400_000;
    const next = open(files, { turns: 2, bytes: 1_000_000, turnBytes: 1_000_000 });
    assert.equal((await next.recall('', handedBack(old, { n: 1 }))).reasoning?.text, 'old');
    await next.settled();
    next.keep(turn('newest', '{"n":3}'));
    await next.settled();
    assert.equal(files.kept.size, 2);
    assert.equal((await open(files).recall('', handedBack(old, { n: 1 }))).reasoning?.text, 'old');
  });

  it('takes a file that was cut off anywhere, or is something else, for forgotten, and clears it away', async () => {
    const files = fakeFolder();
    const ids = open(files).keep(turn('thought', '{"n":1}'));
    await new Promise((resolve) => setImmediate(resolve));
    const [name = '', whole = ''] = [...files.kept][0] ?? [];
    for (const damaged of ['', whole.slice(0, -1), whole.slice(0, whole.length / 2), '[]', 'null', '{"calls":[{"id":1}]}', '\u0000']) {
      files.kept.set(name, damaged);
      files.kept.set('notes.txt', 'not ours');
      const memory = open(files);
      const { reasoning, calls } = await memory.recall('', handedBack(ids, { n: 1 }));
      assert.equal(reasoning, undefined, damaged);
      assert.deepEqual(calls.map((call) => call.arguments), ['{"n":1}']);
      await memory.settled();
      assert.deepEqual([...files.kept.keys()], ['notes.txt'], damaged);
    }
  });

  it('looks once for turns that are not there, as those of other models, however many and often they are asked for', async () => {
    const files = fakeFolder();
    let looks = 0;
    const memory = open({ ...files, list: async () => ((looks += 1), files.list()) });
    const ask = async (): Promise<unknown> => Promise.all([1, 2, 3, 4].map(async (number) => memory.recall('', handedBack([`call_${number}`], { number }))));
    await ask();
    assert.equal(looks, 1);
    await ask();
    assert.equal(looks, 1);
  });

  it('does without a disk that fails', async () => {
    const memory = open({ list: fail, read: fail, write: fail, remove: fail });
    const ids = memory.keep(turn('thought', '{}'));
    await memory.settled();
    assert.equal((await memory.recall('', handedBack(ids, {}))).reasoning?.text, 'thought', 'this window still has it');
    assert.equal((await memory.recall('', handedBack(['other'], { a: 1 }))).reasoning, undefined);
    assert.ok(warned.length > 0 && warned.every((line) => line.includes('no space')));
  });
});
