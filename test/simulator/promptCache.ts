import type { ChatRequest } from './chat.ts';
import { tokenise } from './tokens.ts';

/** How many tokens a prompt has and how many of them an earlier request of the same owner began with. */
export interface PromptUsage {
  readonly total: number;
  readonly hit: number;
}

/** Remembers prompts per key, as DeepSeek's context cache does (its page: prompt_cache_hit_tokens). */
export interface PromptCache {
  readonly count: (owner: string, request: ChatRequest) => PromptUsage;
}

const remembered = 64;

function commonPrefix(left: readonly string[], right: readonly string[]): number {
  let length = 0;
  while (length < left.length && length < right.length && left[length] === right[length]) length += 1;
  return length;
}

/** A cache that compares whole prompts token by token; the tools come first, because servers put them in the system prompt. */
export function createPromptCache(): PromptCache {
  const prompts = new Map<string, (readonly string[])[]>();
  return {
    count(owner, request) {
      const text = [JSON.stringify(request.tools ?? []), ...request.messages.map((message) => JSON.stringify(message))].join('\n');
      const tokens = tokenise(text);
      const earlier = prompts.get(owner) ?? [];
      const hit = Math.max(0, ...earlier.map((prompt) => commonPrefix(prompt, tokens)));
      prompts.set(owner, [...earlier.slice(1 - remembered), tokens]);
      return { total: tokens.length, hit };
    },
  };
}
