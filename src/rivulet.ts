import * as vscode from 'vscode';
import { Chat } from './core/chat/chat.ts';
import { connectAgent, isUsable, modelView, offeredTools, toolPickerAccess } from './core/chat/connect.ts';
import { createToolbox } from './core/foreignTools/toolbox.ts';
import { createMediaTray } from './core/chat/mediaTray.ts';
import type { Recorder } from './core/completions/request.ts';
import { createUndo } from './core/chat/undo.ts';
import { createViewStore, initialState } from './core/chat/viewStore.ts';
import { mediaTaken } from './core/conversation/media.ts';
import { createBeforeImages } from './core/reviews/beforeImages.ts';
import { createKeptImages } from './core/reviews/keptImages.ts';
import { createReviews } from './core/reviews/createReviews.ts';
import { joinReviews } from './core/reviews/joinReviews.ts';
import { createQueue } from './core/queue.ts';
import { createPathGuard } from './core/guard/pathGuard.ts';
import { createExchangeStore } from './core/inspect/exchangeStore.ts';
import { createKeyStore } from './core/keys/keyStore.ts';
import { dialectOf, findModel, type ProviderSpec } from './core/providers/spec.ts';
import { filePathOf } from './host/addresses.ts';
import { chatsFolder } from './host/chats/chatsFolder.ts';
import { createChats } from './host/chats/createChats.ts';
import { ChatView } from './host/chatView.ts';
import { runCommand } from './host/commands/commands.ts';
import { confirmByHost } from './host/confirmation.ts';
import { createContextWork } from './host/context/contextWork.ts';
import { createGaugeWatch } from './host/context/gaugeWatch.ts';
import { documents as editorDocuments } from './host/documents.ts';
import { editorWindow } from './host/editorWindow.ts';
import { files } from './host/files.ts';
import { foreignTools } from './host/foreignTools.ts';
import { handleIntent } from './host/intents.ts';
import { createToolsForOthers } from './host/languageModelTools/toolsForOthers.ts';
import type { LanguageModelTools } from './host/languageModelTools/languageModelTools.ts';
import { languages } from './host/languages/languages.ts';
import { createModelsForOthers } from './host/languageModel/forOthers.ts';
import { createLog } from './host/log.ts';
import { createParameterSheet, readParameters } from './host/parameters.ts';
import { createSecrets } from './host/secrets.ts';
import { usePlatform } from './host/platform/current.ts';
import type { Platform } from './host/platform/platform.ts';
import { readPatience } from './host/settings.ts';
import { createModelLists } from './host/models.ts';
import { createOfferedDocuments } from './host/offeredDocuments.ts';
import { createProgress } from './host/refactor/progress.ts';
import { createInlineReview } from './host/review/inlineReview.ts';
import { showReview } from './host/review/navigation.ts';
import { createSearch } from './host/search/search.ts';
import { createServices, followServices } from './host/services.ts';
import { sourceControl } from './host/sourceControl.ts';
import { createSpent } from './host/spent.ts';
import { createToolWatch } from './host/toolWatch.ts';
import { createVirtualDocuments } from './host/virtualDocuments.ts';
import { followSteps } from './host/welcome/steps.ts';
import { createWelcome } from './host/welcome/welcome.ts';
import { workspace } from './host/workspace.ts';
import type { AttachmentView } from './protocol/viewState.ts';

/** All of Rivulet, built. */
export interface Rivulet {
  readonly view: vscode.WebviewViewProvider;
  /** The editor tools for whatever else works in VS Code. */
  readonly tools: LanguageModelTools;
  /** Our models for VS Code and other extensions. */
  readonly models: vscode.LanguageModelChatProvider;
  /** Runs the command with this id; one that fails says so in the log and to the person. */
  run(id: string, ...args: readonly unknown[]): Promise<void>;
  /** The window goes: settles when what is known of the chat is stored. */
  close(): Promise<void>;
}

/** Builds everything, in the order in which one thing needs another, on what the host has. What it builds ends with `context`. */
export function createRivulet(context: vscode.ExtensionContext, platform: Platform): Rivulet {
  usePlatform(platform);
  const log = createLog();
  const clock = { now: () => Date.now() };
  const keys = createKeyStore(createSecrets(context.secrets));
  const services = createServices(keys, createModelLists(keys, log, clock));
  const exchanges = createExchangeStore();
  const documents = createVirtualDocuments();
  const store = createViewStore(initialState(modelView(services.choice(), undefined, workspace)), (change) => {
    view.push(change);
    if (change.type === 'model-changed') {
      media.check();
      toolbox.refresh();
    }
    pieces.note(change);
    gauge.note(change);
    toolWatch.note(change);
    followSteps(change);
    // An answer must not come behind the model settings, where nobody sees it.
    if (change.type === 'turn-added') {
      sheet.close();
      toolbox.close();
    }
    if (change.type === 'chat-opened') offered.clear();
    progress.update();
    if (change.type === 'turn-restarted') reviews.declineAll(change.turnId);
    if (change.type === 'activity-changed') void vscode.commands.executeCommand('setContext', 'rivulet.running', change.activity.kind === 'running');
  });
  const media = createMediaTray(store, () => {
    const { provider, model, unknownService } = services.choice();
    return { model, takes: unknownService === undefined ? mediaTaken(provider, model) : undefined };
  });
  const sheet = createParameterSheet({ services, store, log }, context.subscriptions);
  const images = createKeptImages({
    memory: createBeforeImages({
      forgot(turnId, count) {
        if (!chats.befores.has(turnId)) store.publish({ type: 'turn-changes', turnId, changes: { files: count, state: 'forgotten' } });
      },
    }),
    keeper: () => chats.befores,
    guard: () => guard,
  });
  const writes = createQueue();
  const reviews = createReviews({ store, documents: editorDocuments, files, log, confirm: confirmByHost, images, writes });
  const offered = createOfferedDocuments(async (path) => guard.resolve(path, 'write'));
  const progress = createProgress(() => store.state);
  const guard = createPathGuard(workspace, files, { ownFolders: ownFoldersOf(context), offered: () => offered.places() });
  const search = createSearch(log);
  // Git is a program.
  const ports = { workspace, files, guard, documents: editorDocuments, search, languages, editorWindow, ...(platform.programs && { sourceControl }) };
  const outside = createToolsForOthers({
    // What the person has put before the model of a chat is for that model only.
    ports: { ...ports, guard: createPathGuard(workspace, files, { ownFolders: ownFoldersOf(context) }) },
    log,
    confirm: confirmByHost,
    show: async (token) => showReview(inlineReview, token, { preserveFocus: true }),
    writes,
  });
  const shownReviews = joinReviews(reviews, outside.reviews);
  const inlineReview = createInlineReview(shownReviews);
  const pieces = createContextWork({ store, ports, offered, storage: context.globalStorageUri, log });
  const undo = createUndo(store);
  const today = createSpent({ store, clock, memento: context.globalState, log }, context.subscriptions);
  const models = createModelsForOthers(context, { services, keys, today, exchanges, clock, log });
  const chats = createChats(context, { store, undo, clock, log, chat: () => chat, reviews, toolbox: () => toolbox });
  const toolbox = createToolbox({ store, port: foreignTools, isUsable: (tool) => isUsable(tool, ports), access: () => toolPickerAccess(services.choice(), workspace), keep: (tools) => chats.keepTools(tools), log });
  const toolWatch = createToolWatch(() => toolbox.refresh());
  const chat = new Chat({
    keeper: chats.keeper,
    clock,
    log,
    store,
    news: (elsewhere) => newsOf([...reviews.news(), ...elsewhere]),
    findService: (id) => services.catalogue().providers.find((provider) => provider.id === id),
    today,
    async connect(turnId) {
      const choice = services.choice();
      const key = await services.keyOf(choice);
      const record = (): Recorder => exchanges.recorderFor(turnId, key.kind === 'key' ? key.key : undefined);
      const toolContext = { ...ports, person: reviews.forCalls(turnId) };
      const connection = connectAgent({ choice, key, toolContext, offersDocuments: offered.places().length > 0, chosen: toolbox.offered(), parameters: readParameters(choice), patience: readPatience(), record });
      return { ...connection, agent: gauge.observe(connection.agent, replayOf(choice)) };
    },
  });
  const gauge = createGaugeWatch({
    store,
    request() {
      const { provider, model, unknownService } = services.choice();
      return { messages: chat.messages, tools: offeredTools({ provider, model }, ports, { offersDocuments: offered.places().length > 0, chosen: toolbox.offered() }), reasoningReplay: replayOf({ provider, model }), limit: unknownService === undefined ? findModel(provider, model).contextTokens : undefined };
    },
  });
  const view = new ChatView(vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview'), {
    state: () => store.state,
    closed() {
      reviews.declineAll();
      toolbox.close();
    },
    handle(intent) {
      handleIntent(intent, { chat, chats, undo, media, pieces, documents, sheet, toolbox, services, reviews, guard, welcome, log }).catch((error: unknown) => log.error(`${intent.type} failed: ${String(error)}`));
    },
    log,
  });
  const welcome = createWelcome({ services, keys, store, secrets: context.secrets, log, focus: async () => view.focus() });

  async function close(): Promise<void> {
    // What is put off ends here; the questions of a turn that runs are found unanswered, and it does not go on from a no.
    if (store.state.activity.kind === 'idle') reviews.declineAll();
    outside.reviews.declineAll();
    chat.keepNews();
    await Promise.all([chats.close(), models.memory.settled()]);
  }

  today.refresh();
  context.subscriptions.push(
    log.channel,
    welcome,
    documents,
    inlineReview,
    offered,
    pieces,
    gauge,
    toolWatch,
    progress,
    followServices(services, chat, workspace, context.secrets, log),
    { dispose: () => [reviews, outside.reviews].forEach((each) => each.declineAll()) },
    // What runs is found interrupted when the window is opened again, and not stopped by the person.
    { dispose: () => void close().then(async () => chat.stop()) },
  );
  void chats.start().catch((error: unknown) => log.error(`The last chat was not opened: ${String(error)}`));
  return { view, models: models.provider, tools: outside.tools, close, run: async (id, ...args) => runCommand(id, { chat, chats, view, media, pieces, sheet, toolbox, services, keys, models, storage: context.globalStorageUri, exchanges, documents, reviews: shownReviews, outside: outside.changes, inlineReview, offered, progress, log }, args) };
}

/** What the model should know of changes since it was told of them, as something that goes with the next question. */
function newsOf(news: readonly string[]): readonly AttachmentView[] {
  return news.length === 0 ? [] : [{ label: vscode.l10n.t('What became of changes'), text: news.join('\n\n') }];
}

/** When reasoning goes back to a model, and so counts among what fills its window. */
function replayOf({ provider, model }: { readonly provider: ProviderSpec; readonly model: string }): ProviderSpec['dialect']['reasoningReplay'] {
  return dialectOf(provider, findModel(provider, model)).reasoningReplay;
}

/** Where the editor lets this extension keep things. */
function ownFoldersOf(context: vscode.ExtensionContext): readonly string[] {
  const { globalStorageUri, storageUri, logUri } = context;
  return [globalStorageUri, storageUri, chatsFolder(context), logUri].flatMap((uri) => (uri && filePathOf(uri)) ?? []);
}
