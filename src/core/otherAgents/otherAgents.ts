import type { LocalText } from '../../protocol/localText.ts';
import { abortable } from '../abortable.ts';
import type { Person } from '../agent/person.ts';
import type { Log, Workspace } from '../ports.ts';
import { refuse, type CheckedCall, type Tool, type ToolContext, type ToolResult } from '../tools/tool.ts';
import { tools } from '../tools/tools.ts';
import { fitTokens, type TokenBudget } from './fitTokens.ts';
import { outsideName, withOutsideNames } from './toolNames.ts';

/** The tools as agents beside this one use them: VS Code's chat, other extensions. Nothing of a chat of ours is involved. */
export interface OtherAgents {
  /** What a call would do; undefined when it would be refused at once. Changes nothing and asks nobody: {@link call} does. */
  describe(name: string, input: unknown): LocalText | undefined;
  /** What the other agent is told, whatever happens; throws nothing but the signal's reason. */
  call(name: string, input: unknown, options: CallOptions): Promise<string>;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  readonly budget?: TokenBudget | undefined;
}

export interface OtherAgentsParts {
  /** With a guard that knows nothing of what was offered to a chat of ours. */
  readonly ports: Omit<ToolContext, 'signal' | 'person'>;
  /** Whom to ask; not by a card in the panel, where nobody may look. */
  readonly person: Person;
  readonly log: Log;
}

/** Changes that wait for the person at the same time: more are a fault of whoever calls. */
export const mostWaiting = 16;

export function createOtherAgents({ ports, person, log }: OtherAgentsParts): OtherAgents {
  const { workspace } = ports;
  let waiting = 0;

  async function run(tool: Tool, checked: CheckedCall, signal: AbortSignal): Promise<ToolResult> {
    if (tool.risk === 'read') return attempt(tool, async () => checked.run({ ...ports, person, signal }), signal);
    if (waiting >= mostWaiting) return refuse(`${tool.name} was not run: ${mostWaiting} changes wait for the person already. Wait until they are decided.`);
    waiting += 1;
    try {
      return await attempt(tool, async () => checked.run({ ...ports, person, signal }), signal);
    } finally {
      waiting -= 1;
    }
  }

  return {
    describe(name, input) {
      const tool = find(name);
      const checked = tool === undefined || closed(tool, workspace) !== undefined ? undefined : tool.check(textOf(input));
      return checked !== undefined && 'run' in checked ? checked.summary : undefined;
    },
    async call(name, input, { signal, budget }) {
      signal.throwIfAborted();
      const tool = find(name);
      if (tool === undefined) return `There is no tool named "${name.slice(0, 100)}".`;
      const checked = closed(tool, workspace) ?? tool.check(textOf(input));
      const { status, text } = 'run' in checked ? await run(tool, checked, signal) : checked;
      log.info(`${name} for another agent: ${status}.`);
      const told = withOutsideNames(text);
      return budget === undefined ? told : fitTokens(told, budget);
    },
  };
}

function find(outside: string): Tool | undefined {
  return tools.find(({ name }) => outsideName(name) === outside);
}

/** The text of the arguments, as a model would have written it: other agents go through the same check. */
function textOf(input: unknown): string {
  try {
    return JSON.stringify(input) ?? '';
  } catch {
    // What goes round in a circle is no object of arguments.
    return '0';
  }
}

/** Why no tool runs in this window (docs/safety.md A5, B15). */
function closed({ name }: Tool, workspace: Workspace): ToolResult | undefined {
  if (!workspace.isTrusted()) return refuse(`${name} was not run: this window is in Restricted Mode, because the person has not trusted its folder. Go on without this tool, or tell the person, who can trust the folder ("Workspaces: Manage Workspace Trust").`);
  if (workspace.folders().length === 0) return refuse(`${name} was not run: no folder in which it could work is open in this window. Go on without this tool, or ask the person to open the folder.`);
  return undefined;
}

async function attempt({ name }: Tool, action: () => Promise<ToolResult>, signal: AbortSignal): Promise<ToolResult> {
  try {
    return await abortable(action, signal);
  } catch (error) {
    signal.throwIfAborted();
    return refuse(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
