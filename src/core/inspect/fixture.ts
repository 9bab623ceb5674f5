import { say, type LocalText } from '../../protocol/localText.ts';
import type { CompletionEnd, CompletionEvent } from '../completions/completion.ts';
import { CompletionError } from '../completions/completionError.ts';
import { readCompletion } from '../completions/readCompletion.ts';
import type { Exchange } from './exchange.ts';
import { spelledOut } from './redactSpelled.ts';

/** An answer for the tests to replay: the body as it came, and what Rivulet makes of it, in the shape of test/fixtures/deepseek/README.md. */
export interface Fixture {
  readonly wire: string;
  readonly json: string;
}

type Delta = readonly ['reasoning' | 'text' | 'leaked', string] | readonly ['call', number, string, string];

interface Replay {
  readonly deltas: readonly Delta[];
  readonly end: CompletionEnd | undefined;
  readonly error: CompletionError | undefined;
}

/**
 * The exchange's answer as a fixture, or why it cannot be one. The expectation is what the code does now: to be checked
 * by reading. `redaction` takes the key out of a text: an answer in which there is one to find, in whatever pieces, is none.
 */
export async function fixtureOf({ received, end }: Exchange, redaction: (text: string) => string): Promise<Fixture | { readonly problem: LocalText }> {
  const wire = received.text;
  if (received.missing !== undefined) return { problem: say('The answer was too large to be kept whole, so it cannot be replayed.') };
  if (wire === '') return { problem: say('No answer came to this request, so there is nothing to save.') };
  if (end === undefined) return { problem: say('The answer is still coming. Save it when it has ended.') };
  const replay = await replayOf(wire);
  if ([wire, spelledOut(wire), ...textsOf(replay)].some((text) => redaction(text) !== text)) {
    return { problem: say('The answer repeats your key in a way in which it cannot be taken out safely, so it is not saved.') };
  }
  const finish = replay.end && (await finishOf(wire));
  return { wire, json: `${JSON.stringify({ deltas: replay.deltas, ...expectationOf(replay), finish }, undefined, 2)}\n` };
}

/** What a replay says, put together in each way in which pieces of a key could meet. */
function textsOf({ deltas, end, error }: Replay): readonly string[] {
  const said = deltas.map((delta) => ({ kind: delta[0] === 'call' ? `call ${delta[1]}` : delta[0], text: delta.at(-1) as string }));
  const calls = end?.message.calls ?? [];
  return [
    said.map(({ text }) => text).join(''),
    ...[...Map.groupBy(said, ({ kind }) => kind).values()].map((group) => group.map(({ text }) => text).join('')),
    ...(end === undefined ? [] : [end.message, ...end.alternatives]).flatMap(({ text, reasoning }) => [text, reasoning?.text ?? '']),
    ...[calls.map(({ id }) => id), calls.map(({ name }) => name), calls.map((call) => call.arguments)].map((texts) => texts.join('')),
    error?.message ?? '',
  ];
}

function expectationOf({ end, error }: Replay): object {
  if (end === undefined) return { error: { kind: error?.kind, message: error?.message } };
  const { message, usage, cutCalls, reason } = end;
  return {
    end: {
      reason,
      text: message.text,
      ...(message.reasoning && { reasoning: [message.reasoning.field, message.reasoning.text] }),
      calls: message.calls.map((call) => [call.id, call.name, call.arguments]),
      ...(cutCalls > 0 && { cutCalls }),
      ...(usage && { usage: [usage.promptTokens, usage.completionTokens, usage.cachedTokens ?? null, usage.reasoningTokens ?? null] }),
    },
  };
}

async function replayOf(wire: string): Promise<Replay> {
  const deltas: Delta[] = [];
  let end: CompletionEnd | undefined;
  try {
    for await (const event of readCompletion(oncePiece(wire))) {
      if (event.type === 'end') end = event;
      else addDelta(deltas, event);
    }
  } catch (error) {
    if (!(error instanceof CompletionError)) throw error;
    return { deltas, end: undefined, error };
  }
  return { deltas, end, error: undefined };
}

function addDelta(deltas: Delta[], event: Exclude<CompletionEvent, CompletionEnd>): void {
  const last = deltas.at(-1);
  switch (event.type) {
    case 'call-delta': {
      const before = last?.[0] === 'call' && last[1] === event.index ? last[3] : undefined;
      const delta: Delta = ['call', event.index, event.name, (before ?? '') + event.arguments];
      if (before === undefined) deltas.push(delta);
      else deltas[deltas.length - 1] = delta;
      return;
    }
    case 'reasoning-delta':
      return addText(deltas, 'reasoning', event.text);
    case 'text-delta':
      return addText(deltas, 'text', event.text);
    case 'leaked-call-delta':
      return addText(deltas, 'leaked', event.text);
    case 'liveness':
    case 'retrying':
      return undefined;
  }
}

function addText(deltas: Delta[], kind: 'reasoning' | 'text' | 'leaked', text: string): void {
  const last = deltas.at(-1);
  if (last?.[0] === kind) deltas[deltas.length - 1] = [kind, last[1] + text];
  else deltas.push([kind, text]);
}

/** The text that ends the answer: as much of the first line with which it is complete as occurs nowhere before; undefined when that is very long. */
async function finishOf(wire: string): Promise<string | undefined> {
  const ends = [...wire.matchAll(/\r\n|\n|\r|$/g)].map(({ index }) => index);
  let low = 0;
  let high = ends.length - 1;
  // By halving: once an answer is complete, more of it leaves it so.
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((await replayOf(`${wire.slice(0, ends[middle])}\n`)).end === undefined) low = middle + 1;
    else high = middle;
  }
  const until = wire.slice(0, ends[low]).trimEnd();
  for (let length = 32; length <= longestFinish; length *= 2) {
    const text = until.slice(-length);
    if (wire.indexOf(text) === until.length - text.length) return text;
  }
  return undefined;
}

/** Characters. To look for longer ones in an answer that repeats itself takes its square. */
const longestFinish = 4096;

async function* oncePiece(wire: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield new TextEncoder().encode(wire);
}
