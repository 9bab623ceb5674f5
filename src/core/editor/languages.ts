import type { PlannedChange } from './plannedChange.ts';
import type { Location, Position, Range } from './range.ts';

/** A problem that a language server or a linter has reported. */
export interface Diagnostic extends Location {
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  /** Who reports it, `ts`, and by what name, `2304`. */
  readonly source: string | undefined;
  readonly code: string | undefined;
}

/** A symbol of an outline; `kind` is a word such as `function`. */
export interface OutlineSymbol {
  readonly name: string;
  readonly kind: string;
  readonly detail: string;
  readonly range: Range;
  readonly children: readonly OutlineSymbol[];
}

/** A symbol that was found by its name. */
export interface FoundSymbol extends Location {
  readonly name: string;
  readonly kind: string;
  /** What it belongs to, if that is known. */
  readonly container: string;
}

/** A quick fix or refactoring as a server offers it; `kind` is dotted: `refactor.extract.function`. */
export interface OfferedAction {
  readonly title: string;
  readonly kind: string;
  readonly isPreferred: boolean;
}

/** What an action would do. Its command, if it has one, could do anything, and is never run. */
export interface ResolvedAction {
  readonly changes: readonly PlannedChange[];
  readonly hasCommand: boolean;
}

/**
 * What the editor's language servers know. Paths are absolute, already checked by the guard, and as the editor knows the
 * file (`written`). Every question throws the signal's reason when it aborts, and a {@link LanguageError}. Nothing found
 * is an empty list: a language without a server answers so too.
 */
export interface Languages {
  /** Of one file, or of all files that servers have looked at. Waits a little for servers that are still at it. */
  diagnostics(path: string | undefined, signal: AbortSignal): Promise<readonly Diagnostic[]>;
  /** Whether the file is open in an editor: most servers look for problems only there. */
  isOpen(path: string): boolean;
  outline(path: string, signal: AbortSignal): Promise<readonly OutlineSymbol[]>;
  symbols(query: string, signal: AbortSignal): Promise<readonly FoundSymbol[]>;
  definitions(path: string, position: Position, signal: AbortSignal): Promise<readonly Location[]>;
  references(path: string, position: Position, signal: AbortSignal): Promise<readonly Location[]>;
  /** Markdown texts, as an editor shows them over a symbol. */
  hovers(path: string, position: Position, signal: AbortSignal): Promise<readonly string[]>;
  rename(path: string, position: Position, newName: string, signal: AbortSignal): Promise<readonly PlannedChange[]>;
  actions(path: string, range: Range, signal: AbortSignal): Promise<readonly OfferedAction[]>;
  /** Undefined when it is not offered any more. */
  resolveAction(path: string, range: Range, action: OfferedAction, signal: AbortSignal): Promise<ResolvedAction | undefined>;
}

/** Why a server gave no answer: `slow`, it took too long; `refused`, it says why. `message` is for the model. */
export class LanguageError extends Error {
  override readonly name = 'LanguageError';
  readonly reason: 'slow' | 'refused';

  constructor(reason: LanguageError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}
