/** One line as CodeMirror's stream modes read it: the interface is theirs. A class, for the modes hold on to one object. */
export class LineStream {
  readonly string: string;
  readonly tabSize = 4;
  readonly indentUnit = 2;
  pos = 0;
  start = 0;

  constructor(line: string) {
    this.string = line;
  }

  eol(): boolean {
    return this.pos >= this.string.length;
  }

  sol(): boolean {
    return this.pos === 0;
  }

  peek(): string | undefined {
    return this.string[this.pos];
  }

  next(): string | undefined {
    const character = this.string[this.pos];
    if (character !== undefined) this.pos += 1;
    return character;
  }

  eat(match: string | RegExp | ((character: string) => boolean)): string | undefined {
    const character = this.string[this.pos];
    if (character === undefined || !fits(character, match)) return undefined;
    this.pos += 1;
    return character;
  }

  eatWhile(match: string | RegExp | ((character: string) => boolean)): boolean {
    const from = this.pos;
    while (this.eat(match) !== undefined);
    return this.pos > from;
  }

  eatSpace(): boolean {
    return this.eatWhile(/[\s\u00A0]/);
  }

  skipToEnd(): void {
    this.pos = this.string.length;
  }

  skipTo(character: string): boolean | undefined {
    const found = this.string.indexOf(character, this.pos);
    if (found === -1) return undefined;
    this.pos = found;
    return true;
  }

  backUp(count: number): void {
    this.pos -= count;
  }

  column(): number {
    return columnOf(this.string, this.start);
  }

  indentation(): number {
    return columnOf(this.string, this.string.search(/\S|$/));
  }

  match(pattern: string | RegExp, consume?: boolean, ignoreCase?: boolean): boolean | RegExpMatchArray | null {
    if (typeof pattern === 'string') {
      const found = this.string.slice(this.pos, this.pos + pattern.length);
      const isSame = ignoreCase === true ? found.toLowerCase() === pattern.toLowerCase() : found === pattern;
      if (!isSame) return null;
      if (consume !== false) this.pos += pattern.length;
      return true;
    }
    const match = this.string.slice(this.pos).match(pattern);
    if (match === null || (match.index ?? 0) > 0) return null;
    if (consume !== false) this.pos += match[0].length;
    return match;
  }

  current(): string {
    return this.string.slice(this.start, this.pos);
  }
}

function fits(character: string, match: string | RegExp | ((character: string) => boolean)): boolean {
  if (typeof match === 'string') return character === match;
  return match instanceof RegExp ? match.test(character) : match(character);
}

function columnOf(line: string, end: number): number {
  let column = 0;
  for (let index = 0; index < end; index++) column += line[index] === '\t' ? 4 - (column % 4) : 1;
  return column;
}
