/** Tells assistive technology the levels of an answer's headings. */
export interface HeadingLevels {
  /** Sets those in the blocks from the given one on; the ones before are as they were. */
  update(from: number): void;
}

const headings = 'h3, h4, h5, h6';
/** Those of the page stand at 2. */
const highest = 3;

/**
 * An author may begin with `###` and go on with `#####`; a reader who goes by levels would look for what is between. So
 * the first is at 3, one that goes deeper is one below the one before it, and one that goes up does so by as many.
 */
export function createHeadingLevels(blockAt: (index: number) => Element | undefined): HeadingLevels {
  const known: { readonly index: number; readonly written: number; readonly level: number }[] = [];
  return {
    update(from) {
      while ((known.at(-1)?.index ?? -1) >= from) known.pop();
      for (let index = from, block = blockAt(from); block !== undefined; block = blockAt(++index)) {
        for (const heading of headingsIn(block)) {
          const before = known.at(-1);
          const written = Number(heading.tagName.slice(1));
          const level = before === undefined ? highest : Math.max(highest, before.level + Math.min(1, written - before.written));
          heading.setAttribute('aria-level', String(level));
          known.push({ index, written, level });
        }
      }
    },
  };
}

function headingsIn(block: Element): Iterable<Element> {
  return block.matches(headings) ? [block] : block.querySelectorAll(headings);
}
