import * as vscode from 'vscode';
import type { Chat } from '../../core/chat/chat.ts';
import type { UndoHolder } from '../../core/chat/undo.ts';
import type { ViewStore } from '../../core/chat/viewStore.ts';
import type { Toolbox } from '../../core/foreignTools/toolbox.ts';
import type { Clock, Log } from '../../core/ports.ts';
import type { Reviews } from '../../core/reviews/reviews.ts';
import { createChats as createCoreChats, type Chats } from '../../core/sessions/chats.ts';
import type { Owner } from '../../core/sessions/leases.ts';
import type { Storage } from '../../core/sessions/storage.ts';
import type { Timers } from '../../core/sessions/timers.ts';
import { chatsFolder } from './chatsFolder.ts';
import { createChatNews } from './chatNews.ts';
import { workspaceStorage } from './workspaceStorage.ts';
import { platform } from '../platform/current.ts';

export interface ChatsParts {
  readonly store: ViewStore;
  readonly undo: UndoHolder;
  readonly clock: Clock;
  readonly log: Log;
  /** Asked for when it is needed: it needs the keeper of the chats. */
  readonly chat: () => Chat;
  readonly reviews: Reviews;
  /** Is given the tools of each chat that is shown. */
  readonly toolbox: () => Pick<Toolbox, 'take'>;
}

/** The chats of the folder that is open, kept where VS Code keeps what belongs to it; without a folder those of no folder. */
export function createChats(context: vscode.ExtensionContext, { store, undo, clock, log, chat, reviews, toolbox }: ChatsParts): Chats {
  const isOfFolder = context.storageUri !== undefined;
  const memento = isOfFolder ? context.workspaceState : context.globalState;
  return createCoreChats({
    storage: storageAt(chatsFolder(context)),
    index: {
      read: () => memento.get(indexName),
      write(index) {
        memento.update(indexName, index).then(undefined, (error: unknown) => log.warn(`The list of chats was not kept: ${String(error)}`));
      },
    },
    owner: thisWindow(),
    clock,
    timers,
    log,
    store,
    undo,
    async leave() {
      await chat().stop();
      // The chat that is left is the one that shows and tells what comes of it.
      await reviews.idle();
      // What was put off ends here without a decision, and the model is told when it is asked on.
      reviews.declineAll();
      chat().keepNews();
      reviews.clear();
    },
    async show(kept) {
      toolbox().take(kept.tools);
      await chat().open(kept);
    },
    tell: createChatNews(clock),
    titleOfCopy: (title) => vscode.l10n.t('{0} (copy)', title),
  });
}

const indexName = 'rivulet.chats';

function storageAt(folder: vscode.Uri): Storage {
  const { disk } = platform();
  return folder.scheme === 'file' && disk !== undefined ? disk.storage(folder.fsPath) : workspaceStorage(folder);
}

function thisWindow(): Owner {
  return { id: crypto.randomUUID(), process: undefined, machine: undefined, isGone: () => false, ...platform().process };
}

const timers: Timers = {
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    platform().release(timer);
    return () => clearTimeout(timer);
  },
  every(milliseconds, action) {
    const timer = setInterval(action, milliseconds);
    platform().release(timer);
    return () => clearInterval(timer);
  },
};
