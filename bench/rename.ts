// `npm run bench:rename`: rename_symbol over 1,000 files in a real extension host, from the call to the question, and on to
// the applied edit; and how long a stop takes. Twice: with a rename provider of the bench's own, and with VS Code's own
// TypeScript extension. "longest delay" is how long nothing else could run in the extension host, which holds every
// extension. The promise is 50 ms for each step of ours, and 100 ms for a stop; the step in which VS Code applies the edit
// is to be read beside the rows of VS Code alone (docs/decisions/2026-11-22-one-step-to-undo.md). `-- --json FILE` writes the figures to
// a file; `--files N` and `--only "own provider"` make it shorter.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Row } from './support/eventLoop.ts';
import { runInHost } from './support/inHost.ts';

const { values } = parseArgs({ options: { json: { type: 'string' }, files: { type: 'string', default: '1000' }, only: { type: 'string', default: 'own provider,TypeScript' } } });
const count = Number(values.files);

function filler(comment: string): string {
  return Array.from({ length: 56 }, (_, index) => `${comment} line ${index} of what else a file holds`).join('\n');
}

/** A file uses the name four times among sixty lines, as `words` for the provider of the bench and `ts` for TypeScript. */
async function fill(folder: string): Promise<void> {
  await mkdir(join(folder, 'words'));
  await mkdir(join(folder, 'ts'));
  await writeFile(join(folder, 'ts', 'tsconfig.json'), '{ "compilerOptions": { "strict": true, "target": "es2022", "module": "es2022", "moduleResolution": "bundler", "types": [] }, "include": ["*.ts"] }\n');
  await writeFile(join(folder, 'ts', 'total.ts'), 'export function total(value: number): number {\n  return value;\n}\n');
  for (let index = 1; index < count; index += 1) {
    await writeFile(join(folder, 'ts', `use${index}.ts`), `import { total } from './total';\n${filler('//')}\nexport const a${index} = total(1);\nexport const b${index} = total(2) + total(3);\n`);
  }
  for (let index = 0; index < count; index += 1) await writeFile(join(folder, 'words', `page${index}.words`), `total\n${filler('#')}\ntotal one\ntotal and total\n`);
}

const results = await mkdtemp(join(tmpdir(), 'rivulet-results-'));
const file = join(results, 'rename.json');
try {
  await runInHost({
    entry: fileURLToPath(new URL('support/renameInHost.ts', import.meta.url)),
    environment: { RIVULET_RESULTS: file, RIVULET_FILES: String(count), RIVULET_ONLY: values.only },
    fill,
  });
  const text = await readFile(file, 'utf8');
  console.table((JSON.parse(text) as readonly Row[]).map(({ more, ...row }) => ({ ...row, ...more })));
  if (values.json !== undefined) await writeFile(values.json, text);
} finally {
  await rm(results, { recursive: true, force: true });
}
