import type { ChatEntry } from '../../src/protocol/chatsView.ts';
import { say } from '../../src/protocol/localText.ts';
import type { TokenProbability, ViewState } from '../../src/protocol/viewState.ts';
import { answeredTurn, stateWith, turnWith } from './states.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** An entry of the list of chats. */
export function entryWith(id: string, title: string, parts: Partial<ChatEntry> = {}): ChatEntry {
  return { id, title, updatedAt: Date.now() - 5 * minute, questions: 3, isPinned: false, state: 'here', ...parts };
}

/** Chats of every kind. */
export const chatEntries: readonly ChatEntry[] = [
  entryWith('c1', 'How the retry works', { isPinned: true, updatedAt: Date.now() - 3 * day, questions: 12 }),
  entryWith('c2', 'Tides of the Wadden Sea', { state: 'open', questions: 1, updatedAt: Date.now() - 10_000 }),
  entryWith('c3', '缓存是怎么命中的？请简短说明。', { updatedAt: Date.now() - 3 * 60 * minute }),
  entryWith('c4', 'A question with a title so long that it cannot stand in one line of a narrow panel', { state: 'elsewhere', updatedAt: Date.now() - day }),
  entryWith('c5', 'Broken', { state: 'damaged', updatedAt: Date.now() - 40 * day }),
];

const words = ['The', ' stream', ' is', ' read', ' once', ',', ' and', ' never', ' twice', ':\n', '-', ' `', 'retry', '`', ' wins', '.'];
const chances = [99.2, 82, 96, 61, 44, 99, 93, 18, 6, 71, 99, 55, 97, 99, 12, 99.9];

/** Tokens from sure to very unsure. */
export const tokens: readonly TokenProbability[] = words.map((token, index) => ({
  token,
  percent: chances[index] ?? 100,
  alternatives: [{ token, percent: chances[index] ?? 100 }, { token: ' other', percent: 3.21 }, { token: '\n', percent: 0.4 }],
}));

const today = { costs: [{ amount: 0.1623, currency: 'CNY', pricesOf: '2026-11-15' }], known: 14, unknown: 2 };

/** States around chats and turns by the name of their picture. */
export const chatStates: Readonly<Record<string, ViewState>> = {
  chats: stateWith({ chat: { id: 'c2', title: 'Tides', draft: '' }, chats: { entries: chatEntries, found: undefined } }),
  'chats-found': stateWith({ chats: { entries: chatEntries.slice(0, 3), found: undefined }, undo: { id: 'u1', text: say('The chat “{0}” was deleted.', 'Old plans') } }),
  'chats-empty': stateWith({ chats: { entries: [], found: undefined } }),
  versions: stateWith({
    turns: [
      { ...answeredTurn, branch: { number: 2, of: 3 }, timing: { firstTokenMs: 1240, tokensPerSecond: 43.6 } },
      turnWith('t2', 'And in short?', [{ kind: 'text', id: 'a2', text: 'It retries three times, and' }], { outcome: 'stopped', timing: { firstTokenMs: 380, tokensPerSecond: 7.25 } }),
    ],
    undo: { id: 'u1', text: say('A question was deleted with its answer.') },
    today,
  }),
  interrupted: stateWith({ turns: [turnWith('t1', 'Write a very long story.', [{ kind: 'text', id: 'a1', text: 'Once upon a time there was a small stream that' }], { outcome: 'interrupted', usage: undefined, details: undefined })] }),
  summary: stateWith({
    turns: [
      turnWith('t1', 'How is it read?', [{ kind: 'text', id: 'a1', text: 'Once.' }]),
      turnWith('t2', 'Summarise.', [{ kind: 'text', id: 'a2', text: '- It was asked how the stream is read.\n- It is read once.' }], { isSummary: true }),
      turnWith('t3', 'And then?', [{ kind: 'text', id: 'a3', text: 'Then it is over.' }]),
    ],
  }),
  heat: stateWith({
    turns: [turnWith('t1', 'How is it read?', [{ kind: 'text', id: 'a1', text: words.join('') }, { kind: 'probabilities', id: 'p1', tokens }])],
  }),
};
