import * as vscode from 'vscode';
import type { Log } from '../core/ports.ts';
import type { Change, Intent } from '../protocol/messages.ts';
import { readIntent } from '../protocol/readIntent.ts';
import type { ViewState } from '../protocol/viewState.ts';
import { pageHtml } from './html.ts';
import { createPushes, type Pushes } from './pushes.ts';

/** Where the view gets its state from and hands intents to. */
export interface ChatViewOptions {
  state(): ViewState;
  /** The panel was closed; one that is only hidden comes back. */
  closed(): void;
  handle(intent: Intent): void;
  readonly log: Log;
}

interface Page {
  readonly view: vscode.WebviewView;
  readonly pushes: Pushes;
  /** Whether it has asked for the state since it was last loaded. */
  isReady: boolean;
}

/** The person who asked for the focus has gone on elsewhere by then, in milliseconds. */
const focusMs = 5000;

/** The view `rivulet.chat`: shows the state to whichever page there is and hands on what the page wants. */
export class ChatView implements vscode.WebviewViewProvider {
  static readonly id = 'rivulet.chat';
  private page: Page | undefined;
  /** Until when a page that comes to be ready takes the focus. */
  private focusUntil = 0;
  private readonly root: vscode.Uri;
  private readonly options: ChatViewOptions;

  constructor(root: vscode.Uri, options: ChatViewOptions) {
    this.root = root;
    this.options = options;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.page?.pushes.dispose();
    const pushes = createPushes((push) => {
      // A hidden page is not there; it asks for everything when it comes back.
      view.webview.postMessage(push).then(undefined, (error: unknown) => this.options.log.warn(`A push was not delivered: ${String(error)}`));
    });
    const page: Page = { view, pushes, isReady: false };
    this.page = page;
    view.webview.options = { enableScripts: true, enableCommandUris: false, localResourceRoots: [this.root] };
    view.webview.onDidReceiveMessage((message: unknown) => this.receive(message, page));
    view.onDidDispose(() => {
      pushes.dispose();
      if (this.page !== page) return;
      this.page = undefined;
      this.options.closed();
    });
    view.onDidChangeVisibility(() => {
      if (!view.visible) page.isReady = false;
      this.showWaiting();
    });
    this.showWaiting();
    view.webview.html = pageHtml(view.webview, this.root);
  }

  /** Tells the page of a change, if there is a page. */
  push(change: Change): void {
    this.page?.pushes.add(change);
    if (mayChangeWaiting(change)) this.showWaiting();
  }

  /** Counts on the view's icon the questions that wait for an answer while nobody sees them. */
  private showWaiting(): void {
    const view = this.page?.view;
    if (view === undefined) return;
    const value = view.visible ? 0 : waitingIn(this.options.state());
    if ((view.badge?.value ?? 0) === value) return;
    view.badge = value === 0 ? undefined : { value, tooltip: value === 1 ? vscode.l10n.t('Rivulet asks something') : vscode.l10n.t('Rivulet asks {0} things', value) };
  }

  /** Brings the panel to the front. */
  async show(): Promise<void> {
    await vscode.commands.executeCommand(`${ChatView.id}.focus`);
  }

  /** Brings the panel to the front with the cursor in the composer. */
  async focus(): Promise<void> {
    // A page that is already there is told at once; one that is still to come asks for the state first.
    this.focusUntil = this.page?.isReady === true ? 0 : Date.now() + focusMs;
    await this.show();
    this.page?.pushes.add({ type: 'composer-focused' });
  }

  private receive(message: unknown, page: Page): void {
    const intent = readIntent(message);
    if ('refused' in intent) {
      this.options.log.warn(`A message of the page was refused: ${intent.refused}`);
      return;
    }
    if (intent.type === 'ready') {
      page.isReady = true;
      page.pushes.snapshot(this.options.state());
      if (Date.now() < this.focusUntil) page.pushes.add({ type: 'composer-focused' });
      this.focusUntil = 0;
      return;
    }
    this.focusUntil = 0;
    this.options.handle(intent);
  }
}

function mayChangeWaiting(change: Change): boolean {
  switch (change.type) {
    case 'item-added':
    case 'item-changed':
      return change.item.kind === 'review' || change.item.kind === 'permission';
    case 'chat-cleared':
    case 'chat-opened':
    case 'turns-shown':
    case 'turn-restarted':
      return true;
    default:
      return false;
  }
}

function waitingIn({ turns }: ViewState): number {
  return turns.flatMap(({ items }) => items).filter((item) => (item.kind === 'review' || item.kind === 'permission') && item.status === 'open').length;
}
