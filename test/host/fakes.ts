import { setImmediate as nextTurn } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { activate, deactivate } from '../../src/extension.ts';
import { EventEmitter, Range, Uri } from './fakeTypes.ts';
import { called, contexts, createContext, handlers } from './fakeVscode.ts';
import type { Push } from '../../src/protocol/messages.ts';

/** A page of the view: what was posted to it, and a way to send as it does. */
export interface FakePage {
  readonly view: vscode.WebviewView;
  readonly posted: Push[];
  readonly html: () => string;
  readonly options: () => vscode.WebviewOptions;
  /** The number on the view's icon. */
  readonly badge: () => number | undefined;
  send(message: unknown): void;
  /** Another view stands in its place, or not any more; the page is gone meanwhile. */
  setVisible(visible: boolean): void;
  dispose(): void;
}

export function fakePage(): FakePage {
  const posted: Push[] = [];
  const received = new EventEmitter('onDidReceiveMessage');
  const disposed = new EventEmitter('view.onDidDispose');
  const shown = new EventEmitter('view.onDidChangeVisibility');
  const webview = {
    html: '',
    options: {},
    cspSource: 'https://csp.invalid',
    asWebviewUri: (uri: Uri) => `https://resource.invalid${uri.path}`,
    postMessage: async (push: Push) => posted.push(push) > 0,
    onDidReceiveMessage: received.event,
  };
  const view = { webview, visible: true, badge: undefined as vscode.ViewBadge | undefined, onDidDispose: disposed.event, onDidChangeVisibility: shown.event };
  return {
    view: view as unknown as vscode.WebviewView,
    posted,
    badge: () => view.badge?.value,
    setVisible(visible) {
      view.visible = visible;
      shown.fire(undefined);
    },
    html: () => webview.html,
    options: () => webview.options,
    send: (message) => received.fire(message),
    dispose: () => disposed.fire(undefined),
  };
}

/** Shows the view: gives it a new page, as VS Code does each time the view becomes visible. */
export async function showView(): Promise<FakePage> {
  const page = fakePage();
  const provider = called('registerWebviewViewProvider').at(-1)?.[1] as vscode.WebviewViewProvider;
  await provider.resolveWebviewView(page.view, {} as vscode.WebviewViewResolveContext, {} as vscode.CancellationToken);
  return page;
}

/** The extension, activated, with its view shown. */
export async function activated(): Promise<{ readonly context: ReturnType<typeof createContext>; readonly page: FakePage }> {
  const context = createContext();
  activate(context as unknown as vscode.ExtensionContext);
  return { context, page: await showView() };
}

/** The windows go, as VS Code has them go: what is under way is stored, or it would be while the next test runs. */
export async function closeWindows(): Promise<void> {
  if (contexts.length === 0) return;
  await settle();
  await deactivate();
  for (const { subscriptions } of contexts.splice(0)) for (const subscription of subscriptions) subscription.dispose();
  handlers.clear();
  // What has been stopped by that is stored too.
  await deactivate();
}

// Of whatever test: a window that it leaves behind writes and asks while the next one runs.
afterEach(async function () {
  this.timeout(60_000);
  await closeWindows();
});

/** Lets everything that waits for nothing but promises happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
}

/** An editor over these lines with this selection; records its edits. */
export function fakeEditor(path: string, text: string, selection: Range): vscode.TextEditor & { readonly replaced: unknown[] } {
  const lines = text.split('\n');
  const textIn = ({ start, end }: Range): string => {
    const part = lines.slice(start.line, end.line + 1);
    const last = part.length - 1;
    part[last] = (part[last] ?? '').slice(0, end.character);
    part[0] = (part[0] ?? '').slice(start.character);
    return part.join('\n');
  };
  const replaced: unknown[] = [];
  return {
    replaced,
    selection,
    selections: [selection],
    document: {
      uri: Uri.file(path),
      languageId: 'typescript',
      lineCount: lines.length,
      isClosed: false,
      getText: (range?: Range) => (range === undefined ? text : textIn(range)),
      lineAt: (line: number) => ({ range: new Range(line, 0, line, (lines[line] ?? '').length) }),
    },
    edit: async (change: (edit: unknown) => void) => (change({ replace: (...args: readonly unknown[]) => replaced.push(args) }), true),
  } as unknown as vscode.TextEditor & { readonly replaced: unknown[] };
}
