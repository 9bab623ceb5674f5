import type { Clock } from '../ports.ts';
import { entryLine, headerLine, joined, type DatedEntry } from './journal.ts';
import type { JournalEntry } from './keeper.ts';
import type { Outbox } from './outbox.ts';
import { journalFile, journalSegment, turnFile } from './paths.ts';
import type { Timers } from './timers.ts';

/** Keeps the journal of a chat's running turn: what is noted is with the storage a tenth of a second later at most. */
export interface JournalWriter {
  begin(turnId: string): void;
  note(entry: JournalEntry): void;
  /** Hands over what has been noted since. */
  flush(): void;
  /** The turn has been kept whole: its journal goes. */
  end(): void;
  /** The turn goes on in another chat, with everything that has been noted of it; the journal that was begun is left to whom it belongs. */
  moveTo(chatId: string): void;
}

export interface JournalOptions {
  readonly chatId: string;
  readonly outbox: Outbox;
  readonly canAppend: boolean;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Milliseconds for which what is noted may wait: the promise is to lose half a second at most. */
export const flushMs = 100;

/** Characters of a part of the journal, where it has to be written whole each time. */
const longestPart = 64 * 1024;

export function createJournalWriter({ chatId: first, outbox, canAppend, clock, timers }: JournalOptions): JournalWriter {
  let chatId = first;
  let turn: string | undefined;
  let noted: DatedEntry[] = [];
  let lineCount = 0;
  let waiting: DatedEntry[] = [];
  let stopTimer: (() => void) | undefined;
  /** Where nothing can be appended: the number of the part that is being written, and what it holds. */
  let [part, text] = [0, ''];

  function flush(): void {
    stopTimer?.();
    stopTimer = undefined;
    const lines = waiting.map((entry) => entryLine(entry, (lineCount += 1))).join('');
    waiting = [];
    if (lines !== '') put(lines);
  }

  function put(lines: string): void {
    if (canAppend) return outbox.append(journalFile(chatId), lines);
    if (text.length > longestPart) [part, text] = [part + 1, ''];
    text += lines;
    const whole = text;
    outbox.write(journalSegment(chatId, part), () => new TextEncoder().encode(whole));
  }

  function forget(): void {
    // While its turn cannot be written the journal is all that there is of it.
    const after = turn === undefined ? [] : [turnFile(chatId, turn)];
    if (canAppend) outbox.remove(journalFile(chatId), after);
    else for (let number = 0; number <= part; number += 1) outbox.remove(journalSegment(chatId, number), after);
    reset();
  }

  function reset(): void {
    stopTimer?.();
    stopTimer = undefined;
    [turn, noted, waiting, lineCount, part, text] = [undefined, [], [], 0, 0, ''];
  }

  function begin(turnId: string): void {
    turn = turnId;
    if (canAppend) outbox.write(journalFile(chatId), () => new TextEncoder().encode(headerLine(turnId)));
    else put(headerLine(turnId));
  }

  return {
    flush,
    end: forget,
    begin(turnId) {
      forget();
      begin(turnId);
    },
    moveTo(other) {
      const [turnId, entries] = [turn, noted];
      reset();
      chatId = other;
      if (turnId === undefined) return;
      begin(turnId);
      [noted, waiting] = [entries, [...entries]];
      flush();
    },
    note(entry) {
      const dated = { ...entry, at: clock.now() };
      push(waiting, dated);
      push(noted, dated);
      stopTimer ??= timers.after(flushMs, flush);
    },
  };
}

function push(entries: DatedEntry[], dated: DatedEntry): void {
  const last = entries.at(-1);
  const both = last && joined(last, dated);
  if (both === undefined) entries.push(dated);
  else entries[entries.length - 1] = both;
}
