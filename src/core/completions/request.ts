import { continueInstruction } from './continueInstruction.ts';
import { mediaTaken, wireContent } from '../conversation/media.ts';
import type { Media, Message } from '../conversation/message.ts';
import { normalise } from '../conversation/normalise.ts';
import { asObject, type Json, type JsonObject } from '../json.ts';
import { sentParameters } from '../parameters/resolve.ts';
import { dialectOf, findModel, type Dialect, type ParameterValues, type ProviderSpec } from '../providers/spec.ts';
import type { ToolDefinition } from '../tools/tool.ts';
import { wireSchema } from '../tools/wireSchema.ts';
import type { BackOff } from './backOff.ts';

/** One completion to ask for. */
export interface CompletionRequest {
  readonly provider: ProviderSpec;
  readonly model: string;
  /** Undefined for a service without keys. */
  readonly key: string | undefined;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolDefinition[];
  /** What the person set, nested as in the body, over what is sent of itself; null: nothing is sent. */
  readonly parameters: { readonly [name: string]: Json };
  readonly stream: boolean;
  /** Whether the last message, an assistant's, is to be gone on with from its last character. */
  readonly continuesLast?: boolean | undefined;
  readonly patience?: Patience | undefined;
  /** Is told everything that crosses the wire, for the request inspector. */
  readonly recorder?: Recorder | undefined;
}

/** How long to wait and how often to try. Times in milliseconds. */
export interface Patience {
  /** Without a single byte from the socket. */
  readonly silenceMs: number;
  /** With nothing but keep-alives. */
  readonly waitingMs: number;
  /** Repetitions of a request of which nothing had come; 0 for none. */
  readonly retries: number;
  /** Without a byte until it is said that nothing comes; 10 s when left out. */
  readonly quietMs?: number | undefined;
  readonly backOff?: BackOff | undefined;
}

/**
 * What crosses the wire, as it happens: each attempt is an exchange of its own, from `request` to `end`; `at` is
 * milliseconds since the epoch. The key is taken out of the `authorization` header only. The bodies are what really went
 * and came, where a person or an echoing server may have put the key, even across two pieces: whoever keeps them takes it
 * out before anybody reads them.
 */
export interface Recorder {
  request(request: { readonly at: number; readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }): void;
  response(response: { readonly at: number; readonly status: number; readonly headers: Readonly<Record<string, string>> }): void;
  bytes(bytes: { readonly at: number; readonly bytes: Uint8Array }): void;
  /** The exchange is over; `error` says why when it failed, `isStopped` that nobody waited for its end. */
  end(end: { readonly at: number; readonly error?: string | undefined; readonly isStopped?: true | undefined }): void;
}

/**
 * The body of the request. Members always come in the same order and `messages` are a pure function of the history, so
 * that a longer conversation begins with the bytes of a shorter one: services cache by exact prefix (docs/decisions/2026-11-22-exact-prefix.md).
 */
export function requestBody(request: CompletionRequest): { readonly [name: string]: Json } {
  const model = findModel(request.provider, request.model);
  const dialect = dialectOf(request.provider, model);
  const taken = mediaTaken(request.provider, request.model);
  const { stream, stream_options: streamOptions, max_tokens: outputLimit, messages: ofMessages, tools: ofTools, model: _, tool_choice: toolChoice, ...parameters } = wellFormedValues(chosenParameters(request));
  const tools = model.tools === false ? [] : request.tools;
  const continuation = continuationOf(request);
  const history = normalise(continuation === 'words' ? [...request.messages, { role: 'user', content: continueInstruction }] : request.messages);
  return {
    model: request.model,
    messages: history.map((message, index) => ({
      ...wireMessage(message, dialect, taken),
      ...(message.role === 'user' && asObject(ofMessages)),
      ...(continuation === 'prefix' && index === history.length - 1 && { prefix: true }),
    })),
    // An empty list is refused by iFlow's upstream (docs/servers.md §1.3).
    ...(tools.length > 0 && { tools: tools.map((tool) => wireTool(tool, asObject(asObject(ofTools)?.['function']))) }),
    ...(stream !== undefined && { stream }),
    ...(streamOptions !== undefined && { stream_options: streamOptions }),
    // Without tools there is nothing to choose from, and servers say so with an error.
    ...(toolChoice !== undefined && tools.length > 0 && { tool_choice: toolChoice }),
    ...(outputLimit !== undefined && { [dialect.outputLimit]: outputLimit }),
    ...parameters,
  };
}

type Continued = Pick<CompletionRequest, 'provider' | 'model' | 'continuesLast'>;

/** How the request goes on with its last message: by prefix completion, in words, or not at all. */
export function continuationOf({ provider, model, continuesLast }: Continued): 'prefix' | 'words' | undefined {
  if (continuesLast !== true) return undefined;
  return dialectOf(provider, findModel(provider, model)).continuation === 'prefix-on-beta' ? 'prefix' : 'words';
}

/** The base of the address that the request goes to. */
export function baseOf(request: Continued): string {
  const { baseUrl } = request.provider;
  if (continuationOf(request) !== 'prefix') return baseUrl;
  return `${baseUrl.replace(/\/+$/, '').replace(/\/chat\/completions$/, '').replace(/\/(v1|beta)$/, '')}/beta`;
}

/** The parameters that go out: what the person set over what is sent of itself; `messages` and `tools` hold what is set of each of theirs. */
export function chosenParameters(request: Pick<CompletionRequest, 'provider' | 'model' | 'parameters' | 'stream'>): ParameterValues {
  return sentParameters(request);
}

function wireTool(tool: ToolDefinition, chosen: JsonObject | undefined): Json {
  return { type: 'function', function: { name: tool.name, description: tool.description, parameters: wireSchema(tool.parameters), ...chosen } };
}

function wireMessage(message: Message, dialect: Dialect, taken: readonly Media['kind'][] | undefined): { readonly [name: string]: Json } {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: wellFormed(message.content) };
    case 'user':
      return { role: 'user', content: wireContent(message, taken) };
    case 'tool':
      // An empty result is refused by some servers (docs/servers.md §2.3).
      return { role: 'tool', tool_call_id: message.callId, content: wellFormed(message.content) || '(no output)' };
    case 'assistant':
      return {
        role: 'assistant',
        // DeepSeek refuses null and an absent content: it is always a string (docs/servers.md §2.3).
        content: wellFormed(message.text),
        ...wireReasoning(message, dialect),
        ...(message.calls.length > 0 && {
          tool_calls: message.calls.map((call) => ({
            id: call.id,
            type: 'function',
            function: { name: wireName(call.name), arguments: wellFormed(call.arguments) },
          })),
        }),
      };
  }
}

function wireReasoning(message: Extract<Message, { role: 'assistant' }>, dialect: Dialect): { readonly [name: string]: Json } {
  const { reasoning } = message;
  const field = dialect.reasoningField === 'as received' ? (reasoning?.field ?? 'reasoning_content') : dialect.reasoningField;
  const text = wellFormed(reasoning?.text ?? '');
  switch (dialect.reasoningReplay) {
    case 'every-turn':
      return { [field]: text };
    case 'tool-calls':
      return reasoning !== undefined && message.calls.length > 0 ? { [field]: text } : {};
    case 'never':
      return {};
  }
}

/** A name that a model made up may break the rule that every service has (letters, digits, _ and -, at most 64): refused, it would block the chat for ever. */
function wireName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64) || 'unnamed';
}

/** A lone surrogate becomes U+FFFD: strict servers refuse the whole request for one (docs/servers.md R7). */
function wellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}

/** A person may paste half a character into a parameter too. */
function wellFormedValues(values: ParameterValues): ParameterValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [wellFormed(name), wellFormedValue(value)]));
}

function wellFormedValue(value: Json): Json {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map((entry: Json) => wellFormedValue(entry)) : wellFormedValues(value as ParameterValues);
}
