import { asObject, asText } from '../json.ts';
import { CompletionError } from './completionError.ts';

/** The error of a `fetch` that got no answer, with every cause spelled out: "fetch failed" alone helps nobody. */
export function networkError(error: unknown): CompletionError {
  const chain = causesOf(error);
  const codes = chain.flatMap((cause) => asText(asObject(cause)?.['code']) ?? []);
  const message = chain.map(describe).join(' ← ');
  const kind = codes.some((code) => certificateCodes.test(code)) ? 'certificate' : codes.some((code) => /TIMEOUT|TIMEDOUT/.test(code)) ? 'timeout' : 'unreachable';
  return new CompletionError(kind, message, { cause: error });
}

const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/;

/** The error, what caused it, and so on; of several at once (an address with many IPs) the first. At most eight deep. */
function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  let current: unknown = error;
  while (current !== undefined && current !== null && chain.length < 8) {
    chain.push(current);
    const { cause, errors } = current as { cause?: unknown; errors?: unknown };
    current = cause ?? (Array.isArray(errors) ? (errors[0] as unknown) : undefined);
  }
  return chain;
}

function describe(error: unknown): string {
  const code = asText(asObject(error)?.['code']);
  const message = error instanceof Error ? error.message : String(error);
  return code === undefined || message.includes(code) ? message : [message, code].filter((part) => part !== '').join(' ');
}
