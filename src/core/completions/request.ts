import { continueInstruction } from '../agent/prompt.ts';
import { mediaTaken, wireContent } from '../conversation/media.ts';
import type { Media, Message } from '../conversation/message.ts';
import { normalise } from '../conversation/normalise.ts';
import type { Json } from '../json.ts';
import { dialectOf, findModel, type Dialect, type ParameterValues, type ProviderSpec } from '../providers/spec.ts';
import type { ToolDefinition } from '../tools/tool.ts';

/** One completion to ask for. */
export interface CompletionRequest {
  readonly provider: ProviderSpec;
  readonly model: string;
  /** Undefined for a service without keys. */
  readonly key: string | undefined;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolDefinition[];
  /** What the person set, by parameter name; over the model's own defaults. */
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
}

/** One exchange over the wire as it happens; `at` is milliseconds since the epoch. Headers and bodies never hold the key. */
export interface Recorder {
  request(request: { readonly at: number; readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }): void;
  response(response: { readonly at: number; readonly status: number; readonly headers: Readonly<Record<string, string>> }): void;
  bytes(bytes: { readonly at: number; readonly bytes: Uint8Array }): void;
  /** The exchange is over; `error` says why when it failed. */
  end(end: { readonly at: number; readonly error: string | undefined }): void;
}

/**
 * The body of the request. Members always come in the same order and `messages` are a pure function of the history, so
 * that a longer conversation begins with the bytes of a shorter one: services cache by exact prefix (design.md §5).
 */
export function requestBody(request: CompletionRequest): { readonly [name: string]: Json } {
  const model = findModel(request.provider, request.model);
  const dialect = dialectOf(request.provider, model);
  const taken = mediaTaken(request.provider, request.model);
  const { max_tokens: outputLimit, ...parameters } = chosenParameters(request);
  const continuation = continuationOf(request);
  const history = normalise(continuation === 'words' ? [...request.messages, { role: 'user', content: continueInstruction }] : request.messages);
  return {
    model: request.model,
    messages: history.map((message, index) => ({
      ...wireMessage(message, dialect, taken),
      ...(continuation === 'prefix' && index === history.length - 1 && { prefix: true }),
    })),
    // An empty list is refused by iFlow's upstream (wire.md §1.3).
    ...(request.tools.length > 0 && model.tools !== false && { tools: request.tools.map(wireTool) }),
    stream: request.stream,
    ...(request.stream && dialect.streamUsage === 'ask' && { stream_options: { include_usage: true } }),
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

/** The parameters that go out: what the person set over what the model's record sends of itself. */
export function chosenParameters({ provider, model, parameters }: Pick<CompletionRequest, 'provider' | 'model' | 'parameters'>): ParameterValues {
  return { ...provider.defaults, ...findModel(provider, model).defaults, ...parameters };
}

function wireTool(tool: ToolDefinition): Json {
  return { type: 'function', function: { name: tool.name, description: tool.description, parameters: tool.parameters } };
}

function wireMessage(message: Message, dialect: Dialect, taken: readonly Media['kind'][] | undefined): { readonly [name: string]: Json } {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: wellFormed(message.content) };
    case 'user':
      return { role: 'user', content: wireContent(message, taken) };
    case 'tool':
      // An empty result is refused by some servers (wire.md §2.3).
      return { role: 'tool', tool_call_id: message.callId, content: wellFormed(message.content) || '(no output)' };
    case 'assistant':
      return {
        role: 'assistant',
        // DeepSeek refuses null and an absent content: it is always a string (wire.md §2.3).
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

/** A name that a model made up may break the rule that every service has (seeds: letters, digits, _ and -, at most 64): refused, it would block the chat for ever. */
function wireName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64) || 'unnamed';
}

/** A lone surrogate becomes U+FFFD: strict servers refuse the whole request for one (wire.md R7). */
function wellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}
