import { redact } from '../completions/redact.ts';
import type { Recorder } from '../completions/request.ts';
import type { Exchange } from './exchange.ts';
import { createKeptBytes, type KeptBytes } from './keptBytes.ts';
import { readReceived } from './received.ts';

/**
 * Remembers the last exchanges over the wire, in memory only. Whoever makes a request asks for a recorder with the turn's
 * id and the key that is sent; each `request` it is told begins another exchange, so one recorder serves all attempts.
 * The key is used to take itself out of everything that is read from here, and is never handed on.
 */
export interface ExchangeStore {
  recorderFor(turnId: string, key: string | undefined): Recorder;
  /** The exchanges of a turn that are still kept, oldest first. */
  exchangesOf(turnId: string): readonly Exchange[];
  /** The one that was made before it, of whichever turn. */
  exchangeBefore(exchange: Exchange): Exchange | undefined;
  /** What takes the key that an exchange was sent with out of a text that was made of it. */
  redactionFor(exchange: Exchange): (text: string) => string;
  /** The turn of the newest exchange. */
  latestTurn(): string | undefined;
}

/** How many exchanges are kept, bytes of each answer, and characters of all requests together. */
export const keptAtMost = { exchanges: 30, answerBytes: 1024 * 1024, requestCharacters: 32 * 1024 * 1024 } as const;

type Told<Event extends keyof Recorder> = Parameters<Recorder[Event]>[0];

interface Entry {
  readonly turnId: string;
  readonly number: number;
  readonly key: string | undefined;
  readonly request: Told<'request'>;
  readonly isShortened: boolean;
  readonly kept: KeptBytes;
  response: Told<'response'> | undefined;
  end: Told<'end'> | undefined;
}

export function createExchangeStore(): ExchangeStore {
  let entries: readonly Entry[] = [];
  let count = 0;

  function add(entry: Entry): void {
    const latest = [...entries, entry].slice(-keptAtMost.exchanges);
    const charactersFrom = (index: number): number => latest.slice(index).reduce((sum, { request }) => sum + request.body.length, 0);
    // The newest is kept whatever its size.
    entries = latest.filter((each, index) => each === entry || charactersFrom(index) <= keptAtMost.requestCharacters);
  }

  return {
    recorderFor(turnId, key) {
      let entry: Entry | undefined;
      return {
        request(request) {
          const body = withoutMedia(request.body);
          entry = {
            turnId,
            number: (count += 1),
            key,
            request: { ...request, body },
            isShortened: body !== request.body,
            kept: createKeptBytes(keptAtMost.answerBytes),
            response: undefined,
            end: undefined,
          };
          add(entry);
        },
        response(response) {
          if (entry !== undefined) entry.response = response;
        },
        bytes({ at, bytes }) {
          entry?.kept.add(at, bytes);
        },
        end(end) {
          if (entry !== undefined) entry.end = end;
        },
      };
    },
    exchangesOf: (turnId) => entries.filter((entry) => entry.turnId === turnId).map(shown),
    exchangeBefore(exchange) {
      const found = entries.findLast(({ number }) => number < exchange.number);
      return found && shown(found);
    },
    redactionFor({ number }) {
      const entry = entries.find((each) => each.number === number);
      // Of one that has been forgotten meanwhile the key is not known any more.
      return (text) => (entry === undefined ? '' : redact(text, entry.key));
    },
    latestTurn: () => entries.at(-1)?.turnId,
  };
}

/** A picture's base64 helps nobody and would fill the memory: its first characters stay. */
function withoutMedia(body: string): string {
  const pieces: string[] = [];
  let from = 0;
  // Not by a pattern: over a picture of some megabytes it runs out of stack.
  for (let at = body.indexOf(opening); at !== -1; at = body.indexOf(opening, from)) {
    const end = body.indexOf('"', at + 1);
    if (end === -1) break;
    const rest = end - at - shownOfMedia;
    const isLong = rest >= 4000 && body.lastIndexOf('\\', end) < at;
    pieces.push(body.slice(from, isLong ? at + shownOfMedia : end + 1), isLong ? `… (${rest} more characters)"` : '');
    from = end + 1;
  }
  return pieces.join('') + body.slice(from);
}

const opening = '"data:';
/** Characters of a `data:` URL that stay, its quote included. */
const shownOfMedia = 46;

function shown({ turnId, number, key, request, isShortened, kept, response, end }: Entry): Exchange {
  const clean = (text: string): string => redact(text, key);
  // `fetch` hands out the names in small letters.
  const cleanName = (name: string): string => redact(clean(name), key?.toLowerCase());
  const headers = (all: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(all).map(([name, value]) => [cleanName(name), clean(value)]));
  return {
    turnId,
    number,
    startedAt: request.at,
    hasKey: key !== undefined,
    request: { method: request.method, url: clean(request.url), headers: headers(request.headers), body: clean(request.body), isShortened },
    response: response && { afterMs: response.at - request.at, status: response.status, headers: headers(response.headers) },
    received: readReceived(kept, request.at, key),
    end: end && { afterMs: end.at - request.at, error: end.error === undefined ? undefined : clean(end.error), isStopped: end.isStopped === true },
  };
}
