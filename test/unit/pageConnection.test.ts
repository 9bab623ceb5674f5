import assert from 'node:assert/strict';
import type { Change, Intent } from '../../src/protocol/messages.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { createConnection, type Connection, type Growth } from '../../webview/connection.ts';
import { createMemory } from '../../webview/memory.ts';
import { stateWith, turnWith } from '../page/states.ts';

const state = stateWith({
  revision: 7,
  turns: [turnWith('t1', 'Hi', [{ kind: 'text', id: 'a1', text: 'One' }], { outcome: 'running', usage: undefined })],
});
const extended = (text: string): Change => ({ type: 'item-extended', turnId: 't1', itemId: 'a1', text });

function connect(): { readonly connection: Connection; readonly posted: Intent[]; readonly changes: () => number } {
  const posted: Intent[] = [];
  const connection = createConnection({ postMessage: (message) => void posted.push(message as Intent) });
  let changes = 0;
  connection.onChange(() => (changes += 1));
  return { connection, posted, changes: () => changes };
}

const snapshot = (of: ViewState): unknown => ({ revision: of.revision, changes: [{ type: 'snapshot', state: of }] });

describe('Connection of the page', () => {
  it('takes pushes in their order', () => {
    const { connection, posted } = connect();
    connection.receive(snapshot(state));
    connection.receive({ revision: 8, changes: [extended(' two'), extended(' three')] });
    const [item] = connection.state()?.turns[0]?.items ?? [];
    assert.deepEqual(item, { kind: 'text', id: 'a1', text: 'One two three' });
    assert.equal(connection.state()?.revision, 8);
    assert.deepEqual(posted, []);
  });

  it('asks for the state once upon a gap, a repetition or a push before the first snapshot', () => {
    for (const revision of [9, 7, 1]) {
      const { connection, posted } = connect();
      connection.receive(snapshot(state));
      connection.receive({ revision, changes: [extended('x')] });
      connection.receive({ revision: revision + 1, changes: [extended('y')] });
      assert.deepEqual(posted, [{ type: 'ready' }]);
      connection.receive(snapshot({ ...state, revision: 20 }));
      connection.receive({ revision: 22, changes: [extended('z')] });
      assert.equal(posted.length, 2, 'a later gap is asked about anew');
    }
    const { connection, posted } = connect();
    connection.receive({ revision: 1, changes: [] });
    assert.deepEqual(posted, [{ type: 'ready' }]);
  });

  it('tells growth to the item that grows, and nobody else', () => {
    const { connection, changes } = connect();
    const growth: Growth[] = [];
    connection.receive(snapshot(state));
    const stop = connection.onGrowth('a1', (added) => growth.push(added));
    connection.receive({ revision: 8, changes: [extended(' two')] });
    assert.deepEqual(growth, [{ from: 3, text: ' two' }]);
    assert.equal(changes(), 1, 'only the snapshot');
    stop();
    connection.receive({ revision: 9, changes: [extended(' three')] });
    assert.equal(changes(), 2, 'nobody listens, so the parts are drawn again');
  });

  it('tells a replaced text as growth from the start', () => {
    const { connection } = connect();
    const growth: Growth[] = [];
    connection.receive(snapshot(state));
    connection.onGrowth('a1', (added) => growth.push(added));
    connection.receive({ revision: 8, changes: [{ type: 'item-changed', turnId: 't1', item: { kind: 'text', id: 'a1', text: 'New' } }] });
    assert.deepEqual(growth, [{ from: 0, text: 'New' }]);
  });
});

describe('Memory of the page', () => {
  it('keeps the draft and what was opened, and bears with whatever is stored', () => {
    for (const stored of [undefined, null, 3, 'x', { draft: 4, opened: [1, ['a'], ['b', true]] }]) {
      const memory = createMemory({ getState: () => stored, setState: () => undefined });
      assert.deepEqual(memory.draft(), { text: '', chatId: undefined, isTold: false, mark: 0 });
      assert.equal(memory.opened('a'), undefined);
    }
    let kept: unknown;
    const memory = createMemory({ getState: () => kept, setState: (value) => void (kept = structuredClone(value)) });
    memory.keepDraft({ text: 'half', chatId: 'c1', isTold: true, mark: 7 });
    memory.keepOpened('r1', false);
    const later = createMemory({ getState: () => kept, setState: () => undefined });
    assert.deepEqual([later.draft(), later.opened('r1'), later.opened('r2')], [{ text: 'half', chatId: 'c1', isTold: true, mark: 7 }, false, undefined]);
  });
});
