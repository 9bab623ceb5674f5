import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const files: Readonly<Record<string, string>> = {
  'README.md': `# Tide times

A small program to try Rivulet on. Ask it, for example:

- What does src/tides.ts do?
- Read tools/report.py and say what is wrong with it.

Or put the cursor into a function, open the context menu and choose “Explain” or “Refactor…” under “Rivulet”.
`,
  'src/tides.ts': `/** One high or low water. */
export interface Tide {
  readonly at: Date;
  readonly metres: number;
}

/** The highest tide of the list; undefined when the list is empty. */
export function highest(tides: readonly Tide[]): Tide | undefined {
  return tides.reduce<Tide | undefined>((best, tide) => (best && best.metres >= tide.metres ? best : tide), undefined);
}

/** Interpolates the water level at a moment between two tides (rule of twelfths, smoothed). */
export function levelAt(moment: Date, before: Tide, after: Tide): number {
  const span = after.at.getTime() - before.at.getTime();
  const phase = ((moment.getTime() - before.at.getTime()) / span) * Math.PI;
  return before.metres + ((after.metres - before.metres) * (1 - Math.cos(phase))) / 2;
}
`,
  'src/main.ts': `import { highest, type Tide } from './tides';

const tides: Tide[] = [
  { at: new Date('2026-05-01T04:12:00Z'), metres: 3.9 },
  { at: new Date('2026-05-01T10:31:00Z'), metres: 0.6 },
  { at: new Date('2026-05-01T16:40:00Z'), metres: 4.1 },
];

console.log('Highest water:', highest(tides)?.metres, 'm');
`,
  'tools/report.py': `"""Prints the mean of a list of water levels."""
import sys


def mean(levels: list[float]) -> float:
    # Fails on an empty list: a good question to ask Rivulet about.
    return sum(levels) / len(levels)


if __name__ == "__main__":
    print(f"{mean([float(level) for level in sys.argv[1:]]):.2f} m")
`,
};

/** Writes the sample folder's files where they are missing; what a person changed there stays. */
export async function writeSample(folder: string): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    if (existsSync(path)) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
