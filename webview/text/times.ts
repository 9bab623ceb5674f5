/** Units of time in milliseconds, with how many of each one begins to speak of the next. */
const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number, number])[] = [
  ['minute', 60_000, 60],
  ['hour', 3_600_000, 24],
  ['day', 86_400_000, 7],
];

/** When something was, in the person's language: `5 min ago`, `yesterday`, after a week the date. Both in milliseconds since the epoch. */
export function timeAgo(then: number, now: number): string {
  const language = document.documentElement.lang || undefined;
  // The host's clock may be that of another machine.
  const passed = Math.max(0, now - then);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  if (passed < 60_000) return relative.format(0, 'second');
  for (const [unit, length, most] of units) {
    const count = Math.floor(passed / length);
    if (count < most) return relative.format(-count, unit);
  }
  const isThisYear = new Date(then).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', ...(!isThisYear && { year: 'numeric' }) }).format(then);
}
