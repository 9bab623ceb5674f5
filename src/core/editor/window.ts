import type { Range } from './range.ts';

/** A tab of the window, in the order of the tab bars. */
export interface OpenEditor {
  /** Absolute path; for what is no file (an untitled text, a diff of an older version) its address. */
  readonly path: string;
  readonly isActive: boolean;
  readonly isDirty: boolean;
}

/** The text editor that the person works in. */
export interface ActiveEditor {
  readonly path: string;
  readonly language: string;
  readonly lineCount: number;
  readonly isDirty: boolean;
  /** First and last line on the screen, from 1; undefined when nothing is. */
  readonly visible: { readonly first: number; readonly last: number } | undefined;
  readonly selection: Range;
  /** What is selected, empty when it is only a cursor. Line ends are `\n`. */
  readonly selectedText: string;
}

/** What a person sees of the window. */
export interface EditorWindow {
  editors(): readonly OpenEditor[];
  active(): ActiveEditor | undefined;
}
