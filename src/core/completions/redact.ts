import { CompletionError } from './completionError.ts';

/** The text without the key, should a server have echoed it (safety.md B30). */
export function redact(text: string, key: string | undefined): string {
  // Shorter ones would blot out ordinary words, and are no keys of any service.
  return key === undefined || key.length < 6 ? text : text.replaceAll(key, '[key]');
}

/** The error as it may be shown and logged: without the key, in the message and in the causes. */
export function redactError(error: CompletionError, key: string | undefined): CompletionError {
  const message = redact(error.message, key);
  if (message === error.message && error.cause === undefined) return error;
  const { kind, status, retryAfterMs } = error;
  return new CompletionError(kind, message, { status, retryAfterMs });
}
