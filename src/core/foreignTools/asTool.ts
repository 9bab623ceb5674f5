import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { longestShown } from '../../protocol/longestShown.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import type { PermissionQuestion } from '../agent/person.ts';
import { isDeeper, type JsonObject } from '../json.ts';
import { readArguments } from '../tools/arguments.ts';
import { beginningOf, cutAt } from '../tools/cutAt.ts';
import { fence } from '../tools/fence.ts';
import { refuse, type Tool, type ToolContext, type ToolResult } from '../tools/tool.ts';
import { createInputCheck } from './checkInput.ts';
import { cleanText } from './cleanText.ts';
import type { ForeignTool, ForeignTools } from './foreignTools.ts';
import { plainSchema } from './plainSchema.ts';
import { resultText } from './resultText.ts';

/**
 * What a model is told of a tool, and may give it, at most, in characters; `levels` of arguments within one another.
 * `dialog`: a dialog shows so many whatever they are; it cuts the middle out of 300, and parts of them may get longer.
 */
export const foreignLimits = { description: 2000, input: 50_000, levels: 30, dialog: 200, error: 4000 } as const;

/** What is called, and where what is there now is seen. */
type Port = Pick<ForeignTools, 'invoke' | 'list'>;

/**
 * A tool of somebody else as one that a model can be offered, under a name that services take. Each call asks the person
 * first, and is refused where they could not be shown all of it, or where the tool is not any more what was offered.
 */
export function asTool(foreign: ForeignTool, wire: string, port: Port): Tool {
  const parameters = plainSchema(foreign.inputSchema);
  const problemsOf = createInputCheck(parameters);
  const identity = identityOf(foreign);
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
      const written = writtenOut(read.value);
      if (written === undefined) return refuse(`${wire} was not called: its arguments are too long, or too deep, to be shown to the person whole. Send less of them, in several calls if need be.`);
      const problems = problemsIn(read.value, problemsOf);
      if (problems.length > 0) return refuse(`${wire} was not called. ${fence('What is wrong with its arguments', cutAt(problems.join('\n'), foreignLimits.error))}\nCorrect the arguments and call again.`);
      return {
        summary: say('A tool of {0}', sourceName(foreign)),
        run: async (context) => call({ foreign, wire, port, input: read.value, written, identity }, context),
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
  readonly port: Port;
  readonly input: JsonObject;
  /** The same as the person reads it. */
  readonly written: string;
  readonly identity: string;
}

async function call(asked: ForeignCall, { person, signal }: Pick<ToolContext, 'person' | 'signal'>): Promise<ToolResult> {
  const { foreign, wire, port, input } = asked;
  const changed = refuse(`${wire} was not called: the tool has changed since it was offered to you, or is gone. Go on without it in this answer.`);
  if (!isStillThere(asked)) return changed;
  if (!(await person.allows(questionFor(asked), signal))) return refuse(`The person did not allow this call of ${wire}. Do not make it again: go on without it, or ask what they would like instead.`);
  // The question may have waited for as long as a person takes.
  if (!isStillThere(asked)) return changed;
  try {
    return { status: 'done', text: fence(`Result of ${wire}`, resultText(await port.invoke(foreign.name, input, signal))) };
  } catch (error) {
    signal.throwIfAborted();
    return refuse(`${wire} failed. ${fence('Its error', cutAt(error instanceof Error ? error.message : String(error), foreignLimits.error))}`);
  }
}

/** Whether its name still means what was offered; a list that cannot be had is no yes. */
function isStillThere({ foreign, port, identity }: ForeignCall): boolean {
  try {
    const now = port.list().find(({ name }) => name === foreign.name);
    return now !== undefined && identityOf(now) === identity;
  } catch {
    return false;
  }
}

/** What makes it this tool and no other: all that its owner says of it and that a model is told. */
function identityOf({ name, source, description, inputSchema }: ForeignTool): string {
  return JSON.stringify([name, source.kind, source.label, description, plainSchema(inputSchema)]);
}

/** Arguments as the card shows them, whole; undefined where it would not. */
function writtenOut(input: JsonObject): string | undefined {
  if (isDeeper(input, foreignLimits.levels)) return undefined;
  return [JSON.stringify(input, undefined, 2), JSON.stringify(input)].find(({ length }) => length <= longestShown);
}

/** The same in the dialog: whole, or with the word that it is not. */
function inShort(input: JsonObject): LocalText {
  const line = showHidden(JSON.stringify(input));
  if (line.length <= foreignLimits.dialog) return say('With {0}', line);
  return say('With {0} characters of arguments. Read all of them on the card in the panel before you allow this; they begin with {1}', line.length, `${beginningOf(line, foreignLimits.dialog)}…`);
}

/** What the person is asked. It is remembered for exactly the tool that it was asked about: one that changes is asked about again (docs/safety.md B4). */
function questionFor({ foreign, input, written, identity }: ForeignCall): PermissionQuestion {
  const [name, source] = [shownName(foreign.name), sourceName(foreign)];
  return {
    text: say('Let the model call {0} of {1}?', name, source),
    reasons: [say('It is no tool of Rivulet\'s: it may read, change or send anything, whatever it says of itself.')],
    data: { text: written, inShort: inShort(input) },
    forChat: {
      key: identity,
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
