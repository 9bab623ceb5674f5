import * as vscode from 'vscode';
import { settingGlob } from '../../core/editor/glob.ts';
import type { Search } from '../../core/editor/search.ts';
import { FileError, type Log } from '../../core/ports.ts';
import { files } from '../files.ts';
import { listEntries } from './entries.ts';
import { createLinearSearch } from './linearSearch.ts';
import { ripgrepBelow } from './ripgrepPath.ts';
import { NoRipgrep } from './ripgrepProcess.ts';
import { createRipgrepSearch } from './ripgrepSearch.ts';
import type { SearchSettings, SearchSources } from './searchSettings.ts';
import type { Tree } from './tree.ts';

/** Searches in the folders of this window: with VS Code's own ripgrep, by hand where that cannot be run. */
export function createSearch(log: Log, appRoot = vscode.env.appRoot): Search {
  const linear = createLinearSearch(tree, sources);
  let choosing: Promise<Pick<Search, 'files' | 'text'>> | undefined;

  async function choose(): Promise<Pick<Search, 'files' | 'text'>> {
    const ripgrep = await ripgrepBelow(appRoot);
    if (ripgrep === undefined) log.warn('VS Code has no ripgrep; searches read every file.');
    return ripgrep === undefined ? linear : createRipgrepSearch(ripgrep, sources);
  }

  async function attempt<Found>(search: (by: Pick<Search, 'files' | 'text'>) => Promise<Found>): Promise<Found> {
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
    text: async (query, signal) => attempt(async (by) => by.text(query, signal)),
    files: async (query, signal) => attempt(async (by) => by.files(query, signal)),
    entries: async (query, signal) => listEntries(tree, query, { settings: readSettings(query.folder), signal }),
  };
}

/** VS Code's settings and its editors. */
export const sources: SearchSources = { settings: readSettings, unsaved };

/** The file system of the extension host. */
export const tree: Tree = {
  async entries(path) {
    const found = await vscode.workspace.fs.readDirectory(vscode.Uri.file(path)).then(
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
    const { size, mtime } = await vscode.workspace.fs.stat(vscode.Uri.file(path));
    return { size, modified: mtime };
  },
  text: async (path) => files.decode(path, await files.read(path)),
};

function readSettings(folder: string): SearchSettings {
  const scope = vscode.Uri.file(folder);
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
  const documents = vscode.workspace.textDocuments.filter(({ isDirty, isClosed, uri }) => isDirty && !isClosed && uri.scheme === 'file' && uri.path.startsWith(`${folder}/`));
  return new Map(documents.map((document) => [document.uri.path.slice(folder.length + 1), document.getText()]));
}
