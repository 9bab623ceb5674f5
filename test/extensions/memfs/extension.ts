import * as vscode from 'vscode';

interface Entry {
  readonly type: vscode.FileType;
  bytes: Uint8Array;
  modified: number;
}

/** What is in a folder from the beginning; `leads-out` says that it is a link. */
const samples: Readonly<Record<string, string>> = { '/shop/plans.txt': 'Low water is at noon.\n', '/shop/src/tide.ts': 'export const tide = 12;\nexport const ebb = 6;\n', '/elsewhere/secret.txt': 'CANARY outside of the folder\n' };

/** Files in the memory of the extension host; what was written outlives a reload of the window. */
class MemoryFiles implements vscode.FileSystemProvider {
  private readonly entries = new Map<string, Entry>();
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;
  private readonly kept: vscode.Memento;

  constructor(kept: vscode.Memento) {
    this.kept = kept;
    this.entries.set('/', folder());
    for (const [path, text] of Object.entries(kept.get<Record<string, string>>('files') ?? samples)) this.put(path, new TextEncoder().encode(text));
    this.entries.set('/shop/leads-out', { type: vscode.FileType.File | vscode.FileType.SymbolicLink, bytes: new TextEncoder().encode('CANARY behind a link\n'), modified: 1 });
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { type, bytes, modified } = this.at(uri);
    return { type, size: bytes.length, ctime: 0, mtime: modified };
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    this.at(uri);
    const above = uri.path === '/' ? '/' : `${uri.path}/`;
    return [...this.entries].flatMap(([path, { type }]) => (path !== above && path.startsWith(above) && !path.slice(above.length).includes('/') ? [[path.slice(above.length), type] as [string, vscode.FileType]] : []));
  }

  createDirectory(uri: vscode.Uri): void {
    this.entries.set(uri.path, folder());
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const { type, bytes } = this.at(uri);
    if (type === vscode.FileType.Directory) throw vscode.FileSystemError.FileIsADirectory(uri);
    return bytes;
  }

  async writeFile(uri: vscode.Uri, bytes: Uint8Array, { create, overwrite }: { readonly create: boolean; readonly overwrite: boolean }): Promise<void> {
    const isThere = this.entries.has(uri.path);
    if (!isThere && !create) throw vscode.FileSystemError.FileNotFound(uri);
    if (isThere && create && !overwrite) throw vscode.FileSystemError.FileExists(uri);
    this.put(uri.path, bytes);
    await this.keep();
    this.changes.fire([{ type: isThere ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created, uri }]);
  }

  async delete(uri: vscode.Uri): Promise<void> {
    this.at(uri);
    for (const path of this.entries.keys()) if (path === uri.path || path.startsWith(`${uri.path}/`)) this.entries.delete(path);
    await this.keep();
    this.changes.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  async rename(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    this.entries.set(to.path, this.at(from));
    this.entries.delete(from.path);
    await this.keep();
    this.changes.fire([{ type: vscode.FileChangeType.Deleted, uri: from }, { type: vscode.FileChangeType.Created, uri: to }]);
  }

  private at(uri: vscode.Uri): Entry {
    const entry = this.entries.get(uri.path);
    if (entry === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return entry;
  }

  private put(path: string, bytes: Uint8Array): void {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) if (!this.entries.has(path.slice(0, at))) this.entries.set(path.slice(0, at), folder());
    this.entries.set(path, { type: vscode.FileType.File, bytes, modified: (this.entries.get(path)?.modified ?? 0) + 1 });
  }

  private async keep(): Promise<void> {
    const files = [...this.entries].filter(([, { type }]) => type === vscode.FileType.File);
    await this.kept.update('files', Object.fromEntries(files.map(([path, { bytes }]) => [path, new TextDecoder().decode(bytes)])));
  }
}

function folder(): Entry {
  return { type: vscode.FileType.Directory, bytes: new Uint8Array(), modified: 1 };
}

export function activate({ subscriptions, globalState }: vscode.ExtensionContext): void {
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider('memfs', new MemoryFiles(globalState)),
    // The list of files that VS Code opens by name has none of such a file system.
    vscode.commands.registerCommand('rivuletTest.memfs.show', async () => vscode.window.showTextDocument(vscode.Uri.parse('memfs:/shop/src/tide.ts'), { preview: false })),
  );
}
