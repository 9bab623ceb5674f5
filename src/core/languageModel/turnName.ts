/** All that has to be known of a kept turn to find it or to let it go: it stands in its file's name, so that one listing of the folder tells. */
export interface TurnName {
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly bytes: number;
}

export function nameOf({ key, at, bytes }: TurnName): string {
  return `${[at.toString(36).padStart(9, '0'), key, bytes.toString(36)].join('-')}.json`;
}

/** Undefined for a file that is none of ours. */
export function readName(file: string): TurnName | undefined {
  const [, at, key, bytes] = /^([0-9a-z]{9})-([0-9a-z]{12})-([0-9a-z]{1,8})\.json$/.exec(file) ?? [];
  if (at === undefined || key === undefined || bytes === undefined) return undefined;
  return { key, at: Number.parseInt(at, 36), bytes: Number.parseInt(bytes, 36) };
}
