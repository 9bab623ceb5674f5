import { inOneLine, selectionContext, type Selection } from './explain.ts';

/** A problem that the editor reports in a selection. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  /** The program that found it, and its code there, as far as they are known. */
  readonly source: string | undefined;
  readonly code: string | undefined;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * A selection that is to be worked on, with what the model is told about how: the words of the question itself are the
 * person's own.
 */
export function workContext(selection: Selection, problems: readonly Problem[]): string {
  return [selectionContext(selection), ...(problems.length === 0 ? [] : [problemList(problems)]), howTo(selection)].join('\n\n');
}

function problemList(problems: readonly Problem[]): string {
  const lines = problems.slice(0, 20).map(({ severity, message, source, code, line }) => {
    const from = [source, code].filter((part) => part !== undefined).join(' ');
    return `- Line ${line}: ${severity}${from === '' ? '' : ` (${inOneLine(from)})`}: ${inOneLine(message)}`;
  });
  return `Problems that the editor reports there:\n${lines.join('\n')}`;
}

function howTo({ path, startLine, endLine }: Selection): string {
  const place = startLine === endLine ? `line ${startLine}` : `lines ${startLine} to ${endLine}`;
  return [
    `The person works in the editor and asks for a change to ${inOneLine(path)}, ${place}.`,
    `Make it with the tools, on exactly that path; use edit_file for changes to it. Read what you need first, and leave alone what the request does not concern.`,
    'The person reviews each change where it stands in the file, so do not repeat the code in your answer. End with one or two sentences; where no change is needed or possible, say why.',
  ].join(' ');
}
