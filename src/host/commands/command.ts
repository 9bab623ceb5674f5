import type * as vscode from 'vscode';
import type { Chat } from '../../core/chat/chat.ts';
import type { Chats } from '../../core/sessions/chats.ts';
import type { MediaTray } from '../../core/chat/mediaTray.ts';
import type { ShownReviews } from '../../core/reviews/joinReviews.ts';
import type { Toolbox } from '../../core/foreignTools/toolbox.ts';
import type { ExchangeStore } from '../../core/inspect/exchangeStore.ts';
import type { KeyStore } from '../../core/keys/keyStore.ts';
import type { ModelSettings } from '../../core/parameters/modelSettings.ts';
import type { Log } from '../../core/ports.ts';
import type { ChatView } from '../chatView.ts';
import type { ContextWork } from '../context/contextWork.ts';
import type { OfferedDocuments } from '../offeredDocuments.ts';
import type { Progress } from '../refactor/progress.ts';
import type { OutsideChanges } from '../languageModelTools/outsideChanges.ts';
import type { ModelsForOthers } from '../languageModel/forOthers.ts';
import type { InlineReview } from '../review/inlineReview.ts';
import type { Services } from '../services.ts';
import type { VirtualDocuments } from '../virtualDocuments.ts';

/** What commands work with. */
export interface CommandContext {
  readonly chat: Chat;
  readonly chats: Chats;
  readonly view: ChatView;
  readonly media: MediaTray;
  /** Pieces of context for the next question. */
  readonly pieces: ContextWork;
  readonly sheet: ModelSettings;
  readonly toolbox: Toolbox;
  readonly services: Services;
  readonly keys: KeyStore;
  /** Who else may use the models. */
  readonly models: Pick<ModelsForOthers, 'access'>;
  /** Where Rivulet keeps things for all windows. */
  readonly storage: vscode.Uri;
  readonly exchanges: ExchangeStore;
  readonly documents: VirtualDocuments;
  /** What waits in the chat, and what other agents propose. */
  readonly reviews: ShownReviews;
  /** What other agents have changed. */
  readonly outside: Pick<OutsideChanges, 'revert'>;
  readonly inlineReview: InlineReview;
  readonly offered: OfferedDocuments;
  /** What a turn does that was asked for in the editor. */
  readonly progress: Progress;
  readonly log: Log & { readonly channel: { show(): void } };
}

/** A command of the manifest; arguments come from whoever runs it and are not trusted. */
export interface Command {
  readonly id: `rivulet.${string}`;
  run(context: CommandContext, ...args: readonly unknown[]): Promise<void>;
}
