/** What is drawn around a text and is not of it. */
const around = '.code-bar, .formula, .link-host, .icon, button';

/** Elements within a line, as in `plainLines`. */
const inline = new Set(['A', 'CODE', 'EM', 'STRONG', 'DEL', 'BR', 'SPAN', 'BDI']);

interface Line {
  text: string;
  readonly nodes: { readonly node: Text; readonly from: number }[];
}

/** Where the pattern is in the drawn text below an element, in order. */
export function rangesIn(element: Element, pattern: RegExp): readonly StaticRange[] {
  return linesIn(element).flatMap((line) =>
    [...line.text.matchAll(pattern)].flatMap((match) => {
      const start = placeIn(line, match.index, 'start');
      const end = placeIn(line, match.index + match[0].length, 'end');
      return start === undefined || end === undefined ? [] : [new StaticRange({ startContainer: start.node, startOffset: start.offset, endContainer: end.node, endOffset: end.offset })];
    }),
  );
}

function linesIn(element: Element): readonly Line[] {
  const lines: Line[] = [];
  let block: Element | undefined;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
    if (!(node instanceof Element) || !node.matches(around)) return NodeFilter.FILTER_ACCEPT;
    const last = lines.at(-1);
    // Nothing is found across a formula.
    if (last !== undefined && node.matches('.formula')) last.text += '\n';
    return NodeFilter.FILTER_REJECT;
  });
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Element) {
      const last = lines.at(-1);
      if (node.tagName === 'BR' && last !== undefined) last.text += '\n';
      continue;
    }
    if (!(node instanceof Text)) continue;
    const around = blockOf(node, element);
    const open = around === block ? lines.at(-1) : undefined;
    const line = open ?? { text: '', nodes: [] };
    if (open === undefined) lines.push(line);
    block = around;
    line.nodes.push({ node, from: line.text.length });
    line.text += node.data;
  }
  return lines;
}

function blockOf(node: Text, root: Element): Element {
  let parent = node.parentElement ?? root;
  while (parent !== root && inline.has(parent.tagName) && !parent.classList.contains('code-piece')) parent = parent.parentElement ?? root;
  return parent;
}

function placeIn({ nodes }: Line, at: number, side: 'start' | 'end'): { readonly node: Text; readonly offset: number } | undefined {
  const holder = nodes.findLast(({ from }) => (side === 'start' ? from <= at : from < at));
  return holder === undefined ? undefined : { node: holder.node, offset: Math.min(at - holder.from, holder.node.length) };
}
