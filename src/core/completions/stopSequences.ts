import { suffixThatBegins } from './thinkTags.ts';

/** Takes the stop sequence from the end of an answer whose service leaves it in (jiekou.ai, docs/servers.md §3). */
export interface StopSequences {
  add(content: string): void;
  /**
   * The answer has ended; `stopped`: on its own terms, so that a sequence at its very end is the one that ended it. Says
   * whether there was one.
   */
  end(options: { readonly stopped: boolean }): boolean;
}

/** The end of the content is held back for as long as it is, or may become, one of the sequences. */
export function createStopSequences(sequences: readonly string[], sink: (content: string) => void): StopSequences {
  const known = sequences.filter((sequence) => sequence !== '');
  let held = '';
  return {
    add(content) {
      held += content;
      const keep = Math.max(0, ...known.map((sequence) => (held.endsWith(sequence) ? sequence.length : suffixThatBegins(held, sequence))));
      const ready = held.slice(0, held.length - keep);
      held = held.slice(held.length - keep);
      if (ready !== '') sink(ready);
    },
    end({ stopped }) {
      const last = stopped ? Math.max(0, ...known.map((sequence) => (held.endsWith(sequence) ? sequence.length : 0))) : 0;
      if (held.length > last) sink(held.slice(0, held.length - last));
      held = '';
      return last > 0;
    },
  };
}
