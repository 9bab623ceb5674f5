import type { AnswerDetails } from '../../protocol/viewState.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import type { CompletionError } from './completionError.ts';

/**
 * What comes out of one completion, in order. Deltas carry only what is new; the whole message comes once, frozen, in
 * `end`, which is the last event and comes only when the service ended the answer properly. A failure is thrown as a
 * `CompletionError` instead, and an abort as the signal's reason.
 */
export type CompletionEvent =
  | { readonly type: 'reasoning-delta'; readonly text: string }
  | { readonly type: 'text-delta'; readonly text: string }
  | CallDelta
  /** A tool call that the model wrote into its text, where it is only words: shown, never run (docs/servers.md T16). */
  | { readonly type: 'leaked-call-delta'; readonly text: string }
  | Liveness
  | Retrying
  | CompletionEnd;

/** How the connection is, told whenever it changes: `queued` is keep-alives without an answer, `silent` is nothing at all. */
export interface Liveness {
  readonly type: 'liveness';
  readonly state: 'queued' | 'silent' | 'flowing';
}

/** The request failed before anything of an answer came, and is made again after `delayMs`. */
export interface Retrying {
  readonly type: 'retrying';
  /** 1 for the first repetition. */
  readonly attempt: number;
  readonly of: number;
  readonly delayMs: number;
  readonly error: CompletionError;
}

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
  /** The second and further answers, where several were asked for and they came whole; their calls are never run. */
  readonly alternatives: readonly AssistantMessage[];
  /** Of the first answer's text, token by token, where they were asked for. */
  readonly logprobs: readonly TokenLogprob[];
  /** Of the words with which the model refused, where a service tells them apart (iFlow's page); absent otherwise. */
  readonly refusalLogprobs?: readonly TokenLogprob[];
  readonly details: CompletionDetails;
  /**
   * What streamed of this answer was not what it seemed, which could be told at its end only; absent otherwise, as a rule.
   * These two are what has to be shown in place of all its text, leaked calls and reasoning; they are the message's too.
   * Text was reasoning up to a `</think>` that nothing had opened; or, where a model's answers begin with reasoning, this
   * one had none: `reasoning` is empty then.
   */
  readonly relabelled?: { readonly reasoning: string; readonly text: string };
}

/** A token with the natural logarithm of its probability, and the likeliest others at its place. */
export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  /** The token's UTF-8 bytes, where the service tells them: a character may be spread over several tokens. */
  readonly bytes?: readonly number[];
  readonly alternatives: readonly Omit<TokenLogprob, 'alternatives'>[];
}

/** What the service said of the answer itself, as the page gets it. */
export type CompletionDetails = AnswerDetails;

/** Why the answer ended; `overloaded` is DeepSeek's `insufficient_system_resource`, `failed` any other trouble of the service, `other` a reason we do not know. */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'overloaded' | 'failed' | 'other';

/** Tokens of one request; a part that the service did not tell is undefined. Completion tokens include reasoning. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number | undefined;
  readonly reasoningTokens: number | undefined;
  /** Tokens of the prompt that the service did not have in its cache; absent where it does not tell. */
  readonly missedTokens?: number;
  /** As the service adds it up, which need not be prompt and completion; absent where it does not tell. */
  readonly totalTokens?: number;
}

/** The sum of two requests' usage; a part counts as told when either told it. */
export function addUsage(left: Usage | undefined, right: Usage | undefined): Usage | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  const missedTokens = addKnown(left.missedTokens, right.missedTokens);
  const totalTokens = addKnown(left.totalTokens, right.totalTokens);
  return {
    promptTokens: left.promptTokens + right.promptTokens,
    completionTokens: left.completionTokens + right.completionTokens,
    cachedTokens: addKnown(left.cachedTokens, right.cachedTokens),
    reasoningTokens: addKnown(left.reasoningTokens, right.reasoningTokens),
    ...(missedTokens !== undefined && { missedTokens }),
    ...(totalTokens !== undefined && { totalTokens }),
  };
}

function addKnown(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined && right === undefined ? undefined : (left ?? 0) + (right ?? 0);
}
