import type { CompletionEvent } from '../completions/completion.ts';

/** The events of a continuation without the words of `before` that it says again. */
export async function* seamless(events: AsyncIterable<CompletionEvent>, before: string): AsyncGenerator<CompletionEvent> {
  const seam = createSeam(before);
  const pieces: string[] = [];
  const raw: string[] = [];
  function* fresh(text: string): Generator<CompletionEvent> {
    if (text === '') return;
    pieces.push(text);
    yield { type: 'text-delta', text };
  }
  try {
    for await (const event of events) {
      if (event.type === 'text-delta') {
        raw.push(event.text);
        yield* fresh(seam.add(event.text));
      } else if (event.type === 'end') {
        yield* fresh(seam.end());
        // A message that is not what has streamed was put right by the engine, and is left alone.
        yield event.message.text === raw.join('') ? { ...event, message: Object.freeze({ ...event.message, text: pieces.join('') }) } : event;
      } else {
        if (event.type === 'call-delta' || event.type === 'leaked-call-delta') yield* fresh(seam.end());
        if (event.type === 'leaked-call-delta') {
          raw.push(event.text);
          pieces.push(event.text);
        }
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
 * new of it; `end` gives what was still held back. In doubt everything stays: words twice are better than words lost.
 */
export interface Seam {
  add(text: string): string;
  end(): string;
}

/** How much of the end is compared. */
const window = 600;

export function createSeam(before: string): Seam {
  const tail = before.slice(-window);
  let opening = openFence(before);
  let held = '';
  let joined = false;

  /** Whether what has come may still turn out to be the open block opened again, or the end said again. */
  function mayRepeat(): boolean {
    if (opening !== undefined) {
      const line = `${opening}\n`;
      if (held.length < line.length && line.startsWith(held)) return true;
      if (held.startsWith(line)) held = held.slice(line.length);
      opening = undefined;
    }
    return held.length < tail.length && tail.includes(held);
  }

  function release(): string {
    joined = true;
    return held.slice(repeated(tail, held));
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

/** The length of the longest beginning of `text` that says the end of `tail` again; 0 when there is none that is surely no accident. */
function repeated(tail: string, text: string): number {
  for (let length = Math.min(tail.length, text.length); length > 0; length -= 1) {
    const words = text.slice(0, length);
    if (tail.endsWith(words) && isNoAccident(tail.slice(0, tail.length - length), words)) return length;
  }
  return 0;
}

/** Letters and digits that must be the same: fewer where a whole line begins anew, as models like to. */
const enough = { fromLineStart: 6, anywhere: 10 } as const;

function isNoAccident(before: string, words: string): boolean {
  // A Chinese character says as much as two letters.
  const weight = (words.match(/[\p{L}\p{N}]/gu) ?? []).reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : 1), 0);
  const fromLineStart = before === '' || before.endsWith('\n');
  if (weight < (fromLineStart ? enough.fromLineStart : enough.anywhere)) return false;
  // Rows of the same, in data or in code, go on being the same.
  return !isPeriodic(words) && !before.endsWith(words);
}

function isPeriodic(words: string): boolean {
  const again = `${words}${words}`.indexOf(words, 1);
  // A piece of a row need not end where the row's period does.
  for (let period = 1; period <= words.length / 2; period += 1) {
    if (words.startsWith(words.slice(period))) return true;
  }
  return again < words.length;
}

/** The line that opened the code block in which the text ends; undefined when it ends outside of one. */
function openFence(text: string): string | undefined {
  let open: { readonly line: string; readonly marks: string } | undefined;
  for (const [line, marks = '', info = ''] of text.matchAll(/^ {0,3}(`{3,}|~{3,})([^\n]*)$/gm)) {
    if (open === undefined) open = { line: line.trim(), marks };
    else if (marks.startsWith(open.marks) && info.trim() === '') open = undefined;
  }
  return open?.line;
}
