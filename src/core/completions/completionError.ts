import type { LocalText } from '../../protocol/localText.ts';
import type { Usage } from './completion.ts';

/** What kind of thing went wrong; `explainError` has a sentence and buttons for each. */
export type CompletionErrorKind =
  | 'no-key'
  | 'other-origin'
  | 'unknown-service'
  | 'unusable-key'
  | 'bad-key'
  | 'expired-key'
  | 'blocked-key'
  | 'forbidden'
  | 'content-blocked'
  | 'quota'
  | 'rate-limit'
  | 'context-length'
  | 'bad-request'
  | 'bad-parameter'
  | 'parameter-refused'
  | 'media-refused'
  | 'tools-refused'
  | 'call-failed'
  | 'thinking-history'
  | 'unknown-model'
  | 'reserved-model'
  | 'responses-only'
  | 'not-found'
  | 'server'
  | 'loading'
  | 'unreachable'
  | 'cross-origin'
  | 'no-such-host'
  | 'refused'
  | 'reset'
  | 'proxy'
  | 'not-https'
  | 'certificate'
  | 'certificate-expired'
  | 'certificate-untrusted'
  | 'certificate-name'
  | 'timeout'
  | 'gateway-timeout'
  | 'redirected'
  | 'not-an-api'
  | 'unreadable'
  | 'too-large'
  | 'cut'
  | 'empty';

export interface CompletionErrorOptions {
  /** HTTP status, when there was an answer at all. */
  readonly status?: number | undefined;
  /** How long the service asks us to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
  /** What we ourselves have to say of it, for the person. */
  readonly text?: LocalText | undefined;
  readonly facts?: ErrorFacts | undefined;
}

/** What is known beyond the kind; each fact belongs to the kinds that its comment names. */
export interface ErrorFacts {
  /**
   * `timeout`: which of our clocks ran out (nothing at all, nothing but keep-alives, or nothing of an answer that is to come
   * as a whole), after how many seconds, and whether the headers of an answer had come by then.
   */
  readonly timeout?: { readonly clock: 'silence' | 'waiting' | 'whole'; readonly seconds: number; readonly phase: 'headers' | 'answer' } | undefined;
  /** All: whether text of an answer had come, which is kept and can be gone on with. */
  readonly kept?: boolean | undefined;
  /** All: what the service had counted of the answer by then; it is paid for all the same. */
  readonly usage?: Usage | undefined;
  /** `context-length`: tokens that fit, and tokens that were asked for. */
  readonly context?: { readonly limit: number; readonly asked: number | undefined } | undefined;
  /** `unknown-model`: the models that the service said it has. */
  readonly offered?: readonly string[] | undefined;
  /** `parameter-refused`: the field that the service names. */
  readonly parameter?: string | undefined;
  /** All: what the service said of repeating the request (`x-should-retry`). */
  readonly shouldRetry?: boolean | undefined;
}

/** Why a completion failed. `message` is what the service or the network said, for the details; never a key. */
export class CompletionError extends Error {
  override readonly name = 'CompletionError';
  readonly kind: CompletionErrorKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly text: LocalText | undefined;
  readonly facts: ErrorFacts;

  constructor(kind: CompletionErrorKind, message: string, options: CompletionErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.text = options.text;
    this.facts = options.facts ?? {};
  }
}
