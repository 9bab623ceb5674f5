import type { Message, ToolCall } from '../conversation/message.ts';
import { manyAtOnce } from '../manyAtOnce.ts';
import type { ForeignCall, ForeignMessage, ForeignPart } from './foreignMessage.ts';
import type { OwnMemory, Recalled } from './reasoningMemory.ts';
import type { NamedTools } from './toolNames.ts';

/**
 * A history as VS Code hands it over, as ours: with the reasoning that it lacks and its calls as the model made them, where
 * they are remembered. Where reasoning is forgotten none is made up: the request says an empty one for a service that wants
 * some on every turn (docs/servers.md §0.3). The normaliser makes the rest of it valid.
 */
export async function readHistory(messages: readonly ForeignMessage[], memory: OwnMemory, names: Pick<NamedTools, 'wire'>): Promise<readonly Message[]> {
  const history: Message[] = [];
  /** The wire's id of each call of the assistant's last turn, by the id VS Code knows. */
  let ids = new Map<string, string>();
  const recalled = await recallAll(messages, memory);
  for (const [index, { role, parts }] of messages.entries()) {
    const text = textOf(parts);
    if (role === 'system') history.push({ role, content: text });
    else if (role === 'assistant') {
      const foreign = withoutDoubles(parts);
      const { reasoning, calls } = recalled.get(index) ?? { reasoning: undefined, calls: [] };
      const own = unlike(calls).map((call) => ({ ...call, name: names.wire(call.name) }));
      ids = new Map(foreign.map(({ id }, place) => [id, own[place]?.id ?? id]));
      history.push({ role, text, reasoning, calls: own });
    } else history.push(...userMessages(text, parts, ids));
  }
  return history;
}

/** What is remembered of each turn that called tools, by its place. */
async function recallAll(messages: readonly ForeignMessage[], memory: OwnMemory): Promise<ReadonlyMap<number, Recalled>> {
  const recalled = new Map<number, Recalled>();
  await manyAtOnce(messages, async ({ role, parts }, index) => {
    const calls = role === 'assistant' ? withoutDoubles(parts) : [];
    if (calls.length > 0) recalled.set(index, await memory.recall(calls));
  });
  return recalled;
}

/** Results first, for they belong to the calls before; pictures of a result go with the words, where services take pictures. */
function userMessages(text: string, parts: readonly ForeignPart[], ids: ReadonlyMap<string, string>): readonly Message[] {
  const results = parts.flatMap((part) => (part.kind === 'result' ? [part] : []));
  const images = parts.flatMap((part) => (part.kind === 'image' ? [part.url] : part.kind === 'result' ? part.images : []));
  const media = images.map((url) => ({ kind: 'image', url }) as const);
  return [
    ...results.map(({ callId, text: content }): Message => ({ role: 'tool', callId: ids.get(callId) ?? callId, content })),
    ...(text === '' && media.length === 0 ? [] : [{ role: 'user', content: text, ...(media.length > 0 && { media }) } as const]),
  ];
}

function textOf(parts: readonly ForeignPart[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

function withoutDoubles(parts: readonly ForeignPart[]): readonly ForeignCall[] {
  const calls = parts.flatMap((part) => (part.kind === 'call' ? [part] : []));
  return calls.filter(({ id }, index) => calls.findIndex((each) => each.id === id) === index);
}

/** Of two calls of one turn with the same id on the wire the later gets another: results could not be told apart. */
function unlike(calls: readonly ToolCall[]): readonly ToolCall[] {
  return calls.map((call, index) => (calls.findIndex(({ id }) => id === call.id) === index ? call : { ...call, id: `${call.id}_${index}` }));
}
