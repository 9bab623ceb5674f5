import { breathing } from '../../core/breathe.ts';
import { covers } from '../../core/editor/glob.ts';
import { compareText, type EntriesQuery, type FolderEntry, type FoundEntries, type Incompleteness } from '../../core/editor/search.ts';
import { withDeadline } from './found.ts';
import { below, ignoreNothing, noIgnoreRules, type IgnoreRules } from './ignoreRules.ts';
import { longestSearch, type SearchSettings } from './searchSettings.ts';
import type { Tree, TreeEntry } from './tree.ts';

/** Entries beyond which nobody looks. */
const mostEntries = 5_000;

/** What lies in a folder, and in the folders there as deep as it was asked for. */
export async function listEntries(tree: Tree, query: EntriesQuery, { settings, signal }: { readonly settings: SearchSettings; readonly signal: AbortSignal }): Promise<FoundEntries> {
  const deadline = withDeadline(signal, longestSearch);
  const breathe = breathing(deadline.signal);
  const entries: FolderEntry[] = [];
  let ignored = 0;
  let incomplete: Incompleteness | undefined;

  const list = async (path: string, shown: string, { rules, depth }: { readonly rules: IgnoreRules; readonly depth: number }): Promise<void> => {
    const found = await tree.entries(absolute(query.folder, path));
    const inner = await rules.within(path, found);
    for (const { name, type, isLink } of foldersFirst(found)) {
      await breathe();
      const [place, display] = [below(path, name), below(shown, name)];
      const isLeftOut = !query.includesIgnored && (inner.ignores(place, isLink ? 'file' : type) || settings.excludes.some((glob) => covers(glob, place)));
      if (isLeftOut) {
        ignored += 1;
        continue;
      }
      if (entries.length >= mostEntries) {
        incomplete = 'limit';
        return;
      }
      const size = type === 'file' ? await tree.facts(absolute(query.folder, place)).then((facts) => facts.size, () => undefined) : undefined;
      entries.push({ path: display, kind: type, isLink, size });
      if (type !== 'directory' || isLink || depth <= 1 || query.staysOutOf(place)) continue;
      await list(place, display, { rules: inner, depth: depth - 1 }).catch((error: unknown) => {
        deadline.signal.throwIfAborted();
        incomplete ??= 'unreadable';
        return error;
      });
    }
  };

  try {
    await list(query.under, '', { rules: await rulesAbove(tree, query, settings), depth: query.depth });
  } catch (error) {
    if (!deadline.isLate()) throw error;
    incomplete = 'time';
  }
  return { entries, ignored, incomplete };
}

/** The rules that hold in the listed folder from the ignore files above it. */
async function rulesAbove(tree: Tree, { folder, under, includesIgnored }: EntriesQuery, settings: SearchSettings): Promise<IgnoreRules> {
  if (includesIgnored || !settings.usesIgnoreFiles) return ignoreNothing;
  let rules = noIgnoreRules(tree, folder);
  const names = under === '' ? [] : under.split('/');
  for (let depth = 0; depth < names.length; depth += 1) {
    const path = names.slice(0, depth).join('/');
    rules = await rules.within(path, await tree.entries(absolute(folder, path)));
  }
  return rules;
}

function absolute(folder: string, path: string): string {
  return path === '' ? folder : `${folder === '/' ? '' : folder}/${path}`;
}

function rank({ type, isLink }: TreeEntry): number {
  return type === 'directory' && !isLink ? 0 : 1;
}

function foldersFirst(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  return entries.toSorted((one, other) => rank(one) - rank(other) || compareText(one.name, other.name));
}
