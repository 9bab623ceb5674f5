import { checkParts, type PartRules } from './checkParts.ts';
import { isObject, type JsonObject } from './json.ts';
import { malformed, notAllowed, type Refusal } from './refusal.ts';

/** What a service accepts in messages, for the model of one request. */
export interface MessageRules extends PartRules {
  /** Fields an assistant message may have besides role, content, name and tool_calls. */
  readonly assistantFields: readonly string[];
  /** Chat prefix completion: the last message is the assistant's (docs/servers.md §2.1, /beta only). */
  readonly prefix: boolean;
}

const fieldsOf = {
  system: ['role', 'content', 'name'],
  user: ['role', 'content', 'name'],
  assistant: ['role', 'content', 'name', 'tool_calls'],
  tool: ['role', 'content', 'tool_call_id'],
} as const;

type Role = keyof typeof fieldsOf;

function isRole(value: unknown): value is Role {
  return typeof value === 'string' && Object.hasOwn(fieldsOf, value);
}

function checkToolCalls(calls: unknown, label: string): Refusal | undefined {
  if (!Array.isArray(calls) || calls.length === 0) return malformed(`${label}.tool_calls must be a list with at least one call`);
  const ids = new Set<string>();
  for (const [position, call] of calls.entries()) {
    const where = `${label}.tool_calls[${position}]`;
    if (!isObject(call) || call['type'] !== 'function') return malformed(`${where}.type must be function`);
    const definition = call['function'];
    if (typeof call['id'] !== 'string' || call['id'] === '') return malformed(`${where}.id must be a string`);
    if (!isObject(definition) || typeof definition['name'] !== 'string' || definition['name'] === '') {
      return malformed(`${where}.function.name must be a string`);
    }
    if (typeof definition['arguments'] !== 'string') return malformed(`${where}.function.arguments must be a string`);
    if (ids.has(call['id'])) return malformed(`${where}.id ${call['id']} is there twice`);
    ids.add(call['id']);
  }
  return undefined;
}

function checkAssistant(message: JsonObject, label: string, rules: MessageRules): Refusal | undefined {
  const { content, tool_calls: calls, reasoning_content: reasoning, prefix } = message;
  if (calls !== undefined && calls !== null) {
    const refusal = checkToolCalls(calls, label);
    if (refusal !== undefined) return refusal;
  }
  const hasCalls = Array.isArray(calls);
  if (content !== undefined && content !== null && typeof content !== 'string') return malformed(`${label}.content must be a string`);
  if (!hasCalls && (content === undefined || content === null || content === '') && prefix !== true) {
    return malformed(`Invalid assistant message at ${label}: content or tool_calls must be set`);
  }
  if (reasoning !== undefined && reasoning !== null && typeof reasoning !== 'string') {
    return malformed(`${label}.reasoning_content must be a string`);
  }
  if (prefix !== undefined && (typeof prefix !== 'boolean' || !rules.prefix)) return notAllowed(`${label}.prefix is only for /beta`);
  return undefined;
}

function checkMessage(message: unknown, index: number, rules: MessageRules): Refusal | undefined {
  const label = `messages[${index}]`;
  if (!isObject(message)) return malformed(`${label} must be an object`);
  const { role, content } = message;
  if (!isRole(role)) return notAllowed(`${label}.role must be one of system, user, assistant, tool, but it is ${JSON.stringify(role)}`);
  const allowed: readonly string[] = role === 'assistant' ? [...fieldsOf.assistant, ...rules.assistantFields] : fieldsOf[role];
  const unknown = Object.keys(message).find((name) => !allowed.includes(name));
  if (unknown !== undefined) return notAllowed(`${label}.${unknown} is not a field of a ${role} message here`);
  if (message['name'] !== undefined && typeof message['name'] !== 'string') return malformed(`${label}.name must be a string`);
  if (role === 'assistant') return checkAssistant(message, label, rules);
  if (role === 'tool') {
    if (typeof message['tool_call_id'] !== 'string') return malformed(`${label}.tool_call_id is required`);
    return typeof content === 'string' ? undefined : malformed(`${label}.content must be a string`);
  }
  if (Array.isArray(content)) return checkParts(content, { index, role, rules });
  return typeof content === 'string' ? undefined : malformed(`${label}.content must be a string or a list of parts`);
}

/** Every tool call is answered directly after it and every tool message answers one (docs/servers.md §2.3). */
function checkOrder(messages: readonly JsonObject[]): Refusal | undefined {
  let open = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (message['role'] === 'tool') {
      const id = String(message['tool_call_id']);
      if (!open.delete(id)) {
        return malformed(`messages[${index}] has role tool, but no tool call ${JSON.stringify(id)} waits for an answer directly before it`);
      }
      continue;
    }
    if (open.size > 0) {
      return malformed(
        `An assistant message with tool_calls must be followed by tool messages for each tool_call_id; messages[${index}] comes before the answer to ${[...open].join(', ')}`,
      );
    }
    const calls = message['tool_calls'];
    open = new Set(Array.isArray(calls) ? calls.map((call: { id: string }) => call.id) : []);
  }
  return open.size > 0 ? malformed(`The tool calls ${[...open].join(', ')} are not answered`) : undefined;
}

/** The first thing wrong with a request's messages, each alone and in their order, or undefined. */
export function checkMessages(messages: unknown, rules: MessageRules): Refusal | undefined {
  if (!Array.isArray(messages)) return malformed('messages must be a list');
  if (messages.length === 0) return notAllowed('messages must not be empty');
  for (const [index, message] of messages.entries()) {
    const refusal = checkMessage(message, index, rules);
    if (refusal !== undefined) return refusal;
  }
  const checked = messages as readonly JsonObject[];
  const refusal = checkOrder(checked);
  if (refusal !== undefined) return refusal;
  const early = checked.findIndex((message, index) => message['prefix'] === true && index < checked.length - 1);
  if (early >= 0) return malformed(`messages[${early}].prefix is only for the last message`);
  const last = checked.at(-1);
  if (last?.['role'] === 'user' || last?.['role'] === 'tool' || last?.['prefix'] === true) return undefined;
  return malformed('The last message must have role user or tool, or be an assistant message with prefix: true on /beta');
}
