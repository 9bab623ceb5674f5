/** A tool call as it is stored in an assistant message (all three reference pages spell it alike). */
export interface ChatToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/** One message of a request that has passed the checks. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content?: string | null | readonly { readonly type: string; readonly text?: string }[];
  readonly reasoning_content?: string | null;
  readonly tool_calls?: readonly ChatToolCall[] | null;
  readonly tool_call_id?: string;
  readonly prefix?: boolean;
}

/** A tool definition of a request that has passed the checks. */
export interface ChatTool {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: Readonly<Record<string, unknown>>;
  };
}

/** Asks for one named tool (DeepSeek's page, tool_choice). */
export interface NamedToolChoice {
  readonly type: 'function';
  readonly function: { readonly name: string };
}

/** The fields of a checked request that change what the simulator answers. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly stream?: boolean | null;
  readonly stream_options?: { readonly include_usage?: boolean } | null;
  readonly max_tokens?: number | null;
  readonly n?: number | null;
  readonly seed?: number | null;
  readonly stop?: string | readonly string[] | null;
  readonly logprobs?: boolean | null;
  readonly top_logprobs?: number | null;
  readonly tools?: readonly ChatTool[] | null;
  readonly tool_choice?: 'none' | 'auto' | 'required' | NamedToolChoice | null;
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly schema?: unknown } } | null;
  readonly thinking?: { readonly type: string } | null;
  readonly chat_template_kwargs?: { readonly enable_thinking?: boolean } | null;
  readonly separate_reasoning?: boolean | null;
  readonly enable_thinking?: boolean | null;
  readonly user_id?: string | null;
}

/** The text of a message, its text parts joined; other parts are left out. */
export function textOf(message: ChatMessage | undefined): string {
  const content = message?.content;
  if (content === undefined || content === null) return '';
  if (typeof content === 'string') return content;
  return content.map((part) => part.text ?? '').join('\n');
}

/** The last message a person wrote, and what has come after it. */
export function currentTurn(messages: readonly ChatMessage[]): { readonly user: ChatMessage | undefined; readonly after: readonly ChatMessage[] } {
  const index = messages.findLastIndex((message) => message.role === 'user');
  return { user: messages[index], after: messages.slice(index + 1) };
}
