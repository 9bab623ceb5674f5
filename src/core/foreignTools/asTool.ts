import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import type { PermissionQuestion } from '../agent/person.ts';
import type { Json, JsonObject } from '../json.ts';
import { readArguments } from '../tools/arguments.ts';
import { cutAt } from '../tools/cutAt.ts';
import { fence } from '../tools/fence.ts';
import { refuse, type Tool, type ToolContext, type ToolResult } from '../tools/tool.ts';
import { createInputCheck } from './checkInput.ts';
import { cleanText } from './cleanText.ts';
import type { ForeignTool, ForeignTools } from './foreignTools.ts';
import { plainSchema } from './plainSchema.ts';
import { resultText } from './resultText.ts';

/** What a model is told of a tool, and may give it, at most, in characters. */
export const foreignLimits = { description: 2000, input: 50_000, error: 4000 } as const;

/** A tool of somebody else as one that a model can be offered, under a name that services take. Each call asks the person first. */
export function asTool(foreign: ForeignTool, wire: string, port: Pick<ForeignTools, 'invoke'>): Tool {
  const parameters = plainSchema(foreign.inputSchema);
  const problemsOf = createInputCheck(parameters);
  return {
    name: wire,
    description: cleanText(foreign.description, foreignLimits.description),
    parameters,
    risk: 'unknown',
    needs: [],
    check(argumentsText) {
      if (argumentsText.length > foreignLimits.input) return refuse(`${wire} was not called: its arguments may have at most ${foreignLimits.input} characters.`);
      const read = readArguments(argumentsText);
      if ('problem' in read) return refuse(`The arguments of ${wire} must be one JSON object: ${read.problem}. Send the call again with valid JSON.`);
      const problems = problemsIn(read.value, problemsOf);
      if (problems.length > 0) return refuse(`${wire} was not called. ${fence('What is wrong with its arguments', cutAt(problems.join('\n'), foreignLimits.error))}\nCorrect the arguments and call again.`);
      return {
        summary: say('A tool of {0}', sourceName(foreign)),
        run: async (context) => call({ foreign, wire, port, input: read.value, parameters }, context),
      };
    },
  };
}

/** A check that fails is no check that was passed. */
function problemsIn(input: JsonObject, problemsOf: (input: JsonObject) => readonly string[]): readonly string[] {
  try {
    return problemsOf(input);
  } catch {
    return ['arguments: they could not be checked.'];
  }
}

interface ForeignCall {
  readonly foreign: ForeignTool;
  readonly wire: string;
  readonly port: Pick<ForeignTools, 'invoke'>;
  readonly input: JsonObject;
  readonly parameters: Json;
}

async function call({ foreign, wire, port, input, parameters }: ForeignCall, { person, signal }: Pick<ToolContext, 'person' | 'signal'>): Promise<ToolResult> {
  if (!(await person.allows(questionFor(foreign, input, parameters), signal))) return refuse(`The person did not allow this call of ${wire}. Do not make it again: go on without it, or ask what they would like instead.`);
  try {
    return { status: 'done', text: fence(`Result of ${wire}`, resultText(await port.invoke(foreign.name, input, signal))) };
  } catch (error) {
    signal.throwIfAborted();
    return refuse(`${wire} failed. ${fence('Its error', cutAt(error instanceof Error ? error.message : String(error), foreignLimits.error))}`);
  }
}

/** What the person is asked. It is remembered for exactly the tool that it was asked about: one that changes is asked about again (safety.md B4). */
function questionFor(foreign: ForeignTool, input: JsonObject, parameters: Json): PermissionQuestion {
  const [name, source] = [shownName(foreign.name), sourceName(foreign)];
  const written = JSON.stringify(input, undefined, 2);
  return {
    text: say('Let the model call {0} of {1}?', name, source),
    reasons: [say('It is no tool of Rivulet\'s: it may read, change or send anything, whatever it says of itself.')],
    data: { text: written, inShort: say('With {0}', showHidden(JSON.stringify(input))) },
    forChat: {
      key: JSON.stringify([foreign.name, foreign.source.kind, foreign.source.label, foreign.description, parameters]),
      label: name,
      text: say('Let the model call {0} of {1} in this chat without asking?', name, source),
      details: [say('It may then be called as often as the model likes, with whatever the model writes. The permission ends with the chat, and when the tool changes.')],
    },
  };
}

/** A tool's name as the person sees it. */
export function shownName(name: string): string {
  return showHidden(name.slice(0, 200));
}

/** Who offers a tool, in a word or two; these names are not translated. */
function sourceName({ source }: ForeignTool): string {
  const label = showHidden(source.label.slice(0, 100)).trim();
  switch (source.kind) {
    case 'extension':
      return label === '' ? '?' : label;
    case 'server':
      return label === '' ? 'MCP' : `MCP: ${label}`;
    case 'editor':
      return 'VS Code';
  }
}

/** The same for a heading. */
export function sourceText(tool: Pick<ForeignTool, 'source'>): LocalText {
  const label = showHidden(tool.source.label.slice(0, 100)).trim();
  switch (tool.source.kind) {
    case 'extension':
      return label === '' ? say('Other extensions') : say('Extension: {0}', label);
    case 'server':
      return label === '' ? say('MCP servers') : say('MCP server: {0}', label);
    case 'editor':
      return say('VS Code and others');
  }
}
