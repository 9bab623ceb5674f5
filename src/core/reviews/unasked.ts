import type { ChatPermission } from '../agent/person.ts';
import type { ViewStore } from '../chat/viewStore.ts';

/** What the person has allowed for the rest of the chat, in memory only; shown for as long as it holds. */
export interface Unasked {
  has(permission: ChatPermission | undefined): boolean;
  add(permission: ChatPermission | undefined): void;
  /** Everything is asked about again. */
  forget(): void;
}

export function createUnasked(store: ViewStore): Unasked {
  const allowed = new Map<string, string>();

  function publish(): void {
    store.publish({ type: 'unasked-changed', unasked: [...allowed.values()] });
  }

  return {
    has: (permission) => permission !== undefined && allowed.has(permission.key),
    add(permission) {
      if (permission === undefined) return;
      allowed.set(permission.key, permission.label);
      publish();
    },
    forget() {
      if (allowed.size === 0) return;
      allowed.clear();
      publish();
    },
  };
}
