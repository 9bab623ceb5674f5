/**
 * The part of the `vscode` module that src/host uses, small and by hand. What is not here throws: a test then says what
 * the host has begun to use. Everything the host does to the person is recorded in `calls`, answers come from `answers`.
 */
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers, calls, nothing, record, strict } from './fakeCalls.ts';
import { Disposable, EventEmitter, registered, Uri } from './fakeTypes.ts';
import { createInputBox, createQuickPick, createStatusBarItem, createTextEditorDecorationType, decorationTypes, inputs, picks, statuses } from './fakeWidgets.ts';

export { CancellationError, CancellationTokenSource, CodeAction, CodeActionKind, CodeLens, Disposable, EventEmitter, MarkdownString, NotebookRange, Position, Range, registered, Selection, TabInputText, TabInputTextDiff, TextEdit, ThemeColor, ThemeIcon, Uri, WorkspaceEdit } from './fakeTypes.ts';
export { LanguageModelError, LanguageModelPromptTsxPart, LanguageModelTextPart, LanguageModelToolCallPart, LanguageModelToolResult, LanguageModelToolResultPart } from './fakeModelTypes.ts';
export { answers, called, calls } from './fakeCalls.ts';
export { decorationTypes, inputs, picks, statuses, type FakeInput, type FakePick, type FakeStatus } from './fakeWidgets.ts';

export const handlers = new Map<string, (...args: readonly unknown[]) => unknown>();
export const settings = new Map<string, unknown>();
/** What the workspace has set, which goes before the person's own. */
export const workspaceSettings = new Map<string, unknown>();
export const secrets = new Map<string, string>();
/** What language servers say of a document, by its address. */
export const diagnostics = new Map<string, readonly unknown[]>();
/** What is kept for the folder that is open, by every extension host in turn. */
export const workspaceMemory = new Map<string, unknown>();
export const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rivulet-host-')));
process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

let resets = 0;
/** Where the chats of the folder are kept. Another place after each {@link reset}: what a test before it still writes is in nobody's way. */
export const storageFolder = (): string => join(folder, `rivulet-storage.${resets}`);
/** The contexts that were made since the last time somebody took them away. */
export const contexts: ReturnType<typeof createContext>[] = [];

function register(name: string): Disposable {
  registered.add(name);
  return new Disposable(() => registered.delete(name));
}

export const fired = {
  settings: new EventEmitter('onDidChangeConfiguration'),
  secrets: new EventEmitter('secrets.onDidChange'),
  trust: new EventEmitter('onDidGrantWorkspaceTrust'),
  folders: new EventEmitter('onDidChangeWorkspaceFolders'),
  closed: new EventEmitter('onDidCloseTextDocument'),
  cancelled: new EventEmitter('onCancellationRequested'),
  edited: new EventEmitter('onDidChangeTextDocument'),
  visible: new EventEmitter('onDidChangeVisibleTextEditors'),
  active: new EventEmitter('onDidChangeActiveTextEditor'),
  selected: new EventEmitter('onDidChangeTextEditorSelection'),
  watched: new EventEmitter('FileSystemWatcher'),
  focused: new EventEmitter('onDidChangeWindowState'),
};

export const LanguageModelChatMessageRole = strict('LanguageModelChatMessageRole', { User: 1, Assistant: 2 });
export const LanguageModelChatToolMode = strict('LanguageModelChatToolMode', { Auto: 1, Required: 2 });
export const SymbolKind = strict('SymbolKind', { Class: 4, Method: 5, Constructor: 8, Enum: 9, Interface: 10, Function: 11, Variable: 12, Struct: 22, 11: 'Function' });
export const OverviewRulerLane = strict('OverviewRulerLane', { Left: 1 });
export const DecorationRangeBehavior = strict('DecorationRangeBehavior', { ClosedClosed: 1 });
export const TextEditorRevealType = strict('TextEditorRevealType', { InCenterIfOutsideViewport: 2 });
export const StatusBarAlignment = strict('StatusBarAlignment', { Left: 1 });
export const QuickPickItemKind = strict('QuickPickItemKind', { Separator: -1, Default: 0 });
export const ProgressLocation = strict('ProgressLocation', { Window: 10, Notification: 15 });
export const ConfigurationTarget = strict('ConfigurationTarget', { Global: 1 });
export const EndOfLine = strict('EndOfLine', { LF: 1, CRLF: 2 });
export const FilePermission = strict('FilePermission', { Readonly: 1 });
export const FileType = strict('FileType', { File: 1, Directory: 2, SymbolicLink: 64 });

const line = (level: string) => (text: string): unknown => record(`log.${level}`, text);

export const window = strict('window', {
  activeTextEditor: nothing(),
  visibleTextEditors: [] as readonly unknown[],
  onDidChangeVisibleTextEditors: fired.visible.event,
  onDidChangeActiveTextEditor: fired.active.event,
  onDidChangeTextEditorSelection: fired.selected.event,
  onDidChangeWindowState: fired.focused.event,
  tabGroups: strict('tabGroups', { all: [] as readonly unknown[], close: async (...args: readonly unknown[]) => record('tabGroups.close', ...args) }),
  createStatusBarItem,
  createTextEditorDecorationType,
  createInputBox,
  createQuickPick,
  /** The one who waits gives up when the test fires `cancelled`. */
  withProgress: async (options: unknown, task: (progress: unknown, token: unknown) => unknown) => (record('withProgress', options), task({ report: nothing }, { isCancellationRequested: false, onCancellationRequested: fired.cancelled.event })),
  createOutputChannel: (name: string) => strict('LogOutputChannel', { name, info: line('info'), warn: line('warn'), error: line('error'), show: () => record('log.show'), dispose: () => register('output').dispose() }),
  registerWebviewViewProvider: (id: string, provider: unknown) => (record('registerWebviewViewProvider', id, provider), register(`view ${id}`)),
  showErrorMessage: async (...args: readonly unknown[]) => record('showErrorMessage', ...args),
  showInformationMessage: async (...args: readonly unknown[]) => record('showInformationMessage', ...args),
  showWarningMessage: async (...args: readonly unknown[]) => record('showWarningMessage', ...args),
  showInputBox: async (...args: readonly unknown[]) => record('showInputBox', ...args),
  showSaveDialog: async (...args: readonly unknown[]) => record('showSaveDialog', ...args),
  showOpenDialog: async (...args: readonly unknown[]) => record('showOpenDialog', ...args),
  showTextDocument: async (...args: readonly unknown[]) => record('showTextDocument', ...args),
  showNotebookDocument: async (...args: readonly unknown[]) => record('showNotebookDocument', ...args),
  setStatusBarMessage: (...args: readonly unknown[]) => record('setStatusBarMessage', ...args),
  /** An answer is a function that picks one of the items. */
  async showQuickPick(items: readonly unknown[], ...rest: readonly unknown[]) {
    const pick = record('showQuickPick', items, ...rest) as ((item: { readonly label: string }) => boolean) | undefined;
    const isMany = (rest[0] as { readonly canPickMany?: boolean } | undefined)?.canPickMany === true;
    return pick === undefined ? undefined : isMany ? (items as readonly { label: string }[]).filter(pick) : (items as readonly { label: string }[]).find(pick);
  },
});

export const workspace = strict('workspace', {
  workspaceFolders: [{ name: 'host', uri: Uri.file(folder), index: 0 }] as unknown,
  textDocuments: [] as readonly unknown[],
  notebookDocuments: [] as readonly unknown[],
  onDidChangeTextDocument: fired.edited.event,
  createFileSystemWatcher: () => ({ onDidCreate: fired.watched.event, onDidChange: fired.watched.event, onDidDelete: fired.watched.event, dispose: nothing }),
  isTrusted: true,
  fs: strict('workspace.fs', {
    async stat(uri: Uri) {
      const found = await stat(uri.fsPath);
      return { type: found.isFile() ? 1 : found.isDirectory() ? 2 : 0, size: found.size, ctime: 0, mtime: 0 };
    },
    readFile: async (uri: Uri) => readFile(uri.fsPath),
    readDirectory: async (uri: Uri) => (await readdir(uri.fsPath, { withFileTypes: true })).map((entry) => [entry.name, (entry.isDirectory() ? 2 : entry.isFile() ? 1 : 0) | (entry.isSymbolicLink() ? 64 : 0)]),
    writeFile: async (uri: Uri, bytes: Uint8Array) => writeFile(uri.fsPath, bytes),
    createDirectory: async (uri: Uri) => void (await mkdir(uri.fsPath, { recursive: true })),
    rename: async (from: Uri, to: Uri) => rename(from.fsPath, to.fsPath),
    delete: async (uri: Uri) => rm(uri.fsPath, { recursive: true }),
    isWritableFileSystem: (scheme: string) => (scheme === 'locked' ? false : scheme === 'file' ? true : undefined),
  }),
  registerTextDocumentContentProvider: (scheme: string, provider: unknown) => (record('registerTextDocumentContentProvider', scheme, provider), register(`documents ${scheme}`)),
  onDidCloseTextDocument: fired.closed.event,
  decode: async (bytes: Uint8Array) => new TextDecoder().decode(bytes),
  encode: async (text: string) => new TextEncoder().encode(text),
  /** An answer is a function that is called meanwhile; without one the edit is applied. */
  async applyEdit(...args: readonly unknown[]) {
    const meanwhile = record('applyEdit', ...args) as (() => boolean) | undefined;
    return meanwhile === undefined ? true : meanwhile();
  },
  getWorkspaceFolder: (uri: Uri) => (workspace.workspaceFolders as readonly { readonly uri: Uri }[] | undefined)?.find((each) => uri.path.startsWith(`${each.uri.path}/`)),
  asRelativePath: (uri: Uri) => (uri.path.startsWith(`${folder}/`) ? uri.path.slice(folder.length + 1) : uri.path),
  /** An answer is the addresses that are found. */
  findFiles: async (...args: readonly unknown[]) => record('findFiles', ...args) ?? [],
  openTextDocument: async (options: unknown) => (record('openTextDocument', options), { opened: options }),
  getConfiguration: (section: string) => strict('WorkspaceConfiguration', {
    get: (name: string, fallback?: unknown) => workspaceSettings.get(`${section}.${name}`) ?? settings.get(`${section}.${name}`) ?? fallback,
    inspect: (name: string) => ({ key: `${section}.${name}`, globalValue: settings.get(`${section}.${name}`), workspaceValue: workspaceSettings.get(`${section}.${name}`) }),
    async update(name: string, value: unknown, target: unknown) {
      record('update', `${section}.${name}`, value, target);
      settings.set(`${section}.${name}`, value);
      fired.settings.fire({ affectsConfiguration: (other: string) => other === section });
    },
  }),
  onDidChangeConfiguration: fired.settings.event,
  onDidGrantWorkspaceTrust: fired.trust.event,
  onDidChangeWorkspaceFolders: fired.folders.event,
});

export const commands = strict('commands', {
  registerCommand(id: string, handler: (...args: readonly unknown[]) => unknown) {
    if (handlers.has(id)) throw new Error(`command '${id}' already exists`);
    handlers.set(id, handler);
    return new Disposable(() => handlers.delete(id));
  },
  async executeCommand(id: string, ...args: readonly unknown[]) {
    const answer = record('executeCommand', id, ...args);
    return typeof answer === 'function' ? (answer as () => unknown)() : answer;
  },
});

export const languages = strict('languages', {
  registerCodeLensProvider: (selector: unknown, provider: unknown) => (record('registerCodeLensProvider', selector, provider), register('code lenses')),
  getDiagnostics: (uri: Uri) => diagnostics.get(uri.toString()) ?? [],
  setTextDocumentLanguage: async (...args: readonly unknown[]) => record('setTextDocumentLanguage', ...args),
  registerCodeActionsProvider: (selector: unknown, provider: unknown) => (record('registerCodeActionsProvider', selector, provider), register('code actions')),
});

/** Tools that VS Code knows, and extensions that are installed. */
export const lmTools: { readonly name: string; readonly description: string; readonly inputSchema: object | undefined; readonly tags: readonly string[] }[] = [];
export const installed: { readonly id: string; readonly packageJSON: unknown }[] = [];

/** What was registered for language models, by name. */
export const lm = strict('lm', {
  tools: lmTools,
  invokeTool: async (name: string, options: unknown, token: unknown) => {
    const answer = record('invokeTool', name, options, token);
    return typeof answer === 'function' ? ((answer as (token: unknown) => unknown)(token)) : answer;
  },
  registerLanguageModelChatProvider: (vendor: string, provider: unknown) => (record('registerLanguageModelChatProvider', vendor, provider), register(`models ${vendor}`)),
  registerTool: (name: string, tool: unknown) => (record('registerTool', name, tool), register(`tool ${name}`)),
});

export const extensions = strict('extensions', {
  all: installed,
  getExtension: (id: string) => record('getExtension', id),
});

export const env = strict('env', {
  language: 'en',
  remoteName: undefined as string | undefined,
  /** Nothing of VS Code's own is there, no ripgrep either. */
  appRoot: join(folder, 'no-vscode'),
  clipboard: strict('env.clipboard', { writeText: async (text: string) => record('clipboard.writeText', text) }),
  openExternal: async (uri: Uri) => record('openExternal', uri.toString()),
});

export const l10n = strict('l10n', {
  bundle: nothing(),
  t: (message: string, ...args: readonly unknown[]) => ((l10n.bundle as Record<string, string> | undefined)?.[message] ?? message).replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
});

/** The extension's context with VS Code's secret storage. */
export function createContext(): { readonly subscriptions: Disposable[]; readonly extensionUri: Uri; readonly secrets: unknown } {
  const context = strict('ExtensionContext', {
    subscriptions: [] as Disposable[],
    extensionUri: Uri.file('/extensions/rivulet'),
    extension: { id: 'rivulet.rivulet', packageJSON: JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as unknown },
    globalStorageUri: Uri.file(`${folder}/rivulet-global`),
    storageUri: Uri.file(storageFolder()),
    logUri: Uri.file(`${folder}/rivulet-log`),
    globalState: createMemento(),
    workspaceState: createMemento(workspaceMemory),
    secrets: strict('SecretStorage', {
      get: async (name: string) => secrets.get(name),
      async store(name: string, value: string) {
        secrets.set(name, value);
        fired.secrets.fire({ key: name });
      },
      async delete(name: string) {
        secrets.delete(name);
        fired.secrets.fire({ key: name });
      },
      onDidChange: fired.secrets.event,
    }),
  });
  contexts.push(context);
  return context;
}

/** What an extension keeps beside the settings, for the life of a context. */
function createMemento(kept = new Map<string, unknown>()): unknown {
  return strict('Memento', { get: (name: string) => kept.get(name), update: async (name: string, value: unknown) => void kept.set(name, structuredClone(value)) });
}

/** A window as it is when VS Code has just started. */
export function reset(): void {
  calls.length = 0;
  inputs.length = 0;
  picks.length = 0;
  statuses.length = 0;
  decorationTypes.length = 0;
  lmTools.length = 0;
  installed.length = 0;
  for (const map of [answers, handlers, settings, workspaceSettings, secrets, diagnostics, workspaceMemory]) map.clear();
  resets += 1;
  registered.clear();
  for (const emitter of Object.values(fired)) emitter.clear();
  window.activeTextEditor = undefined;
  workspace.isTrusted = true;
  workspace.textDocuments = [];
  workspace.notebookDocuments = [];
  env.remoteName = undefined;
  window.visibleTextEditors = [];
  window.tabGroups.all = [];
  workspace.workspaceFolders = [{ name: 'host', uri: Uri.file(folder), index: 0 }];
  l10n.bundle = undefined;
}
