import type { Attention, ContextKind, ContextView, GaugeView, Suggestion, SuggestionsView } from '../../src/protocol/contextView.ts';
import { say, type LocalText } from '../../src/protocol/localText.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { answeredTurn, mediaWith, stateWith } from './states.ts';

/** A piece of context as a chip. */
export function contextWith(id: string, label: string, parts: Partial<ContextView> = {}): ContextView {
  return { id, kind: 'file', label, tokens: 1234, problem: undefined, ...parts };
}

/** A file that is suggested. */
export function suggestionWith(label: string, folder = '', kind: Suggestion['kind'] = 'file'): Suggestion {
  return { id: `${kind}:${folder}${label}`, kind, label, detail: folder === '' ? undefined : say('{0}', folder) };
}

/** What the host answers for a word behind `@`. */
export function mentions(query: string, items: readonly Suggestion[], isSearching: SuggestionsView['isSearching'] | undefined = false): SuggestionsView {
  return { kind: 'mention', query, items, isSearching };
}

/** What the host answers for a word behind `/`. */
export function commands(query: string, items: readonly Suggestion[]): SuggestionsView {
  return { kind: 'command', query, items, isSearching: false };
}

/** A command that is suggested. */
export function commandWith(label: string, detail: LocalText, kind: 'command' | 'prompt' = 'command'): Suggestion {
  return { id: `${kind}:${label}`, kind, label, detail };
}

/** A window of 128,000 tokens. */
export function gaugeWith(used: number, parts: Partial<GaugeView> = {}): GaugeView {
  return {
    used,
    limit: 128_000,
    parts: [
      { kind: 'system', tokens: 900 },
      { kind: 'tools', tokens: 2600 },
      { kind: 'chat', tokens: used - 5000 },
      { kind: 'context', tokens: 1500 },
    ],
    ...parts,
  };
}

/** What is looked at in the editor. */
export const attention: Attention = { file: { id: 'file:src/http/retry.ts', label: 'retry.ts' }, selection: { id: 'selection:src/http/retry.ts', label: 'retry.ts:12-40' } };

const kinds: readonly ContextKind[] = ['file', 'folder', 'symbol', 'selection', 'problems', 'changes', 'editors', 'text', 'instructions'];
const labels = ['src/http/retry.ts', 'src/http', 'waitBefore', 'src/http/retry.ts:12-40', 'Problems', 'Changes', 'Open editors', 'notes.txt', 'AGENTS.md'];

const suggested: readonly Suggestion[] = [
  suggestionWith('retry.ts', 'src/http'),
  suggestionWith('retry.test.ts', 'test/unit/http/with/a/very/long/way/to/it'),
  suggestionWith('retries', 'docs', 'folder'),
  suggestionWith('retryAfterMsOfAResponseThatHasNone', 'src/http/retry.ts', 'symbol'),
  suggestionWith('Problems', '', 'problems'),
  suggestionWith('重试说明.md', '文档'),
];

/** What is typed for the list to be drawn, by the name of the state. */
export const typedIn: Readonly<Record<string, string>> = { 'context-mentions': '@retr', 'context-nothing': '@zz', 'context-commands': '/' };

/** States of the composer with what goes along, is offered, or fills the window. */
export const contextStates: Readonly<Record<string, ViewState>> = {
  'context-offered': stateWith({ attention, gauge: gaugeWith(6100) }),
  'context-chips': stateWith({
    turns: [answeredTurn],
    attention,
    gauge: gaugeWith(54_000),
    context: [
      contextWith('i1', 'AGENTS.md', { kind: 'instructions', tokens: 412 }),
      contextWith('f1', 'src/http/retry.ts'),
      contextWith('f2', 'src/a-very/long/path/that/does/not/fit/on-one-line.ts', { tokens: undefined }),
      contextWith('f3', '.env', { tokens: 0, problem: say('{0} is too large: a picture may have at most {1} MiB. Make it smaller first.', 'dump.sql', 10) }),
    ],
    media: [mediaWith('m1', 'screenshot.png', 184_320)],
  }),
  'context-many': stateWith({ gauge: gaugeWith(30_000), context: Array.from({ length: 27 }, (_, index) => contextWith(`c${index}`, labels[index % kinds.length] ?? '', { kind: kinds[index % kinds.length] ?? 'file', tokens: 300 * (index + 1) })) }),
  'context-full': stateWith({ turns: [answeredTurn], gauge: gaugeWith(113_000) }),
  'context-unknown': stateWith({ turns: [answeredTurn], gauge: gaugeWith(23_456, { limit: undefined }) }),
  'context-mentions': stateWith({ turns: [answeredTurn], suggestions: mentions('retr', suggested, true) }),
  'context-nothing': stateWith({ turns: [answeredTurn], suggestions: mentions('zz', []) }),
  'context-commands': stateWith({
    suggestions: commands('', [
      commandWith('explain', say('Explain the selection or what is attached')),
      commandWith('compact', say('Summarise the chat to make room')),
      commandWith('new', say('Start a new chat')),
      commandWith('house-style', say('{0}', '.rivulet/prompts/house-style.md'), 'prompt'),
    ]),
  }),
};
