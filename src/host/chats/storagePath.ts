import { FileError } from '../../core/ports.ts';

/** Milliseconds after which nobody is writing a file any more: whoever was has been killed. */
export const abandonedMs = 60_000;

/** The names that a path of the storage consists of. Throws for one that could lead out of it. */
export function segmentsOf(path: string): readonly string[] {
  const segments = path.split('/');
  if (!segments.every((segment) => /^[\w-][\w.-]*$/.test(segment))) throw new FileError('other', `"${path}" is no path of the storage.`);
  return segments;
}

/** A name that nobody else gives to a file, and that no file of a chat has. */
export function ownName(): string {
  return `${crypto.randomUUID()}.tmp`;
}

/** Whether a name is one of those. */
export function isOwnName(name: string): boolean {
  return /^[\da-f-]{36}\.tmp$/.test(name);
}
