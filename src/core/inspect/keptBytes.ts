/** The bytes of an answer with the times at which they came: all of a small one, of a large one its beginning and its end. */
export interface KeptBytes {
  add(at: number, bytes: Uint8Array): void;
  /** One stretch, or two with `missing` bytes between them. */
  read(): { readonly stretches: readonly Stretch[]; readonly missing: number };
}

/** Bytes that stood side by side on the wire. */
export interface Stretch {
  readonly bytes: Uint8Array;
  /** When the byte at this place of the stretch came, in milliseconds since the epoch. */
  timeAt(index: number): number;
}

/** Up to `end`, counted from the answer's first byte, everything had come by `at`. */
interface Mark {
  readonly end: number;
  readonly at: number;
}

/** Keeps at most `limit` bytes, half of them from the beginning and half from the end. What is handed over is copied. */
export function createKeptBytes(limit: number): KeptBytes {
  const half = Math.floor(limit / 2);
  let head = new Uint8Array(Math.min(half, 16_384));
  let headLength = 0;
  /** Where the byte of place n stands is n modulo its size; made only for answers that need it. */
  let ring: Uint8Array | undefined;
  let total = 0;
  let marks: Mark[] = [];

  function addToHead(bytes: Uint8Array): number {
    const taken = Math.min(bytes.length, half - headLength);
    if (headLength + taken > head.length) {
      const larger = new Uint8Array(Math.min(half, Math.max(headLength + taken, head.length * 2)));
      larger.set(head.subarray(0, headLength));
      head = larger;
    }
    head.set(bytes.subarray(0, taken), headLength);
    headLength += taken;
    return taken;
  }

  function addToRing(bytes: Uint8Array, start: number): void {
    ring ??= new Uint8Array(half);
    const skipped = Math.max(0, bytes.length - half);
    const kept = bytes.subarray(skipped);
    const place = (start + skipped) % half;
    const first = Math.min(kept.length, half - place);
    ring.set(kept.subarray(0, first), place);
    ring.set(kept.subarray(first), 0);
  }

  function mark(at: number): void {
    const last = marks.at(-1);
    if (last?.at === at) marks[marks.length - 1] = { end: total, at };
    else marks.push({ end: total, at });
    // Times of bytes that have gone; not looked at each time, or a stream of single bytes would cost its square.
    if (marks.length > 65_536 && marks.length % 4096 === 0) marks = marks.filter(({ end }) => end <= half || end > total - half);
  }

  function stretch(bytes: Uint8Array, start: number): Stretch {
    return { bytes, timeAt: (index) => timeOf(marks, start + index) };
  }

  return {
    add(at, bytes) {
      if (bytes.length === 0) return;
      const taken = addToHead(bytes);
      if (taken < bytes.length) addToRing(bytes.subarray(taken), total + taken);
      total += bytes.length;
      mark(at);
    },
    read() {
      const first = stretch(head.slice(0, headLength), 0);
      if (ring === undefined) return { stretches: [first], missing: 0 };
      const start = Math.max(headLength, total - half);
      const last = Uint8Array.from({ length: total - start }, (_, index) => ring?.[(start + index) % half] ?? 0);
      if (start > headLength) return { stretches: [first, stretch(last, start)], missing: start - headLength };
      const whole = new Uint8Array(total);
      whole.set(first.bytes);
      whole.set(last, headLength);
      return { stretches: [stretch(whole, 0)], missing: 0 };
    },
  };
}

/** The first mark behind the place, found by halving: an answer has thousands. */
function timeOf(marks: readonly Mark[], place: number): number {
  let low = 0;
  let high = marks.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.end ?? 0) > place) high = middle;
    else low = middle + 1;
  }
  return marks[low]?.at ?? 0;
}
