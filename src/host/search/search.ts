import * as vscode from 'vscode';
import { settingGlob } from '../../core/editor/glob.ts';
import type { Search } from '../../core/editor/search.ts';
import { FileError, type Log } from '../../core/ports.ts';
import { filePathOf, mountedNames, uriOf } from '../addresses.ts';
import { files } from '../files.ts';
import { listEntries } from './entries.ts';
import { createLinearSearch } from './linearSearch.ts';
import { NoRipgrep } from './noRipgrep.ts';
import type { SearchSettings, SearchSources } from './searchSettings.ts';
import type { Tree } from './tree.ts';
import { platform } from '../platform/current.ts';

/** Searches in the folders of this window: with VS Code's own ripgrep where it can be run on a folder, by hand elsewhere. */
export function createSearch(log: Log, appRoot = vscode.env.appRoot): Search {
  const linear = createLinearSearch(tree, sources);
  let choosing: Promise<Pick<Search, 'files' | 'text'>> | undefined;

  async function choose(): Promise<Pick<Search, 'files' | 'text'>> {
    const fast = await platform().programs?.search(appRoot, sources);
    if (fast === undefined) log.warn('No ripgrep can be run here; searches read every file.');
    return fast ?? linear;
  }

  async function attempt<Found>(folder: string, search: (by: Pick<Search, 'files' | 'text'>) => Promise<Found>): Promise<Found> {
    // Programs see the disk only.
    if (mountedNames(folder) !== undefined) return search(linear);
    try {
      return await search(await (choosing ??= choose()));
    } catch (error) {
      if (!(error instanceof NoRipgrep)) throw error;
      log.warn(`ripgrep cannot be run (${error.message}); ${error.isLasting ? 'searches read' : 'this search reads'} every file.`);
      if (error.isLasting) choosing = Promise.resolve(linear);
      return search(linear);
    }
  }

  return {
    text: async (query, signal) => attempt(query.folder, async (by) => by.text(query, signal)),
    files: async (query, signal) => attempt(query.folder, async (by) => by.files(query, signal)),
    entries: async (query, signal) => listEntries(tree, query, { settings: readSettings(query.folder), signal }),
  };
}

/** VS Code's settings and its editors. */
export const sources: SearchSources = { settings: readSettings, unsaved };

/** The file systems of the window. */
export const tree: Tree = {
  async entries(path) {
    const found = await vscode.workspace.fs.readDirectory(uriOf(path)).then(
      (entries) => entries,
      async (error: unknown) => {
        // Tells what is missing from what cannot be read.
        await files.facts(path);
        throw new FileError('denied', error instanceof Error ? error.message : String(error));
      },
    );
    return found.map(([name, type]) => ({
      name,
      type: (type & vscode.FileType.Directory) !== 0 ? 'directory' : (type & vscode.FileType.File) !== 0 ? 'file' : 'other',
      isLink: (type & vscode.FileType.SymbolicLink) !== 0,
    }));
  },
  async facts(path) {
    const { size, mtime } = await vscode.workspace.fs.stat(uriOf(path));
    return { size, modified: mtime };
  },
  text: async (path) => files.decode(path, await files.read(path)),
};

function readSettings(folder: string): SearchSettings {
  const scope = uriOf(folder);
  const search = vscode.workspace.getConfiguration('search', scope);
  const own = vscode.workspace.getConfiguration('files', scope);
  const excludes = { ...own.get<Record<string, unknown>>('exclude'), ...search.get<Record<string, unknown>>('exclude') };
  return {
    // Those that depend on a file beside (`when`) are left out.
    excludes: Object.entries(excludes).flatMap(([glob, value]) => (value === true ? (settingGlob(glob) ?? []) : [])),
    usesIgnoreFiles: search.get('useIgnoreFiles') !== false,
    usesParentIgnoreFiles: search.get('useParentIgnoreFiles') === true,
    usesGlobalIgnoreFiles: search.get('useGlobalIgnoreFiles') === true,
    encoding: own.get<string>('encoding') ?? 'utf8',
  };
}

function unsaved(folder: string): ReadonlyMap<string, string> {
  const documents = vscode.workspace.textDocuments.filter(({ isDirty, isClosed }) => isDirty && !isClosed);
  return new Map(
    documents.flatMap((document) => {
      const path = filePathOf(document.uri);
      return path?.startsWith(`${folder}/`) === true ? [[path.slice(folder.length + 1), document.getText()] as const] : [];
    }),
  );
}
