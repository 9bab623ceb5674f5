import type { Agent } from '../../../src/core/agent/run.ts';
import type { CompletionEnd, CompletionEvent, FinishReason } from '../../../src/core/completions/completion.ts';
import type { Message, ToolCall } from '../../../src/core/conversation/message.ts';
import { defineTool, type Tool } from '../../../src/core/tools/tool.ts';
import { say } from '../../../src/protocol/localText.ts';
import * as v from 'valibot';
import { said } from './conversation.ts';
import { toolContext } from './toolContext.ts';

/** One completion of a script: its events, and then perhaps an error, or nothing for ever. */
export interface Answer {
  readonly events: readonly CompletionEvent[];
  readonly next?: Error | 'hang';
}

/** An agent that says what its script says and records what it was asked. */
export interface ScriptedAgent extends Agent {
  readonly requests: (readonly Message[])[];
}

export interface ScriptOptions {
  readonly tools?: readonly Tool[];
  /** Called wherever the agent waits for something: between any two events. */
  readonly tick?: () => void;
}

export function scriptedAgent(answers: readonly Answer[], { tools = [echo], tick = () => undefined }: ScriptOptions = {}): ScriptedAgent {
  const requests: (readonly Message[])[] = [];
  return {
    requests,
    tools,
    toolContext: toolContext(),
    async *complete(messages, _tools, { signal }) {
      requests.push(structuredClone(messages));
      const answer = answers[requests.length - 1] ?? { events: [end({ text: 'No more script.' })] };
      for (const event of answer.events) {
        tick();
        await Promise.resolve();
        signal.throwIfAborted();
        yield event;
      }
      tick();
      if (answer.next === 'hang') await untilAborted(signal);
      if (answer.next instanceof Error) throw answer.next;
    },
  };
}

export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

/** The end of a completion; the reason follows from the calls unless it is given. */
export function end(parts: { readonly text?: string; readonly calls?: readonly ToolCall[]; readonly reason?: FinishReason; readonly cutCalls?: number; readonly usage?: CompletionEnd['usage'] }): CompletionEnd {
  const { text = '', calls = [], reason = calls.length > 0 ? 'tool-calls' : 'stop', cutCalls = 0, usage } = parts;
  return { type: 'end', reason, message: said({ text, calls }), cutCalls, usage, ...nothingMore };
}

/** The parts of an end that most tests do not care for. */
export const nothingMore = {
  alternatives: [],
  logprobs: [],
  details: { id: undefined, model: undefined, created: undefined, systemFingerprint: undefined, serviceTier: undefined, finishReason: undefined },
} as const;

export function echoCall(id: string, text = id): ToolCall {
  return { id, name: 'echo', arguments: JSON.stringify({ text }) };
}

/** A completion that calls `echo` with the given ids, delta by delta. */
export function calling(...ids: readonly string[]): Answer {
  const calls = ids.map((id) => echoCall(id));
  return { events: [...calls.map((call, index) => ({ type: 'call-delta', index, name: call.name, arguments: call.arguments }) as const), end({ calls })] };
}

/** A completion that says a text, in two deltas. */
export function saying(text: string): Answer {
  const half = Math.ceil(text.length / 2);
  return { events: [{ type: 'text-delta', text: text.slice(0, half) }, { type: 'text-delta', text: text.slice(half) }, end({ text })] };
}

/** A tool that gives back what it gets. */
export const echo = defineTool({
  name: 'echo',
  description: 'Says it again.',
  input: v.object({ text: v.string() }),
  risk: 'read',
  summary: ({ text }) => say('Read {0}', text),
  run: async ({ text }) => ({ status: 'done', text: `echo ${text}` }),
});

/** `echo`, but with something else happening in it. */
export function echoThat(run: (signal: AbortSignal) => Promise<string>): Tool {
  return defineTool({ name: 'echo', description: '', input: v.object({ text: v.string() }), risk: 'read', summary: ({ text }) => say('Read {0}', text), run: async (_, { signal }) => ({ status: 'done', text: await run(signal) }) });
}
