import { asObject, asObjects } from '../json.ts';
import { wireName, wireNames } from './wireName.ts';

/** Which tools a chat has. What is not named here is as in a new chat: own tools are on, those of others off. */
export interface ToolChoice {
  /** Names of own tools that are off. */
  readonly off: readonly string[];
  /** Tools of others in the order in which they were first chosen, which is that of requests. */
  readonly foreign: readonly ChosenTool[];
}

/** A tool of others that was chosen. One that was switched off again keeps its place and its name. */
export interface ChosenTool {
  /** What its owner calls it. */
  readonly name: string;
  /** What the model calls it, for as long as the chat lasts. */
  readonly wire: string;
  readonly isOn: boolean;
}

/** How many tools a service takes in a request. */
export const mostTools = 128;

/** What is kept of a choice at most. */
const kept = { entries: 1000, name: 500 } as const;

export const nothingChosen: ToolChoice = { off: [], foreign: [] };

/** The choice after own tools were switched on or off. */
export function switchOwn(choice: ToolChoice, names: readonly string[], isOn: boolean): ToolChoice {
  const others = choice.off.filter((name) => !names.includes(name));
  return { ...choice, off: isOn ? others : [...others, ...names] };
}

/** The choice after tools of others were switched on or off; `taken` are names of own tools. */
export function switchForeign(choice: ToolChoice, names: readonly string[], { isOn, taken }: { readonly isOn: boolean; readonly taken: Iterable<string> }): ToolChoice {
  const known = new Set(choice.foreign.map(({ name }) => name));
  const wires = new Set([...taken, ...choice.foreign.map(({ wire }) => wire)]);
  const foreign = choice.foreign.map((tool) => (names.includes(tool.name) ? { ...tool, isOn } : tool));
  for (const name of isOn ? new Set(names) : []) {
    if (known.has(name) || foreign.length >= kept.entries) continue;
    const wire = wireName(name, wires);
    wires.add(wire);
    foreign.push({ name, wire, isOn });
  }
  return { ...choice, foreign };
}

/** Whether a chat has the tools of a new chat. */
export function isNothingChosen({ off, foreign }: ToolChoice): boolean {
  return off.length === 0 && foreign.length === 0;
}

/** A choice as it was kept, of which what cannot be read is left out. */
export function readToolChoice(stored: unknown, taken: Iterable<string>): ToolChoice {
  const object = asObject(stored);
  const off = Array.isArray(object?.['off']) ? object['off'].filter(isName).slice(0, kept.entries) : [];
  const names = new Set<string>();
  const wires = new Set(taken);
  const foreign: ChosenTool[] = [];
  for (const { name, wire, isOn } of asObjects(object?.['foreign']).slice(0, kept.entries)) {
    if (!isName(name) || names.has(name)) continue;
    names.add(name);
    const known = typeof wire === 'string' && wireNames.test(wire) && !wires.has(wire) ? wire : wireName(name, wires);
    wires.add(known);
    foreign.push({ name, wire: known, isOn: isOn === true });
  }
  return { off: [...new Set(off)], foreign };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= kept.name;
}
