import { inOneLine } from '../agent/explain.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import { abortable } from '../abortable.ts';
import { LanguageError } from '../editor/languages.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import { fence } from '../tools/fence.ts';
import { cap, cutNote, leftOut } from './capped.ts';
import { findLines } from './findSymbol.ts';
import { readInstructions } from './instructions.ts';
import { isAtPath, most, type ContextPorts, type Piece, type PieceAtPath, type ReadPiece } from './piece.ts';
import { readChanges } from './readChanges.ts';
import { labelOf, readFilePiece } from './readFilePiece.ts';
import { readFolder } from './readFolder.ts';
import { readEditors, readProblems } from './readWindow.ts';

/** Milliseconds that one piece may take before the question goes without it. */
const patience = 15_000;

/** The piece as it stands now, through the guard. What goes wrong is said, never thrown, but for an abort. `name` says what the piece is called in the person's language. */
export async function readPiece(piece: Piece, { ports, name, signal }: { readonly ports: ContextPorts; readonly name: (piece: Piece) => string; readonly signal: AbortSignal }): Promise<ReadPiece> {
  const late = AbortSignal.timeout(patience);
  const either = AbortSignal.any([signal, late]);
  try {
    return await abortable(async () => read(piece, { ports, name, signal: either }), either);
  } catch (error) {
    signal.throwIfAborted();
    const problem = late.aborted || (error instanceof LanguageError && error.reason === 'slow') ? say('The editor has not answered in time.') : say('It could not be read.');
    return { label: name(piece), text: undefined, problem };
  }
}

async function read(piece: Piece, { ports, name, signal }: { readonly ports: ContextPorts; readonly name: (piece: Piece) => string; readonly signal: AbortSignal }): Promise<ReadPiece> {
  if (isAtPath(piece)) {
    const place = await openPlace(piece, ports);
    return 'message' in place ? { label: name(piece), text: undefined, problem: place } : readPlace(piece, place, ports, signal);
  }
  switch (piece.kind) {
    case 'problems':
      return { label: name(piece), ...(await readProblems(ports, signal)) };
    case 'changes':
      return { label: name(piece), ...(await readChanges(piece, ports, signal)) };
    case 'editors':
      return { label: name(piece), ...(await readEditors(ports, signal)) };
    case 'text': {
      const capped = cap(piece.text, most.text);
      return { label: inOneLine(piece.name), text: [fence(`Text of ${inOneLine(piece.name)}`, capped.text), ...leftOut(capped)].join('\n'), problem: cutNote(capped) };
    }
  }
}

/** The place that may be read, or why not: what would take a question may go along only as it was when the person was asked. */
export async function openPlace(piece: PieceAtPath, { guard }: Pick<ContextPorts, 'guard'>): Promise<ResolvedPath | LocalText> {
  const place = await guard.resolve(piece.path, 'read');
  if (place.class === 'denied') return say('It cannot be read from here.');
  if (place.kind === 'missing') return say('It is not there any more.');
  if (place.class !== 'inside' && place.canonical !== piece.allowed) return say('It was not allowed to go along.');
  return place;
}

async function readPlace(piece: PieceAtPath, place: ResolvedPath, ports: ContextPorts, signal: AbortSignal): Promise<ReadPiece> {
  if ((piece.kind === 'folder') !== (place.kind === 'directory')) return { label: labelOf(place.display, undefined), text: undefined, problem: say('It is not what it was: a folder, or a file.') };
  switch (piece.kind) {
    case 'file':
      return readFilePiece(place, undefined, ports);
    case 'folder':
      return readFolder(place, ports, signal);
    case 'selection':
      return readFilePiece(place, { lines: piece.lines, name: 'Selected lines' }, ports);
    case 'symbol': {
      // It may have moved since it was chosen.
      const { kind, lines } = (await findLines(piece, place, ports, signal)) ?? { kind: 'symbol', lines: piece.lines };
      const found = await readFilePiece(place, { lines, name: `${kind} ${piece.name}` }, ports);
      return { ...found, label: `${inOneLine(piece.name)} · ${found.label}` };
    }
    case 'instructions':
      return readInstructions(place, ports);
  }
}
