import { createHash } from 'node:crypto';
import type { BundledPackage } from './bundled.ts';

export interface BillOptions {
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly licence: string;
  /** SHA-256 of the package, in hexadecimal digits. */
  readonly sha256: string;
  readonly packages: readonly BundledPackage[];
  /** The `integrity` of each package in the lock file, by the folder it was installed in. */
  readonly integrity: (folder: string) => string | undefined;
}

/** The bill of materials of a package in CycloneDX 1.6. It holds no time, and its serial number comes from the package: same bytes, same bill. */
export function billOfMaterials({ name, version, publisher, licence, sha256, packages, integrity }: BillOptions): object {
  const own = `${publisher}.${name}@${version}`;
  const references = packages.map(purlOf);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidFrom(sha256)}`,
    version: 1,
    metadata: {
      component: { 'type': 'application', 'bom-ref': own, name, version, publisher, 'hashes': [{ alg: 'SHA-256', content: sha256 }], 'licenses': licensesOf(licence) },
    },
    components: packages.map((found) => ({
      'type': 'library',
      'bom-ref': purlOf(found),
      'name': found.name,
      'version': found.version,
      'scope': 'required',
      'hashes': hashesOf(integrity(found.folder)),
      'licenses': licensesOf(found.licence),
      'purl': purlOf(found),
    })),
    // Who needs whom among them is lost in the bundling: all of them are in the one package.
    dependencies: [{ ref: own, dependsOn: references }, ...references.map((ref) => ({ ref }))],
  };
}

function purlOf({ name, version }: BundledPackage): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function licensesOf(licence: string): readonly object[] {
  return /^[\w.-]+$/.test(licence) ? [{ license: { id: licence } }] : [{ expression: licence }];
}

function hashesOf(integrity: string | undefined): readonly object[] {
  return (integrity ?? '').split(' ').flatMap((one) => {
    const [, bits, base64 = ''] = /^sha(256|384|512)-(.+)$/.exec(one) ?? [];
    return bits === undefined ? [] : [{ alg: `SHA-${bits}`, content: Buffer.from(base64, 'base64').toString('hex') }];
  });
}

/** A UUID of version 8 made of other bytes. */
function uuidFrom(text: string): string {
  const digits = createHash('sha256').update(text).digest('hex');
  return [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`, digits.slice(20, 32)].join('-');
}
