import { say, type LocalText } from '../../protocol/localText.ts';
import { asArray, asObject, asText, isDeeper, parseJson, type JsonObject } from '../json.ts';

/** How far a request repeats the one before it: services charge less for a prompt that begins with the same bytes (docs/decisions/2026-11-22-exact-prefix.md). */
export interface PrefixComparison {
  /** Bytes of the JSON of `messages` that both begin with, and all of the later one's. */
  readonly sharedBytes: number;
  readonly bytes: number;
  /** Rounded down, 0 to 100: of the later request's messages. */
  readonly percent: number;
  /** Where they part; undefined when the later one only adds to the earlier. */
  readonly parting: Parting | undefined;
  /** Why, in words; what makes a service forget everything comes first. */
  readonly reasons: readonly LocalText[];
}

export interface Parting {
  /** Index of the first message that differs, from 0. */
  readonly message: number;
  /** Index of the first character of that message's JSON that differs, from 0. */
  readonly character: number;
  /** What stands there in each of them, from a little before; empty where there is nothing more. */
  readonly before: string;
  readonly after: string;
}

/** Compares the bodies of two requests, the earlier one first; undefined when one of them has no list of messages, or is nested deeper than any that a service takes. */
export function comparePrefixes(earlier: string, later: string): PrefixComparison | undefined {
  const [from, to] = [asObject(parseJson(earlier)), asObject(parseJson(later))];
  if (isDeeper([from, to], 256)) return undefined;
  if (from === undefined || to === undefined || !Array.isArray(from['messages']) || !Array.isArray(to['messages'])) return undefined;
  const before = asArray(from['messages']).map((message) => JSON.stringify(message));
  const after = asArray(to['messages']).map((message) => JSON.stringify(message));
  const bytes = sizeOf(`[${after.join(',')}]`);
  const index = before.findIndex((message, place) => message !== after[place]);
  const parting = index === -1 ? undefined : partingOf(index, before[index] ?? '', after[index] ?? '');
  const common = parting === undefined ? before : [...before.slice(0, index), (before[index] ?? '').slice(0, parting.character)];
  const sharedBytes = Math.min(bytes, sizeOf(`[${common.join(',')}`));
  return {
    sharedBytes,
    bytes,
    percent: Math.floor((100 * sharedBytes) / bytes),
    parting,
    reasons: [...reasonsInFront(from, to), ...reasonsAt(parting, { from, to })],
  };
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

const around = 40;

function partingOf(message: number, before: string, after: string): Parting {
  let character = 0;
  while (character < before.length && character < after.length && before[character] === after[character]) character += 1;
  const start = Math.max(0, character - around);
  return { message, character, before: before.slice(start, character + around), after: after.slice(start, character + around) };
}

function reasonsInFront(from: JsonObject, to: JsonObject): readonly LocalText[] {
  const reasons: LocalText[] = [];
  const [model, newModel] = [asText(from['model']) ?? '', asText(to['model']) ?? ''];
  if (model !== newModel) reasons.push(say('The model changed from {0} to {1}: each model remembers only what it was sent itself.', model, newModel));
  if (JSON.stringify(from['tools']) !== JSON.stringify(to['tools'])) reasons.push(say('The tools changed: services put them in front of the messages.'));
  return reasons;
}

function reasonsAt(parting: Parting | undefined, { from, to }: { readonly from: JsonObject; readonly to: JsonObject }): readonly LocalText[] {
  const [messages, newMessages] = [asArray(from['messages']), asArray(to['messages'])];
  if (parting === undefined) {
    return [messages.length === newMessages.length ? say('The messages are the same.') : say('Messages were only added: {0} of them.', newMessages.length - messages.length)];
  }
  const [message, newMessage] = [asObject(messages[parting.message]), asObject(newMessages[parting.message])];
  const number = parting.message + 1;
  if (newMessage === undefined) return [say('The later request ends after message {0}, the earlier one goes on.', parting.message)];
  const role = asText(message?.['role']) ?? '';
  if (role === 'system' && newMessage['role'] === 'system') return [say('The system prompt changed.')];
  if (role !== newMessage['role']) return [say('Message {0} is another: {1} instead of {2}.', number, asText(newMessage['role']) ?? '?', role)];
  const members = [...new Set([...Object.keys(message ?? {}), ...Object.keys(newMessage)])].filter((name) => JSON.stringify(message?.[name]) !== JSON.stringify(newMessage[name]));
  if (members.length === 0) return [say('Message {0} is spelled in another order.', number)];
  return members.map((name) => whatHappened(name, { number, role, before: message?.[name], after: newMessage[name] }));
}

interface Changed {
  readonly number: number;
  readonly role: string;
  readonly before: unknown;
  readonly after: unknown;
}

function whatHappened(name: string, { number, role, before, after }: Changed): LocalText {
  if (before === undefined) return say('Message {0} ({1}) now has {2}.', number, role, name);
  if (after === undefined) return say('Message {0} ({1}) no longer has {2}.', number, role, name);
  return say('Message {0} ({1}) has another {2}: it was edited, or put in order for the service.', number, role, name);
}
