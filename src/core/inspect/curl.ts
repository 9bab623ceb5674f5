import type { Exchange } from './exchange.ts';

/** The request as a command for a POSIX shell; the key is the variable `API_KEY`, which whoever runs it has to set. */
export function curlOf({ request, hasKey }: Exchange): string {
  const headers = Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== 'authorization');
  return [
    // Progress off, errors on; no buffering, or a stream would come all at once.
    `curl -sS -N -X ${shellWord(request.method)} ${shellWord(request.url)}`,
    ...headers.map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    ...(hasKey ? ['-H "Authorization: Bearer $API_KEY"'] : []),
    // Not -d, which would read a file for a body that begins with @ and drop line ends.
    ...(request.body === '' ? [] : [`--data-raw ${shellWord(request.body)}`]),
  ].join(' \\\n  ');
}

/** The text as one word of a POSIX shell, whatever it holds; NUL, which no argument can carry, is left out. */
export function shellWord(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", String.raw`'\''`)}'`;
}
