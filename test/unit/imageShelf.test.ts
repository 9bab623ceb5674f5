import assert from 'node:assert/strict';
import { createImageShelf } from '../../src/core/sessions/imageShelf.ts';
import { memoryStorage } from './support/memoryStorage.ts';

function shelf(kept: readonly { readonly turnId: string; readonly size: number }[] = []): { readonly done: string[]; readonly shelf: ReturnType<typeof createImageShelf> } {
  const done: string[] = [];
  const outbox = { write: (path: string) => void done.push(`write ${path}`), remove: (path: string) => void done.push(`remove ${path}`) };
  return { done, shelf: createImageShelf({ chatId: 'c', storage: memoryStorage(), outbox, kept, most: { turn: 50, chat: 100 } }) };
}

const sized = (size: number): { readonly size: number; bytes(): Uint8Array } => ({ size, bytes: () => new Uint8Array(size) });

describe('the room for what files were before', () => {
  it('is taken from the oldest turns of the chat', () => {
    const { shelf: kept, done } = shelf([{ turnId: 'old', size: 40 }, { turnId: 'older-than-new', size: 40 }]);
    kept.keep('new', sized(50));
    assert.deepEqual(done, ['write chats/c/before-new.json', 'remove chats/c/before-old.json']);
    assert.deepEqual(['old', 'older-than-new', 'new'].map((id) => kept.has(id)), [false, true, true]);
  });

  it('is not there for a turn that is too large, of which nothing older is left either', () => {
    const { shelf: kept, done } = shelf();
    kept.keep('turn', sized(10));
    kept.keep('turn', sized(51));
    assert.deepEqual([done.at(-1), kept.has('turn')], ['remove chats/c/before-turn.json', false]);
  });

  it('is another chat’s once this window has lost the chat, and that of the first is left alone', async () => {
    const { shelf: kept, done } = shelf([{ turnId: 'old', size: 10 }]);
    kept.keep('new', sized(10));
    kept.moveTo('copy');
    kept.keep('old', undefined);
    assert.deepEqual(done, ['write chats/c/before-new.json', 'write chats/copy/before-new.json']);
    assert.equal((await kept.read('new'))?.length, 10);
  });
});
