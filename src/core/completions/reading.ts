import { asArray, asObject, parseJson, type JsonObject } from '../json.ts';
import { createAnswer, type Answer, type AnswerOptions } from './answer.ts';
import { createBodyReader } from './bodyReader.ts';
import { choicesOf } from './chunk.ts';
import type { CompletionEnd, CompletionEvent, Liveness, Usage } from './completion.ts';
import { endOf, repeat } from './completionEnd.ts';
import { CompletionError } from './completionError.ts';
import { createDetails } from './details.ts';
import { createEnvelope } from './envelope.ts';
import { networkError } from './networkError.ts';
import { createOutlet, nowhere } from './outlet.ts';
import { parsePayload } from './repairJson.ts';
import { solePartOf } from './solePart.ts';
import { usageIn } from './usage.ts';
import { errorInBody } from './wireError.ts';

export interface ReadOptions extends AnswerOptions {
  /**
   * Is called when a message of the service, keep-alives excepted, has been read. `hasBegun`: some word, thought or call has
   * come by now, in this message or before, of whichever choice; only those of the first choice come out as events. `usage`: what
   * the service has counted by now.
   */
  readonly onPayload?: ((hasBegun: boolean, usage: Usage | undefined) => void) | undefined;
}

/** One completion while it is read, without waiting for anything: pieces of the body go in, events come out. */
export interface Reading {
  /** What is wrong with the piece does not throw but comes out of `close`. */
  take(piece: Uint8Array | 'silence'): void;
  /** The body threw instead of ending. */
  broke(error: unknown): void;
  /** What has come since the last time. */
  events(): readonly CompletionEvent[];
  /** Nothing that may still come would count. */
  isOver(): boolean;
  close(): CompletionEnd | { readonly error: unknown };
}

/** jiekou.ai's limit of `n`; no other service allows more. */
const mostAnswers = 128;

export function createReading(options: ReadOptions): Reading {
  const outlet = createOutlet();
  const main = createAnswer(outlet, options);
  const others = new Map<number, Answer>();
  const details = createDetails();
  const envelope = createEnvelope();
  let spoken: ((words: string) => void) | undefined;
  let usage: Usage | undefined;
  let state: Liveness['state'] | undefined;
  let failure: { readonly error: unknown } | undefined;
  let payloads = 0;
  let keepAlives = 0;
  let begun = false;
  let done = false;
  let half = false;
  let over = false;
  const body = createBodyReader({
    json: takePayload,
    done() {
      done = true;
      over = true;
    },
    keepAlive() {
      keepAlives += 1;
    },
  });

  function takePayload(text: string, event: string | undefined, closed: boolean): void {
    // Whatever follows the end is chatter (docs/servers.md S8).
    if (over) return;
    const words = event === undefined && spoken !== undefined ? envelope.open(text) : undefined;
    if (words !== undefined) {
      countPayload();
      spoken?.(words);
      return tell();
    }
    const value = asObject(firstOf(parsePayload(text)));
    if (value === undefined) return takeUnreadable(text, event, closed);
    countPayload();
    const choices = choicesOf(value);
    const first = asObject(choices[0]);
    // Looking for every shape of error costs more than reading a chunk does: only what may be one is looked at.
    if (first === undefined || event === 'error' || value['error'] || value['base_resp'] || first['error']) {
      const error = errorInBody(value, event);
      if (error !== undefined) throw error;
    }
    details.read(value);
    if (first !== undefined) answerOf(first['index'])?.add(first);
    for (let place = 1; place < choices.length; place += 1) {
      const choice = asObject(choices[place]);
      if (choice !== undefined) answerOf(choice['index'] ?? place)?.add(choice);
    }
    if (value['tool_calls'] !== undefined) main.addBeside(value['tool_calls']);
    if (value['finish_reason'] !== undefined && first !== value) main.add({ finish_reason: value['finish_reason'] });
    usage = usageIn(value, first) ?? usage;
    if (event === undefined && first !== undefined && envelope.isWilling()) learn(text, value, answerOf(first['index']));
    tell();
  }

  function tell(): void {
    begun ||= main.hasBegun() || [...others.values()].some((answer) => answer.hasBegun());
    options.onPayload?.(begun, usage);
  }

  function countPayload(): void {
    payloads += 1;
    if (state !== undefined) become('flowing');
  }

  function learn(text: string, value: JsonObject, answer: Answer | undefined): void {
    const part = solePartOf(value);
    if (part === undefined || answer === undefined || !envelope.learn(text, part)) return;
    spoken = (words) => part.speak(answer, words);
  }

  function answerOf(index: unknown): Answer | undefined {
    if (typeof index !== 'number' || index === 0) return main;
    let answer = others.get(index);
    if (answer === undefined && others.size < mostAnswers) {
      answer = createAnswer(nowhere, options);
      others.set(index, answer);
    }
    return answer;
  }

  function takeUnreadable(text: string, event: string | undefined, closed: boolean): void {
    if (event !== undefined && /^(keep-?alive|ping|heartbeat)$/i.test(event)) {
      keepAlives += 1;
      return;
    }
    const lines = text.split('\n');
    // Events with no blank line between them were joined into one.
    if (lines.length > 1 && lines.every((line) => asObject(parseJson(line)) !== undefined)) {
      for (const line of lines) takePayload(line, event, closed);
      return;
    }
    half = !closed;
    if (!half && !isFinished()) throw new CompletionError('unreadable', `The service sent something that is not JSON: ${text.slice(0, 200)}`);
    over = true;
  }

  function become(next: Liveness['state']): void {
    if (state === next) return;
    state = next;
    outlet.event({ type: 'liveness', state: next });
  }

  function isFinished(): boolean {
    return (main.finishReason() !== undefined || (!main.hasBegun() && others.size > 0)) && [...others.values()].every((answer) => answer.finishReason() !== undefined);
  }

  function readBytes(bytes: Uint8Array): void {
    const [payloadsBefore, keepAlivesBefore] = [payloads, keepAlives];
    body.read(bytes);
    if (keepAlives === keepAlivesBefore || payloads > payloadsBefore) return;
    if (payloads === 0 || state === 'silent') become('queued');
    // Some services keep a connection warm for ever that has nothing more to say (docs/servers.md §2.5, E1).
    if (isFinished()) over = true;
  }

  return {
    take(piece) {
      try {
        if (piece !== 'silence') readBytes(piece);
        else if (isFinished()) over = true;
        else become('silent');
      } catch (error) {
        failure = { error };
        over = true;
      }
    },
    broke(error) {
      over = true;
      // What breaks after the end has been announced (a socket closed without ceremony) takes nothing away.
      if (main.finishReason() === undefined && !done) failure ??= { error: error instanceof CompletionError ? error : cutOff(error) };
    },
    events: () => outlet.take(),
    isOver: () => over,
    close() {
      try {
        if (!over) body.end();
      } catch (error) {
        failure = { error };
      }
      const answers = [main, ...[...others].sort(([left], [right]) => left - right).map(([, answer]) => answer)];
      // Where no choice has the number 0, the first one is the answer.
      if (!main.hasBegun() && main.finishReason() === undefined && answers.length > 1) answers.shift();
      const [chosen, ...alternatives] = answers.map((answer) => ({ ...answer.close(), finishReason: answer.finishReason() }));
      if (failure !== undefined) return failure;
      if (chosen === undefined || (chosen.finishReason === undefined && !done)) return { error: endedEarly(half || answers.some((answer) => answer.hasBegun())) };
      const isRepeated = answers[0] !== main;
      if (isRepeated) repeat(chosen.message, outlet);
      return endOf({ ...chosen, relabelled: isRepeated ? undefined : chosen.relabelled, alternatives: alternatives.filter(({ finishReason }) => finishReason !== undefined || done).map(({ message }) => message), usage, details: details.take(chosen.finishReason) });
    },
  };
}

/** Gemini's compatible endpoint wraps errors into an array (docs/servers.md §4). */
function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? asArray(value)[0] : value;
}

function endedEarly(begun: boolean): CompletionError {
  return begun
    ? new CompletionError('cut', 'The service closed the connection before the answer was complete.')
    : new CompletionError('empty', 'The service closed the connection without an answer.');
}

function cutOff(cause: unknown): CompletionError {
  return new CompletionError('cut', `The connection broke before the answer was complete: ${networkError(cause).message}`, { cause });
}
