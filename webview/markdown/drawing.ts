/**
 * What a piece of Markdown looks like, as plain data: strings are text, everything else is one of a closed list of
 * elements, so that nothing a model writes can name an element or an attribute of the page.
 */
export type Drawing = string | ElementDrawing | CodeBlockDrawing | CodeDrawing | LinkDrawing | ImageDrawing;

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
  readonly text: string;
  /** The text is that of the drawing before it plus `added`: what spares comparing or flattening megabytes. */
  readonly growth: { readonly from: number; readonly added: string } | undefined;
}

/** Code within a line. */
export interface CodeDrawing {
  readonly kind: 'code';
  readonly text: string;
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
    case 'image':
      return drawing.alternative;
    case 'element':
    case 'link':
      return drawing.children.map(wordsOf).join('');
  }
}
