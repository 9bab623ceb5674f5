import { TreeFragment, type SyntaxNode, type Tree } from '@lezer/common';
import { describeBlock, type Drawn } from './blocks.ts';
import type { Drawing } from './drawing.ts';
import { decodeWritten } from './entities.ts';
import { parser } from './parser.ts';
import type { References } from './references.ts';

/** One top-level block of a text. */
export interface Block {
  /** Where its first line begins, its indentation included. */
  readonly from: number;
  readonly to: number;
  /** Undefined for what shows nothing. */
  readonly drawing: Drawing | undefined;
  /** Labels of links in it that nothing defines yet. */
  readonly missed: readonly string[];
  /** It is fenced code whose closing fence has not come. */
  readonly isOpenFence: boolean;
}

/** Parses a text that grows at its end, each time using what it can of the time before. */
export interface TailParser {
  /** The text's blocks, and whether it defined labels that were not defined before. */
  parse(text: string): { readonly blocks: readonly Block[]; readonly defined: boolean };
  /** To be called when the next text does not begin with the one before. */
  forget(): void;
}

interface Parsed {
  readonly tree: Tree;
  readonly length: number;
}

/** Makes a parser that shares its table of link definitions with whoever else draws parts of the same document. */
export function createTailParser(references: References): TailParser {
  let last: Parsed | undefined;
  let drawn: Drawn = new WeakMap();

  const parseTree = (text: string): Tree => {
    const tree = parser.parse(text, last === undefined ? [] : fragmentsOf(last, text));
    last = { tree, length: text.length };
    return tree;
  };

  return {
    parse(text) {
      const tree = parseTree(text);
      const defined = define(references, text, tree);
      if (defined) drawn = new WeakMap();
      return { blocks: childrenOf(tree.topNode).map((node) => describe(text, node, references, drawn)), defined };
    },
    forget() {
      last = undefined;
      drawn = new WeakMap();
    },
  };
}

/** What of the last parse still holds when its text has been added to. */
function fragmentsOf(last: Parsed, text: string): readonly TreeFragment[] {
  // The last line may go on, and where a table begins the line before it was judged by it: both are parsed again.
  const lastLine = text.lastIndexOf('\n', last.length - 1);
  const from = text.lastIndexOf('\n', lastLine - 1) + 1;
  const change = { fromA: from, toA: last.length, fromB: from, toB: text.length };
  return TreeFragment.applyChanges(TreeFragment.addTree(last.tree), [change], 1);
}

function describe(text: string, node: SyntaxNode, references: References, drawn: Drawn): Block {
  const missed: string[] = [];
  const drawing = describeBlock({ text, references, missed }, node, drawn);
  const isOpenFence = node.name === 'FencedCode' && node.getChildren('CodeMark').length < 2;
  return { from: text.lastIndexOf('\n', node.from - 1) + 1, to: node.to, drawing, missed, isOpenFence };
}

function define(references: References, text: string, tree: Tree): boolean {
  // Most texts define nothing, and this is cheaper than looking at every block.
  if (!text.includes(']:')) return false;
  let defined = false;
  tree.iterate({
    enter(node) {
      if (node.name !== 'LinkReference') return node.type.is('BlockContext') || node.name === 'Document';
      const label = node.node.getChild('LinkLabel');
      const url = node.node.getChild('URL');
      if (label === null || url === null) return false;
      const target = decodeWritten(text.slice(url.from, url.to).replace(/^<([^]*)>$/, '$1'));
      const name = text.slice(label.from + 1, label.to - 1);
      defined = references.define(name, target, { isWhole: node.to < text.length }) || defined;
      return false;
    },
  });
  return defined;
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}
