import * as fc from 'fast-check';
import { reasoningFields, type AssistantMessage, type Media, type Message } from '../../../src/core/conversation/message.ts';
import { onePixel } from './pictures.ts';

/** Text as it may come from a stream that was stopped anywhere: empty, half a surrogate pair, several scripts. */
const text = fc.oneof(fc.constantFrom('', 'yes', '潮', '🌊', '\uD83C', 'a\uDF0A b', '{"path":'), fc.string({ maxLength: 8, unit: 'binary' }));

const ids = fc.uniqueArray(fc.constantFrom('0', '1', 'call_a', 'call_b'), { maxLength: 3 });

/** Names that models make up break every rule that services have for them. */
const name = fc.constantFrom('read_file', '', 'read file', '读取文件', 'a'.repeat(80), '../x');

const calls = ids.chain((chosen) => fc.tuple(...chosen.map((id) => fc.tuple(name, text).map(([called, value]) => ({ id, name: called, arguments: value })))));

const reasoning = fc.option(fc.tuple(fc.constantFrom(...reasoningFields), text).map(([field, value]) => ({ field, text: value })), { nil: undefined });

const assistant: fc.Arbitrary<AssistantMessage> = fc.record({ role: fc.constant('assistant' as const), text, reasoning, calls });

const media = fc.constantFrom<readonly Media[]>([], [], [{ kind: 'image', url: onePixel }], [{ kind: 'video', url: 'data:video/mp4;base64,AAAAIGZ0eXBpc29t' }, { kind: 'image', url: 'data:image/gif;base64,R0lGODlhEAAQ' }]);

const user: fc.Arbitrary<Message> = fc.tuple(text, media).map(([content, with_]) => ({ role: 'user', content, ...(with_.length > 0 && { media: with_ }) }));

const result: fc.Arbitrary<Message> = fc.record({ role: fc.constant('tool' as const), callId: fc.constantFrom('0', '1', 'call_a', 'call_b', 'gone'), content: text });

/** Whatever stop, crash, reload and a change of service may leave behind, and then a question. */
export const anyHistory: fc.Arbitrary<readonly Message[]> = fc
  .array(fc.oneof(user, assistant, result, result), { maxLength: 14 })
  .map((middle) => [{ role: 'system', content: 'S' }, ...middle, { role: 'user', content: 'Next?' }]);

const answered: fc.Arbitrary<readonly Message[]> = assistant
  .filter((message) => message.text !== '' || message.calls.length > 0)
  .chain((message) => fc.tuple(...message.calls.map(({ id }) => text.map((content): Message => ({ role: 'tool', callId: id, content })))).map((results) => [message, ...results]));

/** Rounds with tool calls, and then words: the sides take turns. */
const turn: fc.Arbitrary<readonly Message[]> = fc
  .tuple(user, fc.array(answered.filter(([first]) => first?.role === 'assistant' && first.calls.length > 0), { maxLength: 2 }), answered)
  .map(([question, rounds, last]) => [question, ...rounds.flat(), ...last]);

/** Turns that went well, and then a question. */
export const soundHistory: fc.Arbitrary<readonly Message[]> = fc
  .array(turn, { maxLength: 4 })
  .map((turns) => [{ role: 'system', content: 'S' }, ...turns.flat(), { role: 'user', content: 'Next?' }]);
