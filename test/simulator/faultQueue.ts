import type { ChatRequest } from './chat.ts';
import { currentTurn, textOf } from './chat.ts';
import { marksIn } from './directives.ts';
import { checkFault, parseFault, type Fault } from './faults.ts';
import { isObject } from './json.ts';

/** Which requests a queued fault waits for; every field given has to fit. Without `path` only chat completions are meant. */
export interface FaultMatch {
  readonly service?: string;
  /** A part of the path. */
  readonly path?: string;
  /** A part of the raw body. */
  readonly body?: string;
  readonly stream?: boolean;
}

/** Faults for one request, or for every request that fits when `repeat` is true. */
export interface QueuedFaults {
  readonly match?: FaultMatch;
  readonly repeat?: boolean;
  readonly faults: readonly Fault[];
}

/** A request as the queue sees it. */
export interface FaultTarget {
  readonly service: string;
  readonly path: string;
  readonly text: string;
  readonly stream: boolean;
}

/** Faults asked for ahead of requests; each entry is used once, by the first request that fits. */
export interface FaultQueue {
  /** A single fault, with `match` and `repeat` beside its arguments, or several for one request. Throws a RangeError. */
  readonly push: (...entries: readonly (QueuedFaults | (Fault & Omit<QueuedFaults, 'faults'>))[]) => void;
  readonly clear: () => void;
  readonly pending: () => number;
  readonly take: (target: FaultTarget) => readonly Fault[];
}

function fits(match: FaultMatch | undefined, target: FaultTarget): boolean {
  if (match?.path === undefined ? !target.path.endsWith('/chat/completions') : !target.path.includes(match.path)) return false;
  if (match?.service !== undefined && match.service !== target.service) return false;
  if (match?.body !== undefined && !target.text.includes(match.body)) return false;
  return match?.stream === undefined || match.stream === target.stream;
}

/** Checks an entry that came from outside; throws a RangeError. */
export function checkEntry(value: unknown): QueuedFaults {
  if (!isObject(value)) throw new RangeError('An entry is an object.');
  const { match, repeat, faults, ...single } = value;
  const list = Array.isArray(faults) ? faults.map(checkFault) : [checkFault(single)];
  return { faults: list, repeat: repeat === true, ...(isObject(match) ? { match } : {}) };
}

/** An empty queue. */
export function createFaultQueue(): FaultQueue {
  let entries: QueuedFaults[] = [];
  return {
    push(...added) {
      entries.push(...added.map(checkEntry));
    },
    clear() {
      entries = [];
    },
    pending: () => entries.length,
    take(target) {
      const entry = entries.find((candidate) => fits(candidate.match, target));
      if (entry === undefined) return [];
      if (entry.repeat !== true) entries = entries.filter((candidate) => candidate !== entry);
      return entry.faults;
    },
  };
}

/**
 * Faults that the last user message asks for: `[[fault: cut 500]]` for every request of its turn, `[[fault once: …]]` for
 * the first request with these messages, so that a retry gets through. Throws a RangeError.
 */
export function faultsInMessages(request: ChatRequest, seen: Set<string>): readonly Fault[] {
  const text = textOf(currentTurn(request.messages).user);
  const always = marksIn(text, 'fault').map(parseFault);
  const once = marksIn(text, 'fault once').map(parseFault);
  if (once.length === 0) return always;
  const key = JSON.stringify(request.messages);
  if (seen.has(key)) return always;
  seen.add(key);
  return [...always, ...once];
}
