import assert from 'node:assert/strict';
import { filesBundled, packagesBundled } from '../release/bundled.ts';
import { noticesOf } from '../release/notices.ts';
import { billOfMaterials } from '../release/sbom.ts';

const root = new URL('../../', import.meta.url).pathname;
const metafile = {
  'dist/rivulet.cjs': { inputs: { 'src/rivulet.ts': { bytesInOutput: 10 }, 'node_modules/valibot/dist/index.mjs': { bytesInOutput: 100 }, 'node_modules/dompurify/dist/purify.es.mjs': { bytesInOutput: 0 } } },
  'dist/webview/page.js': { inputs: { '../../node_modules/preact/dist/preact.mjs': { bytesInOutput: 5 }, 'node_modules/@lezer/markdown/dist/index.js': { bytesInOutput: 7 } } },
};
const packages = packagesBundled(metafile, root);

interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly version: number;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

interface Component {
  readonly 'type': string;
  readonly 'bom-ref': string;
  readonly 'name': string;
  readonly 'version': string;
  readonly 'purl'?: string;
  readonly 'hashes': readonly { readonly alg: string; readonly content: string }[];
  readonly 'licenses': readonly { readonly license?: { readonly id: string }; readonly expression?: string }[];
}

const options = { name: 'rivulet', version: '0.1.0', publisher: 'rivulet', licence: 'MIT', sha256: 'ab'.repeat(32), packages, integrity: () => `sha512-${Buffer.alloc(64, 7).toString('base64')}` };
const bill = billOfMaterials(options) as Bill;

describe('what is bundled', () => {
  it('is told from esbuild\'s own account, wherever the build ran, and without what was left out', () => {
    assert.deepEqual(filesBundled(metafile), ['node_modules/@lezer/markdown/dist/index.js', 'node_modules/preact/dist/preact.mjs', 'node_modules/valibot/dist/index.mjs', 'src/rivulet.ts']);
    assert.deepEqual(packages.map(({ name }) => name), ['@lezer/markdown', 'preact', 'valibot']);
  });

  it('is named in the notices with the text of its licence, each text once', () => {
    const notices = noticesOf([...packages, { name: 'twin', version: '2.0.0', licence: 'MIT', licenceText: packages[0]?.licenceText ?? '', folder: '' }]);
    for (const { name, version, licence, licenceText } of packages) {
      assert.ok(licenceText.length > 200 && notices.includes(`${name} ${version} (${licence})`));
      assert.equal(notices.split(licenceText).length, 2, name);
    }
    assert.match(notices, /@lezer\/markdown [\d.]+ \(MIT\)\ntwin 2\.0\.0 \(MIT\)/);
  });
});

describe('the bill of materials', () => {
  it('has what CycloneDX 1.6 requires of a document and of each component', () => {
    assert.equal(bill.bomFormat, 'CycloneDX');
    assert.equal(bill.specVersion, '1.6');
    assert.match(bill.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(bill.version, 1);
    for (const component of [bill.metadata.component, ...bill.components]) {
      assert.ok(component.name.length > 0 && component.version.length > 0);
      assert.ok(['application', 'library'].includes(component.type));
      assert.ok(component.licenses.length > 0 && component.licenses.every(({ license, expression }) => (license === undefined) !== (expression === undefined)));
      for (const { alg, content } of component.hashes) assert.equal(content.length, { 'SHA-256': 64, 'SHA-384': 96, 'SHA-512': 128 }[alg]);
      assert.ok(component.hashes.length > 0);
    }
  });

  it('names every package that is bundled, once, by its address in the registry', () => {
    assert.deepEqual(bill.components.map(({ name }) => name), packages.map(({ name }) => name));
    assert.match(bill.components[0]?.purl ?? '', /^pkg:npm\/%40lezer\/markdown@\d+\.\d+\.\d+$/);
    const references = [bill.metadata.component, ...bill.components].map((component) => component['bom-ref']);
    assert.equal(new Set(references).size, references.length);
    assert.deepEqual(bill.dependencies.map(({ ref }) => ref).sort(), references.toSorted());
    for (const { dependsOn = [] } of bill.dependencies) for (const ref of dependsOn) assert.ok(references.includes(ref));
  });

  it('is the same for the same package, and another for another', () => {
    assert.deepEqual(billOfMaterials(options), bill);
    assert.notEqual((billOfMaterials({ ...options, sha256: 'cd'.repeat(32) }) as Bill).serialNumber, bill.serialNumber);
  });
});
