import * as vscode from 'vscode';
import { createSpentToday, type SpentToday } from '../core/chat/today.ts';
import type { ViewStore } from '../core/chat/viewStore.ts';
import type { Json } from '../core/json.ts';
import type { Clock, Log } from '../core/ports.ts';
import { platform } from './platform/current.ts';

const key = 'rivulet.spentToday';

/** What was spent today in all windows, kept beside the settings: numbers and a date. The first look is the caller's, who knows when it can be shown; it is looked at again whenever the window is come back to, and after midnight. */
export function createSpent({ store, clock, memento, log }: { readonly store: ViewStore; readonly clock: Clock; readonly memento: vscode.Memento; readonly log: Log }, subscriptions: vscode.Disposable[]): SpentToday {
  const write = (value: Json): void => void memento.update(key, value).then(undefined, (error: unknown) => log.warn(`What was spent today was not kept: ${String(error)}`));
  const today = createSpentToday({ store, clock, window: crypto.randomUUID(), memory: { read: () => memento.get(key), write } });
  let timer: ReturnType<typeof setTimeout>;
  const atMidnight = (): void => {
    const midnight = new Date(clock.now()).setHours(24, 0, 0, 500);
    timer = setTimeout(() => {
      today.refresh();
      atMidnight();
    }, midnight - clock.now());
    platform().release(timer);
  };
  atMidnight();
  subscriptions.push(vscode.window.onDidChangeWindowState(() => today.refresh()), { dispose: () => clearTimeout(timer) });
  return today;
}
