import * as vscode from 'vscode';
import type { Chat } from '../core/chat/chat.ts';
import type { MediaTray } from '../core/chat/mediaTray.ts';
import type { UndoHolder } from '../core/chat/undo.ts';
import type { Chats } from '../core/sessions/chats.ts';
import type { Toolbox } from '../core/foreignTools/toolbox.ts';
import type { Reviews } from '../core/reviews/reviews.ts';
import type { PathGuard } from '../core/guard/pathGuard.ts';
import type { ModelSettings } from '../core/parameters/modelSettings.ts';
import type { Log } from '../core/ports.ts';
import { neverMessage, type Intent } from '../protocol/messages.ts';
import type { Action } from '../protocol/viewState.ts';
import { applyCode } from './applyCode.ts';
import { fulfilChatIntent } from './chats/chatIntents.ts';
import { fulfilContextIntent } from './context/contextIntents.ts';
import type { ContextWork } from './context/contextWork.ts';
import { insertText } from './insertText.ts';
import { addMedia, pickMedia } from './media.ts';
import { addLocalServers } from './localServers.ts';
import { tell } from './messages.ts';
import { openLink } from './openLink.ts';
import { sendQuestion } from './sendQuestion.ts';
import type { Services } from './services.ts';
import type { VirtualDocuments } from './virtualDocuments.ts';
import type { Welcome } from './welcome/welcome.ts';

/** What the page's intents work with. */
export interface IntentContext {
  readonly chat: Chat;
  readonly chats: Chats;
  readonly undo: UndoHolder;
  readonly media: MediaTray;
  /** Pieces of context for the next question. */
  readonly pieces: ContextWork;
  readonly documents: VirtualDocuments;
  readonly sheet: ModelSettings;
  readonly toolbox: Toolbox;
  readonly services: Services;
  readonly reviews: Reviews;
  readonly guard: PathGuard;
  readonly welcome: Welcome;
  readonly log: Log;
}

/** Does what the page asks for. What fails says so in the log and to the person instead of failing silently. */
export async function handleIntent(intent: Intent, context: IntentContext): Promise<void> {
  try {
    await fulfil(intent, context);
  } catch (error) {
    context.log.error(`${intent.type} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    void tell('error', vscode.l10n.t('Rivulet could not do that. The log (Rivulet: Show Log) says why.'));
  }
}

/** The page's words are data: whatever opens, runs or leaves the window is decided here. */
async function fulfil(intent: Intent, context: IntentContext): Promise<void> {
  const { chat, chats, services, reviews, log } = context;
  switch (intent.type) {
    case 'ready':
      return;
    case 'send':
      return sendQuestion(intent.text, context);
    case 'stop':
      return chat.stop();
    case 'new-chat':
      await chats.openNew();
      return chats.closeList();
    case 'select-model':
      return vscode.commands.executeCommand('rivulet.selectModel');
    case 'set-key':
      return vscode.commands.executeCommand('rivulet.setApiKey', services.choice().provider.id);
    case 'act':
      return act(intent.action, intent.turnId, context);
    case 'copy':
      return vscode.env.clipboard.writeText(intent.text);
    case 'insert':
      return insertText(intent.text, context.guard);
    case 'open-sheet':
      return context.sheet.open();
    case 'close-sheet':
      return context.sheet.close();
    case 'set-parameter':
      return context.sheet.set(intent, intent.name, intent.value);
    case 'reset-parameter':
      return context.sheet.reset(intent, intent.name);
    case 'reset-parameters':
      return context.sheet.resetAll(intent);
    case 'attach-media':
      return pickMedia(context.media, log);
    case 'add-media':
      return addMedia(intent, context.media);
    case 'remove-media':
      return context.media.remove(intent.id);
    case 'open-link':
      return openLink(intent.href, context.guard);
    case 'decide':
      return reviews.decide(intent);
    case 'permit':
      return reviews.permit(intent.token, intent.allow, intent.reach);
    case 'ask-again':
      return reviews.askAgain();
    case 'open-tools':
      return context.toolbox.open();
    case 'close-tools':
      return context.toolbox.close();
    case 'choose-tools':
      return context.toolbox.choose(intent.ids, intent.isOn);
    case 'show-diff':
      return vscode.commands.executeCommand('rivulet.showDiff', intent.token, intent.file);
    case 'allow-edits':
      return reviews.allowEdits(intent.allow);
    case 'revert-turn':
      return reviews.revert(intent.turnId);
    case 'revert-file':
      return reviews.revert(intent.turnId, intent);
    case 'take-choice':
      return context.welcome.take(intent.id);
    case 'find-servers':
      return context.welcome.findServers();
    case 'import-settings':
      return vscode.commands.executeCommand('rivulet.importSettings');
    case 'open-walkthrough':
      return vscode.commands.executeCommand('rivulet.openWalkthrough');
    case 'apply-code':
      return applyCode(intent, { ...context, turns: () => chat.state.turns });
    case 'open-chats':
    case 'close-chats':
    case 'search-chats':
    case 'open-chat':
    case 'rename-chat':
    case 'pin-chat':
    case 'delete-chat':
    case 'export-chat':
    case 'keep-draft':
    case 'edit-turn':
    case 'regenerate':
    case 'delete-turn':
    case 'show-branch':
    case 'choose-alternative':
    case 'undo':
      return fulfilChatIntent(intent, context);
    case 'suggest':
    case 'close-suggestions':
    case 'take-suggestion':
    case 'remove-context':
    case 'show-context':
    case 'drop-files':
    case 'drop-text':
      return fulfilContextIntent(intent, context);
    case 'page-failed':
      log.error(`The page failed: ${intent.message}`);
      return;
    default:
      neverMessage(intent);
  }
}

async function act(action: Action, turnId: string, { chat, chats, services, sheet }: IntentContext): Promise<void> {
  // A card speaks of the service that its turn asked, which need not be the one chosen now.
  const provider = chat.providerOf(turnId) ?? services.choice().provider;
  switch (action) {
    case 'set-key':
      return vscode.commands.executeCommand('rivulet.setApiKey', provider.id);
    case 'open-key-page':
      return openPage(provider.keyUrl);
    case 'top-up':
      return openPage(provider.topUpUrl);
    case 'status-page':
      return openPage(provider.statusUrl);
    case 'choose-model':
      return vscode.commands.executeCommand('rivulet.selectModel');
    case 'retry':
      return chat.retry(turnId);
    case 'resend-without-media':
      return chat.retry(turnId, { withoutMedia: true });
    case 'continue':
      return chat.resume(turnId);
    case 'new-chat':
      return chats.openNew();
    case 'open-settings':
      return vscode.commands.executeCommand('workbench.action.openSettings', '@ext:rivulet.rivulet');
    case 'model-settings':
      return sheet.open();
    case 'inspect':
      return vscode.commands.executeCommand('rivulet.inspectRequest', turnId);
    case 'find-local-servers':
      return addLocalServers(services);
    case 'show-log':
      return vscode.commands.executeCommand('rivulet.showLog');
  }
}

async function openPage(url: string | undefined): Promise<void> {
  if (url !== undefined) await vscode.env.openExternal(vscode.Uri.parse(url));
}
