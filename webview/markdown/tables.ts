import type { SyntaxNode } from '@lezer/common';
import { element, type Drawing, type Marks } from './drawing.ts';
import { describeInline, type Scope } from './inline.ts';

/** A table with more columns than this is shown as it was written: its short rows would be filled up to that width. */
const mostColumns = 100;

/** Describes a table with the alignments of its second line. */
export function describeTable(scope: Scope, node: SyntaxNode): Drawing {
  const header = node.getChild('TableHeader');
  const delimiter = node.getChild('TableDelimiter');
  if (header === null || delimiter === null) return asWritten(scope, node);
  const alignments = alignmentsOf(scope.text.slice(delimiter.from, delimiter.to));
  if (alignments.length > mostColumns) return asWritten(scope, node);
  const rows = node.getChildren('TableRow').map((row) => describeRow(scope, row, 'td', alignments));
  const head = element('thead', [describeRow(scope, header, 'th', alignments)]);
  return element('table', rows.length === 0 ? [head] : [head, element('tbody', rows)]);
}

function asWritten(scope: Scope, node: SyntaxNode): Drawing {
  return element('p', [scope.text.slice(node.from, node.to)]);
}

function describeRow(scope: Scope, row: SyntaxNode, tag: 'td' | 'th', alignments: readonly Marks['align'][]): Drawing {
  const cells = cellsOf(scope, row);
  const children = alignments.map((align, column) => {
    const cell = cells[column];
    return element(tag, cell === undefined ? [] : describeCell(scope, cell), align === undefined ? {} : { align });
  });
  return element('tr', children);
}

function describeCell(scope: Scope, cell: SyntaxNode): Drawing[] {
  // In a table `\|` is how a bar is written even within code, where a backslash otherwise stands for itself.
  return describeInline(scope, cell, cell.from, cell.to).map((drawing) =>
    typeof drawing !== 'string' && drawing.kind === 'code'
      ? { ...drawing, text: drawing.text.replaceAll('\\|', '|') }
      : drawing,
  );
}

/** The row's cells by column. An empty cell has no node: it is two bars with nothing between them. */
function cellsOf(scope: Scope, row: SyntaxNode): (SyntaxNode | undefined)[] {
  const cells: (SyntaxNode | undefined)[] = [];
  let cell: SyntaxNode | undefined;
  let first = true;
  for (let child = row.firstChild; child !== null; child = child.nextSibling) {
    if (child.name === 'TableCell') cell = child;
    if (child.name !== 'TableDelimiter') continue;
    if (!first || cell !== undefined || scope.text.slice(row.from, child.from).trim() !== '') cells.push(cell);
    cell = undefined;
    first = false;
  }
  if (cell !== undefined) cells.push(cell);
  return cells;
}

function alignmentsOf(delimiter: string): Marks['align'][] {
  return delimiter
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => {
      const written = cell.trim();
      if (written.startsWith(':')) return written.endsWith(':') ? 'center' : 'left';
      return written.endsWith(':') ? 'right' : undefined;
    });
}
