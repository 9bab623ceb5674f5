import type { Activity, Phase } from '../../protocol/viewState.ts';
import type { AgentEvent } from '../agent/run.ts';
import { explainError } from '../completions/explainError.ts';
import { quietMs } from '../completions/watch.ts';
import type { Clock, Log } from '../ports.ts';
import type { Connection } from './chatOptions.ts';
import type { ViewStore } from './viewStore.ts';

type Running = Omit<Extract<Activity, { kind: 'running' }>, 'kind' | 'since'>;

/** Shows what a running turn is doing. */
export interface ActivityLine {
  enter(next: Running): void;
  /** Enters the phase, if there is another, that an event leads to. */
  follow(phase: Phase | undefined, event: AgentEvent, connection: Pick<Connection, 'provider' | 'model'>): void;
}

export function createActivityLine({ store, clock, log }: { readonly store: ViewStore; readonly clock: Clock; readonly log: Log }): ActivityLine {
  function enter(next: Running): void {
    const { activity } = store.state;
    if (activity.kind === 'running') {
      // What has been stopped does nothing else any more.
      if (activity.phase === 'stopping' || (activity.phase === next.phase && activity.serviceLabel === next.serviceLabel && next.retry === undefined)) return;
    }
    // Silence is told of a while after it has begun.
    const begun = clock.now() - (next.phase === 'silent' ? quietMs : 0);
    const since = activity.kind === 'running' && activity.phase === next.phase && next.retry === undefined ? activity.since : begun;
    const serviceLabel = next.serviceLabel ?? (activity.kind === 'running' ? activity.serviceLabel : undefined);
    store.publish({ type: 'activity-changed', activity: { kind: 'running', since, ...next, serviceLabel } });
  }

  return {
    enter,
    follow(phase, event, { provider, model }) {
      if (phase === undefined) return;
      if (event.type !== 'retrying') return enter({ phase, serviceLabel: provider.label });
      const { attempt, of, delayMs, error } = event;
      log.warn(`${provider.id} ${model}: ${error.kind}: ${error.message}; attempt ${attempt} of ${of} in ${Math.round(delayMs)} ms`);
      const retry = { attempt, of, at: clock.now() + delayMs, reason: explainError(error, provider, model).title };
      enter({ phase, serviceLabel: provider.label, retry });
    },
  };
}
