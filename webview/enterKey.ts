/** What the composer must know of a key press to decide what it means. */
export interface KeyPress {
  readonly key: string;
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  /** Milliseconds, on the same clock as the composition's end. */
  readonly timeStamp: number;
}

/** Where an input method is with its composition. Times are milliseconds on the events' clock. */
export interface Composition {
  readonly active: boolean;
  /** When the last composition ended; undefined once a key came up after it. */
  readonly endedAt: number | undefined;
}

/** What a key press means to the composer; `leave` lets the browser do what it does. */
export type KeyMeaning = 'send' | 'stop' | 'leave';

/** No composition has happened yet. */
export const noComposition: Composition = { active: false, endedAt: undefined };

// WebKit, and Chromium with several Chinese input methods, end the composition first and only then tell of the Enter that
// confirmed the candidate: a plain Enter by every flag it carries. Its key-up has not come yet, and it follows within a
// few milliseconds; nobody presses Enter again that fast. 100 ms is what a slow machine needs between the two events.
const confirmingEnterMs = 100;

/** Tells what a key press in the composer means. */
export function meaningOf(press: KeyPress, composition: Composition): KeyMeaning {
  if (belongsToInputMethod(press, composition)) return 'leave';
  if (press.key === 'Escape') return 'stop';
  if (press.key !== 'Enter') return 'leave';
  return press.shiftKey || press.ctrlKey || press.altKey || press.metaKey ? 'leave' : 'send';
}

/** Whether an input method has the key press, so that nothing else may act on it. */
export function belongsToInputMethod(press: KeyPress, composition: Composition): boolean {
  // 229 is how browsers say "the input method has this key", also where `isComposing` is already false again.
  if (press.isComposing || press.keyCode === 229 || composition.active) return true;
  return composition.endedAt !== undefined && press.timeStamp - composition.endedAt < confirmingEnterMs;
}
