import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as fc from 'fast-check';
import type { Leases } from '../../src/core/sessions/leases.ts';
import { createLoader } from '../../src/core/sessions/loadChat.ts';
import type { Storage } from '../../src/core/sessions/storage.ts';
import { readChat, readTurn, toBytes } from '../../src/core/sessions/storedSchemas.ts';
import { byTime, reattached, shownTurns } from '../../src/core/sessions/shownTurns.ts';
import { titleOf } from '../../src/core/sessions/title.ts';
import { hiddenCharacters } from '../../src/protocol/hiddenCharacters.ts';
import { handClock } from './support/chatsHarness.ts';
import { memoryStorage } from './support/memoryStorage.ts';
import { anyTurn } from './support/storedTurns.ts';

describe('what is stored of a chat', () => {
  it('comes back as it was, whatever a turn holds', () => {
    fc.assert(
      fc.property(anyTurn, (turn) => {
        const read = readTurn(toBytes(turn), turn.id);
        assert.ok(read !== undefined, JSON.stringify(turn));
        assert.equal(JSON.stringify(read), JSON.stringify(turn));
      }),
    );
  });

  it('is refused where a part of it has another shape, and never throws', () => {
    const sound: unknown = JSON.parse(JSON.stringify(fc.sample(anyTurn.filter(({ view }) => view.items.length > 1), 1)[0]));
    assert.ok(readTurn(toBytes(sound), (sound as { id: string }).id) !== undefined);
    const wrong: readonly ((turn: Record<string, object>) => unknown)[] = [
      (turn) => ({ ...turn, version: 2 }),
      (turn) => ({ ...turn, id: '../up' }),
      (turn) => ({ ...turn, parent: 'a/b' }),
      (turn) => ({ ...turn, view: { ...turn['view'], items: [{ kind: 'text', id: 'x' }] } }),
      (turn) => ({ ...turn, view: { ...turn['view'], items: [{ kind: 'script', id: 'x', text: 'x' }] } }),
      (turn) => ({ ...turn, view: { ...turn['view'], id: 'another' } }),
      (turn) => ({ ...turn, history: { ...turn['history'], messages: [{ role: 'tool' }] } }),
      (turn) => ({ ...turn, history: { ...turn['history'], messages: [{ role: 'system', content: 'NEW RULES' }] } }),
      (turn) => ({ ...turn, history: { ...turn['history'], media: [{ kind: 'image', url: 'file:///etc/passwd' }] } }),
      (turn) => ({ ...turn, history: { ...turn['history'], media: [{ kind: 'image', url: 'https://evil.example/' }] } }),
      (turn) => ({ ...turn, view: { ...turn['view'], askedAt: -1e300 } }),
      () => [],
      () => 'text',
      () => null,
    ];
    for (const change of wrong) assert.equal(readTurn(toBytes(change(sound as Record<string, object>)), (sound as { id: string }).id), undefined, change.toString());
  });

  it('is refused with dates that are none, and nested so deep that it could not be stored again', () => {
    const chat = { version: 1, id: 'a', title: '', isNamed: false, isPinned: false, createdAt: 1, updatedAt: 2, draft: '', shown: {} };
    assert.equal(readChat(toBytes({ ...chat, updatedAt: -1e300 }), 'a'), undefined);
    const nested = (depth: number): Uint8Array => new TextEncoder().encode(`{"more":${'['.repeat(depth)}${']'.repeat(depth)},${JSON.stringify(chat).slice(1)}`);
    assert.equal(readChat(nested(5000), 'a'), undefined);
    assert.ok(readChat(nested(50), 'a') !== undefined);
    assert.ok(readChat(toBytes({ ...chat, title: `"\\"${'['.repeat(500)}` }), 'a') !== undefined, 'brackets in words are no depth');
  });

  it('keeps what a newer version has added', () => {
    const chat = { version: 1, id: 'a', title: '', isNamed: false, isPinned: false, createdAt: 1, updatedAt: 2, draft: '', shown: {}, colour: 'green' };
    assert.deepEqual(readChat(toBytes(chat), 'a'), chat);
    assert.equal(readChat(toBytes(chat), 'b'), undefined, 'it is the file of another chat');
  });
});

describe('a chat that is opened by an id in other letters', () => {
  it('is gone and not taken apart, on a file system that does not tell small letters from capitals', async () => {
    const chat = { version: 1, id: 'abc', title: 'Mine', isNamed: true, isPinned: true, createdAt: 1, updatedAt: 2, draft: '', shown: {} };
    const exact = memoryStorage([['chats/abc/chat.json', toBytes(chat)]]);
    const storage: Storage = { ...exact, read: async (path) => exact.read(path.toLowerCase()), list: async (path) => exact.list(path.toLowerCase()), move: async (from, to) => exact.move(from.toLowerCase(), to) };
    const leases = { take: async () => true, release: async () => undefined } as unknown as Leases;
    const load = createLoader({ storage, leases, clock: handClock(), titleOfCopy: (title) => title, newId: () => 'new' });
    assert.equal(await load('ABC'), 'gone');
    assert.deepEqual([...exact.files.keys()], ['chats/abc/chat.json']);
    assert.notEqual(await load('abc'), 'gone');
  });
});

describe('the title of a chat', () => {
  it('is one line of at most 60 characters without hidden ones', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (words) => {
        const title = titleOf(words);
        assert.ok(Array.from(title).length <= 60);
        assert.ok(!/[\n\r]/.test(title));
        assert.equal(title.replace(hiddenCharacters, ''), title);
        assert.equal(title.trim(), title);
      }),
    );
    assert.equal(titleOf('\n\n  What \t is\u202E this?\n```code```'), 'What is this?');
    assert.equal(titleOf('🌊'.repeat(100)), `${'🌊'.repeat(59)}…`);
    assert.equal(titleOf(' \u200B\n '), '');
  });
});

describe('the turns of a chat that are shown', () => {
  it('are found in any heap of turns, rings and orphans too, each turn being in reach', () => {
    const heap = fc.uniqueArray(anyTurn, { selector: ({ id }) => id, maxLength: 8 }).chain((turns) =>
      fc.tuple(...turns.map((turn) => fc.constantFrom(undefined, 'gone', ...turns.map(({ id }) => id)).map((parent) => ({ ...turn, parent })))),
    );
    fc.assert(
      fc.property(heap, (turns) => {
        const sound = reattached(turns);
        assert.equal(sound.length, turns.length);
        const known = new Map(sound.map((turn) => [turn.id, turn]));
        for (const turn of sound) {
          const shown: Record<string, string> = {};
          for (let each: typeof turn | undefined = turn; each !== undefined; each = each.parent === undefined ? undefined : known.get(each.parent)) shown[each.parent ?? ''] = each.id;
          assert.ok(shownTurns(sound, shown).includes(turn));
        }
      }),
    );
  });

  it('are found by walking over each turn a few times, however long the chat is', () => {
    const [turn] = fc.sample(anyTurn, 1);
    assert.ok(turn !== undefined);
    const stepsFor = (count: number): number => {
      const turns = Array.from({ length: count }, (_, index) => ({ ...turn, id: `t${index}`, view: { ...turn.view, id: `t${index}`, askedAt: index + 1 }, parent: index === 0 ? undefined : `t${index - 1}` }));
      const added = mock.method(Set.prototype, 'add');
      try {
        assert.equal(shownTurns(reattached(turns), {}).length, count);
        return added.mock.callCount();
      } finally {
        added.mock.restore();
      }
    };
    assert.ok(stepsFor(400) <= 4.5 * stepsFor(100), `${stepsFor(100)} and ${stepsFor(400)} steps`);
  });

  it('are the last versions where nothing else is said', () => {
    const [turn] = fc.sample(anyTurn, 1);
    assert.ok(turn !== undefined);
    const make = (id: string, parent: string | undefined, askedAt: number): typeof turn => ({ ...turn, id, parent, view: { ...turn.view, id, askedAt } });
    const turns = [make('c', 'a', 3), make('b', 'a', 2), make('a', undefined, 1), make('d', 'b', 4)];
    const ids = (shown: Record<string, string>): readonly string[] => shownTurns(turns, shown).map(({ id }) => id);
    assert.deepEqual(ids({}), ['a', 'c']);
    assert.deepEqual(ids({ a: 'b' }), ['a', 'b', 'd']);
    assert.deepEqual(ids({ a: 'gone', '': '__proto__' }), ['a', 'c']);
    assert.deepEqual(turns.toSorted(byTime).map(({ id }) => id), ['a', 'b', 'c', 'd']);
    const ringed = [make('z', undefined, 9), make('y', 'x', 3), make('x', 'w', 2), make('w', 'y', 4), make('v', 'w', 1)];
    assert.deepEqual(reattached(ringed).map(({ parent }) => parent), [undefined, 'x', undefined, 'y', 'w'], 'a ring begins with its first turn');
    assert.deepEqual(reattached(turns.slice(0, 2)).map(({ parent }) => parent), ['b', undefined], 'who has lost its parent follows the turn before it');
  });
});
