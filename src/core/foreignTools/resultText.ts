import { cutAt } from '../tools/cutAt.ts';
import type { ForeignPart } from './foreignTools.ts';

/** What a model is told of one result at most, in characters. */
export const longestResult = 50_000;

/** What a tool has answered, as text: what is no text is named, and hidden characters are written out. */
export function resultText(parts: readonly ForeignPart[]): string {
  const text = parts.map(describe).join('\n');
  return text === '' ? '(The tool answered nothing.)' : cutAt(text, longestResult);
}

function describe(part: ForeignPart): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'data':
      return `(${part.mediaType.slice(0, 100)}, ${part.bytes} bytes: this cannot be shown here.)`;
    case 'other':
      return '(Something that is no text: this cannot be shown here.)';
  }
}
