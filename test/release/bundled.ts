import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What esbuild says of its outputs: which files each was made of, and how much of them is left in it. */
export type Metafile = Readonly<Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>>;

/** A package of which something is inside the bundles. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, as its package.json has it. */
  readonly licence: string;
  /** The text of its licence, empty where it brings none. */
  readonly licenceText: string;
  /** Where it was installed, from the root: `node_modules/preact`. */
  readonly folder: string;
}

const inPackage = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/** The files of which something is left in a bundle, from the root of the repository, sorted. */
export function filesBundled(metafile: Metafile): readonly string[] {
  const files = Object.values(metafile).flatMap(({ inputs }) => Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => fromRoot(file)));
  return [...new Set(files)].sort();
}

/** A copy of the repository may use the packages of another folder, around it or linked into it. */
function fromRoot(file: string): string {
  const at = file.indexOf('node_modules/');
  return at === -1 ? file : file.slice(at);
}

/** The packages of which something is left in a bundle, by name and version, read from where they are installed. */
export function packagesBundled(metafile: Metafile, root: string): readonly BundledPackage[] {
  const folders = new Set(filesBundled(metafile).flatMap((file) => inPackage.exec(file)?.[0] ?? []));
  return [...folders].map((folder) => readPackage(root, folder)).sort((a, b) => order(`${a.name}@${a.version}`, `${b.name}@${b.version}`));
}

/** Who holds the rights in packages under MIT that do not bring its text in their archive, as their repositories say. */
const holders: Readonly<Record<string, string>> = {
  '@cfworker/json-schema': '2020 Jeremy Danyow',
  '@microsoft/fast-element': 'Microsoft Corporation. All rights reserved.',
  '@microsoft/fast-foundation': 'Microsoft Corporation. All rights reserved.',
  '@microsoft/fast-web-utilities': 'Microsoft Corporation. All rights reserved.',
};

function readPackage(root: string, folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { readonly name: string; readonly version: string; readonly license?: unknown };
  return { name, version, folder, licence: typeof license === 'string' ? license : '', licenceText: licenceText(name, join(root, folder)) };
}

function licenceText(name: string, folder: string): string {
  const own = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)([.-]|$)/i.test(entry));
  if (own !== undefined) return readFileSync(join(folder, own), 'utf8').replaceAll('\r\n', '\n').trim();
  const holder = holders[name];
  return holder === undefined ? '' : readFileSync(join(import.meta.dirname, 'mit.txt'), 'utf8').trim().replace('{holder}', holder);
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
