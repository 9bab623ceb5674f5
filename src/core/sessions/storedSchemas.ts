import * as v from 'valibot';
import { readToolChoice } from '../foreignTools/toolChoice.ts';
import { tools } from '../tools/tools.ts';
import type { StoredChat, StoredTurn } from './storedChat.ts';
import { attachment, moment, question, turn } from './viewSchemas.ts';

/** What names a chat or a turn, and so the files that hold it. */
export const id = v.pipe(v.string(), v.regex(/^[\w-][\w.-]{0,99}$/));

const count = v.pipe(v.number(), v.finite());

/** Only what was read from a file: a service must not be told to fetch something. */
const media = v.looseObject({ kind: v.picklist(['image', 'video']), url: v.pipe(v.string(), v.regex(/^data:(?:image|video)\//)) });

/** A message of a turn; what the model is to obey is never one. */
export const message = v.variant('role', [
  v.looseObject({ role: v.literal('user'), content: v.string(), media: v.optional(v.array(media)) }),
  v.looseObject({
    role: v.literal('assistant'),
    text: v.string(),
    reasoning: v.optional(v.looseObject({ field: v.picklist(['reasoning_content', 'reasoning', 'reasoning_text', 'thinking']), text: v.string() })),
    calls: v.array(v.looseObject({ id: v.string(), name: v.string(), arguments: v.string() })),
  }),
  v.looseObject({ role: v.literal('tool'), callId: v.string(), content: v.string() }),
]);

const storedTurn = v.looseObject({
  version: v.literal(1),
  id,
  parent: v.optional(id),
  view: turn,
  history: v.looseObject({
    question,
    news: v.array(attachment),
    media: v.array(media),
    service: v.optional(v.string()),
    model: v.optional(v.string()),
    messages: v.array(message),
    isRefused: v.boolean(),
    leftBehind: v.optional(v.array(v.looseObject({ at: count, files: v.array(v.string()), more: count, news: v.optional(v.array(v.string())) }))),
  }),
});

const storedChat = v.looseObject({
  version: v.literal(1),
  id,
  title: v.string(),
  isNamed: v.boolean(),
  isPinned: v.boolean(),
  createdAt: moment,
  updatedAt: moment,
  draft: v.string(),
  draftMark: v.optional(count),
  shown: v.record(v.string(), v.string()),
});

/** The turn that these bytes hold; undefined when they are none, or that of another file. */
export function readTurn(bytes: Uint8Array, turnId: string): StoredTurn | undefined {
  const stored = read(storedTurn, bytes) as StoredTurn | undefined;
  return stored?.id === turnId && stored.view.id === turnId ? stored : undefined;
}

/** What these bytes say of a chat; undefined when they are none, or that of another folder. */
export function readChat(bytes: Uint8Array, chatId: string): StoredChat | undefined {
  const stored = read(storedChat, bytes) as StoredChat | undefined;
  if (stored?.id !== chatId) return undefined;
  // Tools that cannot be read are no reason not to open a chat.
  return stored.tools === undefined ? stored : { ...stored, tools: readToolChoice(stored.tools, tools.map(({ name }) => name)) };
}

/** JSON as it is stored, with its line end. */
export function toBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`);
}

/** Objects and lists in one another; of what is stored here there are about ten. */
const deepest = 100;

/** The JSON of these bytes; undefined when it is none, as {@link fromText}. */
export function fromBytes(bytes: Uint8Array): unknown {
  try {
    return fromText(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** The JSON of this text; undefined when it is none, or is nested so deep that it could not be written again. */
export function fromText(text: string): unknown {
  try {
    return isTooDeep(text) ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTooDeep(json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    if (isInString) {
      if (code === backslash) index += 1;
      else if (code === quote) isInString = false;
    } else if (code === quote) isInString = true;
    else if (code === brace || code === bracket) depth += 1;
    else if (code === brace + 2 || code === bracket + 2) depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}

const [quote, backslash, bracket, brace] = [0x22, 0x5c, 0x5b, 0x7b] as const;

/** What was read and not what a schema makes of it: that has every field anew, and in another order. */
function read(schema: v.GenericSchema, bytes: Uint8Array): unknown {
  const json = fromBytes(bytes);
  return v.is(schema, json) ? json : undefined;
}
