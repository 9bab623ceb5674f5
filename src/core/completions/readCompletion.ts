import type { AssistantMessage, Reasoning } from '../conversation/message.ts';
import { asObject, parseJson } from '../json.ts';
import { createCallAssembler } from './callAssembler.ts';
import { readChunk, type Chunk } from './chunk.ts';
import type { CompletionEnd, CompletionEvent, Usage } from './completion.ts';
import { CompletionError } from './completionError.ts';
import { networkError } from './networkError.ts';
import { readFinishReason } from './finishReason.ts';
import { readPayloads } from './payloads.ts';
import { errorInBody } from './wireError.ts';

/**
 * Bytes of an answer → events, the same for a stream and for a whole completion. The answer has ended properly when a
 * finish reason or `[DONE]` has come; a body that ends or breaks before that is thrown as `cut`, one that holds nothing
 * as `empty`, one with an error in it as that error. Until then no call is complete, however whole it may look.
 */
export async function* readCompletion(body: AsyncIterable<Uint8Array>): AsyncGenerator<CompletionEvent> {
  const calls = createCallAssembler();
  const text: string[] = [];
  const reasoning: string[] = [];
  let reasoningField: Reasoning['field'] = 'reasoning_content';
  let finishReason: string | undefined;
  let usage: Usage | undefined;
  let done = false;
  let half = false;
  let begun = false;

  try {
    for await (const payload of readPayloads(body)) {
      if (payload.type === 'done') {
        done = true;
        break;
      }
      const value = asObject(firstOf(parseJson(payload.text)));
      if (value === undefined) {
        if (payload.event === 'keepalive') continue;
        half = !payload.closed;
        if (half) break;
        throw new CompletionError('unreadable', `The service sent something that is not JSON: ${payload.text.slice(0, 200)}`);
      }
      const error = errorInBody(value, payload.event);
      if (error !== undefined) throw error;

      const read = readChunk(value);
      const chunk: Chunk = read.isWhole && begun ? { ...read, reasoning: undefined, text: '', calls: [] } : read;
      begun ||= chunk.text !== '' || chunk.reasoning !== undefined || chunk.calls.length > 0;
      if (chunk.reasoning !== undefined) {
        reasoningField = chunk.reasoning.field;
        reasoning.push(chunk.reasoning.text);
        yield { type: 'reasoning-delta', text: chunk.reasoning.text };
      }
      if (chunk.text !== '') {
        text.push(chunk.text);
        yield { type: 'text-delta', text: chunk.text };
      }
      for (const fragment of chunk.calls) yield calls.add(fragment);
      finishReason = chunk.finishReason ?? finishReason;
      usage = chunk.usage ?? usage;
    }
  } catch (error) {
    // What breaks after the end has been announced (a socket closed without ceremony) takes nothing away.
    if (error instanceof CompletionError && error.kind !== 'unreadable') throw error;
    if (finishReason === undefined) throw error instanceof CompletionError ? error : cutOff(error);
  }

  if (finishReason === undefined && !done) throw endedEarly(half || text.length + reasoning.length + calls.calls().length > 0);
  const message: AssistantMessage = {
    role: 'assistant',
    text: text.join(''),
    reasoning: reasoning.length === 0 ? undefined : { field: reasoningField, text: reasoning.join('') },
    calls: calls.calls(),
  };
  yield endOf(message, finishReason, usage);
}

function endOf(message: AssistantMessage, finishReason: string | undefined, usage: Usage | undefined): CompletionEnd {
  const reason = readFinishReason(finishReason);
  if (reason !== 'length' && reason !== 'overloaded' && reason !== 'failed' && message.text === '' && message.reasoning === undefined && message.calls.length === 0) {
    throw new CompletionError(reason === 'content-filter' ? 'forbidden' : 'empty', `The answer ended (${finishReason ?? '[DONE]'}) without a word.`);
  }
  // Arguments that were cut can still parse: only an end on the model's own terms makes them whole (wire.md §0.7, T13).
  const whole = reason === 'stop' || reason === 'tool-calls';
  const complete = whole && (finishReason !== undefined || message.calls.every(isWhole)) ? message.calls : [];
  return {
    type: 'end',
    reason: complete.length > 0 ? 'tool-calls' : reason,
    message: Object.freeze({ ...message, calls: Object.freeze(complete) }),
    cutCalls: message.calls.length - complete.length,
    usage,
    alternatives: [],
    logprobs: [],
    details: { id: undefined, model: undefined, created: undefined, systemFingerprint: undefined, serviceTier: undefined, finishReason },
  };
}

function isWhole(call: { readonly arguments: string }): boolean {
  return asObject(parseJson(call.arguments)) !== undefined;
}

/** Gemini's compatible endpoint wraps errors into an array (wire.md §4). */
function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? (value[0] as unknown) : value;
}

function endedEarly(begun: boolean): CompletionError {
  return begun
    ? new CompletionError('cut', 'The service closed the connection before the answer was complete.')
    : new CompletionError('empty', 'The service closed the connection without an answer.');
}

function cutOff(cause: unknown): CompletionError {
  return new CompletionError('cut', `The connection broke before the answer was complete: ${networkError(cause).message}`, { cause });
}
