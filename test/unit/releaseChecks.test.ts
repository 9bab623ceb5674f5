import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checks, type Release } from '../release/checks.ts';

function manifest(changes: object = {}): string {
  const all = { version: '0.1.0', engines: { vscode: '^1.104.0' }, l10n: './l10n', icon: 'media/icon.png', description: '%description%', main: './dist/extension.cjs', categories: ['AI'], keywords: ['chat'], pricing: 'Free', preview: true, galleryBanner: { color: '#155bb0', theme: 'dark' } };
  return JSON.stringify({ ...all, ...changes }, undefined, 2);
}

/** The beginning of a PNG, as far as its size. */
function picture(width: number, height: number): string {
  return `?PNG${'.'.repeat(12)}${[width, height].map((side) => `\0\0${String.fromCodePoint(side >> 8, side & 255)}`).join('')}`;
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));

const licenceText = 'Permission is granted.';
const files: Readonly<Record<string, string>> = {
  'extension/package.json': manifest(),
  'extension/package.nls.json': '{"description":"A chat"}',
  'extension/package.nls.zh-cn.json': '{"description":"对话"}',
  'extension/l10n/bundle.l10n.zh-cn.json': '{}',
  'extension/LICENSE.txt': 'MIT',
  'extension/readme.md': 'Hello [all](https://example.com) ![chat](https://example.com/chat.webp) [down](#down)',
  'extension/changelog.md': '## 0.1.0 (unreleased)',
  'extension/dist/THIRD-PARTY-NOTICES.txt': `tiny 1.0.0 (MIT)\n\n${licenceText}\n`,
  'extension/dist/extension.cjs': 'require("vscode");require("node:fs");require("./rivulet.js")',
  'extension/dist/rivulet.js': 'const page="page.js",service="https://api.example.com/v1",svg="http://www.w3.org/2000/svg"',
  'extension/dist/webview/page.js': 'const f=Function.prototype;x.evaluate(1);setTimeout(()=>{},1)',
  'extension/media/icon.png': picture(256, 256),
};

function release(changes: Readonly<Record<string, string | undefined>> = {}, others: Partial<Release> = {}): Release {
  const contents = new Map(Object.entries({ ...files, ...changes }).flatMap(([name, text]) => (text === undefined ? [] : [[name, Buffer.from(text)] as const])));
  const allowed = [...new Set([...Object.keys(files), ...Object.keys(changes)])].filter((name) => name !== 'extension/stray.txt').map((name) => new RegExp(`^${name.replaceAll('.', '\\.')}$`));
  const packages = [{ name: 'tiny', version: '1.0.0', licence: 'MIT', licenceText, folder: 'node_modules/tiny' }];
  return { bytes: 10, mostBytes: 100, contents, allowed, sources: ['src/extension.ts', 'node_modules/tiny/index.js'], packages, typings: '1.104.0', hosts: new Set(['api.example.com']), machine: ['/srv/build/rivulet'], ...others };
}

function refusals(title: string, looked: Release): readonly string[] {
  return checks[title]?.(looked).faults ?? ['there is no such check'];
}

const script = (text: string): Record<string, string> => ({ 'extension/dist/rivulet.js': `const page="page.js";${text}` });

/** What is wrong with the package, the check that has to see it, and a part of what it says. */
const wrong: readonly (readonly [string, string, Release, RegExp])[] = [
  ['is too large', 'Size', release({}, { bytes: 101 }), /101 bytes, more than 100/],
  ['holds a file that is not on the list', 'Files', release({ 'extension/stray.txt': 'x' }), /stray\.txt is not on the list/],
  ['misses a file', 'Files', release({ 'extension/readme.md': undefined }), /readme.*is missing/],
  ['holds a picture that nothing shows', 'Used', release({ 'extension/media/old.png': 'PNG' }), /old\.png is referred to by nothing/],
  ['holds a script that nothing loads', 'Used', release({ 'extension/dist/webview/spare.js': '1' }), /spare\.js/],
  ['holds translations that the manifest does not point at', 'Used', release({ 'extension/package.json': manifest({ l10n: undefined }) }), /bundle\.l10n\.zh-cn\.json is referred to by nothing/],
  ['has an icon that is too small', 'Gallery', release({ 'extension/media/icon.png': picture(64, 64) }), /at least 128 pixels/],
  ['has an icon that is not square', 'Gallery', release({ 'extension/media/icon.png': picture(256, 257) }), /not a square/],
  ['has an icon that is no PNG', 'Gallery', release({ 'extension/media/icon.png': '<svg/>' }), /not a square PNG/],
  ['has no banner', 'Gallery', release({ 'extension/package.json': manifest({ galleryBanner: undefined }) }), /banner/],
  ['has no description', 'Gallery', release({ 'extension/package.json': manifest({ description: undefined }) }), /no description/],
  ['has no category', 'Gallery', release({ 'extension/package.json': manifest({ categories: [] }) }), /no category/],
  ['has too many keywords', 'Gallery', release({ 'extension/package.json': manifest({ keywords: Array.from({ length: 31 }, (_, at) => `k${at}`) }) }), /31 keywords/],
  ['does not say what it costs', 'Gallery', release({ 'extension/package.json': manifest({ pricing: undefined }) }), /costs nothing/],
  ['is a first version and no preview', 'Gallery', release({ 'extension/package.json': manifest({ preview: false }) }), /Version 0\.1\.0 and the mark as a preview/],
  ['is past the first versions and a preview', 'Gallery', release({ 'extension/package.json': manifest({ version: '1.0.0' }), 'extension/changelog.md': '## 1.0.0 (2027-01-01)' }), /Version 1\.0\.0/],
  ['has a changelog that does not know it', 'Gallery', release({ 'extension/changelog.md': '## 0.0.9 (2026-01-01)' }), /no entry for 0\.1\.0/],
  ['has a readme with a picture that no gallery can show', 'Gallery', release({ 'extension/readme.md': '![chat](docs/chat.png)' }), /leads nowhere with \]\(docs\/chat\.png/],
  ['has a readme with a picture that VS Code does not show', 'Gallery', release({ 'extension/readme.md': '![chat](data:image/webp;base64,AAAA)' }), /leads nowhere/],
  ['depends on a package at run time', 'Run time', release({ 'extension/package.json': manifest({ dependencies: { 'left-pad': '1' } }) }), /depends on left-pad/],
  ['runs a script when it is installed', 'Run time', release({ 'extension/package.json': manifest({ scripts: { postinstall: 'node x.js' } }) }), /script postinstall/],
  ['runs a script when it is removed', 'Run time', release({ 'extension/package.json': manifest({ scripts: { 'vscode:uninstall': 'node x.js' } }) }), /script vscode:uninstall/],
  ['brings a package unbundled', 'Run time', release({ 'extension/node_modules/left-pad/index.js': '1' }), /left-pad.* not bundled/],
  ['requires what is not inside', 'Run time', release(script('require("left-pad")')), /requires left-pad/],
  ['holds a source map', 'Source maps', release({ 'extension/dist/rivulet.js.map': '{}' }), /is a source map/],
  ['names a source map', 'Source maps', release(script('\n//# sourceMappingURL=data:application/json;base64,e30=')), /the name of a source map/],
  ['names one in a style sheet', 'Source maps', release({ 'extension/dist/webview/page.css': 'a{}/*# sourceMappingURL=page.css.map */' }), /page\.css has the name/],
  ['holds a test', 'Tests', release({ 'extension/dist/chat.test.js': '1' }), /like a part of the tests/],
  ['is bundled with a part of the simulator', 'Tests', release({}, { sources: ['src/extension.ts', 'test/simulator/server.ts'] }), /test\/simulator\/server\.ts is in a bundle/],
  ['has the words of the simulator', 'Tests', release(script('"This answer comes from the local simulator, a development and test tool"')), /words of the simulator/],
  ['uses eval', 'Code from text', release(script('eval("1")')), /has eval/],
  ['makes a function of text', 'Code from text', release(script('new Function("return 1")')), /Function constructor/],
  ['calls Function for the global object', 'Code from text', release(script('var g=Function("return this")()')), /Function constructor/],
  ['gives a timer text to run', 'Code from text', release(script('setTimeout("go()",1)')), /timer with code/],
  ['names a host that only a library knows', 'Addresses', release(script('fetch("https://collect.example.net/hit")')), /collect\.example\.net, which comes from somebody else/],
  ['names a socket that only a library knows', 'Addresses', release(script('new WebSocket("wss://live.example.net/")')), /live\.example\.net/],
  ['lacks a text of the manifest', 'Languages', release({ 'extension/package.nls.json': '{}' }), /package\.nls\.json does not say description/],
  ['lacks a translation of the manifest', 'Languages', release({ 'extension/package.nls.zh-cn.json': '{}' }), /zh-cn\.json does not say description/],
  ['lacks the translations of the code', 'Languages', release({ 'extension/l10n/bundle.l10n.zh-cn.json': undefined }), /bundle\.l10n\.zh-cn\.json is missing/],
  ['speaks English only', 'Languages', release({ 'extension/package.nls.zh-cn.json': undefined }), /No language but English/],
  ['is compiled against a newer VS Code than it promises', 'VS Code', release({}, { typings: '1.110.0' }), /compiled against 1\.110\.0/],
  ['promises no version of VS Code', 'VS Code', release({ 'extension/package.json': manifest({ engines: {} }) }), /not set/],
  ['holds something under a licence that nobody agreed to', 'Licences', release({}, { packages: [{ name: 'tiny', version: '1.0.0', licence: 'GPL-3.0-only', licenceText, folder: '' }] }), /GPL-3\.0-only/],
  ['holds something without a licence text', 'Licences', release({}, { packages: [{ name: 'tiny', version: '1.0.0', licence: 'MIT', licenceText: '', folder: '' }] }), /no text of its licence/],
  ['does not name what it holds', 'Licences', release({}, { packages: [{ name: 'other', version: '2.0.0', licence: 'MIT', licenceText, folder: '' }] }), /do not name other 2\.0\.0/],
  ['holds an old version of the notices', 'Licences', release({}, { packages: [{ name: 'tiny', version: '1.0.0', licence: 'MIT', licenceText: 'Another text.', folder: '' }] }), /do not name tiny/],
  ['lacks its own licence', 'Licences', release({ 'extension/LICENSE.txt': undefined }), /licence of the extension itself/],
];

const secrets: readonly (readonly [string, string])[] = [
  ['a key of a service', `sk-${'a1b2c3d4'.repeat(4)}`],
  ['a token of GitHub', `ghp_${'x'.repeat(36)}`],
  ['a token of npm', `npm_${'A'.repeat(36)}`],
  ['a token of GitLab or Slack', `glpat-${'x'.repeat(20)}`],
  ['a key of AWS', `AKIA${'ABCD'.repeat(4)}`],
  ['a key of Google', `AIza${'x'.repeat(35)}`],
  ['a signed token', `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`],
  ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${'MIIE'.repeat(8)}`],
  ['an address with a password in it', 'https://lin:hunter2@example.com/'],
  ['a path of somebody\'s home', '/home/lin/rivulet/src'],
  ['a path of somebody\'s home', 'C:\\\\Users\\\\lin'],
  ['a path of this machine', '/srv/build/rivulet/src/a.ts'],
];

describe('before a release', () => {
  it('a package with nothing wrong is not refused by any check', () => {
    for (const title of Object.keys(checks)) assert.deepEqual(refusals(title, release()), [], title);
  });

  for (const [fault, title, looked, words] of wrong) {
    it(`a package that ${fault} is refused, and it is said why (B12)`, () => {
      assert.match(refusals(title, looked).join('\n'), words);
    });
  }

  for (const [what, secret] of secrets) {
    it(`a package with ${what} in it is refused, and the whole of it is not printed: ${secret.slice(0, 10)}`, () => {
      const said = refusals('Secrets', release(script(`"${secret}"`))).join('\n');
      assert.ok(said.includes(`rivulet.js has ${what}`), said);
      assert.ok(secret.length < 30 || !said.includes(secret), said);
    });
  }

  it('nothing is needed at run time, and what builds it is named to the last digit and locked', () => {
    const { dependencies, devDependencies } = read('package.json') as { readonly dependencies?: object; readonly devDependencies: Readonly<Record<string, string>> };
    const { packages } = read('package-lock.json') as { readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string; readonly link?: boolean }>> };
    assert.equal(dependencies, undefined);
    for (const [name, version] of Object.entries(devDependencies)) {
      assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name);
      assert.equal(packages[`node_modules/${name}`]?.version, version, name);
    }
    for (const [name, { integrity }] of Object.entries(packages)) if (name !== '') assert.match(integrity ?? '', /^sha512-/, name);
  });

  it('every check is seen to refuse something', () => {
    const tried = new Set([...wrong.map(([, title]) => title), 'Secrets']);
    assert.deepEqual(Object.keys(checks).filter((title) => !tried.has(title)), []);
  });
});
