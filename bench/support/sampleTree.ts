import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What was made: `common` occurs in every tenth file, `rare` in one of them. */
export interface SampleTree {
  readonly files: number;
  readonly bytes: number;
}

/** Makes a tree of source files, 50 in a folder, some of them ignored; the same each time. */
export async function makeSampleTree(root: string, files: number): Promise<SampleTree> {
  let bytes = 0;
  for (let from = 0; from < files; from += 50) {
    const folder = join(root, `packages/part${Math.floor(from / 1000)}/${from % 2000 === 0 ? 'build' : 'src'}/section${from / 50}`);
    await mkdir(folder, { recursive: true });
    await Promise.all(
      Array.from({ length: Math.min(50, files - from) }, async (_, index) => {
        const text = sourceText(from + index);
        bytes += text.length;
        await writeFile(join(folder, `component${from + index}.ts`), text);
      }),
    );
  }
  await writeFile(join(root, '.gitignore'), 'build/\n*.log\n');
  await writeFile(join(root, '.env'), 'KEY=needle\n');
  return { files: files + 2, bytes };
}

function sourceText(number: number): string {
  const lines = Array.from({ length: 20 + (number % 40) }, (_, line) => `export const value${number}_${line} = compute(${line}, 'a line of some words', settings[${number % 7}]);`);
  if (number % 10 === 3) lines.splice(7, 0, 'const common = needle;');
  if (number === 31_415 || number === 713) lines.push("throw new Error('rareHaystackNeedle');");
  return `${lines.join('\n')}\n`;
}
