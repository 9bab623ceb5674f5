import type { LocalText } from '../../protocol/localText.ts';

/** What kind of thing went wrong; `explainError` has a sentence and buttons for each. */
export type CompletionErrorKind =
  | 'no-key'
  | 'other-origin'
  | 'unknown-service'
  | 'bad-key'
  | 'forbidden'
  | 'quota'
  | 'rate-limit'
  | 'context-length'
  | 'bad-request'
  | 'bad-parameter'
  | 'unknown-model'
  | 'not-found'
  | 'server'
  | 'unreachable'
  | 'certificate'
  | 'timeout'
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
}

/** Why a completion failed. `message` is what the service or the network said, for the details; never a key. */
export class CompletionError extends Error {
  override readonly name = 'CompletionError';
  readonly kind: CompletionErrorKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly text: LocalText | undefined;

  constructor(kind: CompletionErrorKind, message: string, options: CompletionErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.text = options.text;
  }
}
