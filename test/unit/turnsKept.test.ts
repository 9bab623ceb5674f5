import assert from 'node:assert/strict';
import { handClock, openWindow, reload, type ChatsWindow, type HandClock } from './support/chatsHarness.ts';
import { itemsOf } from './support/chatHarness.ts';
import { memoryStorage, type MemoryStorage } from './support/memoryStorage.ts';

function shown({ store }: ChatsWindow): readonly string[] {
  return store.state.turns.map(({ question, branch, ...turn }) => `${question.text}${branch === undefined ? '' : ` ${branch.number}/${branch.of}`}: ${itemsOf({ question, ...turn }).join(', ')}`);
}

describe('versions of turns in the files of a chat', () => {
  let storage: MemoryStorage;
  let clock: HandClock;
  let window: ChatsWindow;

  const reloaded = async (): Promise<ChatsWindow> => reload(window, { storage, clock });

  beforeEach(async () => {
    storage = memoryStorage();
    clock = handClock();
    window = openWindow({ storage, clock });
    await window.chats.start();
  });

  it('are all there after the window was loaded again, the shown one shown', async () => {
    await window.ask('One?');
    await window.ask('Two?');
    await window.chat.edit(window.store.state.turns[1]?.id ?? '', 'Else?');
    await window.chat.regenerate(window.store.state.turns[1]?.id ?? '');
    window.chat.showBranch(window.store.state.turns[1]?.id ?? '', 2);
    await clock.pass(1000);
    const before = shown(window);
    assert.deepEqual(before, ['One?: text Answer 1.', 'Else? 2/3: text Answer 3.']);
    const again = await reloaded();
    assert.deepEqual(shown(again), before);
    assert.equal(JSON.stringify(again.chat.messages), JSON.stringify(window.chat.messages));
    again.chat.showBranch(again.store.state.turns[1]?.id ?? '', 1);
    assert.deepEqual(shown(again), ['One?: text Answer 1.', 'Two? 1/3: text Answer 2.']);
  });

  it('are gone once they were deleted, and there again once they were brought back, the name of the chat too', async () => {
    await window.ask('One?');
    await window.ask('Two?');
    const before = shown(window);
    const deleted = await window.chat.deleteTurn(window.store.state.turns[0]?.id ?? '');
    await clock.pass(1000);
    assert.deepEqual([shown(window), window.store.state.chat.title], [[], '']);
    deleted?.restore();
    await clock.pass(1000);
    assert.deepEqual([shown(window), window.store.state.chat.title], [before, 'One?']);
    const again = await reloaded();
    assert.deepEqual([shown(again), again.store.state.chat.title], [before, 'One?']);
    await again.chat.deleteTurn(again.store.state.turns[1]?.id ?? '');
    await clock.pass(1000);
    window = again;
    assert.deepEqual(shown(await reloaded()), ['One?: text Answer 1.']);
  });

  it('that are a summary go with the chat', async () => {
    await window.ask('One?');
    await window.chat.compact();
    await window.ask('Two?');
    const again = await reloaded();
    assert.deepEqual(again.store.state.turns.map(({ isSummary }) => isSummary === true), [false, true, false]);
    assert.equal(JSON.stringify(again.chat.messages), JSON.stringify(window.chat.messages));
    assert.ok(!JSON.stringify(again.chat.messages).includes('One?'));
  });
});
