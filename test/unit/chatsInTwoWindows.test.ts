import assert from 'node:assert/strict';
import { readChatFolder } from '../../src/core/sessions/readChatFolder.ts';
import { handClock, openWindow, reload, type ChatsWindow, type HandClock } from './support/chatsHarness.ts';
import { itemsOf } from './support/chatHarness.ts';
import { memoryStorage, type MemoryStorage } from './support/memoryStorage.ts';

function shown({ store }: ChatsWindow): readonly string[] {
  return store.state.turns.map((turn) => `${turn.question.text}: ${itemsOf(turn).join(', ')}`);
}

describe('the chats of a folder in two windows', () => {
  let storage: MemoryStorage;
  let clock: HandClock;
  let window: ChatsWindow;
  let other: ChatsWindow;

  const reloaded = async (before = window): Promise<ChatsWindow> => reload(before, { storage, clock });

  beforeEach(async () => {
    storage = memoryStorage();
    clock = handClock();
    window = openWindow({ storage, clock });
    await window.chats.start();
    await window.ask('One?');
    other = openWindow({ storage, clock });
    await other.chats.start();
  });

  it('are open in one of them, and in the other as a copy that has a life of its own', async () => {
    const { id } = window.store.state.chat;
    await other.chats.openList();
    assert.deepEqual(other.listed(), ['One? elsewhere']);
    await other.chats.open(id);
    assert.deepEqual(other.told, [{ kind: 'copied' }]);
    assert.equal(other.store.state.chat.title, 'One? (copy)');
    assert.notEqual(other.store.state.chat.id, id);
    const before = storage.texts();
    await other.ask('Only here?');
    const after = storage.texts();
    for (const path of Object.keys(before).filter((name) => name.startsWith(`chats/${id}/`) && !name.endsWith('lease.json'))) assert.equal(after[path], before[path], path);
    await window.ask('Only there?');
    assert.deepEqual(shown(window).map((line) => line.split(':')[0]), ['One?', 'Only there?']);
    assert.deepEqual(shown(await reloaded(other)).map((line) => line.split(':')[0]), ['One?', 'Only here?']);
  });

  it('leave no copy behind where they were only looked at, and a whole one with the first change', async () => {
    await window.ask('Two?');
    const { id } = window.store.state.chat;
    for (let look = 0; look < 3; look += 1) {
      await other.chats.open(id);
      await other.chats.keepDraft(other.store.state.chat.id, '');
      await clock.pass(3000);
      await other.chats.openNew();
    }
    await other.chats.openList();
    assert.deepEqual(other.listed(), ['One? elsewhere']);
    await other.chats.open(id);
    const copy = other.store.state.chat.id;
    await other.chats.keepDraft(copy, 'Go on');
    await clock.pass(100);
    const kept = await readChatFolder(storage, copy);
    assert.deepEqual([kept?.turns.map(({ view }) => view.question.text), kept?.chat.draft], [['One?', 'Two?'], 'Go on']);
    await other.chats.openList();
    assert.deepEqual(other.listed().toSorted(), ['One? (copy) open', 'One? elsewhere']);
  });

  it('cannot be renamed, pinned or deleted from the other one', async () => {
    const { id } = window.store.state.chat;
    await other.chats.rename(id, 'Mine');
    await other.chats.pin(id, true);
    await other.chats.remove(id);
    assert.deepEqual(other.told.map(({ kind }) => kind), ['elsewhere', 'elsewhere', 'elsewhere']);
    assert.ok(storage.texts()[`chats/${id}/chat.json`]?.includes('"title":"One?"'));
  });

  it('belong to nobody once their window is gone, by a proper end, by its process or by time', async () => {
    const { id } = window.store.state.chat;
    const killed = openWindow({ storage, clock, owner: { isGone: () => true } });
    await killed.chats.open(id);
    assert.deepEqual(killed.told, []);
    await killed.chats.close();
    await other.chats.open(id);
    assert.deepEqual(other.told, []);
  });

  it('are waited for by a window that is being loaded, which says nothing meanwhile and takes them once they are free', async () => {
    const next = openWindow({ storage, clock, memory: window.memory });
    void next.chats.start();
    await clock.pass(3000);
    assert.deepEqual([next.store.state.turns, next.told], [[], []]);
    await window.chats.close();
    await clock.pass(1000);
    assert.deepEqual(shown(next), ['One?: text Answer 1.']);
    const late = openWindow({ storage, clock, memory: window.memory });
    void late.chats.start();
    await clock.pass(3000);
    await late.ask('Meanwhile?');
    await next.chats.close();
    await clock.pass(20_000);
    assert.deepEqual(shown(late), ['Meanwhile?: text Answer 1.'], 'what was asked by then stays in sight');
  });

  it('take no late draft from the other one, and nobody is told', async () => {
    await other.chats.keepDraft(window.store.state.chat.id, 'late');
    assert.deepEqual(other.told, []);
    await clock.pass(100);
    assert.ok(!Object.values(storage.texts()).some((text) => text.includes('late')));
  });

  it('are given up by a window that was asleep, which goes on in a copy', async () => {
    const { id } = window.store.state.chat;
    const lease = `chats/${id}/lease.json`;
    storage.files.set(lease, new TextEncoder().encode(JSON.stringify({ owner: 'who-took-it', until: clock.now() + 8000 })));
    await clock.pass(2500);
    assert.deepEqual(window.told, [{ kind: 'copied' }]);
    assert.notEqual(window.store.state.chat.id, id);
    await window.ask('Two?');
    assert.ok(!Object.entries(storage.texts()).some(([path, text]) => path.startsWith(`chats/${id}/`) && text.includes('Two?')));
    assert.deepEqual(shown(await reloaded()).map((line) => line.split(':')[0]), ['One?', 'Two?']);
  });
});
