import type { StoredTurn } from './storedChat.ts';

/** The turns that are shown of all that are kept, first to last: from each place on the version that `shown` names, or the last. */
export function shownTurns(turns: readonly StoredTurn[], shown: Readonly<Record<string, string>>): readonly StoredTurn[] {
  const versions = new Map<string, StoredTurn[]>();
  for (const turn of turns.toSorted(byTime)) {
    const here = versions.get(turn.parent ?? '');
    if (here === undefined) versions.set(turn.parent ?? '', [turn]);
    else here.push(turn);
  }
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
  breakRings(parents);
  return turns.map((turn) => (parents.get(turn.id) === turn.parent ? turn : { ...turn, parent: parents.get(turn.id) }));
}

/** Lets the first of each ring follow nobody. Every turn is walked over once: a chat may have thousands. */
function breakRings(parents: Map<string, string | undefined>): void {
  const order = new Map([...parents.keys()].map((id, index) => [id, index]));
  const placeOf = (id: string): number => order.get(id) ?? 0;
  const sound = new Set<string>();
  for (const start of order.keys()) {
    const walk = new Set<string>();
    let at: string | undefined = start;
    for (; at !== undefined && !sound.has(at) && !walk.has(at); at = parents.get(at)) walk.add(at);
    if (at !== undefined && walk.has(at)) {
      const ring = [...walk].slice([...walk].indexOf(at));
      parents.set(ring.reduce((first, id) => (placeOf(id) < placeOf(first) ? id : first)), undefined);
    }
    for (const id of walk) sound.add(id);
  }
}
