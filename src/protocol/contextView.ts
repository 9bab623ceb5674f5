import type { LocalText } from './localText.ts';

/** What a piece of context is. */
export type ContextKind = 'file' | 'folder' | 'symbol' | 'selection' | 'problems' | 'changes' | 'editors' | 'text' | 'instructions';

/** A piece of context that goes with the next question. Its text stays with the host until it is asked. */
export interface ContextView {
  readonly id: string;
  readonly kind: ContextKind;
  /** What the chip reads: `src/a.ts:3-9`. */
  readonly label: string;
  /** What it costs, estimated; undefined while it is read. */
  readonly tokens: number | undefined;
  /** Why it does not go along as it is: too large, a secret, gone. */
  readonly problem: LocalText | undefined;
}

/** What the person is looking at in the editor; undefined where there is none. Ids are taken with `take-suggestion`. */
export interface Attention {
  readonly file: { readonly id: string; readonly label: string } | undefined;
  readonly selection: { readonly id: string; readonly label: string } | undefined;
}

/** What can be put in for `@` and for `/`. `query` is the word that it answers, without the sign. */
export interface SuggestionsView {
  readonly kind: 'mention' | 'command';
  readonly query: string;
  readonly items: readonly Suggestion[];
  /** More is being looked for. */
  readonly isSearching: boolean;
}

/** `kind` of a command is `command`, of a person's own prompt `prompt`. */
export interface Suggestion {
  readonly id: string;
  readonly kind: ContextKind | 'command' | 'prompt';
  /** For a command its name without the slash; for the rest what is looked for: `a.ts`. */
  readonly label: string;
  /** Where it is, or what it does. */
  readonly detail: LocalText | undefined;
}

/** What fills the context window, in tokens: estimated from characters, corrected by what the service last counted. */
export interface GaugeView {
  readonly used: number;
  /** Undefined when nobody knows the model's window. */
  readonly limit: number | undefined;
  readonly parts: readonly { readonly kind: 'system' | 'tools' | 'chat' | 'context'; readonly tokens: number }[];
}
