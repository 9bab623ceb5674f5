import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { withTables } from '../support/readmeTables.ts';

describe('README', () => {
  it('has the tables of the service records (npm run readme writes them)', async () => {
    const text = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    assert.equal(withTables(text), text);
  });

  it('shows only pictures that are in the repository', async () => {
    const text = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const pictures = [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map((match) => match[1] ?? '');
    assert.ok(pictures.length > 0);
    for (const picture of pictures) await assert.doesNotReject(readFile(new URL(`../../${picture}`, import.meta.url)), picture);
  });
});
