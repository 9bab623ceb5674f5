import assert from 'node:assert/strict';
import { handClock, openWindow, reload, settle, type ChatsWindow, type HandClock } from './support/chatsHarness.ts';
import { memoryStorage, type MemoryStorage } from './support/memoryStorage.ts';

describe('chats with something written and not sent', () => {
  let storage: MemoryStorage;
  let clock: HandClock;
  let window: ChatsWindow;

  const reloaded = async (before = window): Promise<ChatsWindow> => reload(before, { storage, clock });

  beforeEach(async () => {
    storage = memoryStorage();
    clock = handClock();
    window = openWindow({ storage, clock });
    await window.chats.start();
  });

  it('keep drafts, of a chat in which nothing was asked too', async () => {
    const { id } = window.store.state.chat;
    await window.chats.keepDraft(id, 'Half a question');
    const again = await reloaded();
    assert.equal(again.store.state.chat.draft, 'Half a question');
    await again.chats.openNew();
    await again.chats.keepDraft(again.store.state.chat.id, 'Another');
    await again.chats.keepDraft(id, 'Half a question, later');
    await again.chats.open(id);
    assert.equal(again.store.state.chat.draft, 'Half a question, later');
    await again.chats.keepDraft(id, '');
    await again.chats.close();
    assert.ok(![...storage.files.keys()].some((path) => path.startsWith(`chats/${id}/`)), 'a chat without a word was kept');
  });

  it('keep of a draft what was written last, whatever is told late', async () => {
    const { id } = window.store.state.chat;
    await window.chats.keepDraft(id, 'newer', 20);
    await window.chats.keepDraft(id, 'older', 10);
    assert.equal(window.store.state.chat.draft, 'newer');
    await window.chats.openNew();
    await Promise.all([window.chats.keepDraft(id, 'newest', 30), window.chats.keepDraft(id, 'older', 15)]);
    await window.chats.keepDraft(id, 'newer', 20);
    await window.chats.open(id);
    assert.deepEqual([window.store.state.chat.draft, window.store.state.chat.draftMark], ['newest', 30]);
    const again = await reloaded();
    await again.chats.keepDraft(id, 'older', 29);
    assert.deepEqual([again.store.state.chat.draft, again.store.state.chat.draftMark], ['newest', 30]);
  });

  it('take a draft away with the turn that it has become, also when no page says so any more', async () => {
    const { id } = window.store.state.chat;
    await window.chats.keepDraft(id, 'One? ', 20);
    await window.ask('One?');
    assert.equal(window.store.state.chat.draft, '');
    const again = await reloaded();
    assert.equal(again.store.state.chat.draft, '');
    await again.chats.keepDraft(id, 'One? ', 20);
    assert.equal(again.store.state.chat.draft, '', 'what was sent is told late');
    await again.chats.openNew();
    assert.ok((again.store.state.chat.heardMark ?? 0) >= 20, 'another chat does not know what was heard');
    await again.chats.keepDraft(id, 'Two', 21);
    await again.chats.open(id);
    assert.equal(again.store.state.chat.draft, 'Two');
    await again.ask('Three?');
    assert.equal(again.store.state.chat.draft, 'Two', 'only what was sent goes');
  });

  it('leave a draft alone that reads like a turn which began without it', async () => {
    await window.ask('continue');
    const { id } = window.store.state.chat;
    await window.chats.keepDraft(id, 'continue', 20);
    await window.chat.regenerate(window.store.state.turns[0]?.id ?? '');
    assert.equal(window.store.state.chat.draft, 'continue', 'a new version was asked for');
    await window.chats.keepDraft(id, 'continue', 30);
    await window.chat.ask({ text: 'continue', attachments: [] }, [], { mark: 20 });
    assert.equal(window.store.state.chat.draft, 'continue', 'it was written again while the other was made up');
    await window.ask('continue');
    assert.equal(window.store.state.chat.draft, '');
  });

  it('keep words that are written while another chat is being opened', async () => {
    await window.ask('One?');
    const first = window.store.state.chat.id;
    await window.chats.openNew();
    const fresh = window.store.state.chat.id;
    const opening = window.chats.open(first);
    await window.chats.keepDraft(fresh, 'At once');
    await opening;
    await window.chats.openNew();
    const second = window.store.state.chat.id;
    await window.chats.open(first);
    await window.chats.keepDraft(second, 'After a pause');
    await window.chats.keepDraft('never-heard-of', '  ');
    assert.deepEqual(window.store.state.chat.id, first);
    for (const [id, draft] of [[fresh, 'At once'], [second, 'After a pause']] as const) {
      await window.chats.open(id);
      assert.equal(window.store.state.chat.draft, draft);
    }
    assert.ok(![...storage.files.keys()].some((path) => path.includes('never-heard-of')));
  });

  it('let the last chat be when something is written while it is being read', async () => {
    await window.ask('One?');
    const { id } = window.store.state.chat;
    await window.chats.close();
    const { promise: reading, resolve: goOn } = Promise.withResolvers<void>();
    const slow = { ...storage, read: async (path: string) => (path.includes('turn-') ? reading.then(async () => storage.read(path)) : storage.read(path)) };
    const next = openWindow({ storage: slow, clock, memory: window.memory });
    const starting = next.chats.start();
    await settle();
    const fresh = next.store.state.chat.id;
    await next.chats.keepDraft(fresh, 'A long question');
    goOn();
    await starting;
    assert.deepEqual([next.store.state.chat.id, next.store.state.chat.draft], [fresh, 'A long question']);
    assert.ok(!storage.files.has(`chats/${id}/lease.json`), 'the chat that is not shown is not free');
    await next.chats.close();
    assert.ok(storage.texts()[`chats/${fresh}/chat.json`]?.includes('A long question'));
  });

  it('take the last of the drafts that are told while their chat comes up, and none of a chat that was deleted', async () => {
    await window.ask('One?');
    const { id } = window.store.state.chat;
    await window.chats.openNew();
    const opening = window.chats.open(id);
    const early = window.chats.keepDraft(id, 'early');
    while (window.store.state.chat.id !== id) await Promise.resolve();
    await window.chats.keepDraft(id, 'late');
    await Promise.all([opening, early]);
    assert.equal(window.store.state.chat.draft, 'late');
    await window.chats.remove(id);
    await window.chats.keepDraft(id, 'of a deleted one');
    assert.ok(![...storage.files.keys()].some((path) => path.startsWith(`chats/${id}/`)));
  });
});
