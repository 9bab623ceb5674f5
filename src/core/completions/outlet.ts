import type { CallDelta, CompletionEvent } from './completion.ts';
import type { TextBuffer } from './textBuffer.ts';

/** Where the deltas of one piece of the body are gathered: neighbours of one kind become one event. */
export interface Outlet {
  /** What has been said is added to `into` when it goes out. */
  put(type: TextDelta['type'], text: string, into: TextBuffer): void;
  call(delta: CallDelta): void;
  event(event: CompletionEvent): void;
  /** Ends the event that is being gathered. */
  close(): void;
  /** What has come since the last time. */
  take(): readonly CompletionEvent[];
}

type TextDelta = Extract<CompletionEvent, { type: 'text-delta' | 'reasoning-delta' | 'leaked-call-delta' }>;

export function createOutlet(): Outlet {
  let events: CompletionEvent[] = [];
  let type: TextDelta['type'] | undefined;
  let open: CallDelta | undefined;
  let buffer: TextBuffer | undefined;
  let pieces: string[] = [];

  function close(): void {
    if (pieces.length > 0) {
      const text = pieces.length === 1 ? (pieces[0] ?? '') : pieces.join('');
      if (open !== undefined) events.push({ ...open, arguments: text });
      else if (type !== undefined) {
        events.push({ type, text });
        buffer?.add(text);
      }
      pieces = [];
    }
    type = undefined;
    open = undefined;
  }

  return {
    close,
    put(next, text, into) {
      if (text === '') return;
      if (type !== next) {
        close();
        type = next;
        buffer = into;
      }
      pieces.push(text);
    },
    call(delta) {
      if (open?.index !== delta.index) close();
      open = delta;
      pieces.push(delta.arguments);
    },
    event(event) {
      close();
      events.push(event);
    },
    take() {
      close();
      if (events.length === 0) return events;
      const taken = events;
      events = [];
      return taken;
    },
  };
}

/** Where nobody listens: words are only kept. */
export const nowhere: Outlet = {
  put: (_, text, into) => into.add(text),
  call: () => undefined,
  event: () => undefined,
  close: () => undefined,
  take: () => [],
};
