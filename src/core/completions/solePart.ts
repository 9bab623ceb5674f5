import { reasoningFields } from '../conversation/message.ts';
import { asObject, type JsonObject } from '../json.ts';
import type { Answer } from './answer.ts';
import type { StringPlace } from './envelope.ts';

/** The one thing that a chunk says, and how to say another in its place. */
export interface SolePart extends StringPlace {
  speak(answer: Answer, text: string): void;
}

/**
 * The only words of a chunk: a piece of text, of reasoning, or of a call's arguments. Undefined when it says anything else,
 * more than one thing, or nothing.
 */
export function solePartOf(chunk: JsonObject): SolePart | undefined {
  const choices = chunk['choices'];
  if (!Array.isArray(choices) || choices.length !== 1 || !areEmpty(chunk, chunkMembers)) return undefined;
  const choice = asObject(choices[0]);
  const delta = asObject(choice?.['delta']);
  if (choice === undefined || delta === undefined || !areEmpty(choice, choiceMembers)) return undefined;
  const spoken = deltaMembers.filter((name) => !isEmpty(delta[name]));
  const [name] = spoken;
  if (name === undefined || spoken.length > 1) return undefined;
  if (name === 'tool_calls') return callPart(delta[name]);
  const text = delta[name];
  if (typeof text !== 'string' || !isWord(name)) return undefined;
  return {
    name,
    text,
    find: (value) => deltaOf(value)?.[name],
    speak: (answer, words) => (name === 'content' ? answer.content(words) : answer.reasoning(name, words)),
  };
}

function callPart(calls: unknown): SolePart | undefined {
  const call = oneOf(calls);
  const target = asObject(call?.['function']);
  const { index } = call ?? {};
  if (target === undefined || typeof index !== 'number' || !isEmpty(call?.['id']) || !isEmpty(target['name']) || typeof target['arguments'] !== 'string') return undefined;
  return {
    name: 'arguments',
    text: target['arguments'],
    find: (value) => asObject(oneOf(deltaOf(value)?.['tool_calls'])?.['function'])?.['arguments'],
    speak: (answer, words) => answer.call({ index, id: undefined, name: undefined, arguments: words }),
  };
}

const chunkMembers = ['usage', 'x_groq', 'error', 'tool_calls', 'finish_reason'] as const;
const choiceMembers = ['finish_reason', 'logprobs', 'usage', 'error', 'message'] as const;
/** Everything that is read of a delta. */
const deltaMembers = [...reasoningFields, 'reasoning_details', 'content', 'refusal', 'tool_calls', 'function_call'] as const;

function isWord(name: (typeof deltaMembers)[number]): name is (typeof reasoningFields)[number] | 'content' {
  return name === 'content' || (reasoningFields as readonly string[]).includes(name);
}

function areEmpty(value: JsonObject, names: readonly string[]): boolean {
  return names.every((name) => isEmpty(value[name]));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function deltaOf(value: unknown): JsonObject | undefined {
  return asObject(oneOf(asObject(value)?.['choices'])?.['delta']);
}

function oneOf(list: unknown): JsonObject | undefined {
  return Array.isArray(list) && list.length === 1 ? asObject(list[0]) : undefined;
}
