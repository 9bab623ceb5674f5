import { compareText, type FileMatches, type FoundLine } from '../../core/editor/search.ts';

/** Gathers matches file by file, up to a number of matching lines. */
export interface Gathering {
  /** Whether there are more matches than were asked for: nothing more needs to be read. */
  readonly isFull: boolean;
  add(file: FileMatches): void;
  /** By path. */
  files(): readonly FileMatches[];
}

export function createGathering(most: number): Gathering {
  const files: FileMatches[] = [];
  let matches = 0;
  let isFull = false;
  return {
    get isFull() {
      return isFull;
    },
    add(file) {
      if (isFull || (file.lines.length === 0 && !file.hasOverlong)) return;
      const count = matchesIn(file.lines);
      isFull = matches + count > most;
      const lines = isFull ? firstMatches(file.lines, most - matches) : file.lines;
      matches += count;
      if (lines.length > 0 || file.hasOverlong) files.push({ ...file, lines });
    },
    files: () => files.toSorted((one, other) => compareText(one.path, other.path)),
  };
}

function matchesIn(lines: readonly FoundLine[]): number {
  return lines.filter(({ isMatch }) => isMatch).length;
}

/** The lines up to a match, that one included, and what follows it directly. */
function firstMatches(lines: readonly FoundLine[], most: number): readonly FoundLine[] {
  let matches = 0;
  const end = lines.findIndex(({ isMatch }) => isMatch && (matches += 1) > most);
  return most === 0 ? [] : end === -1 ? lines : lines.slice(0, end);
}

/** Takes a signal and a time: `signal` aborts at whichever comes first, `isLate` says that it was the time. */
export function withDeadline(signal: AbortSignal, milliseconds: number): { readonly signal: AbortSignal; isLate(): boolean } {
  const deadline = AbortSignal.timeout(milliseconds);
  return { signal: AbortSignal.any([signal, deadline]), isLate: () => deadline.aborted && !signal.aborted };
}
