import type { FinishReason } from './completion.ts';

/**
 * Every spelling that has been seen (docs/servers.md §1.2, §2.6, §4, C7). Gemini says `stop` and some servers say nothing
 * while tool calls are there: the calls decide then.
 */
const meanings: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['eos', 'stop'],
  ['end', 'stop'],
  ['end_turn', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_calls', 'tool-calls'],
  ['tool_call', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['content_filter', 'content-filter'],
  ['sensitive', 'content-filter'],
  ['insufficient_system_resource', 'overloaded'],
  ['error', 'failed'],
  ['network_error', 'failed'],
]);

/** What a service's finish reason means; undefined (a stream that ended with `[DONE]` alone) counts as `stop`. */
export function readFinishReason(wire: string | undefined): FinishReason {
  return wire === undefined ? 'stop' : (meanings.get(wire) ?? 'other');
}
