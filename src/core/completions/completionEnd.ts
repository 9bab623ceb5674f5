import type { AssistantMessage, ToolCall } from '../conversation/message.ts';
import { asObject, parseJson } from '../json.ts';
import type { AnswerParts } from './answer.ts';
import type { CompletionEnd } from './completion.ts';
import { CompletionError } from './completionError.ts';
import { readFinishReason } from './finishReason.ts';
import type { Outlet } from './outlet.ts';
import { createTextBuffer } from './textBuffer.ts';

type Ended = AnswerParts & Pick<CompletionEnd, 'alternatives' | 'usage' | 'details'>;

/** The end of an answer that ended properly; an error when it says nothing and gives no reason for that. */
export function endOf({ message, logprobs, refusalLogprobs, relabelled, isShortened, alternatives, usage, details }: Ended): CompletionEnd | { readonly error: CompletionError } {
  const { finishReason } = details;
  const reason = readFinishReason(finishReason);
  if (reason !== 'length' && reason !== 'overloaded' && reason !== 'failed' && !isShortened && isEmpty(message)) {
    return { error: new CompletionError(reason === 'content-filter' ? 'forbidden' : 'empty', `The answer ended (${finishReason ?? '[DONE]'}) without a word.`) };
  }
  // Arguments that were cut can still parse: only an end on the model's own terms makes them whole (docs/servers.md §0.7, T13).
  const whole = reason === 'stop' || reason === 'tool-calls';
  const complete = whole && (finishReason !== undefined || message.calls.every(isWhole)) ? message.calls : [];
  return {
    type: 'end',
    reason: complete.length > 0 ? 'tool-calls' : reason,
    message: Object.freeze({ ...message, calls: Object.freeze(complete) }),
    cutCalls: message.calls.length - complete.length,
    usage,
    alternatives: alternatives.map((alternative) => Object.freeze(alternative)),
    logprobs,
    ...(refusalLogprobs.length > 0 && { refusalLogprobs }),
    details,
    ...(relabelled !== undefined && { relabelled }),
  };
}

/** Says a message that had not been said while it came. */
export function repeat({ reasoning, text, calls }: AssistantMessage, outlet: Outlet): void {
  outlet.put('reasoning-delta', reasoning?.text ?? '', createTextBuffer());
  outlet.put('text-delta', text, createTextBuffer());
  for (const [index, call] of calls.entries()) outlet.call({ type: 'call-delta', index, name: call.name, arguments: call.arguments });
}

function isEmpty({ text, reasoning, calls }: AssistantMessage): boolean {
  return text === '' && reasoning === undefined && calls.length === 0;
}

function isWhole(call: ToolCall): boolean {
  return asObject(parseJson(call.arguments)) !== undefined;
}
