import type { AttachmentView } from '../../protocol/viewState.ts';
import type { Agent } from '../agent/run.ts';
import type { Clock, Log } from '../ports.ts';
import type { Prices, ProviderSpec } from '../providers/spec.ts';
import type { ChatKeeper } from '../sessions/keeper.ts';
import type { StoredChat, StoredTurn } from '../sessions/storedChat.ts';
import type { SpentToday } from './today.ts';
import type { ViewStore } from './viewStore.ts';

/** The agent for one turn, and whose words to use when it fails. */
export interface Connection {
  readonly provider: ProviderSpec;
  readonly model: string;
  /** Undefined when nobody knows them. */
  readonly prices?: Prices | undefined;
  readonly agent: Agent;
}

export interface ChatOptions {
  /** Asked anew for every turn, for the model, the key or the trust may have changed. A missing key fails in `complete`. */
  connect(turnId: string): Promise<Connection>;
  /**
   * What the model should know with the next question, though the person did not write it; asked for once a question.
   * `elsewhere` is what the chat itself has to say of its other versions, in sentences for the model.
   */
  readonly news?: (elsewhere: readonly string[]) => readonly AttachmentView[];
  /** Who keeps the chat; nobody does where it is left out. */
  readonly keeper?: ChatKeeper;
  /** The service with this id, as it is now: for turns that were kept. */
  readonly findService?: (id: string) => ProviderSpec | undefined;
  /** Adds up what is spent. */
  readonly today?: Pick<SpentToday, 'add' | 'count'>;
  /** Ids for turns, each another than those of any chat and window. */
  readonly newId?: () => string;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: ViewStore;
}

/** A chat as it was kept. */
export interface KeptChat {
  readonly id: string;
  readonly title: string;
  readonly draft: string;
  /** As in `OpenChat`. */
  readonly draftMark?: number | undefined;
  readonly heardMark?: number | undefined;
  readonly turns: readonly StoredTurn[];
  /** As in `StoredChat.shown`. */
  readonly shown: Readonly<Record<string, string>>;
  readonly tools?: StoredChat['tools'];
}
