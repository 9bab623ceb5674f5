import { parseJson } from '../json.ts';

/**
 * The chunks of a stream are the same but for one string each. Once that has been found out, the string is taken from
 * its place and the rest, which has been read before, is only compared: that costs a fraction of parsing it again.
 */
export interface Envelope {
  /** The string of a payload that is otherwise the same as the one learnt from; undefined when it has to be parsed. */
  open(payload: string): string | undefined;
  /** Learns from a payload that has been parsed, and whose only words are `text`, the member `name`, where `find` looks; says whether it could. */
  learn(payload: string, place: StringPlace): boolean;
  /** Whether looking for the place of a string is worth it: in a stream where no two chunks are alike it never is. */
  isWilling(): boolean;
}

export interface StringPlace {
  readonly name: string;
  readonly text: string;
  /** The string in a parsed payload. */
  readonly find: (value: unknown) => unknown;
}

/** V8 copies slices shorter than this; a longer one would keep the whole piece of the body alive. */
const shortSlice = 13;

export function createEnvelope(): Envelope {
  let before: string | undefined;
  let after = '';
  let lessons = 0;
  let rest = 0;
  return {
    open(payload) {
      if (before === undefined) return undefined;
      const from = before.length;
      const to = payload.length - after.length;
      // `startsWith` goes character by character through what is itself a slice; comparing slices does not.
      if (to < from || payload.slice(0, from) !== before || payload.slice(to) !== after) return undefined;
      const inner = payload.slice(from, to);
      const text = inner.length < shortSlice && isPlain(inner) ? inner : parseJson(`"${inner}"`);
      if (typeof text !== 'string') return undefined;
      lessons = 0;
      return text;
    },
    isWilling() {
      if (rest === 0) return true;
      rest -= 1;
      return false;
    },
    learn(payload, { name, text, find }) {
      lessons += 1;
      rest = lessons > 4 ? 2 ** Math.min(lessons, 10) : 0;
      const key = new RegExp(`"${name}" ?: ?"`).exec(payload);
      if (key === null) return false;
      const start = key.index + key[0].length;
      const end = closingQuote(payload, start);
      const [head, tail] = [payload.slice(0, start), payload.slice(end)];
      // The name may stand elsewhere too: only where another string comes out again is it the right place.
      if (parseJson(payload.slice(start - 1, end + 1)) !== text || find(parseJson(`${head}${probe}${tail}`)) !== probe) return false;
      before = head;
      after = tail;
      return true;
    },
  };
}

const probe = 'rivulet-probe';

/** Whether the text stands for itself between the quotes of a JSON string. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 || code === 34 || code === 92) return false;
  }
  return true;
}

function closingQuote(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
