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

  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
    this.start = new Position(startLine, startCharacter);
    this.end = new Position(endLine, endCharacter);
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
}

export class ThemeIcon {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
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
