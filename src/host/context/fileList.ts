import { breathing } from '../../core/breathe.ts';
import { candidateOf, type Candidate } from '../../core/context/fuzzy.ts';
import type { Search } from '../../core/editor/search.ts';
import type { Log, Workspace } from '../../core/ports.ts';
import { absolutePath } from '../../core/tools/searchScope.ts';

/** A file of the workspace as it can be looked for: by what the person sees, with the way to it. */
export interface ListedFile extends Candidate {
  /** Absolute. */
  readonly place: string;
  readonly isFolder: boolean;
}

/** The files of the workspace, remembered for a while: one keystroke must not wait for a tree to be walked. */
export interface FileList {
  /** As they were last seen; undefined before they have been. */
  known(): readonly ListedFile[] | undefined;
  /** Looks again, unless that was a moment ago; one walk at a time. Settles with what there is. */
  refresh(): Promise<readonly ListedFile[]>;
  /** Nothing is remembered of folders that are not open any more. */
  forget(): void;
  dispose(): void;
}

/** Milliseconds for which a list counts as new. */
const fresh = 10_000;

/** Files of one folder that are offered; more are found by `find_files`. */
const mostFiles = 100_000;

export function createFileList(search: Search, workspace: Workspace, log: Log): FileList {
  let list: readonly ListedFile[] | undefined;
  let at = Number.NEGATIVE_INFINITY;
  let walking: Promise<readonly ListedFile[]> | undefined;
  let controller = new AbortController();

  async function walk(signal: AbortSignal): Promise<readonly ListedFile[]> {
    const folders = workspace.folders();
    const files: ListedFile[] = [];
    for (const { name, path } of folders) {
      const { paths } = await search.files({ folder: path, under: '', include: [], exclude: [], includesIgnored: false, order: 'path', most: mostFiles }, signal);
      const prefix = folders.length > 1 ? `${name}/` : '';
      // Each folder is offered once, in front of what lies in it.
      const seen = new Set<string>();
      const breathe = breathing(signal);
      for (const file of paths) {
        await breathe();
        for (let slash = file.indexOf('/'); slash !== -1; slash = file.indexOf('/', slash + 1)) {
          const folder = file.slice(0, slash);
          if (seen.has(folder)) continue;
          seen.add(folder);
          files.push({ ...candidateOf(`${prefix}${folder}`), place: absolutePath(path, folder), isFolder: true });
        }
        files.push({ ...candidateOf(`${prefix}${file}`), place: absolutePath(path, file), isFolder: false });
      }
    }
    return files;
  }

  return {
    known: () => list,
    async refresh() {
      if (list !== undefined && performance.now() - at < fresh) return list;
      const { signal } = controller;
      walking ??= walk(signal)
        .then((found) => {
          if (signal.aborted) return found;
          at = performance.now();
          return (list = found);
        })
        .catch((error: unknown) => {
          if (!signal.aborted) log.warn(`The files of the workspace could not be listed: ${String(error)}`);
          return list ?? [];
        })
        .finally(() => (walking = undefined));
      return walking;
    },
    forget() {
      controller.abort();
      controller = new AbortController();
      walking = undefined;
      list = undefined;
      at = Number.NEGATIVE_INFINITY;
    },
    dispose: () => controller.abort(),
  };
}
