import type { Entry } from './memoryFiles.ts';

/** A thing on the disk; it is the same thing when it is the same object. */
export interface Thing {
  /** As it was made; '' for the root. */
  readonly name: string;
  /** The name as the disk compares it. */
  readonly key: string;
  readonly parent: Thing | undefined;
  readonly entry: Entry;
  readonly children: Thing[];
}

/** Where a walk ends: at a thing, before a name that is not there in a folder that is, or nowhere. */
export type WalkEnd = { readonly at: Thing; readonly rest: readonly string[] } | 'nowhere';

/** The things of {@link memoryFiles} as a tree that is walked name by name: slow, plain, and written without a look at the guard. */
export interface NaiveDisk {
  walk(path: string): WalkEnd;
  /** As `walk`, but a link on the way is an end: only a path that is its own real path arrives. */
  walkStraight(path: string): WalkEnd;
}

export function naiveDisk(entries: { readonly [path: string]: Entry }, ignoresCase: boolean): NaiveDisk {
  const root: Thing = { name: '', key: '', parent: undefined, entry: { folder: true }, children: [] };
  const keyOf = (name: string): string => (ignoresCase ? name.normalize('NFC').toUpperCase() : name);

  function childOf(folder: Thing, name: string): Thing | undefined {
    const key = keyOf(name);
    return folder.children.find((child) => child.key === key);
  }

  for (const [path, entry] of Object.entries(entries)) {
    const names = path.split('/').slice(1);
    let at = root;
    for (const [index, name] of names.entries()) {
      const found = childOf(at, name);
      const made: Thing = found ?? { name, key: keyOf(name), parent: at, entry: index === names.length - 1 ? entry : { folder: true }, children: [] };
      if (found === undefined) at.children.push(made);
      at = made;
    }
  }

  function step(at: Thing, names: readonly string[], budget: { links: number }): WalkEnd {
    const [name, ...rest] = names;
    if (name === undefined) return { at, rest: [] };
    if (typeof at.entry !== 'object' || !('folder' in at.entry)) return 'nowhere';
    if (name === '' || name === '.') return step(at, rest, budget);
    if (name === '..') return step(at.parent ?? at, rest, budget);
    if (name.length > 255) return 'nowhere';
    const child = childOf(at, name);
    if (child === undefined) return { at, rest: names };
    if (typeof child.entry === 'object' && 'refuses' in child.entry) return 'nowhere';
    if (typeof child.entry !== 'object' || !('link' in child.entry)) return step(child, rest, budget);
    if (budget.links === 0) return 'nowhere';
    budget.links -= 1;
    const { link } = child.entry;
    // A link to nowhere is not a file that is missing.
    const end = step(link.startsWith('/') ? root : at, link.split('/'), budget);
    if (end === 'nowhere' || end.rest.length > 0) return 'nowhere';
    return step(end.at, rest, budget);
  }

  return {
    walk: (path) => step(root, path.split('/'), { links: 40 }),
    walkStraight: (path) => step(root, path.split('/'), { links: 0 }),
  };
}

/** The names from the root down to a thing. */
export function namesTo(thing: Thing): readonly string[] {
  return thing.parent === undefined ? [] : [...namesTo(thing.parent), thing.name];
}

/** Whether a thing is the other or lies in it. */
export function isIn(thing: Thing | undefined, other: Thing): boolean {
  return thing !== undefined && (thing === other || isIn(thing.parent, other));
}
