// `npm run readme`: writes the tables of README.md from the service records.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rangeOf } from '../../src/core/providers/checkParameters.ts';
import { providers } from '../../src/core/providers/providers.ts';
import type { ParameterSpec, ProviderSpec } from '../../src/core/providers/spec.ts';
import { modelsTable } from './modelsTable.ts';

const readme = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'README.md');

/** The README with its tables as the records have them now. */
export function withTables(text: string): string {
  return replaceSection(replaceSection(replaceSection(text, 'services', servicesTable()), 'models', modelsTable()), 'parameters', parametersTable());
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

function parametersTable(): string {
  const names = [...new Set(providers.flatMap(({ parameters }) => parameters.map(({ name }) => name)))].sort();
  const rows = names.map((name) => `| \`${name}\` | ${providers.map((provider) => describe(provider, name)).join(' | ')} |`);
  return [`| parameter | ${providers.map(({ label }) => label).join(' | ')} |`, `|---|${providers.map(() => '---|').join('')}`, ...rows].join('\n');
}

function describe(provider: ProviderSpec, name: string): string {
  const rows = provider.parameters.filter((parameter) => parameter.name === name);
  return rows.length === 0 ? '–' : rows.map(describeRow).join('<br>');
}

function describeRow(row: ParameterSpec): string {
  const parts = [row.type, boundsOf(row), row.default === undefined ? '' : `default ${JSON.stringify(row.default)}`, row.required ? 'required' : '', row.models === undefined ? '' : `only ${row.models.map((id) => `\`${id}\``).join(', ')}`];
  return parts.filter((part) => part !== '').join('; ');
}

function boundsOf(row: ParameterSpec): string {
  if (row.values !== undefined) return row.values.map((value) => `\`${value}\``).join(', ');
  return [rangeOf(row), row.longest === undefined ? '' : `at most ${row.longest}`].filter((part) => part !== '').join(', ');
}

if (import.meta.main) await writeFile(readme, withTables(await readFile(readme, 'utf8')));
