import { isPath } from '../markdown/places.ts';

/** How much may stand before a block for it to be looked at. */
const longest = 500;

/**
 * The path that stands directly before a block of code: alone in its line, or as the only file that the line names in
 * code. Two are none, for which one is meant is a guess.
 */
export function pathBefore(block: Element): string | undefined {
  const before = block.previousElementSibling ?? lastOfPieceBefore(block.parentElement);
  const words = before?.textContent ?? '';
  if (before === null || words.length > longest || !/^(P|H\d)$/.test(before.tagName)) return undefined;
  const alone = words.trim().replace(/[:：]$/, '');
  if (isPath(alone)) return alone;
  const named = new Set([...before.querySelectorAll('code')].map(({ textContent }) => textContent).filter(isPath));
  const [only] = named;
  return named.size === 1 ? only : undefined;
}

/** The view of a long answer is in pieces, of which a block may be the first. */
function lastOfPieceBefore(piece: Element | null): Element | null {
  return piece?.classList.contains('markdown-piece') === true ? (piece.previousElementSibling?.lastElementChild ?? null) : null;
}
