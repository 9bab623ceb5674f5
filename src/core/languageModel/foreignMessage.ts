/**
 * A message as VS Code hands it over and takes it, without VS Code's classes. It knows no reasoning: what a service wants
 * of that comes from the {@link ReasoningMemory}.
 */
export interface ForeignMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly parts: readonly ForeignPart[];
}

export type ForeignPart =
  | { readonly kind: 'text'; readonly text: string }
  /** A picture as a `data:` URL. */
  | { readonly kind: 'image'; readonly url: string }
  | ForeignCall
  | { readonly kind: 'result'; readonly callId: string; readonly text: string; readonly images: readonly string[] };

/** A tool call: its arguments as an object, in which the model's own bytes are lost. */
export interface ForeignCall {
  readonly kind: 'call';
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}
