/** A message of the conversation as we keep it: what was said, not how a service spells it. */
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

export interface SystemMessage {
  readonly role: 'system';
  readonly content: string;
}

export interface UserMessage {
  readonly role: 'user';
  readonly content: string;
  /** Pictures and videos that go with the words; absent where there are none. */
  readonly media?: readonly Media[] | undefined;
}

/** A picture or video: a `data:` URL, or an https address that the service fetches itself. */
export interface Media {
  readonly kind: 'image' | 'video';
  readonly url: string;
}

/** What the model said: its reasoning, its answer, and the tools it called, in that order. */
export interface AssistantMessage {
  readonly role: 'assistant';
  readonly text: string;
  readonly reasoning: Reasoning | undefined;
  readonly calls: readonly ToolCall[];
}

/** Reasoning and the name under which it came, for it goes back under the same name. */
export interface Reasoning {
  readonly field: ReasoningField;
  readonly text: string;
}

/** The names under which servers send reasoning (docs/servers.md §4, C5). */
export const reasoningFields = ['reasoning_content', 'reasoning', 'reasoning_text', 'thinking'] as const;
export type ReasoningField = (typeof reasoningFields)[number];

export interface ToolCall {
  /** The id that the service gave; unique within its message only (jiekou.ai counts from "0" in each turn). */
  readonly id: string;
  readonly name: string;
  /** The model's text byte for byte: it is replayed as it is, and is not necessarily JSON. */
  readonly arguments: string;
}

/** The answer to one call of the assistant message before it. */
export interface ToolMessage {
  readonly role: 'tool';
  readonly callId: string;
  readonly content: string;
}
