import * as vscode from 'vscode';
import { createContextTray, type ContextTray } from '../../core/context/contextTray.ts';
import { instructionFiles, instructionPaths } from '../../core/context/instructions.ts';
import { isAtPath, type ContextPorts, type Piece } from '../../core/context/piece.ts';
import type { ViewStore } from '../../core/chat/viewStore.ts';
import type { Log } from '../../core/ports.ts';
import type { LocalText } from '../../protocol/localText.ts';
import type { Change } from '../../protocol/messages.ts';
import type { AttachmentView } from '../../protocol/viewState.ts';
import { confirmByHost } from '../confirmation.ts';
import { localiseForeign, tell } from '../messages.ts';
import type { OfferedDocuments } from '../offeredDocuments.ts';
import { onSettings } from '../settings.ts';
import { followAttention, isOfferable } from './attention.ts';
import { createFileList } from './fileList.ts';
import { nameOfPiece } from './pieceNames.ts';
import { createPrompts, type Prompts } from './prompts.ts';
import { createSuggestions, type Suggestions } from './suggestions.ts';

/** Everything about the context that goes with questions. */
export interface ContextWork extends vscode.Disposable {
  readonly tray: ContextTray;
  readonly suggestions: Suggestions;
  readonly prompts: Prompts;
  readonly ports: ContextPorts;
  /** The piece as tools would name it: what is no file of the workspace but open here is offered to them too. */
  known(piece: Piece): Promise<Piece>;
  /** Takes a piece and tells the person why not, if so. */
  add(piece: Piece): Promise<void>;
  /** Settles when the instructions that go with the first question are among the chips. */
  isReady(): Promise<void>;
  /** The instructions of the workspace, for a first question that is asked from an editor; none later. */
  instructions(): Promise<readonly AttachmentView[]>;
  /** Looks whether a change concerns the context. */
  note(change: Change): void;
}

export interface ContextWorkOptions {
  readonly store: ViewStore;
  readonly ports: ContextPorts;
  readonly offered: OfferedDocuments;
  /** Where the product keeps things for all windows. */
  readonly storage: vscode.Uri;
  readonly log: Log;
}

export function createContextWork({ store, ports, offered, storage, log }: ContextWorkOptions): ContextWork {
  const { workspace, guard, search } = ports;
  const tray = createContextTray({ store, ports, log, confirm: confirmByHost, name: nameOfPiece });
  const prompts = createPrompts({ storage, workspace, guard, log });
  const files = createFileList(search, workspace, log);
  const suggestions = createSuggestions({ store, ports, files, prompts, log });
  let chatId = store.state.chat.id;
  let refreshing = Promise.resolve();

  async function refresh(): Promise<void> {
    const isNew = store.state.turns.length === 0;
    const isWanted = vscode.workspace.getConfiguration('rivulet').get<boolean>('useInstructions', true);
    await tray.offerInstructions(isNew && isWanted ? instructionPaths(workspace) : []);
  }

  /** One after the other: what was found last is what holds. */
  function soon(): void {
    refreshing = refreshing.then(refresh).catch((error: unknown) => log.warn(`The instructions of the workspace could not be read: ${String(error)}`));
  }

  async function known(piece: Piece): Promise<Piece> {
    if (!isAtPath(piece) || !isOfferable(piece.path)) return piece;
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === piece.path);
    const display = document && (await offered.offer(document));
    return display === undefined ? piece : { ...piece, path: display };
  }

  const watchers = instructionFiles.map((name) => {
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${name}`);
    return vscode.Disposable.from(watcher, watcher.onDidCreate(soon), watcher.onDidChange(soon), watcher.onDidDelete(soon));
  });
  const listening = [
    ...watchers,
    followAttention(store, guard),
    onSettings(soon),
    vscode.workspace.onDidGrantWorkspaceTrust(soon),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      files.forget();
      soon();
    }),
  ];
  soon();

  return {
    tray,
    suggestions,
    prompts,
    ports,
    known,
    isReady: async () => refreshing,
    async instructions() {
      await refreshing;
      return tray.instructions(new AbortController().signal);
    },
    async add(piece) {
      const answer: LocalText | 'declined' | undefined = await tray.add(await known(piece));
      if (answer !== undefined && answer !== 'declined') await tell('warning', localiseForeign(answer));
    },
    note(change) {
      const isOther = change.type === 'chat-cleared' || (change.type === 'chat-opened' && change.chat.id !== chatId);
      if (change.type === 'chat-opened' || change.type === 'chat-changed') chatId = change.chat.id;
      if (isOther) tray.clear();
      if (isOther || change.type === 'turn-added' || change.type === 'turns-shown' || change.type === 'chat-opened') soon();
    },
    dispose() {
      for (const each of listening) each.dispose();
      suggestions.dispose();
      files.dispose();
    },
  };
}
