import { say } from '../../src/protocol/localText.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { readyModel, stateWith, turnWith } from './states.ts';

const runningSince = Date.now() - 12_000;

/** States of the page that come up now and then, by the name of their picture. */
export const rareStates: Readonly<Record<string, ViewState>> = {
  'other-address': stateWith({ model: { ...readyModel, readiness: 'key-for-other-address' } }),
  'key-note': stateWith({ model: { ...readyModel, readiness: 'needs-key', tools: 'untrusted' }, turns: [turnWith('t1', 'Hello', [{ kind: 'text', id: 'a1', text: 'Hello.' }])] }),
  'long-names': stateWith({
    model: { ...readyModel, serviceLabel: 'A gateway of our own with a long name', model: 'organisation/a-model-with-a-name-that-does-not-fit-2026-11-15', notice: say('{0} is retired. Choose {1} instead.', 'a-model', 'deepseek-v4-pro') },
    activity: { kind: 'running', phase: 'waiting', since: runningSince, serviceLabel: 'A gateway of our own with a long name' },
    turns: [turnWith('t1', 'How does the retry work?', [], { outcome: 'running', usage: undefined })],
  }),
  waiting: stateWith({
    activity: { kind: 'running', phase: 'waiting', since: runningSince },
    turns: [turnWith('t1', 'How does the retry work?', [], { outcome: 'running', usage: undefined })],
  }),
  alternatives: stateWith({
    turns: [
      turnWith('t1', 'Name the module.', [
        { kind: 'text', id: 'a1', text: 'Call it `stream`.' },
        { kind: 'alternative', id: 'n2', number: 2, reasoning: 'Short is good.', text: 'Call it `rill`.' },
        { kind: 'alternative', id: 'n3', number: 3, reasoning: '', text: 'Call it `brook`.' },
      ]),
    ],
  }),
  'leaked-call': stateWith({
    turns: [
      turnWith('t1', 'Which files does the loader read?', [
        { kind: 'text', id: 'a1', text: 'Let me look.' },
        { kind: 'call', id: 'c1', tool: '', arguments: '<tool_call>\n{"name":"read_file","arguments":{"path":"src/loader.ts"}}\n</tool_call>', status: 'not-run', summary: say('Written into the answer as text'), result: undefined },
        { kind: 'notice', id: 'n1', text: say('The model wrote a tool call into its answer as text. It was not run.'), actions: ['retry'] },
      ]),
    ],
  }),
};
