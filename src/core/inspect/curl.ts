import { hiddenCharacters } from '../../protocol/hiddenCharacters.ts';
import { parseJson } from '../json.ts';
import type { Exchange } from './exchange.ts';

/** The request as a command for bash, zsh and other POSIX shells, in which any shell at least finds nothing of the body to run; the key is the variable `API_KEY`, which whoever runs it has to set. */
export function curlOf({ request, hasKey }: Exchange): string {
  const headers = Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== 'authorization');
  return [
    // Progress off, errors on; no buffering, or a stream would come all at once.
    `curl -sS -N -X ${shellWord(request.method)} ${shellWord(request.url)}`,
    ...headers.map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    ...(hasKey ? ['-H "Authorization: Bearer $API_KEY"'] : []),
    // Not -d, which would read a file for a body that begins with @ and drop line ends.
    ...(request.body === '' ? [] : [`--data-raw ${shellWord(inertJson(request.body))}`]),
  ].join(' \\\n  ');
}

/** The text as one word of a POSIX shell, whatever it holds; NUL, which no argument can carry, is left out. */
export function shellWord(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * The same JSON without a character that ends a quote or means something in bash, cmd.exe or PowerShell, to which
 * typographic quotes are quotes too: what a model wrote must not run where somebody pastes it. All of them stand in
 * strings only, where JSON can spell them as numbers.
 */
function inertJson(text: string): string {
  if (parseJson(text) === undefined) return text;
  return text.replace(/['&|<>^%!$;`()\u2018-\u201F]/g, spelled).replace(hiddenCharacters, spelled);
}

/** In units of UTF-16, as JSON has it. */
function spelled(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
}
