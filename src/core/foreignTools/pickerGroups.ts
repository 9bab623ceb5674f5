import { say } from '../../protocol/localText.ts';
import type { ToolEntry, ToolGroup } from '../../protocol/toolsView.ts';
import { cutAt } from '../tools/cutAt.ts';
import type { Tool } from '../tools/tool.ts';
import { tools as ownTools } from '../tools/tools.ts';
import { toolWords } from '../tools/toolWords.ts';
import { shownName, sourceText } from './asTool.ts';
import type { ForeignTool } from './foreignTools.ts';
import type { ToolChoice } from './toolChoice.ts';

/** How many tools of others are shown, and how much of what they say of themselves. */
const most = { tools: 2000, description: 400 } as const;

export interface PickerParts {
  readonly choice: ToolChoice;
  /** The tools of others that are there. */
  readonly there: readonly ForeignTool[];
  readonly isUsable: (tool: Tool) => boolean;
}

/** The tools to choose from: own ones first, then others' by who offers them, last those that were chosen and have gone. */
export function pickerGroups({ choice, there, isUsable }: PickerParts): readonly ToolGroup[] {
  const own = (risk: Tool['risk']): readonly ToolEntry[] =>
    ownTools.filter((tool) => tool.risk === risk).map((tool) => ({ id: `own.${tool.name}`, name: tool.name, description: toolWords[tool.name] ?? '', isOn: !choice.off.includes(tool.name), state: isUsable(tool) ? 'ready' : 'not-here' }));
  const isOn = new Set(choice.foreign.filter((tool) => tool.isOn).map(({ name }) => name));
  const bySource = Map.groupBy(there.slice(0, most.tools), ({ source }) => `${source.kind} ${source.label}`);
  const foreign = [...bySource.entries()]
    .map(([id, tools]): ToolGroup => ({
      id,
      label: sourceText(tools[0] ?? { source: { kind: 'editor', label: '' } }),
      isForeign: true,
      tools: tools.map(({ name, description }): ToolEntry => ({ id: `other.${name}`, name: shownName(name), description: cutAt(description.trim(), most.description), isOn: isOn.has(name), state: 'ready' })).toSorted(byName),
    }))
    .toSorted((one, other) => compare(one.id, other.id));
  const names = new Set(there.map(({ name }) => name));
  const gone = [...isOn].filter((name) => !names.has(name)).map((name): ToolEntry => ({ id: `other.${name}`, name: shownName(name), description: '', isOn: true, state: 'gone' }));
  return [
    { id: 'own.read', label: say('Reading'), isForeign: false, tools: own('read') },
    { id: 'own.write', label: say('Changing files, each change reviewed'), isForeign: false, tools: own('write') },
    ...foreign,
    ...(gone.length > 0 ? [{ id: 'gone', label: say('Not there now'), isForeign: true, tools: gone }] : []),
  ];
}

function byName(one: ToolEntry, other: ToolEntry): number {
  return compare(one.name, other.name);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
