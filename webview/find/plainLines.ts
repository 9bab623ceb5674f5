import { createMarkdownDocument } from '../markdown/document.ts';
import type { Drawing, Tag } from '../markdown/drawing.ts';

/** Elements within a line; all others begin and end one. */
const inline: ReadonlySet<Tag> = new Set<Tag>(['em', 'strong', 'del', 'br']);

/** The lines of a Markdown text as they read once they are drawn, without their form: what can be found in it. */
export function plainLines(markdown: string): readonly string[] {
  const text = createMarkdownDocument();
  text.append(markdown);
  text.update();
  const lines: string[] = [];
  let line = '';
  const end = (): void => {
    if (line !== '') lines.push(line);
    line = '';
  };
  const take = (drawing: Drawing): void => {
    if (typeof drawing === 'string') {
      line += drawing;
      return;
    }
    switch (drawing.kind) {
      case 'element': {
        const isInline = inline.has(drawing.tag);
        if (!isInline) end();
        if (drawing.tag === 'br') line += '\n';
        for (const child of drawing.children) take(child);
        if (!isInline) end();
        break;
      }
      case 'code-block':
        end();
        line = drawing.text;
        end();
        break;
      case 'code':
        line += drawing.text;
        break;
      case 'link':
        for (const child of drawing.children) take(child);
        break;
      case 'image':
        line += drawing.alternative;
        break;
      default:
        // What is drawn of a formula is not its text: nothing is found across it.
        line += '\n';
        break;
    }
  };
  for (const drawing of text.drawings) {
    end();
    take(drawing);
  }
  end();
  return lines;
}
