import { showHidden } from '../../protocol/hiddenCharacters.ts';
import type { Turn } from '../../protocol/viewState.ts';
import type { LeftBehind } from '../sessions/storedChat.ts';
import type { TurnNode, TurnTree } from './turnTree.ts';

/** So many files are named. */
const mostNamed = 20;

/**
 * What the next question behind these turns should tell the model of files: which ones were changed in versions that it
 * does not see. Nothing of what has been told: with a later question, asked where the versions had already parted.
 */
export function changedElsewhere(tree: TurnTree, path: readonly TurnNode[]): readonly string[] {
  const places = new Map(path.map(({ id }, index) => [id, index]));
  const placeOf = (turn: string | undefined): number => {
    let at = turn;
    while (at !== undefined && !places.has(at)) at = tree.get(at)?.parent;
    return at === undefined ? -1 : (places.get(at) ?? -1);
  };
  // What went with a question that was refused goes with the next one anyway.
  const isUntold = (at: number, parent: string | undefined): boolean => !path.slice(placeOf(parent) + 1).some(({ askedAt }) => askedAt > at);
  const untold = [...tree.all()].flatMap((turn) => [
    ...(places.has(turn.id) ? [] : ownChanges(turn).filter(({ at }) => isUntold(at, turn.parent))),
    ...turn.leftBehind.filter(({ at }) => isUntold(at, turn.id)),
  ]);
  return untold.length === 0 ? [] : [inWords(untold)];
}

/** What these turns, which are deleted together, leave behind in files. */
export function leftBehindBy(turns: readonly TurnNode[]): readonly LeftBehind[] {
  return turns.flatMap((turn) => [...ownChanges(turn), ...turn.leftBehind]);
}

function ownChanges({ view, askedAt }: TurnNode): readonly LeftBehind[] {
  if (view.changes === undefined || view.changes.state === 'reverted') return [];
  const files = filesOf(view);
  return [{ at: askedAt, files, more: Math.max(0, view.changes.files - files.length) }];
}

function filesOf({ items }: Turn): readonly string[] {
  const files = items.flatMap((item) => (item.kind === 'review' ? item.files : []));
  const accepted = files.filter(({ decision, hunks }) => decision === 'accepted' || hunks.some((hunk) => hunk.decision === 'accepted'));
  return [...new Set(accepted.map(({ path, to }) => to ?? path))];
}

function inWords(untold: readonly LeftBehind[]): string {
  const files = [...new Set(untold.flatMap((each) => each.files))];
  const named = files.slice(0, mostNamed).map(showHidden);
  const count = files.length + untold.reduce((sum, { more }) => sum + more, 0);
  const rest = count - named.length;
  const names = [...named, ...(rest > 0 ? [named.length > 0 ? `${rest} more` : ''] : [])].filter((name) => name !== '').join(', ');
  return `In a version of this conversation that is not shown any more, ${count === 1 ? '1 file was' : `${count} files were`} changed${names === '' ? '' : `: ${names}`}. The changes have not been taken back. The text on disk is what counts, not what you remember of it; read files again before you change them.`;
}
