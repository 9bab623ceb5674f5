import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url).pathname;

interface Row {
  readonly id: string;
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

/** The rows of a page's tables that begin with an id; files stand in the last two columns, in backticks. */
function rowsOf(page: string): readonly Row[] {
  return read(page).split('\n').flatMap((line): readonly Row[] => {
    const cells = line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''));
    const id = /^(§[\d.]+( [\w.]+)?|[A-Z]\d+)$/.exec(cells[0] ?? '')?.[0];
    return id === undefined || !line.startsWith('|') ? [] : [{ id, files: pathsIn(cells.at(-2), 'src/core/'), tests: pathsIn(cells.at(-1), 'test/unit/') }];
  });
}

function pathsIn(cell: string | undefined, folder: string): readonly string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, path = '']) => (/^(src|test|webview|\.github)\//.test(path) ? path : `${folder}${path}`));
}

function read(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}

/** The ids behind the name of a page, as in `docs/servers.md §0.7, T13`; of `T1–T10` the ends. */
function citationsIn(text: string, page: string): readonly string[] {
  const behind = new RegExp(`docs/${page}\`?((?:[\\s*,–]|and|§[\\d.]*\\d|\\b[A-Z]\\d{1,2}\\b)+)`, 'g');
  return [...text.matchAll(behind)].flatMap(([, ids = '']) => [...ids.matchAll(/§[\d.]*\d|[A-Z]\d+/g)].map(([id]) => id));
}

/** The titles of tests, as they are written: `it('…'`, `` it(`…` ``. */
function titlesIn(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:it|describe)\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/gs)].map(([, , title = '']) => title);
}

const pages = { 'servers.md': rowsOf('docs/servers.md'), 'safety.md': rowsOf('docs/safety.md') };
const sources = globSync('{src,test,bench,webview}/**/*.{ts,tsx,md,mjs}', { cwd: root }).filter((path) => !path.includes('node_modules/')).map((path) => ({ path, text: read(path) }));

for (const [page, rows] of Object.entries(pages)) {
  describe(`The rows of docs/${page}`, () => {
    const headings = [...read(`docs/${page}`).matchAll(/^## (\d)\./gm)].map(([, number]) => `§${number}`);
    const known = new Set([...headings, ...rows.map(({ id }) => id)]);

    it('are found, and name files and tests that exist', () => {
      assert.ok(rows.length > 40, `only ${rows.length} rows were found`);
      for (const { id, files, tests } of rows) {
        assert.ok(files.length > 0 && tests.length > 0, `${id} names no file or no test`);
        for (const path of [...files, ...tests]) assert.ok(existsSync(`${root}${path}`), `${id} names ${path}, which does not exist`);
      }
    });

    it('are all that is cited of the page', () => {
      const cited = sources.flatMap(({ path, text }) => citationsIn(text, page).map((id) => ({ path, id })));
      assert.ok(cited.length > 20, `only ${cited.length} citations were found`);
      assert.deepEqual(cited.filter(({ id }) => !known.has(id)), []);
    });
  });
}

describe('The ids of attacks and quirks', () => {
  const titles = sources.filter(({ path }) => path.endsWith('.test.ts')).flatMap(({ text }) => titlesIn(text));

  it('stand in a page wherever a test has one in its title', () => {
    const ids = new Set(titles.flatMap((title) => [...title.matchAll(/\b[ABCERST]\d{1,2}\b/g)].map(([id]) => id)));
    const known = new Set(Object.values(pages).flat().map(({ id }) => id));
    assert.ok(ids.size > 60, `only ${ids.size} ids were found`);
    assert.deepEqual([...ids].filter((id) => !known.has(id)), []);
  });

  for (const { id } of [...pages['safety.md'].filter((row) => row.id.startsWith('B')), ...pages['servers.md'].filter((row) => /^[A-Z]/.test(row.id))]) {
    it(`have a test that names ${id}`, () => assert.ok(titles.some((title) => new RegExp(`\\b${id}\\b`).test(title)), `no test has ${id} in its title`));
  }
});

describe('The pages that comments cite', () => {
  it('exist', () => {
    const cited = sources.flatMap(({ path, text }) => [...text.matchAll(/^\s*(?:\/\/|\/?\*).*?\b(docs\/[\w./-]+\.md)\b/gm)].map(([, page = '']) => ({ path, page })));
    assert.ok(cited.length > 50, `only ${cited.length} were found`);
    assert.deepEqual(cited.filter(({ page }) => !existsSync(`${root}${page}`)), []);
  });
});
