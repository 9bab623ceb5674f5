import ignore, { type Ignore } from 'ignore';
import type { Tree, TreeEntry } from './tree.ts';

/** The names of ignore files; what an earlier one says counts before what a later one says, wherever they lie. */
const names = ['.rgignore', '.ignore', '.gitignore'] as const;

/** A line has at most so many `**`. */
const mostDeep = 2;

/** The ignore files of one folder and of those above it, as ripgrep reads them. */
export interface IgnoreRules {
  /** The rules within a folder, whose entries are given. */
  within(path: string, entries: readonly TreeEntry[]): Promise<IgnoreRules>;
  ignores(path: string, type: TreeEntry['type']): boolean;
}

interface Level {
  /** Relative to where the rules begin; empty for there. */
  readonly path: string;
  readonly files: ReadonlyMap<string, Ignore>;
}

/** No rules yet, for a walk that begins at this absolute path; all paths are relative to it. A file that cannot be read says nothing. */
export function noIgnoreRules(tree: Tree, root: string): IgnoreRules {
  return rulesOf(tree, root, []);
}

/** Rules that never ignore anything. */
export const ignoreNothing: IgnoreRules = { within: async () => ignoreNothing, ignores: () => false };

function rulesOf(tree: Tree, root: string, levels: readonly Level[]): IgnoreRules {
  return {
    async within(path, entries) {
      const files = new Map<string, Ignore>();
      for (const name of names.filter((one) => entries.some((entry) => entry.name === one && entry.type === 'file' && !entry.isLink))) {
        const rules = await read(tree, `${root}/${below(path, name)}`);
        if (rules !== undefined) files.set(name, rules);
      }
      const exclude = path === '' && entries.some(({ name, type }) => name === '.git' && type === 'directory') ? await read(tree, `${root}/.git/info/exclude`) : undefined;
      if (exclude !== undefined) files.set('exclude', exclude);
      return files.size === 0 ? rulesOf(tree, root, levels) : rulesOf(tree, root, [{ path, files }, ...levels]);
    },
    ignores(path, type) {
      for (const name of [...names, 'exclude']) {
        for (const level of levels) {
          const inner = level.path === '' ? path : path.slice(level.path.length + 1);
          const verdict = level.files.get(name)?.test(type === 'directory' ? `${inner}/` : inner);
          if (verdict?.ignored === true) return true;
          if (verdict?.unignored === true) return false;
        }
      }
      return false;
    },
  };
}

async function read(tree: Tree, path: string): Promise<Ignore | undefined> {
  try {
    const { size } = await tree.facts(path);
    return size > 1024 * 1024 ? undefined : ignore({ ignorecase: false, allowRelativePaths: true }).add(endingLines(await tree.text(path)));
  } catch {
    return undefined;
  }
}

/**
 * The lines that are matched in little time: a line with many `**` becomes a regular expression that tries every way through a
 * deep path, and blocks the editor for minutes (docs/safety.md B28). What such a line would hide is shown instead.
 */
function endingLines(text: string): string {
  return text.split('\n').filter((line) => (line.match(/\*\*/g) ?? []).length <= mostDeep).join('\n');
}

/** A name in a folder of which the path is relative. */
export function below(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}
