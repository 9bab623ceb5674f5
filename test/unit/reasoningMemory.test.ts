import assert from 'node:assert/strict';
import type { AssistantMessage } from '../../src/core/conversation/message.ts';
import type { ForeignCall } from '../../src/core/languageModel/foreignMessage.ts';
import type { TurnOwner } from '../../src/core/languageModel/keptTurn.ts';
import { createReasoningMemory, memoryBounds, type OwnMemory, type ReasoningMemory } from '../../src/core/languageModel/reasoningMemory.ts';
import type { TurnFiles } from '../../src/core/languageModel/turnShelf.ts';
import { fakeFolder } from './support/foreignHistory.ts';

function turn(reasoning: string, ...argumentsTexts: readonly string[]): AssistantMessage {
  return { role: 'assistant', text: '', reasoning: { field: 'reasoning_content', text: reasoning }, calls: argumentsTexts.map((text, index) => ({ id: String(index), name: 'read_file', arguments: text })) };
}

function handedBack(ids: readonly string[], ...inputs: readonly unknown[]): readonly ForeignCall[] {
  return inputs.map((input, index) => ({ kind: 'call', id: ids[index] ?? '', name: 'read_file', input }));
}

const own: TurnOwner = { requester: 'some.extension', service: 'deepseek', model: 'deepseek-flash' };
const others: readonly TurnOwner[] = [{ ...own, requester: 'other.extension' }, { ...own, service: 'iflow' }, { ...own, model: 'deepseek-v4-pro' }, { requester: 'some.extension","deepseek', service: 'deepseek-flash', model: '' }];

async function fail(): Promise<never> {
  throw new Error('no space');
}

describe('the memory of reasoning', () => {
  let now = 1_700_000_000_000;
  const warned: string[] = [];
  const window = (files: TurnFiles, bounds: Parameters<typeof createReasoningMemory>[0]['bounds'] = memoryBounds): ReasoningMemory =>
    createReasoningMemory({ files, clock: { now: () => (now += 1) }, log: { info: assert.fail, warn: (line) => warned.push(line), error: assert.fail }, ...(bounds && { bounds }) });
  const open = (files: TurnFiles, bounds = memoryBounds): OwnMemory & Pick<ReasoningMemory, 'settled'> => {
    const memory = window(files, bounds);
    return { ...memory.of(own), settled: async () => memory.settled() };
  };
  beforeEach(() => (warned.length = 0));

  it('gives ids that are unlike any other, fit every service, and lead back to the wire’s own', async () => {
    const memory = open(fakeFolder());
    const ids = [...memory.keep(turn('a', '{}', '{ }')), ...memory.keep(turn('b', '{}'))];
    assert.equal(new Set(ids).size, 3);
    for (const id of ids) assert.match(id, /^[A-Za-z0-9_-]{1,40}$/);
    const { calls, reasoning } = await memory.recall(handedBack(ids, {}, {}));
    assert.deepEqual(calls, turn('a', '{}', '{ }').calls, 'byte for byte, the second with its blank');
    assert.deepEqual(reasoning, { field: 'reasoning_content', text: 'a' });
  });

  it('outlives the window, and is there for another one that is open', async () => {
    const files = fakeFolder();
    const [one, other] = [open(files), open(files)];
    assert.equal((await other.recall(handedBack(['rvl_aaaaaaaaaaaa_0'], {}))).reasoning, undefined);
    const ids = one.keep(turn('thought', '{"path": "a"}'));
    await one.settled();
    for (const memory of [other, open(files)]) {
      assert.equal((await memory.recall(handedBack(ids, { path: 'a' }))).reasoning?.text, 'thought');
    }
  });

  it('finds a turn by ids that an extension has written something around', async () => {
    const files = fakeFolder();
    const ids = open(files).keep(turn('thought', '{"b":1,"a":[2]}'));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal((await open(files).recall(handedBack([`chat_${ids[0]}__vscode-3`], { other: true }))).reasoning?.text, 'thought');
  });

  it('gives nothing to whoever says the same under ids that are not ours, in this window or another', async () => {
    const files = fakeFolder();
    const memory = open(files);
    memory.keep(turn('thought', '{"path": "README.md"}'));
    await memory.settled();
    for (const each of [memory, open(files)]) {
      for (const id of ['', 'whatever', 'call_0', 'rvl_aaaaaaaaaaaa_0']) {
        const { reasoning, calls } = await each.recall(handedBack([id], { path: 'README.md' }));
        assert.deepEqual([reasoning, calls], [undefined, [{ id, name: 'read_file', arguments: '{"path":"README.md"}' }]]);
      }
    }
  });

  it('gives nothing to another extension, service or model that knows the ids, in this window or another, and leaves it to its owner', async () => {
    const files = fakeFolder();
    const first = window(files);
    const ids = first.of(own).keep(turn('thought', '{"path":  "a"}'));
    await first.settled();
    for (const memory of [first, window(files)]) {
      for (const other of others) {
        const { reasoning, calls } = await memory.of(other).recall(handedBack(ids, { path: 'a' }));
        assert.deepEqual([reasoning, calls], [undefined, [{ id: ids[0], name: 'read_file', arguments: '{"path":"a"}' }]], JSON.stringify(other));
      }
      assert.equal((await memory.of(own).recall(handedBack(ids, { path: 'a' }))).reasoning?.text, 'thought');
      // What the window holds by now is still the owner's alone.
      for (const other of others) assert.equal((await memory.of(other).recall(handedBack(ids, { path: 'a' }))).reasoning, undefined);
    }
  });

  it('takes the arguments that an extension has changed as they are now', async () => {
    const memory = open(fakeFolder());
    const ids = memory.keep(turn('thought', '{"path":  "a"}'));
    const { calls, reasoning } = await memory.recall(handedBack(ids, { path: 'b' }));
    assert.deepEqual(calls, [{ id: ids[0], name: 'read_file', arguments: '{"path":"b"}' }]);
    assert.equal(reasoning?.text, 'thought', 'the service wants reasoning with every call');
  });

  it('forgets what was not asked for the longest when there is too much, by number and by bytes', async () => {
    const many = fakeFolder();
    const byNumber = open(many, { turns: 3, bytes: 1_000_000, turnBytes: 1_000_000 });
    const ids = [1, 2, 3, 4, 5].map((number) => byNumber.keep(turn(`thought ${number}`, `{"n":${number}}`)));
    await byNumber.settled();
    assert.equal(many.kept.size, 3);
    assert.equal((await open(many).recall(handedBack(ids[0] ?? [], { n: 1 }))).reasoning, undefined);
    assert.equal((await open(many).recall(handedBack(ids[4] ?? [], { n: 5 }))).reasoning?.text, 'thought 5');

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
    assert.equal((await next.recall(handedBack(old, { n: 1 }))).reasoning?.text, 'old');
    await next.settled();
    next.keep(turn('newest', '{"n":3}'));
    await next.settled();
    assert.equal(files.kept.size, 2);
    assert.equal((await open(files).recall(handedBack(old, { n: 1 }))).reasoning?.text, 'old');
  });

  it('is found by a window that knew it before another one has kept it as if it were new', async () => {
    const files = fakeFolder();
    const first = open(files);
    const [ids, gone] = [first.keep(turn('thought', '{"n":1}')), first.keep(turn('gone', '{"n":2}'))];
    await first.settled();
    const other = open(files);
    // It looks what there is, and has none of it at hand.
    await other.recall(handedBack(['rvl_aaaaaaaaaaaa_0'], {}));
    now += 2 * 86_400_000;
    const next = open(files);
    await next.recall(handedBack(ids, { n: 1 }));
    await next.settled();
    assert.equal((await other.recall(handedBack(ids, { n: 1 }))).reasoning?.text, 'thought');
    await other.settled();
    assert.deepEqual(warned, []);

    for (const name of files.kept.keys()) files.kept.delete(name);
    for (const _ of [1, 2, 3]) assert.equal((await other.recall(handedBack(gone, { n: 2 }))).reasoning, undefined);
    assert.ok(warned.length <= 1, 'what is gone is not looked for again and again');
  });

  it('takes a file that was cut off anywhere, or is something else, for forgotten, and clears it away', async () => {
    const files = fakeFolder();
    const ids = open(files).keep(turn('thought', '{"n":1}'));
    await new Promise((resolve) => setImmediate(resolve));
    const [name = '', whole = ''] = [...files.kept][0] ?? [];
    for (const damaged of ['', whole.slice(0, -1), whole.slice(0, whole.length / 2), '[]', 'null', '{"owner":"x","calls":[{"id":1}]}', whole.replace('"owner"', '"whose"'), '\u0000']) {
      files.kept.set(name, damaged);
      files.kept.set('notes.txt', 'not ours');
      const memory = open(files);
      const { reasoning, calls } = await memory.recall(handedBack(ids, { n: 1 }));
      assert.equal(reasoning, undefined, damaged);
      assert.deepEqual(calls.map((call) => call.arguments), ['{"n":1}']);
      await memory.settled();
      assert.deepEqual([...files.kept.keys()], ['notes.txt'], damaged);
    }
  });

  it('looks once for turns that are not there however many and often they are asked for, and not at all for those of other models', async () => {
    const files = fakeFolder();
    let looks = 0;
    const memory = open({ ...files, list: async () => ((looks += 1), files.list()) });
    const ask = async (id: string): Promise<unknown> => Promise.all([1, 2, 3, 4].map(async (number) => memory.recall(handedBack([`${id}${number}_0`], { number }))));
    await ask('call_');
    assert.equal(looks, 0);
    await ask('rvl_aaaaaaaaaaa');
    assert.equal(looks, 1);
    await ask('rvl_aaaaaaaaaaa');
    assert.equal(looks, 1);
  });

  it('does without a disk that fails', async () => {
    const memory = open({ list: fail, read: fail, write: fail, remove: fail });
    const ids = memory.keep(turn('thought', '{}'));
    await memory.settled();
    assert.equal((await memory.recall(handedBack(ids, {}))).reasoning?.text, 'thought', 'this window still has it');
    assert.equal((await memory.recall(handedBack(['rvl_aaaaaaaaaaaa_0'], { a: 1 }))).reasoning, undefined);
    assert.ok(warned.length > 0 && warned.every((line) => line.includes('no space')));
  });
});
