import type { LocalText } from '../../protocol/localText.ts';
import { FileError, type Files, type Workspace, type WorkspaceFolder } from '../ports.ts';
import { denied, judge, namesOfOwnFolders, type Root, type Surroundings } from './judge.ts';
import { hasDrive, targetsOf, type Target } from './places.ts';
import { realPathOf, realPlace } from './realPlace.ts';
import { spellingProblem, windowsProblem } from './spelling.ts';

/** What a path is wanted for: secrets are sensitive even to read, what other programs obey only to write. */
export type PathPurpose = 'read' | 'write';

/** A path that may be used, at once where it is `inside`, after a question otherwise. */
export interface ResolvedPath {
  readonly class: 'inside' | 'sensitive' | 'outside';
  /** Where it really is, all links followed: read and write here and nowhere else. Of a missing file, where it would be. */
  readonly canonical: string;
  /** The absolute path without links followed, by which an editor knows the file. */
  readonly written: string;
  /** How the person knows it: relative to its folder, with the folder's name in front when there are several; absolute when outside. As {@link showPath} writes it. */
  readonly display: string;
  readonly kind: 'file' | 'directory' | 'missing';
  /** The path is the name of a link, to what lies at `canonical`. Only known of a path to be written. */
  readonly isLink?: true;
  /** Why a person is asked, in sentences; empty for `inside`. */
  readonly reasons: readonly LocalText[];
}

/** A path that may not be used at all; `reason` is for the model. */
export interface DeniedPath {
  readonly class: 'denied';
  readonly reason: string;
}

/**
 * The only way from a path that somebody else wrote to a file (docs/safety.md C1). Fail-closed: what cannot be made sure of is
 * denied.
 */
export interface PathGuard {
  resolve(input: string, purpose: PathPurpose): Promise<ResolvedPath | DeniedPath>;
}

/** What a guard knows besides the workspace. */
export interface PathGuardOptions {
  /** Where Rivulet keeps its own things, absolute paths: never read and never written for a model. */
  readonly ownFolders?: readonly string[] | undefined;
  /** Documents that are no files, or parts of one, which the host offers at this moment; found by their exact `display`. Their `canonical` and `written` are their URI. */
  readonly offered?: (() => readonly ResolvedPath[]) | undefined;
}


export function createPathGuard(workspace: Workspace, files: Files, { ownFolders = [], offered }: PathGuardOptions = {}): PathGuard {
  return {
    async resolve(input, purpose) {
      try {
        const place = offered?.().find(({ display }) => display === input);
        if (place !== undefined) return place;
        const folders = workspace.folders();
        const targets = spellingProblem(input) ?? targetsOf(input, folders);
        if (typeof targets === 'string') return denied(targets);
        const [own, roots] = await Promise.all([namesOfOwnFolders(ownFolders, files), rootsOf(folders, files)]);
        const verdicts = await Promise.all(targets.map((target) => examine(target, purpose, { folders, roots, own, files })));
        return theOne(verdicts, targets);
      } catch (error) {
        return denied(reasonOf(error));
      }
    },
  };
}

/** The folders that are there; a path for one that is not is denied when it is examined. */
async function rootsOf(folders: readonly WorkspaceFolder[], files: Files): Promise<readonly Root[]> {
  const roots = await Promise.all(folders.map(async (folder) => realPathOf(folder.path, files).then((real) => [{ folder, real }], () => [])));
  return roots.flat();
}

async function examine({ path, folder }: Target, purpose: PathPurpose, surroundings: Surroundings): Promise<ResolvedPath | DeniedPath> {
  const problem = hasDrive(path) ? windowsProblem(path) : undefined;
  if (problem !== undefined) return denied(problem);
  if (folder !== undefined && !surroundings.roots.some((root) => root.folder.path === folder.path)) return denied('its folder of the workspace is not there');
  try {
    return await judge({ written: path, folder, place: await realPlace(path, surroundings.files) }, purpose, surroundings);
  } catch (error) {
    return denied(reasonOf(error));
  }
}

/** What is meant when a path may lie in several folders: the one that is there. A guess between two is none. */
function theOne(verdicts: readonly (ResolvedPath | DeniedPath)[], targets: readonly Target[]): ResolvedPath | DeniedPath {
  const [only] = verdicts;
  if (only === undefined) return denied('it leads nowhere');
  if (verdicts.length === 1) return only;
  const refused = verdicts.find((verdict) => verdict.class === 'denied');
  if (refused !== undefined) return refused;
  const there = verdicts.filter((verdict) => verdict.class !== 'denied' && verdict.kind !== 'missing');
  const [found] = there;
  if (found !== undefined && there.length === 1) return found;
  const names = targets.map(({ folder }) => folder?.name).join(', ');
  return denied(`${found === undefined ? 'there is no such file in any folder of the workspace' : 'several folders of the workspace have it'}; begin the path with the name of its folder (${names})`);
}

function reasonOf(error: unknown): string {
  if (error instanceof FileError && error.reason === 'denied') return 'the file system denies access to it';
  return 'it cannot be resolved: a link on the way leads nowhere or in a circle, a name in it is no folder, or the file system failed';
}
