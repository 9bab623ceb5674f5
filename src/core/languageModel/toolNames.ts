import type { ToolDefinition } from '../tools/tool.ts';

/** The tools of one request under names that every service takes, and the way back. */
export interface NamedTools {
  readonly tools: readonly ToolDefinition[];
  /** The name on the wire of a tool of the history or of this request. */
  wire(name: string): string;
  /** The name that the caller gave. */
  original(wireName: string): string;
}

/** Names of letters, digits, underscores and hyphens, 64 at most, each once (the services' pages); those that fit stay. */
export function nameTools(tools: readonly ToolDefinition[]): NamedTools {
  const names = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const { name } of tools.toSorted((one, other) => Number(!fits(one.name)) - Number(!fits(other.name)))) {
    if (names.has(name)) continue;
    const plain = plainName(name);
    let own = plain;
    for (let number = 2; taken.has(own); number += 1) own = `${plain.slice(0, 60)}_${number}`;
    names.set(name, own);
    taken.set(own, name);
  }
  const wire = (name: string): string => names.get(name) ?? plainName(name);
  const first = tools.filter(({ name }, index) => tools.findIndex((each) => each.name === name) === index);
  return { tools: first.map((tool) => ({ ...tool, name: wire(tool.name) })), wire, original: (wireName) => taken.get(wireName) ?? wireName };
}

function fits(name: string): boolean {
  return plainName(name) === name;
}

function plainName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64) || 'unnamed';
}
