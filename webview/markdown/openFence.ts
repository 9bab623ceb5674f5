import { readInfo } from './fenceInfo.ts';

/** A fenced block of code that has not been closed yet. */
export interface OpenFence {
  readonly language: string;
  /** The path of the file that it names. */
  readonly path: string | undefined;
  /** Takes more text and says what it adds to the code; `rest` is what follows the closing fence, once there is one. */
  add(text: string): { readonly code: string; readonly rest: string | undefined };
}

const opening = /^( {0,3})(`{3,}|~{3,})/;

/**
 * Reads the opening line at the head of `text`; undefined when there is none, or it is not whole yet. A long block of
 * code is read once, line by line, instead of being parsed again with each piece that comes.
 */
export function openFence(text: string): { readonly fence: OpenFence; readonly bodyFrom: number } | undefined {
  const lineEnd = text.indexOf('\n');
  const line = text.slice(0, Math.max(0, lineEnd));
  const match = opening.exec(line);
  if (match === null) return undefined;
  const [head, indent = '', mark = ''] = match;
  const info = line.slice(head.length);
  if (mark.startsWith('`') && info.includes('`')) return undefined;
  return { fence: { ...readInfo(info), add: createReader(indent.length, mark) }, bodyFrom: lineEnd + 1 };
}

function createReader(indent: number, mark: string): OpenFence['add'] {
  const dedent = new RegExp(`^ {0,${indent}}`);
  /** Start of a line that may yet turn out to be the closing fence. */
  let held = '';
  let isWithinLine = false;
  let isFirstLine = true;

  /** A line end stands between two lines, so that the last line of a block has none. */
  const startLine = (line: string): string => {
    const start = isFirstLine ? '' : '\n';
    isFirstLine = false;
    return start + line.replace(dedent, '');
  };

  return (text) => {
    const code: string[] = [];
    let from = 0;
    while (from < text.length) {
      const lineEnd = text.indexOf('\n', from);
      const isWhole = lineEnd !== -1;
      const piece = text.slice(from, isWhole ? lineEnd : text.length);
      from = isWhole ? lineEnd + 1 : text.length;
      if (isWithinLine) {
        code.push(piece);
        isWithinLine = !isWhole;
        continue;
      }
      const line = held + piece;
      held = '';
      const marks = marksOf(line, mark.charAt(0));
      if (isWhole && marks !== undefined && marks >= mark.length) return { code: code.join(''), rest: text.slice(from) };
      if (!isWhole && marks !== undefined) held = line;
      else {
        code.push(startLine(line));
        isWithinLine = !isWhole;
      }
    }
    return { code: code.join(''), rest: undefined };
  };
}

/** How many fence marks a line consists of, but for indentation and white space after them; undefined if of more than that. */
function marksOf(line: string, mark: string): number | undefined {
  const from = /^ {0,3}/.exec(line)?.[0].length ?? 0;
  let to = from;
  while (line[to] === mark) to++;
  return line.slice(to).trim() === '' ? to - from : undefined;
}
