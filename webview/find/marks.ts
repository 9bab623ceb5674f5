/** The texts that are marked as found: all of them, and the one that was gone to. */
export interface Marks {
  readonly all: readonly StaticRange[];
  readonly current: StaticRange | undefined;
}

/** Marks what was found, without touching what is drawn; where the browser cannot, the current one is selected. */
export function mark({ all, current }: Marks): void {
  if (typeof CSS === 'undefined' || !('highlights' in CSS)) {
    if (current !== undefined) document.getSelection()?.setBaseAndExtent(current.startContainer, current.startOffset, current.endContainer, current.endOffset);
    return;
  }
  CSS.highlights.set('found', new Highlight(...all));
  const one = new Highlight(...(current === undefined ? [] : [current]));
  one.priority = 1;
  CSS.highlights.set('found-current', one);
}

/** Takes the marks away. */
export function unmark(): void {
  if (typeof CSS === 'undefined' || !('highlights' in CSS)) return;
  CSS.highlights.delete('found');
  CSS.highlights.delete('found-current');
}

/** So near to an edge of the scroller, in CSS pixels, nobody looks, and the way to the end may lie over it. */
const margin = 56;

/** Brings a range into the middle of the scroller when it is not well to be seen, and into the sight of what scrolls within that. */
export function reveal(place: StaticRange, scroller: HTMLElement): void {
  const element = place.startContainer.parentElement;
  if (element === null) return;
  const range = document.createRange();
  range.setStart(place.startContainer, place.startOffset);
  range.setEnd(place.endContainer, place.endOffset);
  const scrolled = element.closest('pre, .table-scroller');
  if (scrolled !== null) bringInto(scrolled, range);
  const frame = scroller.getBoundingClientRect();
  const box = range.getBoundingClientRect();
  if (box.top < frame.top + margin || box.bottom > frame.bottom - margin) scroller.scrollTop += box.top - frame.top - frame.height / 2;
}

function bringInto(scrolled: Element, range: Range): void {
  const [inner, box] = [scrolled.getBoundingClientRect(), range.getBoundingClientRect()];
  if (box.left < inner.left || box.right > inner.right) scrolled.scrollLeft += box.left - inner.left - inner.width / 3;
  if (scrolled.scrollHeight > scrolled.clientHeight && (box.top < inner.top || box.bottom > inner.bottom)) scrolled.scrollTop += box.top - inner.top - inner.height / 3;
}
