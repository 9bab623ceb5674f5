/**
 * Lines that change together. Line numbers count from 1. A text's lines are what stands between its `\n`, as an editor
 * counts them: the last one is empty where the text ends with a `\n`, so a line end that comes or goes at the end of the
 * text is an empty line that comes or goes.
 */
export interface Hunk {
  /** The first line of the old text that the hunk takes out, and how many; 0 lines are put in before `oldStart`. */
  readonly oldStart: number;
  readonly oldLines: readonly string[];
  readonly newStart: number;
  readonly newLines: readonly string[];
}
