import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { withTables } from '../support/readmeTables.ts';

describe('README', () => {
  it('has the tables of the service records (npm run readme writes them)', async () => {
    const text = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    assert.equal(withTables(text), text);
  });

  it('calls the commands of the palette what they are called there', async () => {
    const [readme, manifest, texts] = await Promise.all(['README.md', 'package.json', 'package.nls.json'].map(async (file) => readFile(new URL(`../../${file}`, import.meta.url), 'utf8')));
    const { contributes } = JSON.parse(manifest ?? '') as { readonly contributes: { readonly commands: readonly { readonly title: string }[] } };
    const titles = contributes.commands.map(({ title }) => (JSON.parse(texts ?? '') as Readonly<Record<string, string>>)[title.slice(1, -1)]);
    const named = [...(readme ?? '').matchAll(/\*Rivulet:\s([^*]+)\*/g)].map((match) => match[1]?.replaceAll(/\s+/g, ' '));
    assert.ok(named.length >= 8, named.join());
    assert.deepEqual(named.filter((name) => !titles.includes(name)), []);
  });

  it('has in CONTRIBUTING no script that is not in the manifest', async () => {
    const [contributing, releasing, manifest] = await Promise.all(['CONTRIBUTING.md', 'docs/releasing.md', 'package.json'].map(async (file) => readFile(new URL(`../../${file}`, import.meta.url), 'utf8')));
    const { scripts } = JSON.parse(manifest ?? '') as { readonly scripts: object };
    const named = [...`${contributing ?? ''}${releasing ?? ''}`.matchAll(/\bnpm run ([a-z:]+)/g)].map((match) => match[1] ?? '');
    assert.ok(named.length >= 10);
    assert.deepEqual(named.filter((name) => !(name in scripts)), []);
  });

  it('shows only pictures that are in the repository', async () => {
    const text = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const pictures = [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map((match) => match[1] ?? '');
    assert.ok(pictures.length > 0);
    for (const picture of pictures) await assert.doesNotReject(readFile(new URL(`../../${picture}`, import.meta.url)), picture);
  });
});
