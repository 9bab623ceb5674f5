import { inOneLine } from '../agent/explain.ts';
import { say } from '../../protocol/localText.ts';
import type { FolderEntry } from '../editor/search.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import { FileError } from '../ports.ts';
import { fence } from '../tools/fence.ts';
import { createSecretFilter, homeOf } from '../tools/searchScope.ts';
import { cap } from './capped.ts';
import { most, type ContextPorts, type ReadPiece } from './piece.ts';

/** Levels that are looked into. */
const deepest = 5;

/** The names of what lies in a folder, as deep as fits: rather all of its first levels than all of its first folder. */
export async function readFolder(place: ResolvedPath, ports: ContextPorts, signal: AbortSignal): Promise<ReadPiece> {
  const label = `${inOneLine(place.display)}/`;
  const home = (await homeOf(place, ports)) ?? { folder: place.canonical, under: '' };
  const isSecret = createSecretFilter();
  // Of a folder that the person was asked about nothing below is looked into: they saw its name, not those.
  const depth = place.class === 'inside' ? deepest : 1;
  try {
    const { entries, ignored, incomplete } = await ports.search.entries({ ...home, depth, includesIgnored: false, staysOutOf: (path) => isSecret(`${path}/x.ts`) }, signal);
    const shown = firstLevels(entries);
    const capped = cap(shown.map(describe).join('\n'), most.folder);
    const left = entries.length - (entries.length === 0 ? 0 : capped.shown);
    const notes = [
      ...(left > 0 || incomplete !== undefined ? [`Only ${capped.shown} entries are listed; ${incomplete === undefined ? left : `at least ${left}`} that lie deeper or further on were left out.`] : []),
      ...(ignored > 0 ? ['What is ignored was left out.'] : []),
    ];
    if (entries.length === 0) return { label, text: [`The folder ${inOneLine(place.display)} is empty.`, ...notes].join('\n'), problem: undefined };
    return { label, text: [fence(`Names of what lies in ${inOneLine(place.display)}`, capped.text), ...notes].join('\n'), problem: left > 0 ? say('It holds too much: {0} of {1} names go along.', capped.shown, entries.length) : undefined };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { label, text: undefined, problem: error.reason === 'missing' ? say('It is not there any more.') : say('It could not be read.') };
  }
}

/** The entries of as many levels as are not too many; of the first level those that come first. */
function firstLevels(entries: readonly FolderEntry[]): readonly FolderEntry[] {
  for (let depth = deepest; depth > 1; depth -= 1) {
    const upper = entries.filter(({ path }) => levelOf(path) <= depth);
    if (upper.length <= most.folderEntries) return upper;
  }
  return entries.filter(({ path }) => levelOf(path) === 1).slice(0, most.folderEntries);
}

function levelOf(path: string): number {
  return path.split('/').length;
}

function describe({ path, kind, isLink }: FolderEntry): string {
  return `${path.replace(/[\r\n]/g, '?')}${kind === 'directory' ? '/' : ''}${isLink ? ' (link)' : ''}`;
}
