/** A place in a text: `line` counts from 1, `column` from 1 in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From `start` to before `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A range in a file. */
export interface Location {
  /** Absolute, as in `WorkspaceFolder`; for what is no file (a library inside an archive) its address. */
  readonly path: string;
  readonly range: Range;
}
