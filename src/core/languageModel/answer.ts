import { say, type LocalText } from '../../protocol/localText.ts';
import { complete } from '../completions/complete.ts';
import type { CompletionEnd, CompletionEvent } from '../completions/completion.ts';
import type { CompletionRequest } from '../completions/request.ts';
import type { ForeignCall } from './foreignMessage.ts';
import { inputOf, type OwnMemory } from './reasoningMemory.ts';
import type { NamedTools } from './toolNames.ts';

/** A piece of an answer for VS Code. */
export type AnswerPart = { readonly kind: 'text'; readonly text: string } | ForeignCall;

/** An answer came to an end that whoever asked should know of. */
export class AnswerProblem extends Error {
  override readonly name = 'AnswerProblem';
  readonly text: LocalText;
  /** The service did not want to go on. */
  readonly isBlocked: boolean;

  constructor(text: LocalText, { isBlocked = false }: { readonly isBlocked?: boolean } = {}) {
    super(text.message);
    this.text = text;
    this.isBlocked = isBlocked;
  }
}

export interface AnswerContext {
  readonly memory: OwnMemory;
  readonly names: NamedTools;
  /** Is told everything that comes, for what it cost. */
  readonly follow: (event: CompletionEvent) => void;
}

/**
 * The answer to a request: text as it comes, and at its end the calls, whole (docs/servers.md §0.7). Reasoning is not among it:
 * VS Code's stable API has no part for it, and it is no text of the answer. Fails as `complete` does, or with an
 * `AnswerProblem`.
 */
export async function* answer(request: CompletionRequest, signal: AbortSignal, { memory, names, follow }: AnswerContext): AsyncGenerator<AnswerPart> {
  for await (const event of complete(request, signal)) {
    follow(event);
    if (event.type === 'text-delta' || event.type === 'leaked-call-delta') yield { kind: 'text', text: event.text };
    if (event.type === 'end') yield* callsOf(event, { memory, names });
  }
}

function* callsOf({ reason, message, cutCalls }: CompletionEnd, { memory, names }: Pick<AnswerContext, 'memory' | 'names'>): Generator<AnswerPart> {
  if (cutCalls > 0) throw new AnswerProblem(say('The model was cut off while it was calling a tool. The call was not run.'));
  if (reason === 'content-filter') throw new AnswerProblem(say('The service ended the answer because of its content filter.'), { isBlocked: true });
  if (reason === 'failed') throw new AnswerProblem(say('The service reported a problem in the middle of the answer.'));
  if (reason === 'overloaded') throw new AnswerProblem(say('The service ran out of capacity in the middle of the answer.'));
  const named = message.calls.map((call) => ({ ...call, name: names.original(call.name) }));
  const inputs = named.map((call) => inputOf(call.arguments));
  const broken = named.find((_, index) => inputs[index] === undefined);
  // An extension is handed an object: to hand it another than the model meant would be a guess.
  if (broken !== undefined) throw new AnswerProblem(say('The model called {0} with arguments that are not a JSON object. Ask again.', broken.name));
  if (named.length === 0) return;
  const ids = memory.keep({ ...message, calls: named });
  yield* named.map(({ id, name }, index): ForeignCall => ({ kind: 'call', id: ids[index] ?? id, name, input: inputs[index] ?? {} }));
}
