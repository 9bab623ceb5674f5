import { isDeeper, parseJson } from '../json.ts';

/** A string within the JSON of an event, and where it hangs. */
interface Leaf {
  readonly line: number;
  readonly holder: object;
  readonly name: string;
  readonly text: string;
}

/** A place in the events: strings that stood there, and the places below it. */
interface Place {
  leaves?: Leaf[];
  below?: Map<string, Place>;
}

/** As many characters of a key tell it from ordinary words; see redact.ts, which does the same with one text. */
const telling = 12;

/** No service nests deeper; a line that does is left as it is, for the key has been taken out of it as text. */
const deepest = 64;

/**
 * The lines of a stream without a key that stands in pieces in several of them, as it does when a model says it token by
 * token: strings at the same place of one event after the other are read as one text. Lines without such a key stay as
 * they are, byte for byte.
 */
export function redactAcross(lines: readonly string[], key: string | undefined): readonly string[] {
  if (key === undefined || key.length < telling) return lines;
  const root: Place = {};
  const places: Place[] = [];
  const events = lines.map(readEvent);
  events.forEach((event, line) => event && collect(event.value, { line, place: root, places }));
  const changed = new Set<number>();
  for (const { leaves = [] } of places) {
    for (const { leaf, text } of withoutKey(leaves, key)) {
      // Not by assignment, to which a member named __proto__ is another thing.
      Object.defineProperty(leaf.holder, leaf.name, { value: text, enumerable: true, configurable: true, writable: true });
      changed.add(leaf.line);
    }
  }
  return lines.map((text, line) => {
    const event = events[line];
    return event !== undefined && changed.has(line) ? event.prefix + JSON.stringify(event.value) : text;
  });
}

function readEvent(line: string): { readonly prefix: string; readonly value: object } | undefined {
  const prefix = /^(?:data:)?\s*/.exec(line)?.[0] ?? '';
  const value = parseJson(line.slice(prefix.length));
  return typeof value === 'object' && value !== null && !isDeeper(value, deepest) ? { prefix, value } : undefined;
}

/** Hangs the strings of an event at their places, and notes each place with a first string. */
function collect(holder: object, { line, place, places }: { readonly line: number; readonly place: Place; readonly places: Place[] }): void {
  for (const [name, member] of Object.entries(holder) as [string, unknown][]) {
    if (member === '' || (typeof member !== 'string' && (typeof member !== 'object' || member === null))) continue;
    place.below ??= new Map();
    let own = place.below.get(name);
    if (own === undefined) place.below.set(name, (own = {}));
    if (typeof member !== 'string') {
      collect(member, { line, place: own, places });
      continue;
    }
    if (own.leaves === undefined) places.push(own);
    (own.leaves ??= []).push({ line, holder, name, text: member });
  }
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Those of the leaves, which follow one another, that the key stands in, with what is left of them. */
function withoutKey(leaves: readonly Leaf[], key: string): readonly { readonly leaf: Leaf; readonly text: string }[] {
  const whole = leaves.map(({ text }) => text).join('');
  const spans = spansOf(whole, key);
  const touched: { readonly leaf: Leaf; readonly text: string }[] = [];
  let next = 0;
  let end = 0;
  for (const leaf of leaves) {
    const begin = end;
    end += leaf.text.length;
    let rest = '';
    let at = begin;
    for (let span = spans[next]; span !== undefined && span.from < end; span = spans[next]) {
      rest += whole.slice(at, Math.max(at, span.from)) + (span.from >= begin ? '[key]' : '');
      at = Math.min(end, span.to);
      // One that goes on is looked at again with the next leaf.
      if (span.to > end) break;
      next += 1;
    }
    if (at !== begin) touched.push({ leaf, text: rest + whole.slice(at, end) });
  }
  return touched;
}

function spansOf(whole: string, key: string): readonly Span[] {
  const start = key.slice(0, telling);
  const spans: Span[] = [];
  for (let from = whole.indexOf(start); from !== -1; from = whole.indexOf(start, spans.at(-1)?.to)) {
    let to = from + telling;
    while (to - from < key.length && whole[to] === key[to - from]) to += 1;
    spans.push({ from, to });
  }
  return spans;
}
