import { breathing } from '../../core/breathe.ts';
import type { SearchScope } from '../../core/editor/search.ts';
import { compareText } from '../../core/editor/search.ts';
import { below, ignoreNothing, noIgnoreRules, type IgnoreRules } from './ignoreRules.ts';
import { pathFilter } from './scope.ts';
import type { SearchSettings } from './searchSettings.ts';
import type { Tree, TreeEntry } from './tree.ts';

/** What a walk tells of itself when it is over. */
export interface WalkEnd {
  /** Folders that could not be read. */
  readonly unreadable: number;
}

/** The files of a scope, relative to its folder. No link is followed, to a folder or to a file. */
export async function* walk(tree: Tree, scope: SearchScope, { settings, signal }: { readonly settings: SearchSettings; readonly signal: AbortSignal }): AsyncGenerator<string, WalkEnd> {
  const filter = pathFilter(scope, settings);
  const breathe = breathing(signal);
  let unreadable = 0;

  async function* folder(path: string, outer: IgnoreRules): AsyncGenerator<string> {
    const entries = await tree.entries(path === '' ? scope.folder : `${scope.folder}/${path}`).catch(() => undefined);
    await breathe();
    if (entries === undefined) {
      unreadable += 1;
      return;
    }
    const rules = await outer.within(path, entries);
    for (const { name, type, isLink } of sorted(entries)) {
      const inner = below(path, name);
      if (isLink || rules.ignores(inner, type)) continue;
      if (type === 'directory' && !filter.prunes(inner)) yield* folder(inner, rules);
      if (type === 'file' && filter.belongs(inner)) yield inner;
      await breathe();
    }
  }

  yield* folder('', scope.includesIgnored || !settings.usesIgnoreFiles ? ignoreNothing : noIgnoreRules(tree, scope.folder));
  return { unreadable };
}

function sorted(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  return entries.toSorted((one, other) => compareText(one.name, other.name));
}
