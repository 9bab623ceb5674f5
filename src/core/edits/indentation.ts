/** The blanks that a line begins with. */
export function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}

/** An indentation as the model wrote it, in the file's way; undefined when it cannot be told what that would be. */
export type Reindent = (indent: string) => string | undefined;

/**
 * How the model's indentation becomes the file's, from lines that are the same but for it; undefined when it is not one
 * rule for all: everything further right or left by the same blanks, or tabs for spaces or spaces for tabs at one width.
 */
export function indentationRule(pairs: readonly { readonly written: string; readonly file: string }[]): Reindent | undefined {
  const [first] = pairs;
  if (first === undefined) return (indent) => indent;
  const further = first.file.slice(0, Math.max(0, first.file.length - first.written.length));
  if (pairs.every(({ written, file }) => file === further + written)) return (indent) => further + indent;
  const less = first.written.slice(0, Math.max(0, first.written.length - first.file.length));
  if (pairs.every(({ written, file }) => written === less + file)) return (indent) => (indent.startsWith(less) ? indent.slice(less.length) : undefined);

  const style = pairs.some(({ file }) => file.includes('\t')) ? 'tabs' : 'spaces';
  const rules = [2, 3, 4, 8].flatMap((width) => widthRule(pairs, width, style));
  const likely = rules.some(({ shift }) => shift === 0) ? rules.filter(({ shift }) => shift === 0) : rules;
  if (likely.length === 0) return undefined;
  return (indent) => {
    // Where several widths explain what was seen, all of them must say the same.
    const answers = new Set(likely.map(({ reindent }) => reindent(indent)));
    return answers.size === 1 ? [...answers][0] : undefined;
  };
}

type Style = 'tabs' | 'spaces';

function widthRule(pairs: readonly { readonly written: string; readonly file: string }[], width: number, style: Style): readonly { readonly shift: number; readonly reindent: Reindent }[] {
  const shifts = new Set(pairs.map(({ written, file }) => columnsOf(file, width) - columnsOf(written, width)));
  const [shift] = shifts;
  if (shifts.size !== 1 || shift === undefined || Number.isNaN(shift)) return [];
  const reindent = (indent: string): string | undefined => {
    const columns = columnsOf(indent, width) + shift;
    return columns >= 0 ? blanks(columns, width, style) : undefined;
  };
  return pairs.every(({ written, file }) => reindent(written) === file) ? [{ shift, reindent }] : [];
}

/** NaN for anything but tabs and then spaces. */
function columnsOf(indent: string, width: number): number {
  const tabs = indent.lastIndexOf('\t') + 1;
  return /^\t* *$/.test(indent) ? tabs * width + indent.length - tabs : Number.NaN;
}

function blanks(columns: number, width: number, style: Style): string {
  return style === 'spaces' ? ' '.repeat(columns) : '\t'.repeat(Math.floor(columns / width)) + ' '.repeat(columns % width);
}
