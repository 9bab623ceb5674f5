/** Text that comes in pieces of so many characters is from 1,000 tokens a second on, and nobody reads as fast. */
const unreadable = 128;

/** For so long after such a piece, in milliseconds, more of them are expected. */
const expectedMs = 500;

let fastUntil = 0;

/** Whether a piece is part of a stream that is too fast to be read; remembers it. */
export function isUnreadable(added: string): boolean {
  if (added.length < unreadable) return false;
  fastUntil = performance.now() + expectedMs;
  return true;
}

/** For how many more milliseconds text is taken to rush by; 0 when it does not. */
export function rushingFor(): number {
  return Math.max(0, fastUntil - performance.now());
}
