import type { Contents } from './archive.ts';

/** In which files two packages differ, in words, with the first place of each. */
export function differences(one: Contents, other: Contents): readonly string[] {
  const names = [...new Set([...one.keys(), ...other.keys()])].sort();
  return names.flatMap((name) => {
    const [a, b] = [one.get(name), other.get(name)];
    if (a === undefined || b === undefined) return [`${name} is in one of them only.`];
    if (a.equals(b)) return [];
    const length = Math.max(a.length, b.length);
    let at = 0;
    while (at < length && a[at] === b[at]) at += 1;
    return [`${name} differs from byte ${at}: ${shown(a, at)} and ${shown(b, at)}`];
  });
}

function shown(content: Buffer, at: number): string {
  return JSON.stringify(content.subarray(Math.max(0, at - 20), at + 40).toString('utf8'));
}
