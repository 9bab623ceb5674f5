import type { LocalText } from '../../protocol/localText.ts';
import { abortable } from '../abortable.ts';
import type { CompletionEnd, CompletionEvent, FinishReason } from '../completions/completion.ts';
import { CompletionError } from '../completions/completionError.ts';
import { joinMessages } from '../conversation/joinMessages.ts';
import type { AssistantMessage, Message, ToolCall } from '../conversation/message.ts';
import { refuse, type Tool, type ToolContext, type ToolResult } from '../tools/tool.ts';

/** Who answers: a model to ask and the tools it may call. */
export interface Agent {
  complete(messages: readonly Message[], tools: readonly Tool[], options: CompleteOptions): AsyncIterable<CompletionEvent>;
  readonly tools: readonly Tool[];
  readonly toolContext: Omit<ToolContext, 'signal'>;
}

export interface CompleteOptions {
  readonly signal: AbortSignal;
  /** The last message, the model's own, is to be gone on with from its last character. */
  readonly continuesLast: boolean;
}

/** What happens in a turn, in order. `message` is what the history grows by; one that `replaces` takes the place of its last message. */
export type AgentEvent =
  | { readonly type: 'asking' }
  | Exclude<CompletionEvent, CompletionEnd>
  | { readonly type: 'message'; readonly message: Message; readonly replaces?: true }
  | { readonly type: 'call-started'; readonly index: number; readonly call: ToolCall; readonly summary: LocalText | undefined }
  | { readonly type: 'call-ended'; readonly index: number; readonly call: ToolCall; readonly result: ToolResult }
  | { readonly type: 'calls-cut'; readonly count: number }
  /** What one request ended with; a turn is as many as it takes. */
  | { readonly type: 'answered'; readonly end: CompletionEnd }
  /** `wireReason` is the finish reason as the service wrote it. */
  | { readonly type: 'turn-end'; readonly reason: FinishReason | 'rounds' | 'repetition' | 'volume'; readonly wireReason?: string | undefined };

/** When a turn is ended although the model would go on, until the person lets it (docs/safety.md C6). */
export const loopLimits = { rounds: 25, identicalCalls: 3, callsInMessage: 32, resultCharacters: 1_000_000 } as const;

/**
 * One turn: complete, run the calls, repeat until the model calls nothing. Whatever goes wrong inside a call becomes its
 * result; a failed completion is thrown, and an abort as the signal's reason. Leaving the loop stops everything. A history
 * that ends in words of the model is gone on with: what comes is joined to them.
 */
export async function* run(agent: Agent, history: readonly Message[], signal: AbortSignal): AsyncGenerator<AgentEvent> {
  const messages = [...history];
  const seen = new Map<string, number>();
  let given = 0;

  for (let round = 0; round < loopLimits.rounds; round += 1) {
    yield { type: 'asking' };
    let end: CompletionEnd | undefined;
    const before = round === 0 ? unfinished(messages) : undefined;
    for await (const event of agent.complete(messages, agent.tools, { signal, continuesLast: before !== undefined })) {
      if (event.type === 'end') end = event;
      else yield event;
    }
    if (end === undefined) throw new CompletionError('cut', 'The completion ended without its end.');
    yield { type: 'answered', end };
    if (before === undefined) {
      messages.push(end.message);
      yield { type: 'message', message: end.message };
    } else {
      const message = joinMessages(before, end.message, '');
      messages[messages.length - 1] = message;
      yield { type: 'message', message, replaces: true };
    }
    if (end.cutCalls > 0) yield { type: 'calls-cut', count: end.cutCalls };
    if (end.message.calls.length === 0) return yield { type: 'turn-end', reason: end.reason, wireReason: end.details.finishReason };

    for (const [index, call] of end.message.calls.entries()) {
      signal.throwIfAborted();
      const checked = check(call, agent.tools);
      yield { type: 'call-started', index, call, summary: 'run' in checked ? checked.summary : undefined };
      const excess = index >= loopLimits.callsInMessage ? tooMany : given >= loopLimits.resultCharacters ? notYet : undefined;
      const result = excess ?? ('run' in checked ? await attempt(() => checked.run({ ...agent.toolContext, signal }), signal) : checked);
      given += result.text.length;
      // What was asked before a change may well be asked again after it.
      if (result.status === 'done') forget(seen, call, agent.tools);
      const message: Message = { role: 'tool', callId: call.id, content: result.text };
      messages.push(message);
      yield { type: 'message', message };
      yield { type: 'call-ended', index, call, result };
    }
    if (end.message.calls.some((call) => count(seen, keyOf(call)) >= loopLimits.identicalCalls)) {
      return yield { type: 'turn-end', reason: 'repetition' };
    }
    if (given >= loopLimits.resultCharacters) return yield { type: 'turn-end', reason: 'volume' };
  }
  return yield { type: 'turn-end', reason: 'rounds' };
}

/** The words of the model that a history ends with, if it does. */
function unfinished(messages: readonly Message[]): AssistantMessage | undefined {
  const last = messages.at(-1);
  return last?.role === 'assistant' && last.text !== '' && last.calls.length === 0 ? last : undefined;
}

const tooMany = refuse(`Not run: one message may hold at most ${loopLimits.callsInMessage} calls. Call again with fewer.`);
const notYet = refuse('Not run: this turn has returned as much as it may before the person is asked. Call again if it is still needed.');

/** Forgets which calls were made before this one, where it may have changed what they answer; its own kind of call is still counted where nobody knows what it does. */
function forget(seen: Map<string, number>, call: ToolCall, tools: readonly Tool[]): void {
  const risk = tools.find(({ name }) => name === call.name)?.risk;
  if (risk === undefined || risk === 'read') return;
  const same = risk === 'unknown' ? keyOf(call) : undefined;
  for (const key of seen.keys()) if (key !== same) seen.delete(key);
}

function keyOf({ name, arguments: text }: ToolCall): string {
  return `${name} ${text}`;
}

function check(call: ToolCall, tools: readonly Tool[]): ReturnType<Tool['check']> {
  const tool = tools.find(({ name }) => name === call.name);
  if (tool !== undefined) return tool.check(call.arguments);
  const known = tools.map(({ name }) => name).join(', ');
  return refuse(`There is no tool named "${call.name.slice(0, 100)}". ${known === '' ? 'No tools are available; answer in words.' : `Available: ${known}.`}`);
}

/** The call's result, whatever it throws; but an abort is an abort, and does not wait for a call that will not end. */
async function attempt(call: () => Promise<ToolResult>, signal: AbortSignal): Promise<ToolResult> {
  try {
    return await abortable(call, signal);
  } catch (error) {
    signal.throwIfAborted();
    return refuse(`The tool failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function count(seen: Map<string, number>, key: string): number {
  const times = (seen.get(key) ?? 0) + 1;
  seen.set(key, times);
  return times;
}
