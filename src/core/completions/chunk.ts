import { reasoningFields, type ReasoningField } from '../conversation/message.ts';
import { asArray, asNumber, asObject, asObjects, asText, type JsonObject } from '../json.ts';
import type { Usage } from './completion.ts';
import { readUsage } from './usage.ts';

/** What one piece of an answer says, whichever way the server spells it: a stream's chunk or a whole completion. */
export interface Chunk {
  /** It holds the whole message, which some servers repeat at the end of a stream (wire.md §4, MiniMax). */
  readonly isWhole: boolean;
  readonly reasoning: { readonly field: ReasoningField; readonly text: string } | undefined;
  readonly text: string;
  readonly calls: readonly CallFragment[];
  /** As it came; undefined while the answer goes on. */
  readonly finishReason: string | undefined;
  readonly usage: Usage | undefined;
}

export interface CallFragment {
  readonly index: number | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly arguments: string;
}

/**
 * Reads a chunk or completion object. Only the first choice counts; `delta` and `message` are the same to it;
 * `tool_calls` may stand in the choice or beside `choices` (iFlow's page), and usage in four places (wire.md C1–C5, C7–C12).
 */
export function readChunk(value: JsonObject): Chunk {
  const choice = asObjects(value['choices']).find((candidate) => (asNumber(candidate['index']) ?? 0) === 0);
  const pieces = asObject(choice?.['delta']);
  const message = asObject(choice?.['message']);
  // An empty one of the two must not hide the other.
  const isWhole = pieces === undefined || (Object.keys(pieces).length === 0 && message !== undefined);
  const delta = (isWhole ? message : pieces) ?? {};
  const topLevelDelta = choice === undefined ? (asObject(value['delta']) ?? {}) : {};
  return {
    isWhole: isWhole && message !== undefined,
    reasoning: readReasoning(delta) ?? readReasoning(topLevelDelta),
    text: readContent(delta['content']) || readContent(topLevelDelta['content']),
    calls: readCalls(delta, value),
    finishReason: asText(choice?.['finish_reason']) ?? asText(value['finish_reason']),
    usage:
      readUsage(value['usage']) ??
      readUsage(choice?.['usage']) ??
      readUsage(asObject(value['x_groq'])?.['usage']),
  };
}

function readReasoning(delta: JsonObject): Chunk['reasoning'] {
  for (const field of reasoningFields) {
    const text = asText(delta[field]);
    // Some gateways send the same text under two names: the first counts, the other is not added.
    if (text !== undefined) return { field, text };
  }
  return undefined;
}

function readContent(content: unknown): string {
  if (typeof content === 'string') return content;
  return asArray(content)
    .map((part) => asText(asObject(part)?.['text']) ?? '')
    .join('');
}

function readCalls(delta: JsonObject, value: JsonObject): readonly CallFragment[] {
  const own = asObjects(delta['tool_calls']).map(readCall);
  const ids = new Set(own.map((call) => call.id));
  const beside = asObjects(value['tool_calls'])
    .map(readCall)
    .filter((call) => !ids.has(call.id));
  return [...own, ...beside];
}

function readCall(call: JsonObject): CallFragment {
  const target = asObject(call['function']) ?? {};
  return {
    index: asNumber(call['index']) ?? asNumber(target['index']),
    id: asText(call['id']),
    name: asText(target['name']),
    arguments: readArguments(target['arguments']),
  };
}

function readArguments(value: unknown): string {
  if (typeof value === 'string') return value;
  // Some servers send the arguments as an object: its text is what the model meant.
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
