/**
 * What a piece of Markdown looks like, as plain data: strings are text, everything else is one of a closed list of
 * elements, so that nothing a model writes can name an element or an attribute of the page.
 */
export type Drawing = string | ElementDrawing | CodeBlockDrawing | CodeDrawing | FormulaDrawing | LinkDrawing | ImageDrawing;

/** Elements without behaviour. `h1` to `h6` are the author's levels; the page decides how deep they lie in it. */
export interface ElementDrawing {
  readonly kind: 'element';
  readonly tag: Tag;
  readonly children: readonly Drawing[];
  readonly marks: Marks;
}

export type Tag =
  | 'p'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'h4'
  | 'h5'
  | 'h6'
  | 'ul'
  | 'ol'
  | 'li'
  | 'blockquote'
  | 'hr'
  | 'br'
  | 'em'
  | 'strong'
  | 'del'
  | 'table'
  | 'thead'
  | 'tbody'
  | 'tr'
  | 'th'
  | 'td';

/** Particulars of some elements. */
export interface Marks {
  /** Of a list: its items stand apart. */
  readonly loose?: boolean;
  /** Of an ordered list: its first number. */
  readonly start?: number;
  /** Of a list item: it is a task, done or not. */
  readonly task?: 'done' | 'open';
  /** Of a table cell. */
  readonly align?: 'left' | 'center' | 'right';
}

/** A fenced or indented block of code. */
export interface CodeBlockDrawing {
  readonly kind: 'code-block';
  /** First word of the fence's information, as written; empty when there is none. */
  readonly language: string;
  /** The path of the file that the fence names; not judged. */
  readonly path: string | undefined;
  readonly text: string;
  /** The text is that of the drawing before it plus `added`: what spares comparing or flattening megabytes. */
  readonly growth: { readonly from: number; readonly added: string } | undefined;
}

/** Code within a line. */
export interface CodeDrawing {
  readonly kind: 'code';
  readonly text: string;
  /** What it leads to when it names a file or a symbol: a path, or `symbol:` and a name. */
  readonly target?: string;
}

/** A formula in LaTeX. */
export interface FormulaDrawing {
  readonly kind: 'formula';
  readonly source: string;
  /** As it stands in the text, its marks included: shown until it can be drawn, and where it cannot. */
  readonly written: string;
  readonly isDisplay: boolean;
}

/** A link. `target` is as the author meant it, decoded, not judged. */
export interface LinkDrawing {
  readonly kind: 'link';
  readonly target: string;
  readonly children: readonly Drawing[];
}

/** A picture, which is never loaded. */
export interface ImageDrawing {
  readonly kind: 'image';
  readonly target: string;
  readonly alternative: string;
}

const none: Marks = {};

/** Makes an element. */
export function element(tag: Tag, children: readonly Drawing[] = [], marks: Marks = none): ElementDrawing {
  return { kind: 'element', tag, children, marks };
}

/** The words of a drawing, without its form. */
export function wordsOf(drawing: Drawing): string {
  if (typeof drawing === 'string') return drawing;
  switch (drawing.kind) {
    case 'code':
    case 'code-block':
      return drawing.text;
    case 'formula':
      return drawing.written;
    case 'image':
      return drawing.alternative;
    case 'element':
    case 'link':
      return drawing.children.map(wordsOf).join('');
  }
}
