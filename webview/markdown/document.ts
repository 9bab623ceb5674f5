import type { CodeBlockDrawing, Drawing } from './drawing.ts';
import { openFence, type OpenFence } from './openFence.ts';
import { createReferences } from './references.ts';
import { createTailParser, type Block } from './tail.ts';

/** A Markdown text that grows at its end, as a list of what its blocks look like. */
export interface MarkdownDocument {
  append(text: string): void;
  /** Takes in what was appended; answers the index of the first block that may look different from before. */
  update(): number;
  /** What the blocks look like as of the last `update`; one that did not change is the same object as before. */
  readonly drawings: readonly Drawing[];
}

/** When more blocks than this are open, all but the last ones are settled: no later text can change them. */
const mostOpenBlocks = 6;

// The last line, not yet whole, may come to join the block before it; and the definition of a link may take its title
// from the line after it, and so unmake what seemed to be the next block. Each reaches back one block, no further.
const stayOpen = 2;

/** Makes an empty document. */
export function createMarkdownDocument(): MarkdownDocument {
  const drawings: Drawing[] = [];
  const references = createReferences();
  const tailParser = createTailParser(references);
  /** Settled blocks with links to what nothing defines yet, by index. */
  const waiting = new Map<number, { readonly source: string; readonly labels: readonly string[] }>();
  let incoming = '';
  let heldReturn = '';
  let tail = '';
  /** How many of the drawings no longer belong to the tail. */
  let settled = 0;
  let fence: OpenFence | undefined;

  /** Hands text to the open block of code and answers what came after it, undefined while it stays open. */
  const extendFence = (open: OpenFence, text: string): string | undefined => {
    const { code, rest } = open.add(text);
    const before = drawings[settled] as CodeBlockDrawing;
    const growth = { from: before.text.length, added: code };
    if (code !== '') drawings[settled] = { ...before, text: before.text + code, growth };
    if (rest === undefined) return undefined;
    settled += 1;
    fence = undefined;
    return rest;
  };

  const settle = (blocks: readonly Block[], newTail: string): void => {
    for (const { drawing, missed, from, to } of blocks) {
      if (drawing === undefined) continue;
      if (missed.length > 0) waiting.set(settled, { source: tail.slice(from, to), labels: missed });
      settled += 1;
    }
    tail = newTail;
    tailParser.forget();
  };

  /** Draws settled blocks again that a new definition concerns; answers the first index. */
  const redraw = (): number => {
    let first = settled;
    for (const [index, { source, labels }] of waiting) {
      if (labels.every((label) => references.targetOf(label) === undefined)) continue;
      const [block] = createTailParser(references).parse(source).blocks;
      if (block?.drawing === undefined) continue;
      drawings[index] = block.drawing;
      first = Math.min(first, index);
    }
    return first;
  };

  /** Goes over to reading line by line, if the tail is fenced code with a whole first line. */
  const startFence = (): void => {
    const opened = openFence(tail);
    if (opened === undefined) return;
    const body = tail.slice(opened.bodyFrom);
    const { language, path } = opened.fence;
    drawings[settled] = { kind: 'code-block', language, path, text: '', growth: undefined };
    fence = opened.fence;
    tail = extendFence(fence, body) ?? '';
  };

  const parseTail = (): number => {
    const { blocks, defined } = tailParser.parse(tail);
    const first = defined ? redraw() : settled;
    drawings.length = settled;
    for (const { drawing } of blocks) if (drawing !== undefined) drawings.push(drawing);
    const last = blocks.at(-1);
    if (last?.isOpenFence === true && openFence(tail.slice(last.from)) !== undefined) {
      settle(blocks.slice(0, -1), tail.slice(last.from));
      startFence();
    } else if (blocks.length > mostOpenBlocks) {
      settle(blocks.slice(0, -stayOpen), tail.slice(blocks.at(-stayOpen)?.from));
    }
    return first;
  };

  return {
    drawings,
    append(text) {
      const whole = heldReturn + text;
      // A carriage return at the end may be half of a line end.
      heldReturn = whole.endsWith('\r') ? '\r' : '';
      incoming += whole.slice(0, whole.length - heldReturn.length).replace(/\r\n?/g, '\n');
    },
    update() {
      const added = incoming;
      incoming = '';
      const first = settled;
      if (fence === undefined) tail += added;
      else {
        const rest = extendFence(fence, added);
        if (rest === undefined) return first;
        tail = rest;
      }
      return Math.min(first, parseTail());
    },
  };
}
