import { diffArrays } from 'diff';
import { anchorsOf } from './anchors.ts';

/** Lines from `oldFrom` up to but without `oldTo` that become those from `newFrom` to `newTo`, counted from 0. */
export interface ChangedRange {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/**
 * A search takes the square of the lines that were put in and taken out, so it is given up at `firstEdits`, and all
 * searches together at `squares`, in a fraction of a second. No clock: the same texts have the same hunks everywhere.
 */
const most = { firstEdits: 300, squares: 1000 * 1000 } as const;
/** What stays the same between two changes but says nothing (a brace, a blank line) does not keep them apart. */
const mostFiller = 2;

/** What changes between two lists of lines: in order, and never touching. Found by the fewest changes, and where those are too many, around lines that occur once. */
export function diffLines(oldLines: readonly string[], newLines: readonly string[]): readonly ChangedRange[] {
  const ids = new Map<string, number>();
  const idOf = (line: string): number => {
    const id = ids.get(line) ?? ids.size;
    ids.set(line, id);
    return id;
  };
  // Numbers, for comparing long lines again and again is what would take the time.
  const whole: Stretch = { old: oldLines.map(idOf), new: newLines.map(idOf), oldFrom: 0, newFrom: 0 };
  return joinOverFiller(changesIn(whole, { squares: most.squares }), newLines);
}

/** Lines as numbers, and where they stand in their text. */
interface Stretch {
  readonly old: readonly number[];
  readonly new: readonly number[];
  readonly oldFrom: number;
  readonly newFrom: number;
}

interface Budget {
  squares: number;
}

function changesIn(stretch: Stretch, budget: Budget): readonly ChangedRange[] {
  const middle = withoutCommonEnds(stretch);
  if (middle.old.length === 0 && middle.new.length === 0) return [];
  const whole = [{ oldFrom: middle.oldFrom, oldTo: middle.oldFrom + middle.old.length, newFrom: middle.newFrom, newTo: middle.newFrom + middle.new.length }];
  if (budget.squares <= 0) return whole;
  return searchIn(middle, budget, most.firstEdits) ?? betweenAnchors(middle, budget) ?? searchIn(middle, budget, Infinity) ?? whole;
}

/** The fewest changes; undefined when they take too long to find. */
function searchIn(stretch: Stretch, budget: Budget, mostEdits: number): readonly ChangedRange[] | undefined {
  const maxEditLength = Math.min(mostEdits, Math.floor(Math.sqrt(Math.max(0, budget.squares))));
  const parts = diffArrays([...stretch.old], [...stretch.new], { maxEditLength });
  const edits = parts?.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0);
  budget.squares -= (edits ?? maxEditLength) ** 2;
  if (parts === undefined) return undefined;

  const changes: ChangedRange[] = [];
  let { oldFrom, newFrom } = stretch;
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

/** The changes between lines that occur once on each side; undefined when there is none. */
function betweenAnchors({ old, new: fresh, oldFrom, newFrom }: Stretch, budget: Budget): readonly ChangedRange[] | undefined {
  const anchors = anchorsOf(old, fresh);
  if (anchors.length === 0) return undefined;
  const changes: ChangedRange[] = [];
  let [oldAt, newAt] = [0, 0];
  for (const anchor of [...anchors, { old: old.length, new: fresh.length }]) {
    const between = { old: old.slice(oldAt, anchor.old), new: fresh.slice(newAt, anchor.new), oldFrom: oldFrom + oldAt, newFrom: newFrom + newAt };
    for (const change of changesIn(between, budget)) changes.push(change);
    [oldAt, newAt] = [anchor.old + 1, anchor.new + 1];
  }
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
