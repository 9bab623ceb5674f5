import assert from 'node:assert/strict';
import { FileError } from '../../src/core/ports.ts';
import type { Change } from '../../src/protocol/messages.ts';
import { retryMs } from '../../src/core/sessions/outbox.ts';
import { readChatFolder } from '../../src/core/sessions/readChatFolder.ts';
import { undoMs } from '../../src/core/sessions/trash.ts';
import { handClock, openWindow, settle, type ChatsWindow, type HandClock } from './support/chatsHarness.ts';
import { itemsOf, question } from './support/chatHarness.ts';
import { memoryStorage, type MemoryStorage } from './support/memoryStorage.ts';

function shown({ store }: ChatsWindow): readonly string[] {
  return store.state.turns.map((turn) => `${turn.question.text}: ${itemsOf(turn).join(', ')}`);
}

describe('the chats of a folder', () => {
  let storage: MemoryStorage;
  let clock: HandClock;
  let window: ChatsWindow;

  /** The window as it is after it has been loaded again. */
  async function reloaded(before = window): Promise<ChatsWindow> {
    await before.chats.close();
    const next = openWindow({ storage, clock, memory: before.memory });
    void next.chats.start();
    await clock.pass(1000);
    return next;
  }

  beforeEach(async () => {
    storage = memoryStorage();
    clock = handClock();
    window = openWindow({ storage, clock });
    await window.chats.start();
  });

  it('stores nothing of a chat in which nothing was said', async () => {
    await clock.pass(5000);
    assert.deepEqual([...storage.files.keys()], []);
    await window.chats.close();
    assert.deepEqual([...storage.files.keys()], []);
  });

  it('are the same after the window was loaded again, the last one open', async () => {
    await window.ask('What are tides?');
    await window.chats.openNew();
    await window.ask('What is a seiche?\nTell me more.');
    const before = shown(window);
    const again = await reloaded();
    assert.deepEqual(shown(again), before);
    assert.equal(again.store.state.chat.title, 'What is a seiche?');
    await again.chats.openList();
    assert.deepEqual(again.listed(), ['What is a seiche? open', 'What are tides? here']);
    const tides = again.store.state.chats?.entries[1];
    await again.chats.open(tides?.id ?? '');
    assert.deepEqual(shown(again), ['What are tides?: text Answer 1.']);
    assert.deepEqual(again.told, []);
  });

  it('go on for the model where they were', async () => {
    await window.ask('One?');
    const again = await reloaded();
    assert.equal(JSON.stringify(again.chat.messages), JSON.stringify(window.chat.messages));
    assert.equal(again.chat.messages.length, 3);
  });

  it('keep a new chat apart from the old one', async () => {
    await window.ask('One?');
    const first = window.store.state.chat.id;
    await window.chats.openNew();
    assert.notEqual(window.store.state.chat.id, first);
    assert.deepEqual(window.store.state.turns, []);
    const empty = window.store.state.chat.id;
    await window.chats.openNew();
    assert.equal(window.store.state.chat.id, empty, 'an empty chat needs no other');
  });

  it('stop and keep what runs when another chat is opened', async () => {
    window = openWindow({ storage, clock, answers: [{ events: [{ type: 'text-delta', text: 'The moon' }], next: 'hang' }] });
    await window.chats.start();
    void window.chat.ask(question('Why?'));
    await clock.pass(300);
    const { id } = window.store.state.chat;
    await window.chats.openNew();
    await window.ask('Other?');
    await window.chats.open(id);
    assert.equal(window.store.state.turns[0]?.outcome, 'stopped');
    assert.deepEqual(shown(window), ['Why?: text The moon']);
  });

  it('find what ran when the window was closed interrupted, and not stopped', async () => {
    window = openWindow({ storage, clock, answers: [{ events: [{ type: 'text-delta', text: 'The moon' }], next: 'hang' }] });
    await window.chats.start();
    void window.chat.ask(question('Why?'));
    await clock.pass(50);
    // In this order VS Code ends an extension.
    const closing = window.chats.close();
    await window.chat.stop();
    await closing;
    const again = openWindow({ storage, clock, memory: window.memory });
    await again.chats.start();
    const [turn] = again.store.state.turns;
    assert.deepEqual([turn?.outcome, turn && itemsOf(turn)[0]], ['interrupted', 'text The moon']);
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

  it('are renamed and pinned, open or not, and named by the first question again without a title', async () => {
    await window.ask('One?');
    const first = window.store.state.chat.id;
    await window.chats.openNew();
    await window.ask('Two?');
    await window.chats.openList();
    await window.chats.rename(first, '  The\n first ');
    await window.chats.pin(first, true);
    await window.chats.rename(window.store.state.chat.id, 'The second');
    assert.deepEqual(window.listed(), ['The here', 'The second open']);
    assert.equal(window.store.state.chat.title, 'The second');
    await window.chats.rename(first, ' ');
    const again = await reloaded();
    await again.chats.openList();
    assert.deepEqual(again.listed(), ['One? here', 'The second open']);
  });

  it('can be deleted, and brought back for a while', async () => {
    await window.ask('One?');
    const { id } = window.store.state.chat;
    await window.chats.remove(id);
    assert.equal(window.store.state.undo?.text.message, 'The chat “{0}” was deleted.');
    assert.deepEqual(window.store.state.turns, []);
    assert.ok(![...storage.files.keys()].some((path) => path.startsWith('chats/')));
    await window.undo.undo(window.store.state.undo?.id ?? '');
    assert.deepEqual(shown(window), ['One?: text Answer 1.']);
    await window.chats.remove(id);
    await clock.pass(undoMs + 1);
    assert.equal(window.store.state.undo, undefined);
    assert.deepEqual([...storage.files.keys()], []);
  });

  it('come back into the list alone while another one is being answered', async () => {
    const busy = openWindow({ storage, clock, answers: [{ events: [] }, { events: [{ type: 'text-delta', text: 'A long answer' }], next: 'hang' }] });
    await busy.ask('What is a tide?');
    await busy.chats.remove(busy.store.state.chat.id);
    void busy.chat.ask(question('Why is the sky blue?'));
    await clock.pass(300);
    await busy.undo.undo(busy.store.state.undo?.id ?? '');
    await clock.pass(300);
    await busy.chats.openList();
    assert.deepEqual(busy.store.state.turns.map((turn) => [turn.question.text, turn.outcome]), [['Why is the sky blue?', 'running']]);
    assert.ok(busy.listed().some((entry) => entry.startsWith('What is a tide?')), busy.listed().join());
    await busy.chat.stop();
  });

  it('remove what was deleted before the window was loaded again, but not what another window may bring back', async () => {
    await window.ask('One?');
    await window.chats.remove(window.store.state.chat.id);
    await reloaded();
    assert.ok([...storage.files.keys()].some((path) => path.startsWith('trash/')));
    await clock.pass(10 * undoMs);
    storage.files.set(`trash/${clock.now().toString(36)}-other/chat.json`, new Uint8Array());
    storage.files.set('trash/0-old/chat.json', new Uint8Array());
    await reloaded();
    assert.deepEqual([...storage.files.keys()].filter((path) => path.startsWith('trash/')).length, 1);
  });

  it('are searched by their texts, the search being given up for the next', async () => {
    await window.ask('What are tides?');
    await window.chats.openNew();
    await window.ask('What is a SEICHE? Say it in "quotes".');
    await window.chats.openList();
    await window.chats.search('seiche');
    assert.deepEqual(window.store.state.chats?.found?.matches.map(({ excerpt }) => excerpt), ['What is a SEICHE? Say it in "quotes".']);
    await Promise.all([window.chats.search('what'), window.chats.search('"quotes"')]);
    assert.equal(window.store.state.chats?.found?.query, '"quotes"');
    assert.equal(window.store.state.chats?.found?.matches.length, 1);
    assert.equal(window.store.state.chats?.found?.isDone, true);
    await window.chats.search('answer 2');
    assert.equal(window.store.state.chats?.found?.matches.length, 1);
    await window.chats.search('  ');
    assert.equal(window.store.state.chats?.found, undefined);
  });

  it('push each match of a search once, and the list no more than once', async () => {
    for (const text of ['What is a tide?', 'When is the tide?', 'Where is the tide?']) {
      await window.ask(text);
      await window.chats.openNew();
    }
    await window.chats.openList();
    const changes: Change[] = [];
    window.store.listen((change) => void changes.push(change));
    await window.chats.search('tide');
    assert.deepEqual(changes.map((change) => (change.type === 'chats-found' ? [change.matches.length, change.isDone] : change.type)), ['chats-changed', [1, false], [1, false], [1, false], [0, true]]);
    assert.equal(window.store.state.chats?.found?.matches.length, 3);
  });

  it('are searched to the end where a file of one cannot be read', async () => {
    let lockedChat: string | undefined;
    const isLocked = (path: string): boolean => lockedChat !== undefined && path.includes(`${lockedChat}/turn-`);
    const locked = { ...storage, read: async (path: string) => (isLocked(path) ? Promise.reject(new FileError('denied', 'EACCES')) : storage.read(path)) };
    window = openWindow({ storage: locked, clock });
    await window.chats.start();
    await window.ask('One?');
    const { id } = window.store.state.chat;
    await window.chats.openNew();
    await window.ask('Two?');
    await window.chats.openList();
    lockedChat = id;
    await window.chats.search('answer');
    assert.deepEqual([window.store.state.chats?.found?.matches.map(({ excerpt }) => excerpt), window.store.state.chats?.found?.isDone], [['Answer 2.'], true]);
  });

  it('are listed by their files where the index is gone, wrong or no index', async () => {
    await window.ask('One?');
    for (const kept of [undefined, 7, { entries: [{ id: '../x' }] }, { last: 'gone', entries: [{ id: 'gone', title: 'Gone', updatedAt: 1, questions: 1, isPinned: false }] }]) {
      const again = openWindow({ storage, clock, memory: { kept }, owner: { id: 'window-x', isGone: () => true } });
      void again.chats.start();
      await clock.pass(100);
      await again.chats.openList();
      assert.deepEqual(again.listed().filter((line) => !line.includes(' open')), ['One? here']);
      await again.chats.close();
    }
  });

  it('have only what the list shows in the index', async () => {
    await window.ask('One?');
    assert.ok(!JSON.stringify(window.memory.kept).includes('Answer'));
    assert.ok(JSON.stringify(window.memory.kept).includes('One?'));
  });

  describe('with a storage that refuses', () => {
    it('go on, say so once, and are stored when it takes things again', async () => {
      storage.refusal = new FileError('other', 'ENOSPC: no space left on device, write');
      await window.ask('One?');
      await clock.pass(5 * retryMs);
      await window.ask('Two?');
      assert.deepEqual(shown(window), ['One?: text Answer 1.', 'Two?: text Answer 2.']);
      assert.deepEqual(window.told.map(({ kind }) => kind), ['refused']);
      assert.equal(storage.files.size, 0);
      storage.refusal = undefined;
      await clock.pass(retryMs + 1);
      assert.deepEqual(window.told.map(({ kind }) => kind), ['refused', 'kept-again']);
      const again = await reloaded();
      assert.deepEqual(shown(again), ['One?: text Answer 1.', 'Two?: text Answer 2.']);
    });

    it('are opened to be read', async () => {
      await window.ask('One?');
      const { id } = window.store.state.chat;
      await window.chats.openNew();
      await settle();
      storage.refusal = new FileError('denied', 'EACCES');
      await window.chats.open(id);
      assert.deepEqual(shown(window), ['One?: text Answer 1.']);
    });
  });

  describe('in two windows', () => {
    let other: ChatsWindow;

    beforeEach(async () => {
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
});
