import { CompletionError } from './completionError.ts';

/** The text without the key, should a server have echoed it (docs/safety.md B30); the beginning of a key that was cut goes too. */
export function redact(text: string, key: string | undefined): string {
  // Shorter ones would blot out ordinary words, and are no keys of any service.
  if (key === undefined || key.length < 6) return text;
  const inAddresses = encodeURIComponent(key);
  return inAddresses === key ? without(text, key) : without(without(text, key), inAddresses);
}

/** Twelve characters of a key tell it from ordinary words: `sk-proj-` alone does not. */
function without(text: string, key: string): string {
  const start = key.slice(0, 12);
  let rest = '';
  let from = 0;
  for (let at = text.indexOf(start); at !== -1; at = text.indexOf(start, from)) {
    let length = start.length;
    while (length < key.length && text[at + length] === key[length]) length += 1;
    rest += `${text.slice(from, at)}[key]`;
    from = at + length;
  }
  return rest + text.slice(from);
}

/** The error as it may be shown and logged: without the key, in the message, the facts and the causes. */
export function redactError(error: CompletionError, key: string | undefined): CompletionError {
  const { kind, status, retryAfterMs, text, facts } = error;
  const message = redact(error.message, key);
  if (message === error.message && error.cause === undefined && facts.offered === undefined && facts.parameter === undefined) return error;
  return new CompletionError(kind, message, {
    status,
    retryAfterMs,
    text,
    facts: {
      ...facts,
      offered: facts.offered?.map((name) => redact(name, key)),
      parameter: facts.parameter === undefined ? undefined : redact(facts.parameter, key),
    },
  });
}
