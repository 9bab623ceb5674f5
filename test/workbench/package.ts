// `npm run package`: builds the extension, packs out/rivulet.vsix and checks what is inside it.
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { pack, unpack } from '../release/archive.ts';
import { packagesBundled, type Metafile } from '../release/bundled.ts';
import { noticesFile, noticesOf } from '../release/notices.ts';
import { packagedReadme } from '../release/readme.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where the package ends up. */
export const vsixPath = join(root, 'out', 'rivulet.vsix');

/** Bytes that the package may have at most. KaTeX with its letters is 340,000 of them, the reading of code in colours 50,000. */
export const mostBytes = 1_000_000;

/** Every file of the package; vsce adds the first two and changes the case of some names. */
export const allowed: readonly RegExp[] = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package\.json$/,
  /^extension\/package\.nls(\.zh-(cn|tw))?\.json$/,
  /^extension\/(readme|changelog)\.md$/,
  /^extension\/LICENSE\.txt$/,
  /^extension\/dist\/THIRD-PARTY-NOTICES\.txt$/,
  /^extension\/dist\/(extension|node)\.cjs$/,
  /^extension\/dist\/rivulet\.js$/,
  /^extension\/dist\/webview\/page\.(js|css)$/,
  /^extension\/dist\/webview\/code\.js$/,
  /^extension\/dist\/webview\/math\.(js|css)$/,
  /^extension\/dist\/webview\/fonts\/KaTeX_\w+-\w+\.woff2$/,
  /^extension\/l10n\/bundle\.l10n\.zh-(cn|tw)\.json$/,
  /^extension\/media\/(icon\.png|rivulet\.svg)$/,
  /^extension\/media\/walkthrough\/(model|ask|code|context|kept)\.svg$/,
];

/** The package of the extension in a folder, built from nothing. Same sources, same bytes: `npm run release:check` holds it to that. */
export async function buildPackage(folder: string): Promise<Buffer> {
  const built = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: folder, stdio: 'inherit' });
  if (built.status !== 0) throw new Error('The build failed.');
  await writeFile(join(folder, noticesFile), noticesOf(packagesBundled(await readMetafile(folder), root)));
  const draft = join(folder, 'out', 'draft.vsix');
  await createVSIX({ cwd: folder, packagePath: draft, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  const contents = new Map(await unpack(await readFile(draft)));
  await rm(draft);
  contents.set('extension/readme.md', Buffer.from(packagedReadme(folder)));
  return pack(contents);
}

/** What the bundles in a folder were made of when they were built last. */
export async function readMetafile(folder: string): Promise<Metafile> {
  return JSON.parse(await readFile(join(folder, 'out', 'metafile.json'), 'utf8')) as Metafile;
}

/** Packs the extension; throws when the package holds a file that is not on the list, misses one, or is too large. */
export async function packageExtension(): Promise<{ readonly bytes: number; readonly files: readonly string[] }> {
  const content = await buildPackage(root);
  await mkdir(dirname(vsixPath), { recursive: true });
  await writeFile(vsixPath, content);
  const files = [...(await unpack(content)).keys()];
  const unexpected = files.filter((name) => !allowed.some((pattern) => pattern.test(name)));
  if (unexpected.length > 0) throw new Error(`Not on the list of files that may be packed: ${unexpected.join(', ')}`);
  const missing = allowed.filter((pattern) => !files.some((name) => pattern.test(name)));
  if (missing.length > 0) throw new Error(`Missing from the package: ${missing.join(', ')}`);
  if (content.length > mostBytes) throw new Error(`The package has ${content.length} bytes, more than ${mostBytes}.`);
  return { bytes: content.length, files };
}

if (import.meta.main) {
  const { bytes, files } = await packageExtension();
  console.log(`out/rivulet.vsix: ${files.length} files, ${bytes} bytes of at most ${mostBytes}`);
}
