import { say } from '../../protocol/localText.ts';
import type { ToolPicker } from '../../protocol/toolsView.ts';
import type { ViewStore } from '../chat/viewStore.ts';
import type { Log } from '../ports.ts';
import type { Tool } from '../tools/tool.ts';
import { tools as ownTools } from '../tools/tools.ts';
import { asTool } from './asTool.ts';
import type { ForeignTool, ForeignTools } from './foreignTools.ts';
import { pickerGroups } from './pickerGroups.ts';
import { isNothingChosen, mostTools, nothingChosen, switchForeign, switchOwn, type ToolChoice } from './toolChoice.ts';

/** The tools of the chat that is shown: which there are, which are on, and what a request offers of them. */
export interface Toolbox {
  /** Another chat is shown, with these. */
  take(choice: ToolChoice | undefined): void;
  /** Opens the choice of tools. */
  open(): void;
  close(): void;
  /** Looks again at what there is: others say nothing when their tools come or go. */
  refresh(): void;
  /** Switches tools on or off by the ids of the choice; ids of nothing are passed over. More than a service takes are refused, and the choice says so. */
  choose(ids: readonly string[], isOn: boolean): void;
  /** What the next request may offer: the names of own tools that are off, and others' in their order. */
  offered(): ChosenTools;
}

export interface ChosenTools {
  readonly off: ReadonlySet<string>;
  readonly foreign: readonly Tool[];
}

export interface ToolboxParts {
  readonly store: ViewStore;
  /** Undefined where the host knows no tools of others. */
  readonly port: ForeignTools | undefined;
  /** Whether the window has what an own tool needs. */
  readonly isUsable: (tool: Tool) => boolean;
  readonly access: () => ToolPicker['access'];
  /** Keeps the choice with the chat. */
  readonly keep: (choice: ToolChoice | undefined) => void;
  readonly log: Log;
}

const ownNames = ownTools.map(({ name }) => name);

export function createToolbox({ store, port, isUsable, access, keep, log }: ToolboxParts): Toolbox {
  let choice = nothingChosen;
  /** By what it was made of: a tool that stays the same stays the same object, which is counted once. */
  const made = new Map<string, Tool>();

  function list(): readonly ForeignTool[] {
    try {
      return port?.list() ?? [];
    } catch (error) {
      log.warn(`The tools of others could not be listed: ${String(error)}`);
      return [];
    }
  }

  function make(foreign: ForeignTool, wire: string, from: ForeignTools): Tool {
    const key = JSON.stringify([wire, foreign]);
    const tool = made.get(key) ?? asTool(foreign, wire, from);
    if (made.size > 4 * mostTools) made.clear();
    made.set(key, tool);
    return tool;
  }

  function offered(there = list()): ChosenTools {
    const own = ownNames.filter((name) => !choice.off.includes(name)).length;
    const foreign = choice.foreign.flatMap(({ name, wire, isOn }) => {
      const found = isOn ? there.find((tool) => tool.name === name) : undefined;
      return found === undefined || port === undefined ? [] : [make(found, wire, port)];
    });
    return { off: new Set(choice.off), foreign: foreign.slice(0, mostTools - own) };
  }

  function publish({ refusal, isChosen = false }: { readonly refusal?: ToolPicker['refusal']; readonly isChosen?: boolean } = {}): void {
    const there = list();
    const { foreign } = offered(there);
    const on = foreign.length + ownTools.filter((tool) => !choice.off.includes(tool.name) && isUsable(tool)).length;
    const tools = { on, foreign: foreign.length };
    // Others may be as many.
    if (isChosen || JSON.stringify(tools) !== JSON.stringify(store.state.tools)) store.publish({ type: 'tools-changed', tools });
    const before = store.state.toolPicker;
    if (before === undefined) return;
    const picker: ToolPicker = { groups: pickerGroups({ choice, there, isUsable }), on, most: mostTools, access: access(), refusal };
    // What was pressed is told of each time, or the page would go on to show it though it was not granted.
    if (isChosen || JSON.stringify(picker) !== JSON.stringify(before)) store.publish({ type: 'tool-picker-changed', picker });
  }

  return {
    take(taken) {
      choice = taken ?? nothingChosen;
      publish({ isChosen: true });
    },
    open() {
      store.publish({ type: 'tool-picker-changed', picker: { groups: [], on: 0, most: mostTools, access: access(), refusal: undefined } });
      publish();
    },
    close() {
      if (store.state.toolPicker !== undefined) store.publish({ type: 'tool-picker-changed', picker: undefined });
    },
    refresh: () => publish({ refusal: store.state.toolPicker?.refusal }),
    choose(ids, isOn) {
      const own = ownNames.filter((name) => ids.includes(`own.${name}`));
      const known = new Set([...list(), ...choice.foreign].map(({ name }) => name));
      const foreign = ids.flatMap((id) => (id.startsWith('other.') && known.has(id.slice('other.'.length)) ? [id.slice('other.'.length)] : []));
      const next = switchForeign(switchOwn(choice, own, isOn), foreign, { isOn, taken: ownNames });
      const count = countOf(next);
      if (isOn && count > mostTools && count > countOf(choice)) return publish({ refusal: say('That would make {0} tools, and services take at most {1}. Switch others off first.', count, mostTools), isChosen: true });
      choice = next;
      keep(isNothingChosen(next) ? undefined : next);
      publish({ isChosen: true });
    },
    offered: () => offered(),
  };
}

/** Those that are not there now are counted too: they may be there when it is asked. */
function countOf({ off, foreign }: ToolChoice): number {
  return ownNames.filter((name) => !off.includes(name)).length + foreign.filter(({ isOn }) => isOn).length;
}
