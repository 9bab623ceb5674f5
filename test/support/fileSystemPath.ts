/** A path of this machine as the product writes paths: with forward slashes, and one in front. */
export function fileSystemPath(path: string): string {
  const slashes = path.replaceAll('\\', '/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}
