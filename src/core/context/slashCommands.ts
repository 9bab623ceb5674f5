import { say, type LocalText } from '../../protocol/localText.ts';

/**
 * What a command that begins with a slash does. `works` says on what: `code` takes the chips, or else the selection, or, with
 * no words behind it, the open file; `changes` and `staged` take the working tree's diff. One without an instruction asks the
 * model nothing.
 */
export interface SlashCommand {
  readonly name: string;
  readonly description: LocalText;
  readonly works: 'code' | 'changes' | 'staged' | 'none';
  /** What the model is told, besides the person's words. */
  readonly instruction: string | undefined;
}

/** In the order in which they are offered. */
export const slashCommands: readonly SlashCommand[] = [
  {
    name: 'explain',
    description: say('Explain the selection or what is attached'),
    works: 'code',
    instruction: 'Explain the code for somebody who has to work with it: first what it is for, then how it does it, then what is surprising or could go wrong. Change nothing.',
  },
  {
    name: 'fix',
    description: say('Find and repair what is wrong in it'),
    works: 'code',
    instruction: 'Find what is wrong in the code and repair it. Look at the problems that the editor reports there. Name the cause before the change, and make the smallest change that removes it.',
  },
  {
    name: 'tests',
    description: say('Write tests for it'),
    works: 'code',
    instruction: 'Write tests for the code. Look first at how the project tests already (framework, folders, names) and do as it does. Cover the usual case, the edges and what must fail; each test must be able to fail.',
  },
  {
    name: 'doc',
    description: say('Document it'),
    works: 'code',
    instruction: 'Document the code with comments in the way of its language and of the project: what each exported thing promises, units and errors, and only where it is not obvious, why. Change no behaviour.',
  },
  {
    name: 'refactor',
    description: say('Make it clearer without changing what it does'),
    works: 'code',
    instruction: 'Refactor the code: make it clearer and simpler without changing what it does. Look for its callers before changing what they see. Say what was gained.',
  },
  {
    name: 'review',
    description: say('Review the changes in the working tree'),
    works: 'changes',
    instruction: 'Review the attached changes like a careful colleague. List findings with the gravest first, each with file and line, what goes wrong and in which case, and what to do. Look at code around the changes where it decides. Say nothing of taste; if nothing is wrong, say so. Change nothing.',
  },
  {
    name: 'commit',
    description: say('Write a commit message into the Source Control box'),
    works: 'staged',
    instruction: 'Write the message for a commit of the attached changes: a subject of at most 72 characters in the imperative, and where it needs one an empty line and a body that says why. In English, unless the person asks otherwise. Answer with the message alone: no introduction, no quotation marks, no code block. Make no changes and call no tools.',
  },
  { name: 'compact', description: say('Summarise the chat to make room'), works: 'none', instruction: undefined },
  { name: 'new', description: say('Start a new chat'), works: 'none', instruction: undefined },
];

/** A question that begins with a slash and a word: the word, and what follows it. */
export interface Slash {
  readonly name: string;
  readonly rest: string;
}

/** `/fix the loop` is `fix` and `the loop`; undefined for other text, a path such as `/etc/hosts` among it. */
export function readSlash(text: string): Slash | undefined {
  const match = /^\s*\/([\p{L}\p{N}][\p{L}\p{N}_-]{0,63})(?:\s+([^]*))?$/u.exec(text);
  return match === null ? undefined : { name: match[1] ?? '', rest: (match[2] ?? '').trim() };
}

export function findCommand(name: string): SlashCommand | undefined {
  return slashCommands.find((command) => command.name === name.toLowerCase());
}

/** What goes out with a question that begins with a command; the words of the question itself stay the person's own. */
export function commandText({ name }: SlashCommand, instruction: string): string {
  const tools = 'Make changes with the tools where they are offered, otherwise show them in code blocks.';
  const place = 'It is about what is attached to this message; words of the person behind the command say more precisely what they want and come first.';
  return `The person used the command /${name}. ${instruction} ${place} ${tools}`;
}

/** Characters of a commit message; a longer one was not meant as one. */
const longestMessage = 20_000;

/** A model's commit message without what it was asked to leave out: a code block around it, quotation marks, blank lines. */
export function commitMessageIn(answer: string): string {
  const lines = answer.slice(0, longestMessage).trim().split('\n');
  const fence = /^(?:`{3,}|~{3,})/.exec(lines[0] ?? '')?.[0];
  const isFenced = fence !== undefined && lines.length > 1 && lines.at(-1) === fence;
  const plain = (isFenced ? lines.slice(1, -1) : lines).join('\n').trim();
  const quoted = /^(["“'「])([^\n]+)(["”'」])$/.exec(plain);
  return quoted?.[2] ?? plain;
}
