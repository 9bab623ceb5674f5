import type { ActivityLine } from './activity.ts';
import type { ViewStore } from './viewStore.ts';

/** A question that is being made up: what goes along with it is read. */
export interface Preparation {
  /** Aborts when the person stops it, or something else is asked meanwhile: then it is not asked. */
  readonly signal: AbortSignal;
  /** It is made up, or given up. */
  end(): void;
}

/** Shows that a question is being made up, and lets it be stopped. */
export interface Preparing {
  /** Another one that is being made up is given up. */
  begin(): Preparation;
  abort(): void;
}

/** What takes no longer than this, in milliseconds, is not shown. */
const shownAfterMs = 200;

export function createPreparing(activity: ActivityLine, store: ViewStore): Preparing {
  let abort: (() => void) | undefined;

  return {
    begin() {
      abort?.();
      const controller = new AbortController();
      const timer = setTimeout(() => {
        if (store.state.activity.kind === 'idle') activity.enter({ phase: 'gathering' });
      }, shownAfterMs);
      const giveUp = (): void => {
        controller.abort(new DOMException('The question is not asked.', 'AbortError'));
        end();
      };
      function end(): void {
        clearTimeout(timer);
        if (abort === giveUp) abort = undefined;
        const { activity: shown } = store.state;
        if (shown.kind === 'running' && shown.phase === 'gathering') store.publish({ type: 'activity-changed', activity: { kind: 'idle' } });
      }
      abort = giveUp;
      return { signal: controller.signal, end };
    },
    abort: () => abort?.(),
  };
}
