import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';
import { out, root } from './places.ts';

const sources = join(root, 'test', 'extensions');
const built = join(out, 'extensions');

/** The names of the extensions in test/extensions, which stand beside Rivulet in tests and never in its package. */
export async function testExtensions(): Promise<readonly string[]> {
  const entries = await readdir(sources, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).toSorted();
}

/**
 * Builds one of them to a folder that VS Code can run as an extension, and answers with that folder. All its files are
 * there but the sources; `extension.ts` becomes what `main` and `browser` of its package.json name.
 */
export async function buildTestExtension(name: string): Promise<string> {
  const [source, folder] = [join(sources, name), join(built, name)];
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(source, folder, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  const manifest = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { readonly main?: string; readonly browser?: string };
  for (const place of ['main', 'browser'] as const) {
    const file = manifest[place];
    if (file === undefined) continue;
    await build({
      entryPoints: [join(source, 'extension.ts')],
      outfile: join(folder, file),
      bundle: true,
      platform: place === 'main' ? 'node' : 'browser',
      format: 'cjs',
      target: 'es2024',
      external: ['vscode'],
      sourcemap: 'inline',
      logLevel: 'warning',
    });
  }
  return folder;
}

/** The folders of the test extensions with these names, built; of all of them when none are given. */
export async function buildTestExtensions(names?: readonly string[]): Promise<readonly string[]> {
  return Promise.all((names ?? (await testExtensions())).map(buildTestExtension));
}

/** Packs one of them for installing, as `startServer({ extensions })` does; the answer is the VSIX file. */
export async function packTestExtension(name: string): Promise<string> {
  return packFolder(await buildTestExtension(name));
}

/** Packs an extension that is built, beside its folder; the answer is the VSIX file. */
export async function packFolder(folder: string): Promise<string> {
  const packagePath = `${folder}.vsix`;
  await createVSIX({ cwd: folder, packagePath, dependencies: false, allowMissingRepository: true, skipLicense: true });
  return packagePath;
}
