import type { AnswerDetails, CostView, TimingView, UsageView } from '../../protocol/viewState.ts';
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
  /** Whether the cost of everything since the turn was begun or gone on with is known; undefined while there is nothing to pay for. */
  paid(): 'known' | 'unknown' | undefined;
  /** How fast the last whole answer came. */
  timing(): TimingView | undefined;
}

export interface ProgressOptions {
  /** What the turn had used before it was gone on with. */
  readonly before: UsageView | undefined;
  /** Whether anything had come of it by then, told or not. */
  readonly isBegun: boolean;
  readonly prices: Prices | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Is told what each request has cost, where that is known. */
  readonly spent?: (cost: CostView) => void;
}

export function createProgress({ before, isBegun, prices, now, spent }: ProgressOptions): Progress {
  let text = '';
  let reasoning = '';
  let isOpen = false;
  let details: AnswerDetails | undefined;
  let usage: Usage | undefined = before;
  /** Undefined once it is unknown, null while there is nothing to pay for. */
  let cost: CostView | undefined | null = before?.cost ?? (isBegun ? undefined : null);
  /** Requests with a cost that is known, and with one that is not. */
  let [known, unknown] = [0, 0];
  /** Of the present request: when it was made, when something came of it. */
  let asked = 0;
  let first: number | undefined;
  let timing: TimingView | undefined;

  function add(own: Usage | undefined): void {
    isOpen = false;
    usage = addUsage(usage, own);
    const price = costOf(own, prices, now());
    cost = cost === null ? price : addCost(cost, price);
    if (price === undefined) unknown += 1;
    else {
      known += 1;
      spent?.(price);
    }
  }

  function came(): void {
    isOpen = true;
    first ??= now();
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
          came();
          return;
        case 'reasoning-delta':
          reasoning += event.text;
          came();
          return;
        case 'call-delta':
          came();
          return;
        case 'asking':
          asked = now();
          first = undefined;
          text = '';
          reasoning = '';
          return;
        case 'message':
          text = '';
          reasoning = '';
          return;
        case 'answered':
          details = event.end.details;
          if (first !== undefined) timing = timed(asked, first, { end: now(), tokens: event.end.usage?.completionTokens });
          add(event.end.usage);
          return;
        case 'retrying':
          failed(event.error);
          asked = now() + event.delayMs;
          return;
        default:
      }
    },
    partial() {
      if (text === '') return undefined;
      return { role: 'assistant', text, reasoning: reasoning === '' ? undefined : { field: 'reasoning_content', text: reasoning }, calls: [] };
    },
    paid: () => (isOpen || unknown > 0 ? 'unknown' : known > 0 ? 'known' : undefined),
    timing: () => timing,
    // What a request that broke off has cost the service never told.
    details: () => details,
    usage: () => usage && { ...usage, cost: isOpen ? undefined : (cost ?? undefined) },
  };
}

/** Shorter than this is no time to measure a speed in. */
const instantMs = 100;

function timed(asked: number, first: number, { end, tokens }: { readonly end: number; readonly tokens: number | undefined }): TimingView {
  const tokensPerSecond = tokens === undefined || tokens === 0 || end - first < instantMs ? undefined : (tokens * 1000) / (end - first);
  return { firstTokenMs: Math.max(0, first - asked), tokensPerSecond };
}
