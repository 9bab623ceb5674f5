import assert from 'node:assert/strict';
import { initialState } from '../../src/core/chat/viewStore.ts';
import type { Change } from '../../src/protocol/messages.ts';
import { readIntent } from '../../src/protocol/readIntent.ts';
import { reduce } from '../../src/protocol/reduce.ts';
import { longestQuestion, type toHostSchemas } from '../../src/protocol/toHostSchemas.ts';
import type { CallItem, Item, Turn, ViewState } from '../../src/protocol/viewState.ts';
import { aModel } from './support/chatHarness.ts';

const text: Item = { kind: 'text', id: 't.1', text: 'He' };
const call: CallItem = { kind: 'call', id: 't.2', tool: 'read_file', arguments: '{', status: 'arriving', summary: undefined, result: undefined };
const notice: Item = { kind: 'notice', id: 't.3', text: { message: 'x', args: [] }, actions: [] };
const older: Turn = { id: 's', question: { text: 'Old', attachments: [] }, items: [text], outcome: 'done', usage: undefined };
const turn: Turn = { id: 't', question: { text: 'Go', attachments: [] }, items: [text, call, notice], outcome: 'running', usage: undefined };
const state: ViewState = { ...initialState(aModel), revision: 3, activity: { kind: 'running', phase: 'waiting', since: 1 }, turns: [older, turn] };

function itemsAfter(change: Change): readonly Item[] | undefined {
  return reduce(state, change).turns[1]?.items;
}

describe('reduce', () => {
  it('does each change', () => {
    assert.equal(reduce(state, { type: 'snapshot', state: { ...state, revision: 9 } }).revision, 9);
    assert.deepEqual(reduce(state, { type: 'chat-cleared' }), { ...state, turns: [], activity: { kind: 'idle' } });
    assert.equal(reduce(state, { type: 'model-changed', model: { ...aModel, model: 'm' } }).model.model, 'm');
    assert.deepEqual(reduce(state, { type: 'activity-changed', activity: { kind: 'idle' } }).activity, { kind: 'idle' });
    assert.deepEqual(reduce(state, { type: 'turn-added', turn: { ...turn, id: 'u' } }).turns.map(({ id }) => id), ['s', 't', 'u']);
    assert.equal(reduce(state, { type: 'turn-ended', turnId: 't', outcome: 'stopped', usage: undefined }).turns[1]?.outcome, 'stopped');
    assert.deepEqual(reduce(state, { type: 'turn-restarted', turnId: 's', question: turn.question }).turns[0], { ...older, question: turn.question, items: [], outcome: 'running' });
    assert.deepEqual(itemsAfter({ type: 'item-added', turnId: 't', item: { ...text, id: 't.4' } })?.map(({ id }) => id), ['t.1', 't.2', 't.3', 't.4']);
    assert.deepEqual(itemsAfter({ type: 'item-extended', turnId: 't', itemId: 't.1', text: 'y' })?.[0], { ...text, text: 'Hey' });
    assert.deepEqual(itemsAfter({ type: 'item-extended', turnId: 't', itemId: 't.2', text: '}' })?.[1], { ...call, arguments: '{}' });
    assert.deepEqual(itemsAfter({ type: 'item-extended', turnId: 't', itemId: 't.3', text: '}' })?.[2], notice);
    assert.deepEqual(itemsAfter({ type: 'item-changed', turnId: 't', item: { ...call, status: 'done' } })?.[1], { ...call, status: 'done' });
    assert.deepEqual(itemsAfter({ type: 'item-removed', turnId: 't', itemId: 't.2' })?.map(({ id }) => id), ['t.1', 't.3']);
    assert.equal(reduce(state, { type: 'composer-focused' }), state);
    assert.equal(reduce(state, { type: 'find-opened' }), state);
  });

  it('adds what was found in chats to what is known, for the words that are searched for and no others', () => {
    const searching: ViewState = { ...state, chats: { entries: [], found: { query: 'tide', matches: [{ id: 'a', excerpt: 'tide' }], isDone: false } } };
    const found = { type: 'chats-found', matches: [{ id: 'b', excerpt: 'tides' }], isDone: true } as const;
    assert.deepEqual(reduce(searching, { ...found, query: 'tide' }).chats?.found, { query: 'tide', matches: [{ id: 'a', excerpt: 'tide' }, { id: 'b', excerpt: 'tides' }], isDone: true });
    assert.equal(reduce(searching, { ...found, query: 'moon' }), searching);
    assert.equal(reduce(state, { ...found, query: 'tide' }), state, 'the list is closed');
  });

  it('leaves the state as it is for a turn or an item that is not there', () => {
    for (const turnId of ['x', 'constructor', '']) {
      assert.equal(reduce(state, { type: 'item-extended', turnId, itemId: 't.1', text: 'y' }), state);
      assert.equal(reduce(state, { type: 'turn-ended', turnId, outcome: 'done', usage: undefined }), state);
    }
    assert.deepEqual(reduce(state, { type: 'item-extended', turnId: 't', itemId: 'x', text: 'y' }), state);
    assert.equal(reduce(state, { type: 'future' } as unknown as Change), state);
  });

  it('keeps what has not changed the same object, and never changes what it is given', () => {
    const frozen = structuredClone(state);
    const next = reduce(state, { type: 'item-extended', turnId: 't', itemId: 't.1', text: 'y' });
    assert.equal(next.turns[0], older);
    assert.equal(next.turns[1]?.items[1], call);
    assert.equal(next.model, state.model);
    assert.deepEqual(state, frozen);
  });
});

describe('readIntent', () => {
  it('takes one of each message', () => {
    const good: { readonly [Type in keyof typeof toHostSchemas]: object } = {
      ready: {}, send: { text: 'Hi' }, stop: {}, 'new-chat': {}, 'select-model': {}, 'set-key': {}, act: { action: 'retry', turnId: 'turn-1' }, copy: { text: '' }, insert: { text: '' },
      'open-link': { href: 'https://x' }, 'page-failed': { message: 'x' }, 'open-sheet': {}, 'close-sheet': {}, 'set-parameter': { service: 'deepseek', model: 'm', name: 'thinking.type', value: '"disabled"' },
      'reset-parameter': { service: 'deepseek', model: 'a/b', name: 'n' }, 'reset-parameters': { service: 'deepseek', model: '' }, 'attach-media': {}, 'add-media': { name: 'a.png', mediaType: 'image/png', data: 'AAAA' }, 'remove-media': { id: 'm1' },
      decide: { token: 't', decision: 'accept', file: 0, hunk: 2 }, permit: { token: 't', allow: true }, 'show-diff': { token: 't' }, 'allow-edits': { allow: true }, 'revert-turn': { turnId: 't' }, 'revert-file': { turnId: 't', itemId: 'i', file: 0 },
      'open-chats': {}, 'close-chats': {}, 'search-chats': { query: '' }, 'open-chat': { chatId: 'c' }, 'rename-chat': { chatId: 'c', title: 'x' }, 'pin-chat': { chatId: 'c', isPinned: true }, 'delete-chat': { chatId: 'c' },
      'export-chat': { chatId: 'c', format: 'markdown' }, 'keep-draft': { chatId: 'c', text: '', mark: 1 }, 'edit-turn': { turnId: 't', text: 'Hi' }, regenerate: { turnId: 't' }, 'delete-turn': { turnId: 't' }, 'show-branch': { turnId: 't', number: 1 }, 'choose-alternative': { turnId: 't', itemId: 'i' },
      undo: { id: 'u' }, suggest: { kind: 'mention', query: 'a' }, 'close-suggestions': {}, 'take-suggestion': { id: 'file:src/a.ts' }, 'remove-context': { id: 'c' }, 'show-context': { id: 'c' }, 'drop-files': { uris: ['file:///a'] },
      'drop-text': { name: 'a.txt', text: '' }, 'apply-code': { turnId: 't', text: 'x', language: 'ts', hint: 'src/a.ts' },
      'ask-again': {}, 'open-tools': {}, 'close-tools': {}, 'choose-tools': { ids: ['own.read_file', 'other.x'], isOn: false },
      'take-choice': { id: 'stored:deepseek' }, 'find-servers': {}, 'import-settings': {}, 'open-walkthrough': {},
    };
    for (const [type, members] of Object.entries(good)) assert.deepEqual(readIntent({ type, ...members }), { type, ...members });
  });

  const hostile: readonly unknown[] = [
    undefined, null, 0, '', 'ready', [], [{ type: 'ready' }], {}, { type: null }, { type: 1 }, { type: ['ready'] }, { type: 'Ready' }, { type: 'constructor' }, { type: '__proto__' }, { type: 'hasOwnProperty' },
    { type: 'toString' }, { type: 'ready', extra: 1 }, { type: 'send' }, { type: 'send', text: 1 }, { type: 'send', text: '' }, { type: 'send', text: ' \n' }, { type: 'send', text: 'x', turnId: 't' },
    { type: 'send', text: 'x'.repeat(longestQuestion + 1) }, { type: 'act', action: 'eval', turnId: 't' }, { type: 'act', action: 'constructor', turnId: 't' }, { type: 'act', action: 'retry' },
    { type: 'act', action: 'retry', turnId: 'x'.repeat(101) }, { type: 'open-link', href: 'x'.repeat(4097) }, { type: 'page-failed', message: 'x'.repeat(4097) }, { type: 'copy', text: { toString: () => 'x' } }, { type: 'set-parameter', service: 's', model: 'm', name: '__proto__..', value: 1 }, { type: 'set-parameter', service: 's', model: 'm', name: 'a b', value: '1' },
    { type: 'set-parameter', name: 'n', value: '1' }, { type: 'reset-parameter', service: 's', model: 'm'.repeat(1001), name: 'n' }, { type: 'reset-parameters', service: 1, model: 'm' },
    { type: 'add-media', name: 'a', mediaType: 'text/html', data: 'AAAA' }, { type: 'add-media', name: 'a', mediaType: 'image/png', data: '<>' }, { type: 'decide', token: 't', decision: 'approve' }, { type: 'decide', decision: 'accept' }, { type: 'decide', token: 't', decision: 'accept', file: -1 },
    { type: 'permit', token: 't' }, { type: 'permit', token: 't', allow: 'yes' }, { type: 'permit', token: 't', allow: true, reach: 'always' }, { type: 'choose-tools', ids: 'own.read_file', isOn: true }, { type: 'allow-edits', allow: true, turnId: 't' },
    { type: 'show-branch', turnId: 't', number: 0 }, { type: 'edit-turn', turnId: 't', text: ' ' }, { type: 'export-chat', chatId: 'c', format: 'html' }, { type: 'drop-files', uris: [1] }, { type: 'drop-files', uris: Array.from({ length: 101 }, () => 'file:///a') },
    { type: 'suggest', kind: 'eval', query: '' }, { type: 'delete-chat', chatId: '../x'.repeat(30) },
    JSON.parse('{"type":"ready","__proto__":{"x":1}}'),
  ];
  for (const message of hostile) {
    it(`refuses ${JSON.stringify(message)?.slice(0, 60)}`, () => {
      const read = readIntent(message);
      assert.ok('refused' in read);
      assert.ok(read.refused.length < 1000);
    });
  }

  it('is not fooled by inherited members', () => {
    assert.ok('refused' in readIntent(Object.create({ type: 'send' })));
  });
});
