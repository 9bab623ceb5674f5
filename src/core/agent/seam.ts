import type { CompletionEvent } from '../completions/completion.ts';

/** The events of a continuation without the words of `before` that it says again. */
export async function* seamless(events: AsyncIterable<CompletionEvent>, before: string): AsyncGenerator<CompletionEvent> {
  const seam = createSeam(before);
  const pieces: string[] = [];
  function* fresh(text: string): Generator<CompletionEvent> {
    if (text === '') return;
    pieces.push(text);
    yield { type: 'text-delta', text };
  }
  try {
    for await (const event of events) {
      if (event.type === 'text-delta') yield* fresh(seam.add(event.text));
      else if (event.type === 'end') {
        yield* fresh(seam.end());
        yield { ...event, message: Object.freeze({ ...event.message, text: pieces.join('') }) };
      } else {
        if (event.type === 'call-delta' || event.type === 'leaked-call-delta') yield* fresh(seam.end());
        if (event.type === 'leaked-call-delta') pieces.push(event.text);
        yield event;
      }
    }
  } catch (error) {
    // What was held back to be compared is part of the answer after all.
    yield* fresh(seam.end());
    throw error;
  }
}

/**
 * Joins a continuation to what it goes on from so that the seam does not show: models told to go on often say the last
 * words again, or open the code block anew that is still open. `add` takes the continuation as it comes and gives what is
 * new of it; `end` gives what was still held back.
 */
export interface Seam {
  add(text: string): string;
  end(): string;
}

/** How much of the end is compared, and the fewest characters that count as said again: fewer may well be meant. */
const window = 600;
const fewest = 6;

export function createSeam(before: string): Seam {
  const tail = before.slice(-window);
  let fenceMayRepeat = isInFence(before);
  let held = '';
  let joined = false;

  /** Whether what has come may still turn out to be the end said again, or to begin with a fence line. */
  function mayRepeat(): boolean {
    if (fenceMayRepeat) {
      if (/^\s*(`{0,2}|`{3,}[^\n]*)$/.test(held)) return true;
      fenceMayRepeat = false;
      // With a language it opens a block, without one it closes the one that is open.
      held = held.replace(/^\s*`{3,}[ \t]*[^\s`][^\n]*\n/, '');
    }
    return held.length < tail.length && tail.includes(held);
  }

  function release(): string {
    joined = true;
    return held.slice(overlap(tail, held));
  }

  return {
    add(text) {
      if (joined) return text;
      held += text;
      return mayRepeat() ? '' : release();
    },
    end: () => (joined ? '' : release()),
  };
}

/** The length of the longest beginning of `text` that `tail` ends with; 0 when it is too short to be no accident. */
function overlap(tail: string, text: string): number {
  for (let length = Math.min(tail.length, text.length); length >= fewest; length -= 1) {
    if (tail.endsWith(text.slice(0, length))) return length;
  }
  return 0;
}

function isInFence(text: string): boolean {
  return (text.match(/^ {0,3}`{3,}/gm)?.length ?? 0) % 2 === 1;
}
