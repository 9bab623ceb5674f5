import { asObject, asText } from '../json.ts';
import { CompletionError, type CompletionErrorKind } from './completionError.ts';

/** The error of a `fetch` that got no answer, with every cause spelled out: "fetch failed" alone helps nobody. */
export function networkError(error: unknown): CompletionError {
  const message = causesOf(error).map(describe).join(' ← ');
  const [, kind = 'unreachable'] = kinds.find(([words]) => words.test(message)) ?? [];
  return new CompletionError(kind, message, { cause: error });
}

/** By the codes of Node and undici, and the `net::` names of the fetch that VS Code may put in its place. */
const kinds: readonly (readonly [RegExp, CompletionErrorKind])[] = [
  // All that browsers say (Chromium, Firefox, Safari), whatever it was; without a cause, which only theirs lack.
  [/^(Failed to fetch|NetworkError when attempting to fetch resource\.?|Load failed)$/, 'cross-origin'],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ERR_CERT_DATE_INVALID/, 'certificate-expired'],
  [/CERT_ALTNAME_INVALID|ERR_CERT_COMMON_NAME_INVALID/, 'certificate-name'],
  [/SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CERT_UNTRUSTED|ERR_CERT_AUTHORITY_INVALID/, 'certificate-untrusted'],
  [/CERT_|ERR_TLS/, 'certificate'],
  // undici: "Proxy response (407) !== 200 when HTTP Tunneling"; tunnel agents: "tunneling socket could not be established".
  [/ERR_PROXY|PROXY_CONNECTION|ERR_TUNNEL|Proxy response|HTTP Tunneling|tunneling socket/, 'proxy'],
  [/ENOTFOUND|EAI_AGAIN|EAI_NODATA|ERR_NAME_NOT_RESOLVED/, 'no-such-host'],
  [/ECONNREFUSED|ERR_CONNECTION_REFUSED/, 'refused'],
  [/TIMEOUT|TIMEDOUT|TIMED_OUT/, 'timeout'],
  [/ERR_SSL|EPROTO|WRONG_VERSION_NUMBER/, 'not-https'],
  [/ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|ERR_CONNECTION_(RESET|CLOSED|ABORTED)|ERR_EMPTY_RESPONSE/, 'reset'],
];

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
