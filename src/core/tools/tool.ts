import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import type { LocalText } from '../../protocol/localText.ts';
import type { Person } from '../agent/person.ts';
import type { Documents } from '../editor/documents.ts';
import type { Languages } from '../editor/languages.ts';
import type { Search } from '../editor/search.ts';
import type { SourceControl } from '../editor/sourceControl.ts';
import type { EditorWindow } from '../editor/window.ts';
import type { PathGuard } from '../guard/pathGuard.ts';
import type { Json } from '../json.ts';
import type { Files, Workspace } from '../ports.ts';
import { readArguments } from './arguments.ts';

/** What the model is told of a tool. `parameters` is JSON Schema, the same bytes every time. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly parameters: Json;
}

/** What a host may lack; a tool that needs it is not offered there. */
export interface OptionalPorts {
  readonly documents?: Documents | undefined;
  readonly search?: Search | undefined;
  readonly languages?: Languages | undefined;
  readonly editorWindow?: EditorWindow | undefined;
  readonly sourceControl?: SourceControl | undefined;
}

/** What a tool may use of the host. */
export interface ToolContext extends OptionalPorts {
  readonly workspace: Workspace;
  readonly files: Files;
  /** Every path that the model wrote goes through it. */
  readonly guard: PathGuard;
  /** Whom to ask, for this turn. */
  readonly person: Person;
  readonly signal: AbortSignal;
}

/** What the model is told: `refused` when nothing was done and the text says why and what to do instead. */
export interface ToolResult {
  readonly status: 'done' | 'refused';
  readonly text: string;
}

/** A call whose arguments fit the schema, ready to run. */
export interface CheckedCall {
  readonly summary: LocalText;
  run(context: ToolContext): Promise<ToolResult>;
}

export interface Tool extends ToolDefinition {
  /** `read` changes nothing; nobody knows what a tool of somebody else does. */
  readonly risk: 'read' | 'write' | 'unknown';
  /** What it cannot do without. */
  readonly needs: readonly (keyof OptionalPorts)[];
  /** Checks the model's arguments text; a refusal says what is wrong with it. Empty text counts as no arguments. */
  check(argumentsText: string): CheckedCall | ToolResult;
}

interface ToolRecord<Schema extends v.GenericSchema<object>, Needs extends keyof OptionalPorts> {
  readonly name: string;
  readonly description: string;
  readonly input: Schema;
  readonly risk: 'read' | 'write';
  readonly needs?: readonly Needs[];
  summary(input: v.InferOutput<Schema>): LocalText;
  run(input: v.InferOutput<Schema>, context: ToolContext & { readonly [Port in Needs]: NonNullable<ToolContext[Port]> }): Promise<ToolResult>;
}

/** A tool from one schema, which gives the JSON Schema, the type of the input, and the check. */
export function defineTool<Schema extends v.GenericSchema<object>, Needs extends keyof OptionalPorts = never>(record: ToolRecord<Schema, Needs>): Tool {
  const { $schema: _, ...parameters } = toJsonSchema(record.input, { errorMode: 'ignore' });
  return {
    name: record.name,
    description: record.description,
    parameters: parameters as Json,
    risk: record.risk,
    needs: record.needs ?? [],
    check(argumentsText) {
      const read = readArguments(argumentsText);
      if ('problem' in read) return refuse(`The arguments of ${record.name} must be one JSON object: ${read.problem}. Send the call again with valid JSON.`);
      const result = v.safeParse(record.input, read.value);
      if (!result.success) return refuse(`${record.name} was not run: ${result.issues.map(describeIssue).join('; ')}. Correct the arguments and call again.`);
      return {
        summary: record.summary(result.output),
        async run(context) {
          if (!hasAll(context, record.needs ?? [])) return refuse(`${record.name} cannot be used in this window.`);
          return record.run(result.output, context);
        },
      };
    },
  };
}

function hasAll<Needs extends keyof OptionalPorts>(context: ToolContext, needs: readonly Needs[]): context is ToolContext & { readonly [Port in Needs]: NonNullable<ToolContext[Port]> } {
  return needs.every((port) => context[port] !== undefined);
}

export function refuse(text: string): ToolResult {
  return { status: 'refused', text };
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? 'arguments'}: ${issue.message}`;
}
