import { say } from '../../src/protocol/localText.ts';
import type { ToolEntry, ToolGroup, ToolPicker } from '../../src/protocol/toolsView.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { pickerGroups } from '../../src/core/foreignTools/pickerGroups.ts';
import { nothingChosen } from '../../src/core/foreignTools/toolChoice.ts';
import { askingWith, permissionWith } from './reviewStates.ts';
import { answeredTurn, readyModel, stateWith } from './states.ts';

/** A tool of somebody else. */
export function entryOf(name: string, parts: Partial<ToolEntry> = {}): ToolEntry {
  return { id: `other.${name}`, name, description: 'Echoes back the input string.', isOn: false, state: 'ready', ...parts };
}

const own = pickerGroups({ choice: { ...nothingChosen, off: ['rename_symbol'] }, there: [], isUsable: ({ needs }) => !needs.includes('sourceControl') });

/** The groups of a window with an extension's tools and two servers'. */
export const toolGroups: readonly ToolGroup[] = [
  ...own,
  { id: 'extension Tide Tables', label: say('Extension: {0}', 'Tide Tables'), isForeign: true, tools: [entryOf('tides_forecast', { isOn: true, description: 'Tells when high and low water are at a harbour, for the next days. Give the harbour as people call it.' })] },
  {
    id: 'server everything',
    label: say('MCP server: {0}', 'everything'),
    isForeign: true,
    tools: [entryOf('mcp_everything_add', { description: 'Adds two numbers.' }), entryOf('mcp_everything_echo', { isOn: true }), entryOf('mcp_everything_a-tool-with-a-name-that-does-not-fit-in-one-line-of-a-panel', { description: 'Long. '.repeat(60) + '\u202Ehidden' })],
  },
  { id: 'gone', label: say('Not there now'), isForeign: true, tools: [entryOf('mcp_gone_search', { isOn: true, state: 'gone', description: '' })] },
];

/** An open choice of tools. */
export function pickerWith(parts: Partial<ToolPicker> = {}): ToolPicker {
  return { groups: toolGroups, on: 20, most: 128, access: 'on', refusal: undefined, ...parts };
}

const many: ToolGroup = { id: 'server many', label: say('MCP server: {0}', 'many'), isForeign: true, tools: Array.from({ length: 300 }, (_, index) => entryOf(`mcp_many_tool_${index}`, { isOn: index < 110 })) };

/** A question whether a tool may be called. */
export const foreignQuestion = permissionWith({
  question: say('Let the model call {0} of {1}?', 'mcp_everything_echo', 'MCP: everything'),
  reasons: [say('It is no tool of Rivulet\'s: it may read, change or send anything, whatever it says of itself.')],
  data: '{\n  "message": "Hello,\u202E world",\n  "times": 3\n}',
  isForChat: true,
});

const call = { kind: 'call', id: 'c1', tool: 'mcp_everything_echo', arguments: '{"message":"Hello"}', status: 'running', summary: say('A tool of {0}', 'MCP: everything'), result: undefined } as const;

/** States around tools by the name of their picture. */
export const toolStates: Readonly<Record<string, ViewState>> = {
  tools: stateWith({ turns: [answeredTurn], tools: { on: 20, foreign: 2 }, toolPicker: pickerWith() }),
  'tools-none': stateWith({ toolPicker: pickerWith({ groups: own, on: 17 }) }),
  'tools-many': stateWith({ toolPicker: pickerWith({ groups: [many], on: 128, refusal: say('That would make {0} tools, and services take at most {1}. Switch others off first.', 129, 128) }) }),
  'tools-untrusted': stateWith({ model: { ...readyModel, tools: 'untrusted' }, toolPicker: pickerWith({ access: 'untrusted' }) }),
  'tools-asking': { ...askingWith([call, foreignQuestion]), tools: { on: 19, foreign: 1 } },
  'tools-unasked': stateWith({ turns: [answeredTurn], tools: { on: 20, foreign: 12 }, edits: 'allowed', unasked: ['mcp_everything_echo', 'tides_forecast'] }),
};
