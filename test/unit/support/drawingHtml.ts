import type { Drawing, ElementDrawing } from '../../../webview/markdown/drawing.ts';

/** A drawing as the HTML of CommonMark's examples, which this is only compared with. */
export function htmlOf(drawing: Drawing): string {
  if (typeof drawing === 'string') return escaped(drawing);
  switch (drawing.kind) {
    case 'code':
      return `<code>${escaped(drawing.text)}</code>`;
    case 'code-block':
      return `<pre><code${drawing.language === '' ? '' : ` class="language-${escaped(drawing.language)}"`}>${escaped(drawing.text)}${drawing.text === '' ? '' : '\n'}</code></pre>\n`;
    case 'formula':
      return escaped(drawing.written);
    case 'link':
      return `<a href="${escaped(drawing.target)}">${drawing.children.map(htmlOf).join('')}</a>`;
    case 'image':
      return `<img src="${escaped(drawing.target)}" alt="${escaped(drawing.alternative)}" />`;
    case 'element':
      return elementHtml(drawing, { tight: false });
  }
}

function elementHtml({ tag, children, marks }: ElementDrawing, { tight }: { readonly tight: boolean }): string {
  const inner = children.map(htmlOf).join('');
  switch (tag) {
    case 'hr':
    case 'br':
      return `<${tag} />\n`;
    case 'p':
      return tight ? inner : `<p>${inner}</p>\n`;
    case 'em':
    case 'strong':
      return `<${tag}>${inner}</${tag}>`;
    case 'ul':
    case 'ol':
      return `<${tag}${marks.start === undefined || marks.start === 1 ? '' : ` start="${marks.start}"`}>\n${children.map((item) => itemHtml(item, { tight: marks.loose !== true })).join('')}</${tag}>\n`;
    case 'blockquote':
      return `<blockquote>\n${inner}</blockquote>\n`;
    default:
      return `<${tag}>${inner}</${tag}>\n`;
  }
}

function itemHtml(item: Drawing, { tight }: { readonly tight: boolean }): string {
  if (typeof item === 'string' || item.kind !== 'element') return htmlOf(item);
  const inner = item.children.map((child) => (typeof child !== 'string' && child.kind === 'element' ? elementHtml(child, { tight }) : htmlOf(child)));
  return `<li>${inner.join('')}</li>\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Without what two ways to write the same may differ in: blanks at line ends, between tags, titles, the spelling of addresses. */
export function comparable(html: string): string {
  return html
    .replace(/ title="[^"]*"/g, '')
    .replace(/(href|src)="([^"]*)"/g, (_, name: string, target: string) => `${name}="${decoded(target)}"`)
    .replace(/\s*\n\s*/g, '\n')
    .replace(/\n*(<\/?(?:p|ul|ol|li|blockquote|pre|h\d|hr|br)\b[^>]*>)\n*/g, '$1')
    .trim();
}

function decoded(target: string): string {
  try {
    return decodeURI(target);
  } catch {
    return target;
  }
}
