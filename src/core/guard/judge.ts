import { say, type LocalText } from '../../protocol/localText.ts';
import type { Files, WorkspaceFolder } from '../ports.ts';
import { foldName, isShortName, segmentsOf } from './names.ts';
import { reasonsToAskBeforeWriting } from './obeyed.ts';
import type { DeniedPath, PathPurpose, ResolvedPath } from './pathGuard.ts';
import { relativeTo } from './places.ts';
import { realPlace, type RealPlace } from './realPlace.ts';
import { isSecret } from './secrets.ts';
import { showPath } from './shownPath.ts';
import { isInBareRepository, isVersionControl } from './versionControl.ts';

/** A folder of the workspace and where it really is. */
export interface Root {
  readonly folder: WorkspaceFolder;
  readonly real: string;
}

/** What is judged: a path without `..`, the folder that it was written for, and where it leads to. */
export interface Found {
  readonly written: string;
  readonly folder: WorkspaceFolder | undefined;
  readonly place: RealPlace;
}

export interface Surroundings {
  readonly folders: readonly WorkspaceFolder[];
  /** Those of them that are there. */
  readonly roots: readonly Root[];
  /** Rivulet's own folders, as they are called and where they really are. */
  readonly own: readonly string[];
  readonly files: Files;
}

/** Whether a path that was found may be used, and what a person is asked; the stricter of how it is written and where it leads wins. */
export async function judge({ place: { canonical, kind }, ...found }: Found, purpose: PathPurpose, { folders, roots, own, files }: Surroundings): Promise<ResolvedPath | DeniedPath> {
  if (kind === 'other') return denied('it is not a regular file');
  const holding = roots.filter(({ real }) => relativeTo(real, canonical) !== undefined);
  const { written, folder } = found.folder === undefined ? asWrittenInside(found.written, canonical, holding) : found;
  if (own.some((path) => liesIn(path, canonical) || liesIn(path, written))) return denied('it belongs to Rivulet itself');

  const spellings = [...below(holding.map(({ real }) => real), canonical), ...below(roots.map((root) => root.folder.path), written)];
  if (purpose === 'write') {
    const top = holding.map(({ real }) => real).reduce((outermost, real) => (real.length < outermost.length ? real : outermost), holding[0]?.real ?? '');
    if (spellings.some(isVersionControl) || (await isInBareRepository(canonical, top, files))) return denied('it belongs to version control, which is not written to; ask the person to do it');
    if ([...roots.map(({ real }) => real), ...own].some((path) => liesIn(canonical, path))) return denied('it is a folder of the workspace, or one around it, which cannot be changed as a whole');
  }

  const isOutside = holding.length === 0;
  const reasons = [
    ...(isOutside ? [say('It lies outside the folders of this window.')] : []),
    ...(spellings.some(isSecret) ? [say('It may hold keys or passwords.')] : []),
    ...(spellings.some((path) => segmentsOf(path).some(isShortName)) ? [say('On some disks this is the short name of another file.')] : []),
    ...(purpose === 'write' ? [...spellings.flatMap(reasonsToAskBeforeWriting), ...(await reasonsOfThing(canonical, kind, files))] : []),
  ];
  const leadsElsewhere = canonical !== straight(written, folder, roots);
  if (reasons.length > 0 && leadsElsewhere) reasons.push(say('It leads to {0}.', displayOf(canonical, folders.map((one) => ({ name: one.name, path: roots.find((root) => root.folder === one)?.real ?? one.path })))));
  return {
    class: isOutside ? 'outside' : reasons.length > 0 ? 'sensitive' : 'inside',
    canonical,
    written,
    display: isOutside ? showPath(canonical) : displayOf(written, folders),
    kind,
    ...(purpose === 'write' && kind !== 'missing' && found.written !== canonical && (await files.entry(found.written)).type === 'link' ? { isLink: true } : {}),
    reasons: reasons.filter((reason, index) => reasons.findIndex(({ message }) => message === reason.message) === index),
  };
}

export function denied(reason: string): DeniedPath {
  return { class: 'denied', reason };
}

/** An absolute path that came into the workspace by a link outside of it, or in another case, as the editor knows it. */
function asWrittenInside(written: string, canonical: string, holding: readonly Root[]): Omit<Found, 'place'> {
  const [root] = holding.toSorted((one, other) => other.real.length - one.real.length);
  const rest = root && relativeTo(root.real, canonical);
  if (root === undefined || rest === undefined) return { written, folder: undefined };
  return { written: joined(root.folder.path, rest), folder: root.folder };
}

function joined(root: string, rest: string): string {
  return rest === '' ? root : `${root === '/' ? '' : root}/${rest}`;
}

/** Where the path would lead to if nothing on its way were a link. */
function straight(written: string, folder: WorkspaceFolder | undefined, roots: readonly Root[]): string {
  const root = roots.find((one) => one.folder.path === folder?.path);
  return root === undefined ? written : joined(root.real, relativeTo(root.folder.path, written) ?? '');
}

/** The path below each root that holds it: names above a root are not the model's. The whole path when none does. */
function below(roots: readonly string[], path: string): readonly string[] {
  const parts = roots.flatMap((root) => relativeTo(root, path) ?? []);
  return parts.length > 0 ? parts : [path];
}

/** Whether `path` is `folder` or lies in it, in any spelling. */
function liesIn(folder: string, path: string): boolean {
  const [outer, inner] = [segmentsOf(folder).map(foldName), segmentsOf(path).map(foldName)];
  return outer.every((segment, index) => segment === inner[index]);
}

async function reasonsOfThing(canonical: string, kind: RealPlace['kind'], files: Files): Promise<readonly LocalText[]> {
  if (kind === 'directory') return [say('It is a folder: everything in it is meant.')];
  if (kind === 'missing' || (await files.entry(canonical)).names < 2) return [];
  return [say('The same file has another name elsewhere, and changes there too.')];
}

function displayOf(path: string, folders: readonly WorkspaceFolder[]): string {
  const holding = folders.filter((folder) => relativeTo(folder.path, path) !== undefined).toSorted((one, other) => other.path.length - one.path.length);
  const [home] = holding;
  const rest = home && relativeTo(home.path, path);
  // Two folders of one name: what begins with it could be in either.
  if (home === undefined || rest === undefined || folders.some(({ name, path: other }) => other !== home.path && foldName(name) === foldName(home.name))) return showPath(path);
  if (folders.length === 1) return showPath(rest === '' ? '.' : rest);
  return showPath(rest === '' ? home.name : `${home.name}/${rest}`);
}

/** Rivulet's own folders under all their names; one that is not there yet, or cannot be seen, under the one it was given. */
export async function namesOfOwnFolders(paths: readonly string[], files: Files): Promise<readonly string[]> {
  const real = await Promise.all(paths.map(async (path) => realPlace(path, files).then(({ canonical }) => canonical, () => path)));
  return [...new Set([...paths, ...real])];
}
