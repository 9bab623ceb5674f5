import type { ContextView, GaugeView } from '../../protocol/contextView.ts';
import type { Message } from '../conversation/message.ts';
import type { Dialect } from '../providers/spec.ts';
import type { ToolDefinition } from '../tools/tool.ts';
import { estimateTokens } from './tokens.ts';

/** How full the window of the model is: what would be sent now, estimated, and corrected by what the service last counted. */
export interface Gauge {
  /** The service has counted so many tokens in a request with these messages and tools. */
  counted(request: Pick<GaugeInput, 'messages' | 'tools' | 'reasoningReplay'>, promptTokens: number): void;
  /** As things stand. Each message is looked at once. */
  view(input: GaugeInput): GaugeView;
}

export interface GaugeInput {
  /** What the next request would begin with, the system prompt first. */
  readonly messages: readonly Message[];
  readonly context: readonly Pick<ContextView, 'tokens'>[];
  readonly tools: readonly ToolDefinition[];
  readonly reasoningReplay: Dialect['reasoningReplay'];
  readonly limit: number | undefined;
}

/** An estimate is never taken to be off by more, whatever a service counts. */
const factors = { least: 0.4, most: 2.5 } as const;

/** Tokens beneath which what a service puts around each message decides, which says nothing of long ones. */
const tooShort = 200;

export function createGauge(): Gauge {
  const messageTokens = new WeakMap<Message, { readonly words: number; readonly reasoning: number }>();
  const toolTokens = new WeakMap<ToolDefinition, number>();
  let factor = 1;

  function ofMessages(messages: readonly Message[], replay: Dialect['reasoningReplay']): number {
    return messages.reduce((sum, message) => {
      const { words, reasoning } = remembered(messageTokens, message, estimateMessage);
      const goesBack = replay === 'every-turn' || (replay === 'tool-calls' && message.role === 'assistant' && message.calls.length > 0);
      return sum + words + (goesBack ? reasoning : 0);
    }, 0);
  }

  function ofTools(tools: readonly ToolDefinition[]): number {
    return tools.reduce((sum, tool) => sum + remembered(toolTokens, tool, ({ name, description, parameters }) => estimateTokens(`${name} ${description} ${JSON.stringify(parameters)}`)), 0);
  }

  return {
    counted({ messages, tools, reasoningReplay }, promptTokens) {
      const estimated = ofMessages(messages, reasoningReplay) + ofTools(tools);
      if (estimated >= tooShort && promptTokens > 0) factor = Math.min(factors.most, Math.max(factors.least, promptTokens / estimated));
    },
    view({ messages, context, tools, reasoningReplay, limit }) {
      const system = messages.filter(({ role }) => role === 'system');
      const chat = messages.filter(({ role }) => role !== 'system');
      const parts = [
        { kind: 'system', tokens: ofMessages(system, reasoningReplay) },
        { kind: 'tools', tokens: ofTools(tools) },
        { kind: 'chat', tokens: ofMessages(chat, reasoningReplay) },
        { kind: 'context', tokens: context.reduce((sum, piece) => sum + (piece.tokens ?? 0), 0) },
      ] as const;
      const corrected = parts.map(({ kind, tokens }) => ({ kind, tokens: Math.round(tokens * factor) }));
      return { used: corrected.reduce((sum, { tokens }) => sum + tokens, 0), limit, parts: corrected };
    },
  };
}

function remembered<Key extends object, Value>(known: WeakMap<Key, Value>, key: Key, make: (key: Key) => Value): Value {
  const found = known.get(key) ?? make(key);
  known.set(key, found);
  return found;
}

function estimateMessage(message: Message): { readonly words: number; readonly reasoning: number } {
  if (message.role !== 'assistant') return { words: estimateTokens(message.content), reasoning: 0 };
  const calls = message.calls.reduce((sum, call) => sum + estimateTokens(call.name) + estimateTokens(call.arguments), 0);
  return { words: estimateTokens(message.text) + calls, reasoning: estimateTokens(message.reasoning?.text ?? '') };
}
