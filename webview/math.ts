import { render } from 'katex';
import { hasHidden } from './text/hiddenCharacters.ts';

/** Nodes and expansions that one formula may need; a hostile one of two thousand characters could ask for millions. */
const limits = { maxExpand: 500, maxSize: 20 } as const;

/** Draws a formula into an element, with MathML for those who do not see it; false, and nothing drawn, when it cannot be, or would hide characters. */
export function drawFormula(element: HTMLElement, source: string, { isDisplay }: { readonly isDisplay: boolean }): boolean {
  try {
    render(source, element, {
      ...limits,
      displayMode: isDisplay,
      output: 'htmlAndMathml',
      // No links, no pictures, no attributes of the author's.
      trust: false,
      strict: 'ignore',
      throwOnError: true,
      // The one command that writes a style attribute, which the page's policy forbids.
      macros: { '\\pmb': '\\boldsymbol' },
    });
    if (!hasHidden(source) && !hasHidden(seenIn(element))) return true;
  } catch {
    // Left as it is written, as below.
  }
  element.replaceChildren();
  return false;
}

/** The text that is seen of a drawn formula, without the zero-width spaces that every fraction is drawn with. */
function seenIn(element: HTMLElement): string {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let seen = '';
  while (walker.nextNode() !== null) {
    const { parentElement, textContent } = walker.currentNode;
    if (parentElement?.closest('.katex-html') !== null && parentElement?.classList.contains('vlist-s') !== true) seen += textContent ?? '';
  }
  return seen;
}
