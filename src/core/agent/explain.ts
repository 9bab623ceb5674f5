import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { fence } from '../tools/fence.ts';

/** A selection in an editor and what surrounds it. */
export interface Selection {
  /** Relative to the workspace, or the name of an unsaved document. */
  readonly path: string;
  /** VS Code's language id. */
  readonly language: string;
  /** First and last line, counted from 1. */
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
  /** The names of the symbols around it, outermost first. */
  readonly symbols: readonly string[];
  /** Lines directly above and below the selection. */
  readonly before: string;
  readonly after: string;
}

/** A name from the workspace as part of a sentence: whoever chose it can neither begin a line of their own nor hide anything. */
export function inOneLine(name: string): string {
  const line = showHidden(name).replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

/** How the person sees a selection: `src/a.ts:3-9`. */
export function selectionLabel({ path, startLine, endLine }: Selection): string {
  const shown = inOneLine(path);
  return startLine === endLine ? `${shown}:${startLine}` : `${shown}:${startLine}-${endLine}`;
}

/** The text in which a selection goes out: where it stands, the selection itself, and the lines around it. */
export function selectionContext(selection: Selection): string {
  const { path, language, startLine, endLine, symbols } = selection;
  const place = [
    `File: ${inOneLine(path)}`,
    `Language: ${language}`,
    startLine === endLine ? `Line: ${startLine}` : `Lines: ${startLine} to ${endLine}`,
    ...(symbols.length > 0 ? [`Inside: ${symbols.map(inOneLine).join(' > ')}`] : []),
  ];
  const parts = [
    place.join('\n'),
    fence('Selected text', `\`\`\`${language}\n${showHidden(selection.text)}\n\`\`\``),
    ...(selection.before === '' ? [] : [fence('Lines above', showHidden(selection.before))]),
    ...(selection.after === '' ? [] : [fence('Lines below', showHidden(selection.after))]),
  ];
  return parts.join('\n\n');
}
