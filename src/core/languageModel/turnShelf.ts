import type { Clock } from '../ports.ts';
import { readKept, type KeptTurn } from './keptTurn.ts';
import { nameOf, readName, type TurnName } from './turnName.ts';

/** A folder that all windows share: one small file for each turn, written once, so that no two windows can spoil one another's. */
export interface TurnFiles {
  list(): Promise<readonly string[]>;
  read(name: string): Promise<string>;
  write(name: string, text: string): Promise<void>;
  /** What is gone already is no failure. */
  remove(name: string): Promise<void>;
}

/** How much is kept: turns, bytes of all, and bytes of one. */
export interface MemoryBounds {
  readonly turns: number;
  readonly bytes: number;
  readonly turnBytes: number;
}

/** Turns on the disk. Whatever the disk refuses is thrown. */
export interface TurnShelf {
  /** A turn of one of these keys. A damaged file counts as none, and goes. */
  find(keys: readonly string[]): Promise<{ readonly name: TurnName; readonly turn: KeptTurn } | undefined>;
  /** Keeps a turn as the newest, and lets go what is too much then; one that is too large by itself is not kept. */
  put(turn: KeptTurn, place: Pick<TurnName, 'key'>): Promise<void>;
  remove(name: TurnName): Promise<void>;
}

export function createTurnShelf({ files, clock, bounds }: { readonly files: TurnFiles; readonly clock: Clock; readonly bounds: MemoryBounds }): TurnShelf {
  let names: readonly TurnName[] | undefined;
  let looking: Promise<readonly TurnName[]> | undefined;
  /** What was not there when it was looked for, as turns that were let go: it will not come. */
  const missed = new Set<string>();
  let puts = 0;

  async function look(): Promise<readonly TurnName[]> {
    // Whoever looks meanwhile looks at the same.
    looking ??= files.list().then((all) => all.flatMap((file) => readName(file) ?? []));
    try {
      names = await looking;
      return names;
    } finally {
      looking = undefined;
    }
  }

  async function nameFor(keys: readonly string[]): Promise<TurnName | undefined> {
    const id = keys.join(' ');
    // Another window may have written it since.
    const name = among(names ?? [], keys) ?? (missed.has(id) ? undefined : among(await look(), keys));
    if (name !== undefined) return name;
    if (missed.size >= bounds.turns) missed.clear();
    missed.add(id);
    return undefined;
  }

  /** Under this name, or under that which another window has given it since. */
  async function read(name: TurnName, keys: readonly string[]): Promise<{ readonly name: TurnName; readonly text: string }> {
    try {
      return { name, text: await files.read(nameOf(name)) };
    } catch (error) {
      const renewed = among(await look(), keys);
      if (renewed === undefined || nameOf(renewed) === nameOf(name)) throw error;
      return { name: renewed, text: await files.read(nameOf(renewed)) };
    }
  }

  async function remove(name: TurnName): Promise<void> {
    names = names?.filter((each) => nameOf(each) !== nameOf(name));
    await files.remove(nameOf(name));
  }

  return {
    remove,
    async find(keys) {
      const known = await nameFor(keys);
      if (known === undefined) return undefined;
      const { name, text } = await read(known, keys);
      const turn = readKept(text);
      if (turn === undefined) await remove(name);
      return turn && { name, turn };
    },
    async put(turn, place) {
      const text = JSON.stringify(turn);
      const bytes = new TextEncoder().encode(text).length;
      if (bytes > bounds.turnBytes) return;
      const name = { key: place.key, at: clock.now(), bytes };
      await files.write(nameOf(name), text);
      // Now and then other windows' turns are counted too.
      const known = (puts += 1) % 50 === 1 ? undefined : names;
      const others = (known ?? (await look())).filter((each) => nameOf(each) !== nameOf(name));
      const all = [name, ...others].toSorted((one, other) => other.at - one.at);
      let sum = 0;
      names = all.filter((each, index) => (sum += each.bytes) <= bounds.bytes && index < bounds.turns);
      for (const gone of all.filter((each) => names?.includes(each) !== true)) await files.remove(nameOf(gone));
    },
  };
}

function among(names: readonly TurnName[], keys: readonly string[]): TurnName | undefined {
  return names.find(({ key }) => keys.includes(key));
}
