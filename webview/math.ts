import { render } from 'katex';

/** Nodes and expansions that one formula may need; a hostile one of two thousand characters could ask for millions. */
const limits = { maxExpand: 500, maxSize: 20 } as const;

/** Draws a formula into an element, with MathML for those who do not see it; false, and nothing drawn, when it cannot be. */
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
    return true;
  } catch {
    element.replaceChildren();
    return false;
  }
}
