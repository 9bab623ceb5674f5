import { inOneLine } from '../agent/explain.ts';
import { say } from '../../protocol/localText.ts';
import { breathing } from '../breathe.ts';
import type { Diagnostic } from '../editor/languages.ts';
import { cutAt } from '../tools/cutAt.ts';
import { fence } from '../tools/fence.ts';
import { nameFile } from '../tools/nameFile.ts';
import { bytesOf, cap, leftOut } from './capped.ts';
import { most, type ContextPorts, type ReadPiece } from './piece.ts';
import { textAt } from './readFilePiece.ts';

const severities = ['error', 'warning', 'information', 'hint'] as const;

/** The problems that are known, errors first. Of files that would take a question only their number is told. */
export async function readProblems(ports: ContextPorts, signal: AbortSignal): Promise<Omit<ReadPiece, 'label'>> {
  const breathe = breathing(signal);
  const all = (await ports.languages.diagnostics(undefined, signal)).filter(({ severity }) => severity !== 'hint');
  if (all.length === 0) return { text: 'The editor knows of no problems.', problem: undefined };
  const lines: string[] = [];
  let closed = 0;
  for (const diagnostic of all.toSorted(inOrder).slice(0, most.problems)) {
    await breathe();
    const { display, open } = await nameFile(diagnostic.path, ports.guard);
    if (open === undefined) closed += 1;
    else lines.push(describe(diagnostic, display));
  }
  const left = all.length - Math.min(all.length, most.problems);
  const notes = [
    ...(left > 0 ? [`Only the first ${most.problems} of ${all.length} problems are listed.`] : []),
    ...(closed > 0 ? [`${closed} of files that are not ordinary files of the workspace are not shown.`] : []),
  ];
  const body = lines.length === 0 ? [] : [fence('Problems that the editor reports', lines.join('\n'))];
  return { text: [...body, ...notes].join('\n'), problem: left > 0 ? say('There are too many: the first {0} of {1} go along.', most.problems, all.length) : undefined };
}

function inOrder(one: Diagnostic, other: Diagnostic): number {
  return severities.indexOf(one.severity) - severities.indexOf(other.severity) || (one.path < other.path ? -1 : one.path > other.path ? 1 : 0) || one.range.start.line - other.range.start.line;
}

function describe({ severity, message, source, code, range }: Diagnostic, display: string): string {
  const from = [source, code].filter((part) => part !== undefined).join(' ');
  return `${display}:${range.start.line}:${range.start.column}: ${severity}${from === '' ? '' : ` (${inOneLine(from)})`}: ${cutAt(message.replace(/\s+/g, ' '), 500)}`;
}

/** The texts of the open files, the active one first, as far as they fit; of the others their names. */
export async function readEditors(ports: ContextPorts, signal: AbortSignal): Promise<Omit<ReadPiece, 'label'>> {
  const breathe = breathing(signal);
  const paths = [...new Set(ports.editorWindow.editors().toSorted((one, other) => Number(other.isActive) - Number(one.isActive)).map(({ path }) => path))];
  if (paths.length === 0) return { text: 'No file is open in the editor.', problem: undefined };
  const parts: string[] = [];
  const named: string[] = [];
  let room: number = most.editors;
  for (const path of paths.slice(0, 200)) {
    await breathe();
    const { display, open } = await nameFile(path, ports.guard);
    const text = open === undefined || room <= 0 ? undefined : await textAt(open, ports);
    const capped = typeof text === 'string' ? cap(text, most.file) : undefined;
    const part = capped && [fence(`Text of ${inOneLine(display)}`, capped.text), ...leftOut(capped)].join('\n');
    if (part === undefined || bytesOf(part) > room) named.push(inOneLine(display));
    else {
      room -= bytesOf(part);
      parts.push(part);
    }
  }
  const rest = named.length === 0 ? [] : [fence('Also open; their texts are not attached', named.join('\n'))];
  return { text: [...parts, ...rest].join('\n\n'), problem: named.length > 0 && parts.length > 0 ? say('Of {0} open files only the names go along.', named.length) : undefined };
}
