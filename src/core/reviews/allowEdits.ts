import type { ViewStore } from '../chat/viewStore.ts';
import type { Confirm } from './dialogs.ts';
import { allowEditsQuestion } from './sensitive.ts';

/** Edits to ordinary files without asking: allowed by the person in a dialog of the host, and forbidden at once. */
export interface AllowEdits {
  allow(): Promise<void>;
  forbid(): void;
}

export function createAllowEdits(store: ViewStore, confirm: Confirm): AllowEdits {
  let forbidden = 0;
  let isAsking = false;
  return {
    async allow() {
      // A page that wishes without end makes one dialog, not a row of them.
      if (isAsking || store.state.edits === 'allowed') return;
      const before = forbidden;
      isAsking = true;
      const allowed = await confirm(allowEditsQuestion());
      isAsking = false;
      // A later no is not undone by an earlier yes.
      if (allowed && forbidden === before) store.publish({ type: 'edits-changed', edits: 'allowed' });
    },
    forbid() {
      forbidden += 1;
      if (store.state.edits === 'allowed') store.publish({ type: 'edits-changed', edits: 'ask' });
    },
  };
}
