import { showHidden } from '../../protocol/hiddenCharacters.ts';
import type { ChangedFile, Comparison, Repository, SourceControl } from '../editor/sourceControl.ts';

/** The diff of this file alone, hidden characters written out; undefined where its name would be a pattern to Git, and the answer perhaps that of a secret. */
export async function diffOf(repository: Repository, file: ChangedFile, comparison: Comparison, { sourceControl, signal }: { readonly sourceControl: SourceControl; readonly signal: AbortSignal }): Promise<string | undefined> {
  const relative = file.path.startsWith(`${repository.root}/`) ? file.path.slice(repository.root.length + 1) : file.path;
  if (/[*?[\]\\]/.test(relative) || relative.startsWith(':')) return undefined;
  const diff = await sourceControl.diff(repository, file, comparison, signal);
  return (diff.match(/^diff --git /gm) ?? []).length > 1 ? undefined : showHidden(diff).replace(/\n$/, '');
}

/** Whether a file of the list has anything to show in a comparison. */
export function isIn({ status, isStaged, isUnstaged }: ChangedFile, comparison: Comparison): boolean {
  if (status === 'untracked') return false;
  return comparison === 'head-to-disk' || (comparison === 'head-to-staged' ? isStaged : isUnstaged);
}

/** How far a changed file is staged, behind its status. */
export function stagedNote({ isStaged, isUnstaged, status }: ChangedFile): string {
  if (status === 'untracked' || !isStaged) return '';
  return isUnstaged ? ' (partly staged)' : ' (staged)';
}
