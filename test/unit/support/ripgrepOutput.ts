/** A line as ripgrep prints it: a record of this type. */
export function record(type: string, data: object): Buffer {
  return Buffer.from(`${JSON.stringify({ type, data })}\n`);
}

/** What a record says of a line that matches. */
export function lineOf(text: string, more: object = {}): object {
  return { path: { text: './a.ts' }, lines: { text }, line_number: 3, absolute_offset: 0, submatches: [{ match: { text: 'x' }, start: 0, end: 1 }], ...more };
}
