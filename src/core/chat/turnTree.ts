import type { BranchView, Turn } from '../../protocol/viewState.ts';
import type { ProviderSpec } from '../providers/spec.ts';
import type { LeftBehind } from '../sessions/storedChat.ts';
import type { TurnHistory } from './turnHistory.ts';

/** A turn in its place: turns with the same parent are versions of each other. */
export interface TurnNode extends TurnHistory {
  /** Undefined for the first. */
  parent: string | undefined;
  /** When it was asked, in milliseconds since the epoch; later than every turn that was there before it. */
  readonly askedAt: number;
  /** What is shown of it, whether it is or not. Its {@link Turn.branch} need not be right: the tree knows. */
  view: Turn;
  leftBehind: readonly LeftBehind[];
  /** The service as it was when it was asked; undefined before that, and when it was asked in another window or session. */
  provider: ProviderSpec | undefined;
}

/** All turns of a chat, and which of them are shown. */
export interface TurnTree {
  /** Which version is shown behind a turn, where there are several; behind none, by the empty text. */
  readonly shown: Readonly<Record<string, string>>;
  get(id: string): TurnNode | undefined;
  all(): Iterable<TurnNode>;
  /** The shown turns, first to last. */
  path(): readonly TurnNode[];
  /** The shown turns behind this one; all of them when none is given. */
  pathBehind(parent: string | undefined): readonly TurnNode[];
  /** This turn and the others that were asked at its place, in the order in which they were asked. */
  versions(turn: TurnNode): readonly TurnNode[];
  branchOf(turn: TurnNode): BranchView | undefined;
  /** Puts turns in, wherever they were asked, parents first. */
  add(...turns: readonly TurnNode[]): void;
  /** Shows this version at its place, and what was shown behind it. */
  show(turn: TurnNode): void;
  /** Takes a turn out with all that follows it, and answers what is out; the version before it is shown, or the one after. */
  remove(turn: TurnNode): readonly TurnNode[];
  /** Takes out this turn alone, and answers what followed it and now follows its parent. */
  pullOut(turn: TurnNode): readonly TurnNode[];
  /** Puts a turn back that was pulled out, in front of those that followed it and still are there. */
  putBack(turn: TurnNode, followers: readonly TurnNode[]): void;
  /** When the last turn was asked; 0 without any. */
  lastAskedAt(): number;
}

const first = '';

export function createTurnTree(shownAtFirst: Readonly<Record<string, string>> = {}): TurnTree {
  const turns = new Map<string, TurnNode>();
  const children = new Map<string, TurnNode[]>();
  const shown = new Map(Object.entries(shownAtFirst));
  let path: readonly TurnNode[] | undefined;

  const behind = (parent: string | undefined): readonly TurnNode[] => children.get(parent ?? first) ?? [];

  function put(turn: TurnNode): void {
    turns.set(turn.id, turn);
    const versions = [...behind(turn.parent)];
    // Nearly always it is the last one.
    const at = versions.findLastIndex(({ askedAt }) => askedAt <= turn.askedAt) + 1;
    children.set(turn.parent ?? first, versions.toSpliced(at, 0, turn));
    path = undefined;
  }

  function takeOut(turn: TurnNode): void {
    turns.delete(turn.id);
    children.set(turn.parent ?? first, behind(turn.parent).filter((other) => other !== turn));
    path = undefined;
  }

  function showAt(parent: string | undefined, turn: TurnNode | undefined): void {
    if (turn === undefined || behind(parent).length < 2) shown.delete(parent ?? first);
    else shown.set(parent ?? first, turn.id);
    path = undefined;
  }

  const shownBehind = (parent: string | undefined): TurnNode | undefined => {
    const versions = behind(parent);
    const chosen = shown.get(parent ?? first);
    return versions.find(({ id }) => id === chosen) ?? versions.at(-1);
  };

  function pathBehind(parent: string | undefined): readonly TurnNode[] {
    const found: TurnNode[] = [];
    for (let next = shownBehind(parent); next !== undefined; next = shownBehind(next.id)) found.push(next);
    return found;
  }

  return {
    get shown() {
      return Object.fromEntries([...shown].filter(([parent]) => parent === first || turns.has(parent)));
    },
    get: (id) => turns.get(id),
    all: () => turns.values(),
    path: () => (path ??= pathBehind(undefined)),
    pathBehind,
    versions: (turn) => behind(turn.parent),
    branchOf(turn) {
      const versions = behind(turn.parent);
      return versions.length < 2 ? undefined : { number: versions.indexOf(turn) + 1, of: versions.length };
    },
    add(...added) {
      for (const turn of added) put(turn);
    },
    show: (turn) => showAt(turn.parent, turn),
    remove(turn) {
      const versions = behind(turn.parent);
      const at = versions.indexOf(turn);
      const isShown = shownBehind(turn.parent) === turn;
      const shownNow = isShown ? (versions[at - 1] ?? versions[at + 1]) : shownBehind(turn.parent);
      const removed: TurnNode[] = [turn];
      // It grows while it is gone through: so each comes behind its parent.
      for (const each of removed) removed.push(...behind(each.id));
      takeOut(turn);
      for (const each of removed) {
        turns.delete(each.id);
        children.delete(each.id);
      }
      showAt(turn.parent, shownNow);
      return removed;
    },
    pullOut(turn) {
      const followers = behind(turn.id);
      const isShown = shownBehind(turn.parent) === turn;
      const next = isShown ? shownBehind(turn.id) : shownBehind(turn.parent);
      children.delete(turn.id);
      shown.delete(turn.id);
      takeOut(turn);
      for (const follower of followers) {
        follower.parent = turn.parent;
        put(follower);
      }
      showAt(turn.parent, next ?? shownBehind(turn.parent));
      return followers;
    },
    putBack(turn, followers) {
      const next = shownBehind(turn.parent);
      put(turn);
      for (const follower of followers) {
        if (turns.get(follower.id) !== follower) continue;
        takeOut(follower);
        follower.parent = turn.id;
        put(follower);
      }
      if (next !== undefined && followers.includes(next)) showAt(turn.id, next);
      showAt(turn.parent, turn);
    },
    lastAskedAt: () => [...turns.values()].reduce((last, { askedAt }) => Math.max(last, askedAt), 0),
  };
}
