import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { addressesOf, packagedReadme } from '../release/readme.ts';

const root = new URL('../../', import.meta.url).pathname;
const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');
const targets = (text: string): readonly string[] => [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
const shape = (text: string): readonly string[] => text.split('\n').filter((line) => /^(#|\||\d\.|- |```)/.test(line)).map((line) => line.slice(0, 2));
const translations = ['zh-cn', 'zh-tw'].map((language) => [language, read(`docs/README.${language}.md`)] as const);

describe('the README in the package', () => {
  it('links down the page to the Chinese ones, and has no link and no picture that leads nowhere', () => {
    const text = packagedReadme(root, undefined);
    assert.doesNotMatch(text, /!\[/);
    for (const heading of ['简体中文', '繁體中文']) assert.ok(text.includes(`](#${heading})`) && text.includes(`\n## ${heading}\n`), heading);
    assert.deepEqual(targets(text).filter((target) => !/^(https:|#)/.test(target)), []);
    assert.doesNotMatch(text, /<!--|\[English\]/);
  });

  it('leads to the files of its own version once the repository has an address', () => {
    const addresses = addressesOf(JSON.stringify({ version: '0.3.0', repository: { type: 'git', url: 'git+https://github.com/owner/name.git' } }));
    assert.deepEqual(addresses, { content: 'https://github.com/owner/name/blob/v0.3.0', images: 'https://raw.githubusercontent.com/owner/name/v0.3.0' });
    const text = packagedReadme(root, addresses);
    assert.ok(text.includes('](https://raw.githubusercontent.com/owner/name/v0.3.0/docs/screenshots/chat-dark.webp)'));
    assert.ok(text.includes('](https://github.com/owner/name/blob/v0.3.0/docs/parameters.md)'));
    assert.equal(addressesOf('{"version":"0.3.0"}'), undefined);
    assert.equal(addressesOf('{"version":"0.3.0","repository":"https://example.com/owner/name"}'), undefined);
  });
});

describe('the READMEs in Chinese', () => {
  for (const [language, text] of translations) {
    it(`call things in ${language} what they are called on the screen`, () => {
      const screen = new Set(['package.nls', 'l10n/bundle.l10n'].flatMap((table) => Object.values(JSON.parse(read(`${table}.${language}.json`)) as Readonly<Record<string, string>>)));
      const named = [...text.matchAll(/(?<!\*)\*{1,2}([^*\n]+)\*{1,2}(?!\*)/g)].map((match) => (match[1] ?? '').replace(/^Rivulet: /, ''));
      assert.ok(named.length >= 8);
      assert.deepEqual(named.filter((name) => !screen.has(name)), []);
    });

    it(`lead from ${language} to files that there are`, () => {
      for (const target of targets(text)) assert.ok(existsSync(new URL(target, `file://${root}docs/`)), target);
    });
  }

  it('have the same sections, tables and code', () => {
    assert.deepEqual(shape(translations[0]?.[1] ?? ''), shape(translations[1]?.[1] ?? '?'));
  });
});
