import { isObject } from './json.ts';
import { refusalReasons } from './refusal.ts';

type Slot = { readonly name: string; readonly type: 'number' | 'string'; readonly optional?: true };

/**
 * Every fault with its arguments in the order a directive gives them: `[[fault: cut 500]]` is `{ kind: 'cut', at: 500 }`.
 * Bytes are counted in the body, before chunked encoding.
 */
export const faultKinds = {
  /** Waits before the headers. */
  delay: [{ name: 'milliseconds', type: 'number' }],
  /** Sends headers, then comments (stream) or blank lines (JSON) for a while, then the answer (docs/servers.md §2.5). */
  'keep-alive': [{ name: 'milliseconds', type: 'number' }, { name: 'everyMs', type: 'number', optional: true }],
  /** Sends `at` bytes and destroys the socket. */
  cut: [{ name: 'at', type: 'number' }],
  /** Sends `at` bytes and ends the body as if it were whole. */
  end: [{ name: 'at', type: 'number' }],
  /** Sends `at` bytes, then nothing (or only comments), and keeps the connection open. */
  stall: [{ name: 'at', type: 'number' }, { name: 'keepAliveEveryMs', type: 'number', optional: true }],
  /** Any status with any body; `headers` only in an object, not in a directive. */
  answer: [{ name: 'status', type: 'number' }, { name: 'body', type: 'string', optional: true }],
  /** A proxy's sign-in page, with status 200 unless another is given. */
  html: [{ name: 'status', type: 'number', optional: true }],
  /** One JSON object although a stream was asked for. */
  'json-answer': [],
  /** One event of about 2 MB (or `bytes`) in a single line, in the middle of the stream. */
  'huge-line': [{ name: 'bytes', type: 'number', optional: true }],
  redirect: [{ name: 'location', type: 'string' }, { name: 'status', type: 'number', optional: true }],
  /** Writes the body in pieces of `size` bytes. */
  split: [{ name: 'size', type: 'number' }],
  crlf: [],
  'no-last-blank-line': [],
  'no-done': [],
  'no-finish-reason': [],
  /** Another finish reason than the true one, such as insufficient_system_resource. */
  'finish-reason': [{ name: 'value', type: 'string' }],
  /** An error object as an event after `after` chunks, then the end (docs/servers.md §4, vLLM). */
  'error-event': [{ name: 'after', type: 'number' }],
  /** JSON lines without `data:`, as on the iFlow page. */
  'bare-lines': [],
  /** Destroys the socket before any header. */
  reset: [],
  /** Refuses in the service's own dialect, for one of the reasons of refusal.ts. */
  refuse: [{ name: 'reason', type: 'string' }],
  /** Refuses this request's model as unknown. */
  retired: [],
} as const satisfies Readonly<Record<string, readonly Slot[]>>;

/** The name of a fault. */
export type FaultKind = keyof typeof faultKinds;

/** Something that goes wrong on purpose with one answer; which arguments it has is in `faultKinds`. */
export interface Fault {
  readonly kind: FaultKind;
  readonly milliseconds?: number;
  readonly everyMs?: number;
  readonly at?: number;
  readonly keepAliveEveryMs?: number;
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bytes?: number;
  readonly location?: string;
  readonly size?: number;
  readonly value?: string;
  readonly after?: number;
  readonly reason?: string;
}

/** Checks a fault that came from outside; throws a RangeError that says what is wrong. */
export function checkFault(value: unknown): Fault {
  if (!isObject(value) || typeof value['kind'] !== 'string') throw new RangeError('A fault is an object with a kind.');
  const kind = value['kind'];
  if (!Object.hasOwn(faultKinds, kind)) throw new RangeError(`There is no fault ${kind}; there are ${Object.keys(faultKinds).join(', ')}.`);
  for (const slot of faultKinds[kind as FaultKind] as readonly Slot[]) {
    const given = value[slot.name];
    if (given === undefined && slot.optional) continue;
    if (typeof given !== slot.type) throw new RangeError(`The fault ${kind} needs ${slot.name}, a ${slot.type}.`);
  }
  if (kind === 'refuse' && !refusalReasons.some((reason) => reason === value['reason'])) {
    throw new RangeError(`The fault refuse needs one of ${refusalReasons.join(', ')}.`);
  }
  return value as unknown as Fault;
}

/** Reads a fault from a directive; the last text argument takes the rest of the line. Throws a RangeError. */
export function parseFault(text: string): Fault {
  const [kind = '', ...words] = text.trim().split(/\s+/);
  const fault: Record<string, unknown> = { kind };
  const slots: readonly Slot[] = Object.hasOwn(faultKinds, kind) ? faultKinds[kind as FaultKind] : [];
  for (const [index, slot] of slots.entries()) {
    const word = words[index];
    if (word === undefined) break;
    if (slot.name === 'body') fault['body'] = text.trim().replace(/^\S+\s+\S+\s+/, '');
    else fault[slot.name] = slot.type === 'number' ? Number(word) : word;
  }
  return checkFault(fault);
}
