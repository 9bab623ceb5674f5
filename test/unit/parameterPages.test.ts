import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { sheetOf } from '../../src/core/parameters/sheet.ts';
import { providers } from '../../src/core/providers/providers.ts';
import { parametersPage } from '../support/parametersPage.ts';
import { manifestFiles, parametersSchema } from '../support/parametersSchema.ts';
import { besides, pages } from './support/referencePages.ts';

function read(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
}

describe('docs/parameters.md', () => {
  const text = read('docs/parameters.md');

  it('is what the parameter tables say now (npm run readme writes it)', () => assert.equal(text, parametersPage()));

  it('has a row for every parameter of the four pages, and says where it is', () => {
    const lines = text.split('\n').filter((line) => line.startsWith('| `'));
    const rows = new Map(lines.map((line) => [/`([^`]+)`/.exec(line)?.[1] ?? '', line.split(' | ')]));
    for (const [index, { id }] of providers.entries()) {
      for (const name of [...(pages[id] ?? []), ...(besides[id] ?? [])]) {
        const cells = rows.get(name);
        assert.ok(cells !== undefined, `${name} is missing`);
        assert.ok((cells[1] ?? '').length > 5 && !(cells[index + 2] ?? '–').startsWith('–'), `${id}: ${name}`);
      }
    }
  });

  it('says Model settings for exactly what the sheet shows', () => {
    const said = [...text.matchAll(/^\| `([^`]+)` \| Model settings/gm)].map((match) => match[1] ?? '');
    const shown = new Set(providers.flatMap((provider) => sheetOf({ provider, model: provider.models[0]?.id ?? '' }, { ofService: {}, ofModel: {} }).rows.map(({ name }) => name)));
    assert.deepEqual(said.toSorted(), [...shown].toSorted());
  });
});

describe('the schema of rivulet.parameters', () => {
  for (const [file, text] of manifestFiles(read)) {
    it(`is what the parameter tables say now in ${file} (npm run readme writes it)`, () => assert.equal(read(file), text));
  }

  it('knows every parameter that the sheet shows, with its range', () => {
    const schema = parametersSchema()['patternProperties'] as { readonly [pattern: string]: unknown };
    for (const provider of providers) {
      const [, service] = Object.entries(schema).find(([pattern]) => new RegExp(pattern).test(`${provider.id}/any/model`)) ?? [];
      for (const { name } of sheetOf({ provider, model: 'x' }, { ofService: {}, ofModel: {} }).rows) {
        let found = service as { readonly properties?: { readonly [part: string]: never } } | undefined;
        for (const part of name.split('.')) found = found?.properties?.[part];
        assert.ok(found !== undefined, `${provider.id}: ${name}`);
      }
    }
    const text = JSON.stringify(schema);
    assert.match(text, /"temperature":\{[^}]*"exclusiveMinimum":0,"exclusiveMaximum":2/);
    assert.match(text, /"max_tokens":\{[^}]*"minimum":1,"maximum":393216/);
  });
});
