import { diffArrays } from 'diff';

/** Lines from `oldFrom` up to but without `oldTo` that become those from `newFrom` to `newTo`, counted from 0. */
export interface ChangedRange {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Lines put in and taken out at most, beyond which a stretch counts as wholly different: the search takes its square. */
const mostEdits = 1500;
/** What stays the same between two changes but says nothing (a brace, a blank line) does not keep them apart. */
const mostFiller = 2;

/** What changes between two lists of lines: in order, and never touching. */
export function diffLines(oldLines: readonly string[], newLines: readonly string[]): readonly ChangedRange[] {
  const ids = new Map<string, number>();
  const idOf = (line: string): number => {
    const id = ids.get(line) ?? ids.size;
    ids.set(line, id);
    return id;
  };
  // Numbers, for comparing long lines again and again is what would take the time.
  const whole: Stretch = { old: oldLines.map(idOf), new: newLines.map(idOf), oldFrom: 0, newFrom: 0 };
  return joinOverFiller(changesIn(whole), newLines);
}

/** Lines as numbers, and where they stand in their text. */
interface Stretch {
  readonly old: readonly number[];
  readonly new: readonly number[];
  readonly oldFrom: number;
  readonly newFrom: number;
}

function changesIn(stretch: Stretch): readonly ChangedRange[] {
  const middle = withoutCommonEnds(stretch);
  if (middle.old.length === 0 && middle.new.length === 0) return [];
  const parts = diffArrays([...middle.old], [...middle.new], { maxEditLength: mostEdits });
  const whole = { oldFrom: middle.oldFrom, oldTo: middle.oldFrom + middle.old.length, newFrom: middle.newFrom, newTo: middle.newFrom + middle.new.length };
  if (parts === undefined) return [whole];

  const changes: ChangedRange[] = [];
  let { oldFrom, newFrom } = middle;
  let [oldTo, newTo] = [oldFrom, newFrom];
  const close = (): void => {
    if (oldTo > oldFrom || newTo > newFrom) changes.push({ oldFrom, oldTo, newFrom, newTo });
  };
  for (const { added, removed, count } of parts) {
    if (removed) oldTo += count;
    else if (added) newTo += count;
    else {
      close();
      oldFrom = oldTo += count;
      newFrom = newTo += count;
    }
  }
  close();
  return changes;
}

function withoutCommonEnds({ old, new: fresh, oldFrom, newFrom }: Stretch): Stretch {
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end += 1;
  return { old: old.slice(start, old.length - end), new: fresh.slice(start, fresh.length - end), oldFrom: oldFrom + start, newFrom: newFrom + start };
}

function joinOverFiller(changes: readonly ChangedRange[], newLines: readonly string[]): readonly ChangedRange[] {
  const joined: ChangedRange[] = [];
  for (const change of changes) {
    const last = joined.at(-1);
    const between = last === undefined ? [] : newLines.slice(last.newTo, Math.min(change.newFrom, last.newTo + mostFiller + 1));
    if (last === undefined || between.length > mostFiller || between.some((line) => /[\p{L}\p{N}]/u.test(line))) joined.push(change);
    else joined[joined.length - 1] = { oldFrom: last.oldFrom, oldTo: change.oldTo, newFrom: last.newFrom, newTo: change.newTo };
  }
  return joined;
}
