import type { StoredTurn } from './storedChat.ts';

/** The turns that are shown of all that are kept, first to last: from each place on the version that `shown` names, or the last. */
export function shownTurns(turns: readonly StoredTurn[], shown: Readonly<Record<string, string>>): readonly StoredTurn[] {
  const versions = new Map<string, StoredTurn[]>();
  for (const turn of turns.toSorted(byTime)) versions.set(turn.parent ?? '', [...(versions.get(turn.parent ?? '') ?? []), turn]);
  const path: StoredTurn[] = [];
  const seen = new Set<string>();
  for (let parent = ''; ; ) {
    const here = versions.get(parent) ?? [];
    const next = here.find(({ id }) => id === (Object.hasOwn(shown, parent) ? shown[parent] : undefined)) ?? here.at(-1);
    // Files can say anything, a ring too.
    if (next === undefined || seen.has(next.id)) return path;
    seen.add(next.id);
    path.push(next);
    parent = next.id;
  }
}

/** In the order in which they were asked; turns that do not say when come first. */
export function byTime(one: StoredTurn, other: StoredTurn): number {
  return (one.view.askedAt ?? 0) - (other.view.askedAt ?? 0) || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}

/** Turns whose predecessor is gone follow the one that was asked before them, so that none is out of reach. */
export function reattached(turns: readonly StoredTurn[]): readonly StoredTurn[] {
  const known = new Map(turns.map((turn) => [turn.id, turn]));
  const sorted = turns.toSorted(byTime);
  const parents = new Map<string, string | undefined>();
  for (const [index, turn] of sorted.entries()) {
    const isSound = turn.parent === undefined || (known.has(turn.parent) && turn.parent !== turn.id);
    parents.set(turn.id, isSound ? turn.parent : sorted[index - 1]?.id);
  }
  for (const turn of sorted) if (isInRing(turn.id, parents)) parents.set(turn.id, undefined);
  return turns.map((turn) => (parents.get(turn.id) === turn.parent ? turn : { ...turn, parent: parents.get(turn.id) }));
}

function isInRing(turnId: string, parents: ReadonlyMap<string, string | undefined>): boolean {
  const seen = new Set<string>();
  for (let id: string | undefined = turnId; id !== undefined; id = parents.get(id)) {
    if (seen.has(id)) return id === turnId;
    seen.add(id);
  }
  return false;
}
