import { inOneLine } from '../agent/explain.ts';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import { breathing } from '../breathe.ts';
import type { ChangedFile, Comparison, Repository, SourceControl } from '../editor/sourceControl.ts';
import { fence } from '../tools/fence.ts';
import { diffOf, isIn, stagedNote } from '../tools/fileDiff.ts';
import { nameFile } from '../tools/nameFile.ts';
import { bytesOf, cap } from './capped.ts';
import { most, type ContextPorts, type ReadPiece } from './piece.ts';
import { textAt } from './readFilePiece.ts';

/** Files of one repository that are listed. */
const mostFiles = 300;

interface Room {
  bytes: number;
  left: number;
}

/** What has changed since the last commit, new files with their text; with `staged`, what is staged where anything is. */
export async function readChanges({ staged = false }: { readonly staged?: boolean | undefined }, ports: ContextPorts, signal: AbortSignal): Promise<Omit<ReadPiece, 'label'>> {
  const { sourceControl } = ports;
  if (sourceControl === undefined) return { text: undefined, problem: say('Git cannot be run in this window, so what has changed is not known.') };
  const repositories = await sourceControl.repositories(signal);
  if (typeof repositories === 'string') return { text: undefined, problem: say('Git knows of no changes: no folder of this window is a repository, or Git is switched off.') };
  if (repositories.every(({ files }) => files.length === 0)) return { text: undefined, problem: say('Nothing has changed since the last commit.') };
  const parts: string[] = [];
  const room: Room = { bytes: most.changes, left: 0 };
  for (const repository of repositories) {
    if (repository.files.length > 0) parts.push(await describe(repository, { comparison: comparisonFor(repository, staged), room }, { ...ports, sourceControl }, signal));
  }
  if (room.left > 0) parts.push(`The changes of ${room.left} files were left out, because it would be too long.`);
  return { text: parts.join('\n\n'), problem: room.left > 0 ? leftOutNote(room.left) : undefined };
}

function leftOutNote(left: number): LocalText {
  return say('It is too much: the changes of {0} files are left out.', left);
}

/** What would be committed: what is staged, or everything where nothing is. */
function comparisonFor({ files }: Repository, staged: boolean): Comparison {
  return staged && files.some(({ isStaged }) => isStaged) ? 'head-to-staged' : 'head-to-disk';
}

async function describe(repository: Repository, { comparison, room }: { readonly comparison: Comparison; readonly room: Room }, ports: ContextPorts & { readonly sourceControl: SourceControl }, signal: AbortSignal): Promise<string> {
  const breathe = breathing(signal);
  const root = await nameFile(repository.root, ports.guard);
  const list: string[] = [];
  const texts: string[] = [];
  for (const file of repository.files.slice(0, mostFiles)) {
    await breathe();
    const { display, open } = await nameFile(file.path, ports.guard);
    if (comparison === 'head-to-staged' && !file.isStaged) continue;
    list.push(showHidden(`${file.status}${stagedNote(file)} ${display}${open === undefined ? ' (not shown: not an ordinary file of the workspace)' : ''}`));
    if (open === undefined) continue;
    const text = file.status === 'untracked' || !repository.hasCommit ? await newFile(file, { display, open }, ports) : await changed(repository, file, comparison, { sourceControl: ports.sourceControl, signal });
    if (text === undefined || text === '') continue;
    const bytes = bytesOf(text) + 1;
    if (bytes > room.bytes) room.left += 1;
    else {
      room.bytes -= bytes;
      texts.push(text);
    }
  }
  if (repository.files.length > mostFiles) room.left += repository.files.length - mostFiles;
  const branch = repository.branch === undefined ? 'no branch checked out' : `branch ${inOneLine(repository.branch)}`;
  const what = comparison === 'head-to-staged' ? 'Staged changes' : 'Changes since the last commit';
  return [fence(`${what} in ${inOneLine(root.display)} (${branch})`, list.join('\n')), ...(texts.length === 0 ? [] : [fence('Diff', texts.join('\n'))])].join('\n');
}

async function changed(repository: Repository, file: ChangedFile, comparison: Comparison, git: Parameters<typeof diffOf>[3]): Promise<string | undefined> {
  return isIn(file, comparison) ? diffOf(repository, file, comparison, git) : undefined;
}

/** A new file as a diff would show it, as far as it is text. */
async function newFile({ status }: ChangedFile, { display, open }: { readonly display: string; readonly open: Parameters<typeof textAt>[0] }, ports: ContextPorts): Promise<string | undefined> {
  if (status === 'deleted' || open.kind !== 'file') return undefined;
  const text = await textAt(open, ports);
  if (typeof text !== 'string') return undefined;
  const { text: shown, left } = cap(text, most.file);
  return [`+++ ${display} (new file)`, ...shown.split('\n').map((line) => `+${line}`), ...(left > 0 ? [`(${left} more lines)`] : [])].join('\n');
}
