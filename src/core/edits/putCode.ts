import { shifted } from './codeRegion.ts';
import { indentOf } from './indentation.ts';

/** A place in a text, both counted from 0. */
export interface Spot {
  readonly line: number;
  readonly character: number;
}

/** The text with the block in place of what is selected, as far indented as that was. */
export function putOverSelection(text: string, code: readonly string[], { start, end }: { readonly start: Spot; readonly end: Spot }): string {
  const lines = text.split('\n');
  const [first, last] = [lines[start.line] ?? '', lines[end.line] ?? ''];
  const before = first.slice(0, start.character);
  const written = shifted(code, { written: indentOf(code[0] ?? ''), wanted: indentOf(first) });
  // The indentation stands there already where the selection begins behind it.
  const block = [before.trim() === '' ? (written[0] ?? '') : before + (written[0] ?? '').trimStart(), ...written.slice(1)];
  const rest = last.slice(end.character);
  const isWholeLines = end.character === 0 && end.line > start.line;
  const tail = isWholeLines ? lines.slice(end.line) : [`${block.pop() ?? ''}${rest}`, ...lines.slice(end.line + 1)];
  return [...lines.slice(0, start.line), ...block, ...tail].join('\n');
}

/** The text with the block under the line of the cursor, or in place of that line where it is blank. */
export function putAtCursor(text: string, code: readonly string[], { line }: Spot): string {
  const lines = text.split('\n');
  const current = lines[line] ?? '';
  const written = shifted(code, { written: indentOf(code[0] ?? ''), wanted: indentOf(current) });
  const isBlank = current.trim() === '';
  const isLast = isBlank && line === lines.length - 1;
  return [...lines.slice(0, isBlank ? line : line + 1), ...written, ...(isLast ? [''] : []), ...lines.slice(line + 1)].join('\n');
}

/** The block as a whole file: it ends with a line end. */
export function asWholeFile(code: readonly string[]): string {
  return `${code.join('\n')}\n`;
}
