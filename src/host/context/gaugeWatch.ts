import type { Agent } from '../../core/agent/run.ts';
import type { ViewStore } from '../../core/chat/viewStore.ts';
import type { CompletionEvent } from '../../core/completions/completion.ts';
import { createGauge, type GaugeInput } from '../../core/context/gauge.ts';
import type { Change } from '../../protocol/messages.ts';

/** Keeps the gauge of the context window up to date, once things have settled and never with each word of an answer. */
export interface GaugeWatch {
  /** Something has changed; what is no matter of the window is passed over. */
  note(change: Change): void;
  /** The agent, with what the service counts of its requests noted. */
  observe(agent: Agent, reasoningReplay: GaugeInput['reasoningReplay']): Agent;
  dispose(): void;
}

export interface GaugeWatchOptions {
  readonly store: ViewStore;
  /** What the next request would be made of. */
  readonly request: () => Omit<GaugeInput, 'context'>;
}

/** Milliseconds after the last change. */
const settled = 300;

const filling: ReadonlySet<Change['type']> = new Set(['chat-cleared', 'chat-opened', 'model-changed', 'turn-added', 'turn-ended', 'turn-restarted', 'context-changed', 'turns-shown', 'item-removed', 'tools-changed']);

export function createGaugeWatch({ store, request }: GaugeWatchOptions): GaugeWatch {
  const gauge = createGauge();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    timer = undefined;
    const view = gauge.view({ ...request(), context: store.state.context });
    if (JSON.stringify(view) !== JSON.stringify(store.state.gauge)) store.publish({ type: 'gauge-changed', gauge: view });
  }

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(look, settled);
  }

  async function* counting(events: AsyncIterable<CompletionEvent>, asked: Parameters<typeof gauge.counted>[0]): AsyncGenerator<CompletionEvent> {
    for await (const event of events) {
      if (event.type === 'end' && event.usage !== undefined) {
        gauge.counted(asked, event.usage.promptTokens);
        soon();
      }
      yield event;
    }
  }

  return {
    note(change) {
      if (filling.has(change.type)) soon();
    },
    observe: (agent, reasoningReplay) => ({
      ...agent,
      complete: (messages, tools, options) => counting(agent.complete(messages, tools, options), { messages, tools, reasoningReplay }),
    }),
    dispose: () => clearTimeout(timer),
  };
}
