import { join } from 'node:path';

type Listener = (event: never) => unknown;

/** What the host has registered and not yet disposed of. */
export const registered = new Set<string>();

export class Disposable {
  private readonly end: () => unknown;

  constructor(end: () => unknown) {
    this.end = end;
  }

  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }

  dispose(): void {
    this.end();
  }
}

/** An event of VS Code and the function that fires it. */
export class EventEmitter {
  private readonly listeners = new Set<Listener>();
  private readonly name: string;

  constructor(name = 'event') {
    this.name = name;
  }

  readonly event = (listener: Listener): Disposable => {
    this.listeners.add(listener);
    registered.add(this.name);
    return new Disposable(() => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) registered.delete(this.name);
    });
  };

  /** Forgets who listens, as a window that is closed does. */
  clear(): void {
    this.listeners.clear();
  }

  dispose(): void {
    this.clear();
  }

  fire(event: unknown): void {
    for (const listener of this.listeners) listener(event as never);
  }
}

export class Uri {
  readonly scheme: string;
  readonly authority = '';
  readonly path: string;
  private readonly text: string;

  private constructor(scheme: string, path: string, text: string) {
    this.scheme = scheme;
    this.path = path;
    this.text = text;
  }

  static file(path: string): Uri {
    return new Uri('file', path, `file://${encodeURI(path)}`);
  }

  static parse(text: string): Uri {
    const url = new URL(text);
    return new Uri(url.protocol.slice(0, -1), decodeURIComponent(url.pathname), text);
  }

  static joinPath(base: Uri, ...parts: readonly string[]): Uri {
    return Uri.file(join(base.path, ...parts));
  }

  with({ path }: { readonly path: string }): Uri {
    return new Uri(this.scheme, path, `${this.scheme}://${encodeURI(path)}`);
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return this.text;
  }
}

export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

function before(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(...ends: readonly [number, number, number, number] | readonly [Position, Position]) {
    const [startLine, startCharacter, endLine, endCharacter] = ends;
    this.start = typeof startLine === 'number' ? new Position(startLine, Number(startCharacter)) : startLine;
    this.end = typeof endLine === 'number' ? new Position(endLine, Number(endCharacter)) : (ends[1] as Position);
  }

  get isEmpty(): boolean {
    return this.start.line === this.end.line && this.start.character === this.end.character;
  }

  get active(): Position {
    return this.end;
  }

  contains(other: Range): boolean {
    return before(this.start, other.start) && before(other.end, this.end);
  }

  intersection(other: Range): Range | undefined {
    const start = before(this.start, other.start) ? other.start : this.start;
    const end = before(this.end, other.end) ? this.end : other.end;
    return before(start, end) ? new Range(start, end) : undefined;
  }
}

export class Selection extends Range {
  override get active(): Position {
    return this.end;
  }
}

export class ThemeIcon {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

/** A kind by its name, `refactor.rewrite`; one contains those that begin with it. */
export class CodeActionKind {
  static readonly Empty = new CodeActionKind('');
  static readonly QuickFix = new CodeActionKind('quickfix');
  static readonly RefactorRewrite = new CodeActionKind('refactor.rewrite');
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  contains(other: CodeActionKind): boolean {
    return this.value === '' || this.value === other.value || other.value.startsWith(`${this.value}.`);
  }
}

export class CodeLens {
  readonly range: Range;
  readonly command: unknown;

  constructor(range: Range, command: unknown) {
    this.range = range;
    this.command = command;
  }
}

/** Thrown by what was cancelled. */
export class CancellationError extends Error {
  override readonly name = 'Canceled';
}

export class MarkdownString {
  value = '';
  isTrusted: unknown = undefined;

  appendText(text: string): this {
    this.value += text;
    return this;
  }

  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}

/** An editor over one document. */
export class TabInputText {
  readonly uri: Uri;

  constructor(uri: Uri) {
    this.uri = uri;
  }
}

export class TabInputTextDiff {
  readonly original: Uri;
  readonly modified: Uri;

  constructor(original: Uri, modified: Uri) {
    this.original = original;
    this.modified = modified;
  }
}

export class NotebookRange {
  readonly start: number;
  readonly end: number;

  constructor(start: number, end: number) {
    this.start = start;
    this.end = end;
  }
}

export class CodeAction {
  readonly title: string;
  readonly kind: unknown;
  command: unknown;

  constructor(title: string, kind: unknown) {
    this.title = title;
    this.kind = kind;
  }
}

export class TextEdit {
  readonly range: Range;
  readonly newText: string;

  private constructor(range: Range, newText: string) {
    this.range = range;
    this.newText = newText;
  }

  static replace(range: Range, newText: string): TextEdit {
    return new TextEdit(range, newText);
  }
}

/** Remembers in one line each what it was told, in the order in which the editor would do it. */
export class WorkspaceEdit {
  readonly lines: string[] = [];

  set(uri: Uri, edits: readonly TextEdit[]): void {
    for (const { range: { start, end }, newText } of edits) this.lines.push(`edit ${uri.toString()} ${start.line}:${start.character}-${end.line}:${end.character} ${JSON.stringify(newText)}`);
  }

  createFile(uri: Uri, { contents }: { readonly contents: Uint8Array }): void {
    this.lines.push(`create ${uri.toString()} ${JSON.stringify(new TextDecoder('utf-8', { ignoreBOM: true }).decode(contents))}`);
  }

  deleteFile(uri: Uri): void {
    this.lines.push(`delete ${uri.toString()}`);
  }

  renameFile(from: Uri, to: Uri): void {
    this.lines.push(`rename ${from.toString()} ${to.toString()}`);
  }
}

/** A token that can be cancelled, and whether it was given back. */
export class CancellationTokenSource {
  readonly token = { isCancellationRequested: false, isDisposed: false };

  cancel(): void {
    this.token.isCancellationRequested = true;
  }

  dispose(): void {
    this.token.isDisposed = true;
  }
}
