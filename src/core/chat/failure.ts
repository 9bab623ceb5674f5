import { say } from '../../protocol/localText.ts';
import { CompletionError } from '../completions/completionError.ts';
import { explainError } from '../completions/explainError.ts';
import type { Log } from '../ports.ts';
import type { ProviderSpec } from '../providers/spec.ts';
import type { ItemWithoutId } from './answerItems.ts';

export interface FailureOptions {
  /** Whom the turn was put to; undefined when it failed before that was known. */
  readonly connection: { readonly provider: ProviderSpec; readonly model: string } | undefined;
  /** There is text of an answer that can be gone on with. */
  readonly kept: boolean;
  readonly log: Log;
}

/** The card for what ended a turn; the log gets what is not for everybody. */
export function failureItem(error: unknown, { connection, kept, log }: FailureOptions): ItemWithoutId {
  if (connection !== undefined && error instanceof CompletionError) {
    const { provider, model } = connection;
    const status = error.status === undefined ? '' : `HTTP ${error.status}`;
    log.error(`${provider.id} ${model}: ${error.kind}${status === '' ? '' : ` (${status})`}: ${error.message}`);
    return { kind: 'error', ...explainError(error, provider, model, { kept }), details: status === '' ? error.message : `${status}\n${error.message}` };
  }
  const message = error instanceof Error ? error.message : String(error);
  log.error(`The turn failed: ${error instanceof Error ? (error.stack ?? message) : message}`);
  return {
    kind: 'error',
    title: say('Something went wrong inside Rivulet.'),
    advice: say('Try again. If it happens twice, the log helps to report it.'),
    actions: ['retry', 'show-log'],
    details: message,
  };
}
