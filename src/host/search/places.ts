/** An absolute path with forward slashes, `/c:/shop`, as the operating system writes it. */
export function nativePath(path: string): string {
  return process.platform === 'win32' ? path.replace(/^\/(?=[a-z]:)/i, '').replaceAll('/', '\\') : path;
}

/** A path that ripgrep prints, `./src/a.ts` or `.\src\a.ts`, relative with forward slashes. */
export function printedPath(path: string): string {
  return (process.platform === 'win32' ? path.replaceAll('\\', '/') : path).replace(/^\.\//, '');
}
