import { reasoningFields, type Reasoning } from '../conversation/message.ts';
import { asNumber, asObject, asObjects, asText, isDeeper, type JsonObject } from '../json.ts';
import { CompletionError } from './completionError.ts';
import type { ContentSink } from './thinkTags.ts';

/** A piece of a tool call as a chunk has it. */
export interface CallFragment {
  readonly index: number | undefined;
  /** Where it stands in a list of several, from 0; undefined where it has an index or stands alone. */
  readonly place?: number | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly arguments: string;
}

/**
 * The choices of a chunk or completion. Where the fields of a choice stand beside `choices` or without it (iFlow's page
 * for streams, docs/servers.md §1.2) the object itself is the choice.
 */
export function choicesOf(value: JsonObject): readonly unknown[] {
  const choices = value['choices'];
  if (Array.isArray(choices) && choices.length > 0) return choices;
  return asObject(value['delta'] ?? value['message']) !== undefined || asText(value['finish_reason']) !== undefined ? [value] : none;
}

const none: readonly unknown[] = [];

/** Reasoning under any of its names; the first that says something counts, for some gateways send the same under two (docs/servers.md C5). */
export function readReasoning(delta: JsonObject): Reasoning | undefined {
  for (const field of reasoningFields) {
    const text = delta[field];
    if (typeof text === 'string' && text !== '') return { field, text };
  }
  const details = delta['reasoning_details'];
  if (!Array.isArray(details)) return undefined;
  const text = asObjects(details).map((detail) => asText(detail['text']) ?? asText(detail['summary']) ?? '').join('');
  // OpenRouter, whose list it is, takes the text back under this name.
  return text === '' ? undefined : { field: 'reasoning', text };
}

/** Content that is not a text but a list of parts, among which reasoning may stand (docs/servers.md C4; Mistral's `thinking` parts). */
export function readParts(parts: unknown, sink: ContentSink, levels = 8): void {
  if (!Array.isArray(parts) || levels === 0) return;
  for (const part of parts as readonly unknown[]) {
    const { type, thinking, text } = asObject(part) ?? { text: part };
    if (type === 'thinking') readParts(Array.isArray(thinking) ? thinking : [thinking], { ...sink, text: sink.reasoning }, levels - 1);
    else if (typeof text === 'string' && text !== '') sink.text(text);
  }
}

/** The calls in a delta or message; `function_call` is how one was sent before there could be several (docs/servers.md T12). */
export function readCalls(delta: JsonObject): readonly CallFragment[] {
  const legacy = asObject(delta['function_call']);
  const calls = readCallList(delta['tool_calls']);
  return legacy === undefined || calls.length > 0 ? calls : [readCall({ function: legacy }, undefined)];
}

/** The entries of a list like `tool_calls`. */
export function readCallList(list: unknown): readonly CallFragment[] {
  const calls = asObjects(list);
  return calls.map((call, place) => readCall(call, calls.length > 1 ? place : undefined));
}

function readCall(call: JsonObject, place: number | undefined): CallFragment {
  const target = asObject(call['function']) ?? {};
  const index = asNumber(call['index']) ?? asNumber(target['index']);
  return {
    index,
    place: index === undefined ? place : undefined,
    id: asText(call['id']),
    name: asText(target['name']),
    arguments: readArguments(target['arguments']),
  };
}

function readArguments(value: unknown): string {
  if (typeof value === 'string') return value;
  // Some servers send the arguments as an object: its text is what the model meant.
  if (isDeeper(value, 200)) throw new CompletionError('unreadable', 'The arguments of a tool call are nested too deep.');
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
