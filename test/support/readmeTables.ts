// `npm run readme`: writes from the service records the table of README.md, docs/parameters.md, and the schema of rivulet.parameters in the manifest.
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { providers } from '../../src/core/providers/providers.ts';
import { parametersPage } from './parametersPage.ts';
import { manifestFiles } from './parametersSchema.ts';
import { modelsTable } from './modelsTable.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const readme = join(root, 'README.md');

/** The README with its table as the records have it now. */
export function withTables(text: string): string {
  return replaceSection(replaceSection(text, 'services', servicesTable()), 'models', modelsTable());
}

function replaceSection(text: string, name: string, table: string): string {
  const section = new RegExp(`(<!-- ${name}: [^>]*-->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!section.test(text)) throw new Error(`README.md has no section ${name}.`);
  return text.replace(section, (_, start: string, end: string) => `${start}${table}\n${end}`);
}

function servicesTable(): string {
  const rows = providers.map((provider) => {
    const models = provider.models.map(({ id, retired }) => (retired === undefined ? `\`${id}\`` : `\`${id}\` (retired)`)).join(', ');
    const key = provider.keyUrl === undefined ? '' : `[get one](${provider.keyUrl})`;
    return `| ${provider.label} | \`${provider.baseUrl}\` | ${models} | ${key} | ${provider.notice?.message ?? ''} |`;
  });
  return ['| service | address | models | key | note |', '|---|---|---|---|---|', ...rows].join('\n');
}

if (import.meta.main) {
  await writeFile(readme, withTables(await readFile(readme, 'utf8')));
  await writeFile(join(root, 'docs', 'parameters.md'), parametersPage());
  for (const [file, text] of manifestFiles((name) => readFileSync(join(root, name), 'utf8'))) await writeFile(join(root, file), text);
}
