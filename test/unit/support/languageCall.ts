import type { Person, PermissionQuestion, ReviewOutcome } from '../../../src/core/agent/person.ts';
import type { Proposal } from '../../../src/core/edits/change.ts';
import type { OptionalPorts, Tool, ToolContext, ToolResult } from '../../../src/core/tools/tool.ts';
import { fakeGuard } from './fakeGuard.ts';
import { fakeLanguages } from './fakeLanguages.ts';
import { memoryDocuments, type Given } from './memoryDocuments.ts';
import { memoryFiles } from './memoryFiles.ts';
import { workspaceOf } from './workspaces.ts';

/** A person who has made up their mind, and what they were asked. */
export interface ScriptedPerson extends Person {
  readonly questions: PermissionQuestion[];
  readonly proposals: Proposal[];
}

export function scriptedPerson({ allows = false, decision = 'accepted' }: { readonly allows?: boolean; readonly decision?: ReviewOutcome['decision'] } = {}): ScriptedPerson {
  const questions: PermissionQuestion[] = [];
  const proposals: Proposal[] = [];
  return {
    questions,
    proposals,
    async allows(question) {
      questions.push(question);
      return allows;
    },
    async review(proposal) {
      proposals.push(proposal);
      return { decision, problem: undefined, files: proposal.changes.map(({ place }) => ({ display: place.display, applied: decision === 'accepted' ? 1 : 0, rejected: [] })) };
    },
  };
}

export interface CallOptions extends OptionalPorts {
  readonly texts?: { readonly [path: string]: Given };
  readonly person?: Person;
  readonly signal?: AbortSignal;
}

/** Calls a tool in the folder `/w` of the fake guard. */
export async function callTool(tool: Tool, input: object, { texts = {}, person = scriptedPerson(), signal = new AbortController().signal, ...ports }: CallOptions = {}): Promise<ToolResult> {
  const checked = tool.check(JSON.stringify(input));
  if (!('run' in checked)) return checked;
  const context: ToolContext = { workspace: workspaceOf('/w'), files: memoryFiles({}), guard: fakeGuard(), person, signal, documents: memoryDocuments(texts), languages: fakeLanguages(), ...ports };
  return checked.run(context);
}
