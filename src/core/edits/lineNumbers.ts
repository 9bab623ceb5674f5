const numbered = /^\s{0,20}(\d{1,8})\t/;

/**
 * Without the line numbers that `read_file` puts in front of each line, where every line has one and they count up by
 * one; undefined otherwise. A line end at the end of the text is no further line.
 */
export function withoutLineNumbers(text: string): string | undefined {
  const lines = text.split('\n');
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  const numbers = lines.slice(0, count).map((line) => Number(numbered.exec(line)?.[1] ?? Number.NaN));
  const first = numbers[0];
  if (first === undefined || !numbers.every((number, index) => number === first + index)) return undefined;
  return lines.map((line) => line.replace(numbered, '')).join('\n');
}

/** Whether any line looks like one of `read_file`, with its number. */
export function hasLineNumbers(text: string): boolean {
  return text.split('\n').some((line) => numbered.test(line));
}
