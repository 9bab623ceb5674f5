// `npm run release:check`: builds the package twice, refuses it or prints its figures, and writes its bill of materials.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { allowed, mostBytes, readMetafile, vsixPath } from '../workbench/package.ts';
import { out, root } from '../workbench/places.ts';
import { unpack } from './archive.ts';
import { filesBundled, packagesBundled } from './bundled.ts';
import { checks, hostsIn, type Release, type Verdict } from './checks.ts';
import { differences } from './differences.ts';
import { billOfMaterials } from './sbom.ts';

const first = await build(root, {});
const second = await buildElsewhere();

const metafile = await readMetafile(root);
const packages = packagesBundled(metafile, root);
const typings = (JSON.parse(await readFile(join(root, 'node_modules', '@types', 'vscode', 'package.json'), 'utf8')) as { readonly version: string }).version;
const sources = filesBundled(metafile);
const ours = await Promise.all(sources.filter((file) => /^(src|webview)\//.test(file)).map((file) => readFile(join(root, file), 'utf8')));
const release: Release = { bytes: first.length, mostBytes, contents: await unpack(first), allowed, sources, packages, typings, hosts: hostsIn(ours.join('\n')), machine: [root, homedir()] };

const sha256 = createHash('sha256').update(first).digest('hex');
const apart = differences(release.contents, await unpack(second));
const verdicts: Record<string, Verdict> = { 'Built twice': { figure: `the same bytes: ${sha256.slice(0, 16)}…`, faults: first.equals(second) ? [] : ['Two builds of the same sources differ.', ...apart] } };
for (const [title, check] of Object.entries(checks)) verdicts[title] = check(release);

await mkdir(out, { recursive: true });
await writeFile(vsixPath, first);
await writeFile(`${vsixPath}.sha256`, `${sha256}  rivulet.vsix\n`);
await writeFile(join(out, 'rivulet.cdx.json'), `${JSON.stringify(await bill(), undefined, 2)}\n`);

const rows = Object.entries(verdicts);
const width = Math.max(...rows.map(([title]) => title.length));
for (const [title, { figure, faults }] of rows) console.log(`${faults.length === 0 ? '✓' : '✗'} ${title.padEnd(width)}  ${faults.length === 0 ? figure : 'refused'}`);
const faults = rows.flatMap(([title, verdict]) => verdict.faults.map((fault) => `${title}: ${fault}`));
for (const fault of faults) console.error(`\n${fault}`);
console.log(faults.length === 0 ? '\nout/rivulet.vsix may be released; its bill of materials is out/rivulet.cdx.json.' : `\n${faults.length} reasons not to release this package.`);
process.exitCode = faults.length === 0 ? 0 : 1;

/** A build in a process of its own, whose words are shown only when it fails. */
async function build(folder: string, environment: Readonly<Record<string, string>>): Promise<Buffer> {
  const file = join(out, 'built.vsix');
  await mkdir(out, { recursive: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'buildInto.ts'), folder, file], { env: { ...process.env, ...environment }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The package could not be built.\n${stdout}${stderr}`);
  const content = await readFile(file);
  await rm(file);
  return content;
}

/** The same sources in another folder, another time zone and with other rights on files. */
async function buildElsewhere(): Promise<Buffer> {
  const folder = join(out, 'again');
  await rm(folder, { recursive: true, force: true });
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  const files = listed.split('\0').filter((file) => file !== '' && !/^(test|bench|\.\w+)\//.test(file) && existsSync(join(root, file)));
  const mask = process.umask(0o077);
  try {
    for (const file of files) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), await readFile(join(root, file)));
    }
    return await build(folder, { TZ: process.env['TZ'] === 'Asia/Shanghai' ? 'America/Lima' : 'Asia/Shanghai' });
  } finally {
    process.umask(mask);
    await rm(folder, { recursive: true, force: true });
  }
}

async function bill(): Promise<object> {
  const { name, version, publisher, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly name: string; readonly version: string; readonly publisher: string; readonly license: string };
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as { readonly packages: Readonly<Record<string, { readonly integrity?: string }>> };
  return billOfMaterials({ name, version, publisher, licence: license, sha256, packages, integrity: (folder) => lock.packages[folder]?.integrity });
}
