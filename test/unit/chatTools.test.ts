import assert from 'node:assert/strict';
import type { ToolChoice } from '../../src/core/foreignTools/toolChoice.ts';
import { handClock, openWindow, type ChatsWindow, type HandClock } from './support/chatsHarness.ts';
import { memoryStorage, type MemoryStorage } from './support/memoryStorage.ts';

const choice: ToolChoice = { off: ['edit_file'], foreign: [{ name: 'mcp_tides_echo', wire: 'mcp_tides_echo', isOn: true }] };

describe('the tools that a chat has', () => {
  let storage: MemoryStorage;
  let clock: HandClock;
  let window: ChatsWindow;
  beforeEach(async () => {
    storage = memoryStorage();
    clock = handClock();
    window = openWindow({ storage, clock });
    await window.chats.start();
  });

  it('are the same after the window was loaded again, and those of a new chat are its own', async () => {
    await window.ask('One?');
    window.chats.keepTools(choice);
    await clock.pass(1000);
    await window.chats.close();
    const again = openWindow({ storage, clock, memory: window.memory });
    void again.chats.start();
    await clock.pass(1000);
    assert.deepEqual(again.taken.at(-1), choice);
    const { id } = again.store.state.chat;
    await again.chats.openNew();
    assert.equal(again.taken.at(-1), undefined);
    await again.chats.open(id);
    assert.deepEqual(again.taken.at(-1), choice);
  });

  it('stay chosen when they were while the last chat was waited for', async () => {
    await window.ask('One?');
    const next = openWindow({ storage, clock, memory: window.memory });
    void next.chats.start();
    await clock.pass(500);
    const { id } = next.store.state.chat;
    next.chats.keepTools(choice);
    await window.chats.close();
    await clock.pass(20_000);
    assert.deepEqual([next.store.state.chat.id, next.taken], [id, []]);
    await next.ask('Two?');
    await next.chats.close();
    assert.ok(storage.texts()[`chats/${id}/chat.json`]?.includes('mcp_tides_echo'));
  });

  it('are left behind with an empty chat when a new one is wanted', async () => {
    window.chats.keepTools(choice);
    const { id } = window.store.state.chat;
    await window.chats.openNew();
    assert.notEqual(window.store.state.chat.id, id);
    assert.deepEqual([window.taken.at(-1), [...storage.files.keys()]], [undefined, []]);
  });

  it('are read as far as they can be read, and are no reason not to open a chat', async () => {
    await window.ask('One?');
    await clock.pass(1000);
    await window.chats.close();
    const [path = ''] = [...storage.files.keys()].filter((name) => name.endsWith('/chat.json'));
    const stored = JSON.parse(new TextDecoder().decode(storage.files.get(path))) as object;
    for (const [tools, read] of [[7, { off: [], foreign: [] }], [{ ...choice, foreign: [...choice.foreign, 'x', { name: 1 }] }, choice]] as const) {
      storage.files.set(path, new TextEncoder().encode(JSON.stringify({ ...stored, tools })));
      const again = openWindow({ storage, clock, memory: window.memory });
      void again.chats.start();
      await clock.pass(1000);
      assert.equal(again.store.state.chat.title, 'One?');
      assert.deepEqual(again.taken.at(-1), read);
      await again.chats.close();
    }
  });
});
