// Bundles the extension and its page into dist/. `--watch` keeps at it.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { context } from 'esbuild';
import { browserBundle } from './esbuild.browser.mjs';

const watch = process.argv.includes('--watch');
const shared = { bundle: true, minify: !watch, sourcemap: watch ? 'linked' : false, logLevel: watch ? 'info' : 'warning', legalComments: 'none', metafile: !watch };

/** @type {import('esbuild').Plugin} Keeps what is loaded on first use in a file of its own. */
const onFirstUse = {
  name: 'on-first-use',
  setup(build) {
    build.onResolve({ filter: /^#start$/ }, () => ({ path: './node.cjs', external: true }));
    build.onResolve({ filter: /^\.\/rivulet\.ts$/ }, ({ kind }) => (kind === 'dynamic-import' ? { path: './rivulet.js', external: true } : undefined));
  },
};
/** @type {import('esbuild').Plugin} KaTeX names each font in three formats; the browser that VS Code brings takes the smallest. */
const oneFontFormat = {
  name: 'one-font-format',
  setup(build) {
    build.onLoad({ filter: /katex(\.min)?\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/,\s*url\([^)]*\.(woff|ttf)\)\s*format\([^)]*\)/g, ''),
      loader: 'css',
    }));
  },
};

/** @type {import('esbuild').BuildOptions} What the page loads when it first needs it, each in a file of its own. */
const pageParts = { entryPoints: ['webview/code.ts', 'webview/math.ts', 'webview/math.css'], bundle: true, platform: 'browser', format: 'esm', target: 'chrome138', tsconfig: 'webview/tsconfig.json', loader: { '.woff2': 'file' }, assetNames: 'fonts/[name]', plugins: [oneFontFormat] };

const node = { ...shared, platform: 'node', format: 'cjs', target: 'node22', external: ['vscode'] };

await rm('dist', { recursive: true, force: true });
const bundles = await Promise.all([
  context({ ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.cjs', plugins: [onFirstUse] }),
  context({ ...node, entryPoints: ['src/onNode.ts'], outfile: 'dist/node.cjs', plugins: [onFirstUse] }),
  context({ ...shared, ...browserBundle, outfile: 'dist/rivulet.js' }),
  context({ ...shared, entryPoints: { page: 'webview/main.tsx' }, outdir: 'dist/webview', platform: 'browser', format: 'iife', target: 'chrome138', tsconfig: 'webview/tsconfig.json' }),
  context({ ...shared, ...pageParts, outdir: 'dist/webview' }),
  context({ ...shared, entryPoints: ['webview/page.css'], outdir: 'dist/webview', target: 'chrome138' }),
]);
if (watch) await Promise.all(bundles.map((bundle) => bundle.watch()));
else {
  const built = await Promise.all(bundles.map((bundle) => bundle.rebuild()));
  // What each bundle was made of: the package's notices and bill of materials are written from it.
  await mkdir('out', { recursive: true });
  await writeFile('out/metafile.json', JSON.stringify(Object.assign({}, ...built.map(({ metafile }) => metafile?.outputs))));
  await Promise.all(bundles.map((bundle) => bundle.dispose()));
}
