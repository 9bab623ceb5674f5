import type { Person } from '../../../src/core/agent/person.ts';
import { createPathGuard, type PathGuardOptions } from '../../../src/core/guard/pathGuard.ts';
import type { Files, Workspace } from '../../../src/core/ports.ts';
import type { OptionalPorts, ToolContext } from '../../../src/core/tools/tool.ts';
import { memoryFiles } from './memoryFiles.ts';
import { workspaceOf } from './workspaces.ts';

/** Says no to everything. */
export const nobody: Person = {
  allows: async () => false,
  review: async () => ({ decision: 'rejected', problem: undefined, files: [] }),
};

export interface ContextOptions extends OptionalPorts {
  readonly workspace?: Workspace;
  readonly files?: Files;
  readonly person?: Person;
  readonly guardOptions?: PathGuardOptions;
  readonly signal?: AbortSignal;
}

/** What a tool works with in a test: an empty folder `/w` and nobody to ask, unless something else is given. */
export function toolContext({ workspace = workspaceOf('/w'), files = memoryFiles({ '/w': { folder: true } }), person = nobody, guardOptions, signal = new AbortController().signal, ...ports }: ContextOptions = {}): ToolContext {
  return { workspace, files, guard: createPathGuard(workspace, files, guardOptions), person, signal, ...ports };
}
