/** Writes one line to the error stream with the seconds since `since`, so that results on the output stream stay clean. */
export function say(text: string, since?: number): void {
  process.stderr.write(since === undefined ? `${text}\n` : `${text} (${seconds(since)} s)\n`);
}

/** Runs a step with a line before and, with the time it took, after it. */
export async function step<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
  const since = performance.now();
  say(`  ${title} …`);
  const reminder = setInterval(() => say(`  ${title}: still at it`, since), 15_000);
  try {
    const result = await work();
    say(`  ${title}: done`, since);
    return result;
  } finally {
    clearInterval(reminder);
  }
}

/** Seconds since `since` (of `performance.now()`), with one digit after the point. */
export function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
