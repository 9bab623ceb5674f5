import { covers, type Glob } from '../../core/editor/glob.ts';
import type { SearchScope, TextQuery } from '../../core/editor/search.ts';
import type { SearchSettings } from './searchSettings.ts';

/** What belongs to a search by its path alone. */
export interface PathFilter {
  /** Whether a file belongs to it, ignore files aside. */
  belongs(path: string): boolean;
  /** Whether nothing in this folder can belong to it. */
  prunes(path: string): boolean;
}

/** The globs that leave something out of a search. */
export function excludesOf(scope: SearchScope, settings: SearchSettings): readonly Glob[] {
  return scope.includesIgnored ? scope.exclude : [...scope.exclude, ...settings.excludes];
}

/** `excludes` are those that have to be looked at: all, unless another program has done so with some. */
export function pathFilter(scope: SearchScope, settings: SearchSettings, excludes = excludesOf(scope, settings)): PathFilter {
  const under = scope.under === '' ? '' : `${scope.under}/`;
  const excluded = (path: string): boolean => isVersionControl(path) || excludes.some((glob) => covers(glob, path));
  return {
    belongs: (path) => path.startsWith(under) && !excluded(path) && (scope.include.length === 0 || scope.include.some((glob) => covers(glob, path))),
    prunes: (path) => excluded(path) || !(`${path}/`.startsWith(under) || under.startsWith(`${path}/`)),
  };
}

/** `.git` and what lies in it: never searched, whatever the settings say. */
function isVersionControl(path: string): boolean {
  return /(^|\/)\.git(\/|$)/i.test(path);
}

/** The unsaved texts that belong to the search; their files are not looked into. */
export function unsavedIn(query: TextQuery, filter: PathFilter, unsaved: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...unsaved].filter(([path, text]) => filter.belongs(path) && !query.leavesOut(path) && !text.includes('\0')));
}
