import type { KeptChat } from '../chat/chatOptions.ts';
import type { UndoHolder } from '../chat/undo.ts';
import type { ViewStore } from '../chat/viewStore.ts';
import type { Clock, Log } from '../ports.ts';
import type { IndexStore } from './chatIndex.ts';
import type { Owner } from './leases.ts';
import type { Storage } from './storage.ts';
import type { Timers } from './timers.ts';

/** What the person should know of their chats. `refused`: the storage does not take this chat, for this reason, until it does. */
export type ChatNews =
  | { readonly kind: 'copied' | 'elsewhere' | 'gone' | 'damaged' | 'partly-damaged' | 'kept-again' }
  | { readonly kind: 'refused'; readonly error: unknown };

/** What the chats of a window are kept with, and what they tell it. */
export interface ChatsOptions {
  readonly storage: Storage;
  readonly index: IndexStore;
  readonly owner: Owner;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly store: ViewStore;
  readonly undo: UndoHolder;
  /** Ends what goes on in the chat that is shown: its turn and its questions. */
  readonly leave: () => Promise<void>;
  readonly show: (chat: KeptChat) => Promise<void>;
  readonly tell: (news: ChatNews) => void;
  /** The title of a copy. */
  readonly titleOfCopy: (title: string) => string;
}
