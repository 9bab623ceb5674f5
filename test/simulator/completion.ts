import type { ChatRequest } from './chat.ts';
import type { Plan, PlannedCall } from './model.ts';
import type { PromptUsage } from './promptCache.ts';
import { countTokens, firstTokens } from './tokens.ts';

/** Why a choice ended; each service spells it in its own way. */
export type Finish = 'end' | 'stop-sequence' | 'length' | 'tool-calls';

/** One choice after max_tokens and stop have been applied. */
export interface Choice {
  readonly reasoning: string;
  readonly text: string;
  readonly calls: readonly PlannedCall[];
  readonly finish: Finish;
  readonly reasoningTokens: number;
  readonly tokens: number;
}

/** An answer that is ready to be spelt by a service. */
export interface Completion {
  readonly id: string;
  readonly created: number;
  readonly request: ChatRequest;
  readonly choices: readonly Choice[];
  readonly prompt: PromptUsage;
}

function cutAtStop(text: string, stop: ChatRequest['stop'], keep: boolean): { readonly text: string; readonly hit: boolean } {
  const sequences = (typeof stop === 'string' ? [stop] : (stop ?? [])).filter((sequence) => sequence !== '');
  let cut: { readonly at: number; readonly length: number } | undefined;
  for (const sequence of sequences) {
    const at = text.indexOf(sequence);
    if (at >= 0 && (cut === undefined || at < cut.at)) cut = { at, length: sequence.length };
  }
  if (cut === undefined) return { text, hit: false };
  return { text: text.slice(0, cut.at + (keep ? cut.length : 0)), hit: true };
}

/** Applies max_tokens (which includes reasoning) and stop to a plan; a call that no longer fits is cut inside its arguments. */
export function limit(plan: Plan, request: ChatRequest, limits: { readonly tokens: number; readonly keepsStopSequence: boolean }): Choice {
  const reasoningTokens = countTokens(plan.reasoning);
  if (reasoningTokens >= limits.tokens) {
    const reasoning = firstTokens(plan.reasoning, limits.tokens);
    return { reasoning, text: '', calls: [], finish: 'length', reasoningTokens: limits.tokens, tokens: limits.tokens };
  }
  const common = { reasoning: plan.reasoning, reasoningTokens };
  let left = limits.tokens - reasoningTokens;
  const stopped = cutAtStop(plan.text, request.stop, limits.keepsStopSequence);
  const textTokens = countTokens(stopped.text);
  if (textTokens > left) return { ...common, text: firstTokens(stopped.text, left), calls: [], finish: 'length', tokens: limits.tokens };
  left -= textTokens;
  if (stopped.hit) return { ...common, text: stopped.text, calls: [], finish: 'stop-sequence', tokens: limits.tokens - left };
  const calls: PlannedCall[] = [];
  for (const call of plan.calls) {
    const nameTokens = countTokens(call.name);
    const argumentTokens = countTokens(call.arguments);
    if (nameTokens > left) return { ...common, text: stopped.text, calls, finish: 'length', tokens: limits.tokens - left };
    left -= nameTokens;
    if (argumentTokens > left) {
      calls.push({ name: call.name, arguments: firstTokens(call.arguments, left) });
      return { ...common, text: stopped.text, calls, finish: 'length', tokens: limits.tokens };
    }
    left -= argumentTokens;
    calls.push(call);
  }
  return { ...common, text: stopped.text, calls, finish: calls.length > 0 ? 'tool-calls' : 'end', tokens: limits.tokens - left };
}

/** The three counts that every service reports, over all choices. */
export function countUsage(completion: Completion): { readonly prompt_tokens: number; readonly completion_tokens: number; readonly total_tokens: number } {
  const completionTokens = completion.choices.reduce((sum, choice) => sum + choice.tokens, 0);
  return {
    prompt_tokens: completion.prompt.total,
    completion_tokens: completionTokens,
    total_tokens: completion.prompt.total + completionTokens,
  };
}
