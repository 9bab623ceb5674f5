// The modes' own types name this module, which is in no package of theirs.
declare module '@codemirror/streamparser' {
  import type { LineStream } from './lineStream.ts';

  export interface StreamParser<State> {
    startState?(indentUnit: number): State;
    token(stream: LineStream, state: State): string | null | void;
    blankLine?(state: State, indentUnit: number): void;
    copyState?(state: State): State;
  }
}
