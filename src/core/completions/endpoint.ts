/**
 * The address to post to, from a base URL as a person may write it: slashes at the end go, a base that already names
 * `/chat/completions` stays as it is, and what is doubled is taken once (jiekou.ai's FAQ has 404s from `/v1/v1`, docs/servers.md
 * §3, R5); a missing `/v1` is found out by asking, see adjustments.ts. Undefined
 * when it is no http(s) URL, or one with a user, a query or a fragment, which could carry a key into logs.
 */
export function completionsUrl(baseUrl: string): URL | undefined {
  const url = parseUrl(baseUrl);
  if (url === undefined) return undefined;
  const path = url.pathname.replace(/\/+$/, '').replace(/(\/chat\/completions)+$/, '').replace(/\/(v\d+)(\/\1)+$/, '/$1');
  url.pathname = `${path}/chat/completions`;
  return url;
}

/** The origin that a key for this base URL belongs to, or undefined when the URL cannot be used. */
export function originOf(baseUrl: string): string | undefined {
  return parseUrl(baseUrl)?.origin;
}

/** Whether what is sent there stays on this machine. */
export function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function parseUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return plain && (url.protocol === 'https:' || url.protocol === 'http:') ? url : undefined;
}
