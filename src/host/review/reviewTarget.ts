import type { PendingChanges } from './pendingChanges.ts';

/** What a decision is on: a hunk, a file (`hunk` undefined) or a whole review (`file` undefined too). */
export interface ReviewTarget {
  readonly token: string;
  readonly file?: number;
  readonly hunk?: number;
}

/**
 * What the arguments of a command name, if they name something that waits. They come from lenses, keys of the person's own
 * and other extensions, so nothing is taken on trust: a token that is not ours decides nothing.
 */
export function readTarget(args: readonly unknown[], pending: PendingChanges): ReviewTarget | undefined {
  const [token, file, hunk] = args;
  const review = typeof token === 'string' ? pending.review(token) : undefined;
  if (review === undefined || !isIndexOf(file, review.files)) return undefined;
  if (file === undefined) return hunk === undefined ? { token: review.token } : undefined;
  if (!isIndexOf(hunk, review.files[file]?.hunks ?? [])) return undefined;
  return { token: review.token, file, ...(hunk !== undefined && { hunk }) };
}

function isIndexOf(value: unknown, list: readonly unknown[]): value is number | undefined {
  return value === undefined || (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < list.length);
}
