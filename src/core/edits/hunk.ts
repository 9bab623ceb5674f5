/** Lines that change together, with a few around them. Line numbers count from 1. */
export interface Hunk {
  /** The first line of the old text that the hunk takes out, and how many; 0 lines are put in before `oldStart`. */
  readonly oldStart: number;
  readonly oldLines: readonly string[];
  readonly newStart: number;
  readonly newLines: readonly string[];
}
