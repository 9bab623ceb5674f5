import type { Change } from '../protocol/messages.ts';

/** How often what there is to choose is looked at while the choice of tools is open, in milliseconds: VS Code says nothing when tools come or go. */
const everyMs = 1000;

/** Keeps the choice of tools up to date for as long as it is open. */
export interface ToolWatch {
  note(change: Change): void;
  dispose(): void;
}

export function createToolWatch(refresh: () => void): ToolWatch {
  let timer: ReturnType<typeof setInterval> | undefined;
  let isOver = false;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    note(change) {
      if (change.type !== 'tool-picker-changed') return;
      if (change.picker === undefined || isOver) stop();
      else timer ??= setInterval(refresh, everyMs);
    },
    dispose() {
      isOver = true;
      stop();
    },
  };
}
