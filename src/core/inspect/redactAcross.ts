import { parseJson } from '../json.ts';

/** A string within the JSON of an event. */
interface Leaf {
  readonly line: number;
  readonly path: readonly string[];
  text: string;
}

/** As many characters of a key tell it from ordinary words; see redact.ts, which does the same with one text. */
const telling = 12;

/**
 * The lines of a stream without a key that stands in pieces in several of them, as it does when a model says it token by
 * token: strings at the same place of one event after the other are read as one text. Lines without such a key stay as
 * they are, byte for byte.
 */
export function redactAcross(lines: readonly string[], key: string | undefined): readonly string[] {
  if (key === undefined || key.length < telling) return lines;
  const events = lines.map(readEvent);
  const leaves = Map.groupBy(
    events.flatMap((event, line) => (event === undefined ? [] : leavesOf(event.value, line, []))),
    ({ path }) => path.join('\0'),
  );
  const touched = [...leaves.values()].flatMap((group) => blotOut(group, key));
  if (touched.length === 0) return lines;
  for (const { line, path, text } of touched) {
    const event = events[line];
    if (event !== undefined) event.value = withText(event.value, path, text);
  }
  const changed = new Set(touched.map(({ line }) => line));
  return lines.map((text, line) => {
    const event = events[line];
    return event !== undefined && changed.has(line) ? event.prefix + JSON.stringify(event.value) : text;
  });
}

function readEvent(line: string): { readonly prefix: string; value: unknown } | undefined {
  const prefix = /^(?:data:)?\s*/.exec(line)?.[0] ?? '';
  const value = parseJson(line.slice(prefix.length));
  return typeof value === 'object' && value !== null ? { prefix, value } : undefined;
}

function leavesOf(value: unknown, line: number, path: readonly string[]): Leaf[] {
  if (typeof value === 'string') return value === '' ? [] : [{ line, path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, line, [...path, name]));
}

/** Takes the key out of the leaves, which follow one another, and returns those that it stood in. */
function blotOut(group: readonly Leaf[], key: string): readonly Leaf[] {
  const whole = group.map(({ text }) => text).join('');
  const start = key.slice(0, telling);
  const spans: { readonly from: number; readonly to: number }[] = [];
  for (let from = whole.indexOf(start); from !== -1; from = whole.indexOf(start, spans.at(-1)?.to ?? 0)) {
    let to = from + telling;
    while (to - from < key.length && whole[to] === key[to - from]) to += 1;
    spans.push({ from, to });
  }
  const touched: Leaf[] = [];
  let place = 0;
  for (const leaf of group) {
    const [begin, end] = [place, place + leaf.text.length];
    place = end;
    const inside = spans.filter(({ from, to }) => from < end && to > begin);
    if (inside.length === 0) continue;
    let rest = '';
    let at = begin;
    for (const { from, to } of inside) {
      rest += whole.slice(at, Math.max(at, from)) + (from >= begin ? '[key]' : '');
      at = Math.min(end, to);
    }
    leaf.text = rest + whole.slice(at, end);
    touched.push(leaf);
  }
  return touched;
}

function withText(value: unknown, path: readonly string[], text: string): unknown {
  const [name, ...rest] = path;
  if (name === undefined || typeof value !== 'object' || value === null) return text;
  const replace = (own: string, member: unknown): unknown => (own === name ? withText(member, rest, text) : member);
  if (Array.isArray(value)) return value.map((member: unknown, index) => replace(String(index), member));
  return Object.fromEntries(Object.entries(value).map(([own, member]) => [own, replace(own, member)]));
}
