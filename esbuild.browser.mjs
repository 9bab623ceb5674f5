/** @type {import('esbuild').BuildOptions} All of Rivulet for the worker of a browser, which loads one file; on Node two small ones take it from here. */
export const browserBundle = {
  entryPoints: ['src/browser.ts'],
  bundle: true,
  platform: 'browser',
  format: 'cjs',
  target: ['chrome138', 'firefox140', 'safari18.4'],
  external: ['vscode'],
  // The schema checker makes its base of where it runs, and fails where that is a blob, as in VS Code's worker.
  define: { 'self.location': 'undefined' },
  // By this, which never runs, Node knows the names of a CommonJS file that is loaded with import().
  footer: { js: '0&&(module.exports={activate,createRivulet,deactivate});' },
};
