/** Work that can be done a bit at a time; answers whether there is more. */
export type Work = () => boolean;

/** How long a slice takes at most, in milliseconds: half a frame, so that typing and scrolling never wait. */
const sliceMs = 6;

/** Even a page that is never idle gets on, this often. */
const patienceMs = 250;

const waiting = new Set<Work>();
let isScheduled = false;

/** Does work when the browser has nothing better to do, in slices of a few milliseconds. Asking again for the same work changes nothing. */
export function doLater(work: Work): void {
  waiting.add(work);
  schedule();
}

/** What is not done yet is not done any more. */
export function forget(work: Work): void {
  waiting.delete(work);
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  requestIdleCallback(run, { timeout: patienceMs });
}

function run(deadline: IdleDeadline): void {
  isScheduled = false;
  const end = performance.now() + Math.max(2, Math.min(sliceMs, deadline.timeRemaining()));
  for (const work of waiting) {
    waiting.delete(work);
    let hasMore = true;
    while (hasMore && performance.now() < end) hasMore = work();
    // Behind the others, so that one long block does not keep them all waiting.
    if (hasMore) waiting.add(work);
    if (performance.now() >= end) break;
  }
  if (waiting.size > 0) schedule();
}
