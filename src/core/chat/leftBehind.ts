import { isAccepted } from '../../protocol/reviewedFiles.ts';
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
  const isUntold = untoldBehind(tree, path);
  const untold = elsewhere(tree, path).flatMap((turn) => ownChanges(turn).filter(({ at }) => isUntold(at, turn.parent)));
  const all = [...untold, ...leftUntold(tree, isUntold)].filter(({ files, more }) => files.length + more > 0);
  return all.length === 0 ? [] : [inWords(all)];
}

/** What the model was told with turns that it does not see, or should have been when the chat was left: each in words of its own. Nothing that these turns were told. */
export function untoldNews(tree: TurnTree, path: readonly TurnNode[]): readonly string[] {
  const isUntold = untoldBehind(tree, path);
  const told = path.flatMap(({ news }) => news.map(({ text }) => text));
  const untold = elsewhere(tree, path).flatMap((turn) => wordsOf(turn).filter(() => isUntold(turn.askedAt, turn.parent)));
  const all = new Set([...untold, ...leftUntold(tree, isUntold).flatMap(({ news = [] }) => news)]);
  return [...all].filter((words) => !told.some((text) => text.includes(words)));
}

type Untold = (at: number, parent: string | undefined) => boolean;

/** Whether nothing behind a turn has been asked since that would have told it. */
function untoldBehind(tree: TurnTree, path: readonly TurnNode[]): Untold {
  const places = new Map(path.map(({ id }, index) => [id, index]));
  const placeOf = (turn: string | undefined): number => {
    let at = turn;
    while (at !== undefined && !places.has(at)) at = tree.get(at)?.parent;
    return at === undefined ? -1 : (places.get(at) ?? -1);
  };
  // What went with a question that was refused goes with the next one anyway.
  // A summary is asked for with no news.
  return (at, parent) => !path.slice(placeOf(parent) + 1).some(({ askedAt, view }) => askedAt > at && view.isSummary !== true);
}

function elsewhere(tree: TurnTree, path: readonly TurnNode[]): readonly TurnNode[] {
  const shown = new Set(path);
  return [...tree.all()].filter((turn) => !shown.has(turn));
}

function leftUntold(tree: TurnTree, isUntold: Untold): readonly LeftBehind[] {
  return [...tree.all()].flatMap((turn) => turn.leftBehind.filter(({ at }) => isUntold(at, turn.id)));
}

/** What these turns, which are deleted together, leave behind in files, and what the model was told with them. */
export function leftBehindBy(turns: readonly TurnNode[]): readonly LeftBehind[] {
  return turns.flatMap((turn) => {
    const news = wordsOf(turn);
    return [...ownChanges(turn), ...(news.length > 0 ? [{ at: turn.askedAt, files: [], more: 0, news }] : []), ...turn.leftBehind];
  });
}

/** The news of a turn but for those of other versions: what is to be said of these depends on what is shown. */
function wordsOf({ news }: TurnNode): readonly string[] {
  return news.map(({ text }) => text).filter((text) => !text.startsWith(opening));
}

function ownChanges({ view, askedAt }: TurnNode): readonly LeftBehind[] {
  if (view.changes === undefined || view.changes.state === 'reverted') return [];
  const files = filesOf(view);
  return [{ at: askedAt, files, more: Math.max(0, view.changes.files - files.length) }];
}

function filesOf({ items }: Turn): readonly string[] {
  const files = items.flatMap((item) => (item.kind === 'review' ? item.files : []));
  const accepted = files.filter((file) => file.isReverted !== true && isAccepted(file));
  return [...new Set(accepted.map(({ path, to }) => to ?? path))];
}

const opening = 'In a version of this conversation that is not shown any more';

function inWords(untold: readonly LeftBehind[]): string {
  const files = [...new Set(untold.flatMap((each) => each.files))];
  const named = files.slice(0, mostNamed).map(showHidden);
  const count = files.length + untold.reduce((sum, { more }) => sum + more, 0);
  const rest = count - named.length;
  const names = [...named, ...(rest > 0 ? [named.length > 0 ? `${rest} more` : ''] : [])].filter((name) => name !== '').join(', ');
  return `${opening}, ${count === 1 ? '1 file was' : `${count} files were`} changed${names === '' ? '' : `: ${names}`}. The changes have not been taken back. The text on disk is what counts, not what you remember of it; read files again before you change them.`;
}
