import type { AnswerDetails, CostView, UsageView } from '../../protocol/viewState.ts';
import type { AgentEvent } from '../agent/run.ts';
import { addUsage, type Usage } from '../completions/completion.ts';
import { CompletionError } from '../completions/completionError.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import { addCost, costOf } from '../models/cost.ts';
import type { Prices } from '../providers/spec.ts';

/** What a running turn has come to so far. */
export interface Progress {
  note(event: AgentEvent): void;
  /** A request failed; what it had used counts where the service told it. */
  failed(error: unknown): void;
  /** What the model had said when it was interrupted, as a message without calls; undefined if it had said nothing. */
  partial(): AssistantMessage | undefined;
  /** Of all requests of the turn together; its cost is unknown when that of any of them is. */
  usage(): UsageView | undefined;
  /** What the service said of its last answer. */
  details(): AnswerDetails | undefined;
}

export interface ProgressOptions {
  /** What the turn had used before it was gone on with. */
  readonly before: UsageView | undefined;
  /** Whether anything had come of it by then, told or not. */
  readonly spent: boolean;
  readonly prices: Prices | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function createProgress({ before, spent, prices, now }: ProgressOptions): Progress {
  let text = '';
  let reasoning = '';
  let isOpen = false;
  let details: AnswerDetails | undefined;
  let usage: Usage | undefined = before;
  /** Undefined once it is unknown, null while there is nothing to pay for. */
  let cost: CostView | undefined | null = before?.cost ?? (spent ? undefined : null);

  function add(own: Usage | undefined): void {
    isOpen = false;
    usage = addUsage(usage, own);
    const price = costOf(own, prices, now());
    cost = cost === null ? price : addCost(cost, price);
  }

  function failed(error: unknown): void {
    if (error instanceof CompletionError && error.facts.usage !== undefined) add(error.facts.usage);
  }

  return {
    failed,
    note(event) {
      switch (event.type) {
        case 'text-delta':
        case 'leaked-call-delta':
          text += event.text;
          isOpen = true;
          return;
        case 'reasoning-delta':
          reasoning += event.text;
          isOpen = true;
          return;
        case 'call-delta':
          isOpen = true;
          return;
        case 'asking':
        case 'message':
          text = '';
          reasoning = '';
          return;
        case 'answered':
          details = event.end.details;
          add(event.end.usage);
          return;
        case 'retrying':
          failed(event.error);
          return;
        default:
      }
    },
    partial() {
      if (text === '') return undefined;
      return { role: 'assistant', text, reasoning: reasoning === '' ? undefined : { field: 'reasoning_content', text: reasoning }, calls: [] };
    },
    // What a request that broke off has cost the service never told.
    details: () => details,
    usage: () => usage && { ...usage, cost: isOpen ? undefined : (cost ?? undefined) },
  };
}
