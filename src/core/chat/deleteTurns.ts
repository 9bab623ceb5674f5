import type { ChatKeeper } from '../sessions/keeper.ts';
import { leftBehindBy } from './leftBehind.ts';
import { settled, storedTurn } from './storedTurns.ts';
import type { TurnNode, TurnTree } from './turnTree.ts';

/** Versions that were deleted, with all that followed them. */
export interface DeletedTurns {
  readonly turnIds: readonly string[];
  /** Brings them back, as long as their chat is the one that is shown. */
  restore(): void;
}

export interface DeleteOptions {
  readonly tree: TurnTree;
  readonly keeper: ChatKeeper | undefined;
  /** Shows what follows a turn now. */
  readonly show: (after: string | undefined) => void;
  /** Whether the chat is still the one that is shown. */
  readonly isOpen: () => boolean;
  readonly isRunning: () => boolean;
}

/** Deletes a version with all that follows it; of a summary only itself, so that what it stood for is known again. */
export function deleteTurns(turn: TurnNode, options: DeleteOptions): DeletedTurns {
  const { tree, keeper, show, isOpen, isRunning } = options;
  const { parent } = turn;
  const isAlone = turn.view.isSummary === true;
  const followers = isAlone ? tree.pullOut(turn) : [];
  const deleted = isAlone ? [turn] : tree.remove(turn);
  // Of the first question that is another version of it, if there is one.
  const above = parent === undefined ? tree.path()[0] : tree.get(parent);
  const left = leftBehindBy(deleted);
  keep(followers);
  keeper?.drop(deleted.map(({ id }) => id));
  if (above !== undefined && left.length > 0) {
    above.leftBehind = [...above.leftBehind, ...left];
    keep([above]);
  }
  show(parent);

  function keep(turns: readonly TurnNode[]): void {
    for (const each of turns) keeper?.keep(storedTurn(each));
  }

  return {
    turnIds: deleted.map(({ id }) => id),
    restore() {
      // Its place may be gone by now.
      if (!isOpen() || (parent !== undefined && tree.get(parent) === undefined)) return;
      const present = tree.pathBehind(parent)[0];
      // Nobody answers any more what they proposed.
      for (const each of deleted) each.view = { ...each.view, items: settled(each.view.items) };
      if (isAlone) tree.putBack(turn, followers);
      else tree.add(...deleted);
      if (above !== undefined && left.length > 0 && tree.get(above.id) === above) {
        above.leftBehind = above.leftBehind.filter((each) => !left.includes(each));
        keep([above]);
      }
      keep([...deleted, ...followers]);
      // An answer that is coming stays in sight.
      tree.show(isRunning() && present !== undefined ? present : turn);
      if (parent === undefined || tree.path().some(({ id }) => id === parent)) return show(parent);
      // Another version has been shown since at a place before it.
      if (isRunning()) return keeper?.show(tree.shown);
      for (let at = tree.get(parent); at !== undefined; at = at.parent === undefined ? undefined : tree.get(at.parent)) tree.show(at);
      show(undefined);
    },
  };
}
