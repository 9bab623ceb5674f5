import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import { isDeeper, parseJson } from '../json.ts';
import type { PrefixComparison } from './comparePrefixes.ts';
import type { Exchange, TimedLine } from './exchange.ts';
import { fenced, inLine } from './markdown.ts';

/** Puts a sentence into the person's language. */
export type Localise = (text: LocalText) => string;

/** The exchanges of a turn as a Markdown document: what went out, byte for byte but for hidden characters, and what came, with times. */
export function describeExchanges(exchanges: readonly Exchange[], localise: Localise): string {
  const parts = exchanges.flatMap((exchange, index) => [heading(index, exchanges.length), '', ...describe(exchange, localise), '']);
  return [`# ${localise(say('Requests of one turn'))}`, '', localise(say('The key is not in here. Times are milliseconds since the request.')), '', ...parts].join('\n');

  function heading(index: number, count: number): string {
    return `## ${localise(requestTitle(index, count))}`;
  }
}

/** `Request 2 of 3`; also what the place of a request in the document is found by. */
export function requestTitle(index: number, count: number): LocalText {
  return say('Request {0} of {1}', index + 1, count);
}

/** How two consecutive requests compare, as a Markdown document. */
export function describeComparison(comparison: PrefixComparison, localise: Localise): string {
  const { sharedBytes, bytes, percent, parting, reasons } = comparison;
  return [
    `# ${localise(say('Compared with the request before'))}`,
    '',
    localise(say('The first {0} of {1} bytes of the messages ({2} %) are the same. A service with a prompt cache charges less for them.', sharedBytes, bytes, percent)),
    '',
    ...reasons.map((reason) => `- ${inLine(localise(reason))}`),
    ...(parting === undefined
      ? []
      : [
          '',
          localise(say('They part at message {0}, character {1}:', parting.message + 1, parting.character)),
          '',
          ...fenced(`- ${parting.before}\n+ ${parting.after}`, 'diff'),
        ]),
    '',
  ].join('\n');
}

function describe(exchange: Exchange, localise: Localise): readonly string[] {
  const { request, response, received, end } = exchange;
  const count = received.lines.length;
  return [
    `\`${showHidden(request.method)} ${showHidden(request.url).replaceAll('`', '')}\``,
    '',
    localise(say('Sent: {0}', new Date(exchange.startedAt).toISOString())),
    '',
    ...fenced(headerLines(request.headers)),
    '',
    ...(request.isShortened ? [localise(say('Pictures and videos are shortened.')), ''] : []),
    ...fenced(prettyJson(request.body), 'json'),
    '',
    `### ${localise(say('Answer'))}`,
    '',
    ...(response === undefined
      ? [localise(say('Nothing has come.'))]
      : [`HTTP ${response.status} · ${response.afterMs} ms`, '', ...fenced(headerLines(response.headers))]),
    '',
    ...(count === 0 ? [] : [...fenced(eventLines(exchange, localise)), '']),
    localise(endOf(exchange)),
    ...(end?.error === undefined ? [] : ['', ...fenced(end.error)]),
  ];
}

function endOf({ end }: Exchange): LocalText {
  if (end === undefined) return say('It has not ended yet. Open it again to see more.');
  if (end.isStopped) return say('It was stopped after {0} ms.', end.afterMs);
  return end.error === undefined ? say('It ended after {0} ms.', end.afterMs) : say('It failed after {0} ms:', end.afterMs);
}

function headerLines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join('\n');
}

function prettyJson(body: string): string {
  const value = parseJson(body);
  // Indented, what is deep is many times as long as it was.
  return value === undefined || isDeeper(value, 64) ? body : JSON.stringify(value, undefined, 2);
}

function eventLines({ received: { lines, missing } }: Exchange, localise: Localise): string {
  const width = String(lines.at(-1)?.afterMs ?? 0).length;
  const written = lines.map(({ afterMs, text }: TimedLine) => `${String(afterMs).padStart(width)}  ${text}`);
  if (missing !== undefined) written.splice(missing.before, 0, localise(say('… {0} bytes are not kept …', missing.bytes)));
  return written.join('\n');
}
