import type { AssistantMessage } from '../conversation/message.ts';

/**
 * What comes out of one completion, in order. Deltas carry only what is new; the whole message comes once, frozen, in
 * `end`, which is the last event and comes only when the service ended the answer properly. A failure is thrown as a
 * `CompletionError` instead, and an abort as the signal's reason.
 */
export type CompletionEvent =
  | { readonly type: 'reasoning-delta'; readonly text: string }
  | { readonly type: 'text-delta'; readonly text: string }
  | CallDelta
  | CompletionEnd;

/** A piece of a tool call, for showing only: a call may be acted on when it stands in `end`, not before. */
export interface CallDelta {
  readonly type: 'call-delta';
  /** Which call of the message, from 0. */
  readonly index: number;
  /** The name so far; it may come after some of the arguments. */
  readonly name: string;
  readonly arguments: string;
}

export interface CompletionEnd {
  readonly type: 'end';
  readonly reason: FinishReason;
  /** Its calls are complete; a call that was cut off is not among them but in `cutCalls`. */
  readonly message: AssistantMessage;
  readonly cutCalls: number;
  readonly usage: Usage | undefined;
}

/** Why the answer ended; `overloaded` is DeepSeek's `insufficient_system_resource`, `failed` any other trouble of the service, `other` a reason we do not know. */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'overloaded' | 'failed' | 'other';

/** Tokens of one request; a part that the service did not tell is undefined. Completion tokens include reasoning. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number | undefined;
  readonly reasoningTokens: number | undefined;
}

/** The sum of two requests' usage; a part counts as told when either told it. */
export function addUsage(left: Usage | undefined, right: Usage | undefined): Usage | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return {
    promptTokens: left.promptTokens + right.promptTokens,
    completionTokens: left.completionTokens + right.completionTokens,
    cachedTokens: addKnown(left.cachedTokens, right.cachedTokens),
    reasoningTokens: addKnown(left.reasoningTokens, right.reasoningTokens),
  };
}

function addKnown(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined && right === undefined ? undefined : (left ?? 0) + (right ?? 0);
}
