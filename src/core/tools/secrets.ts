/** Folders whose contents are secrets or the machinery of a tool. */
const folders: ReadonlySet<string> = new Set(['.git', '.ssh', '.aws', '.gnupg', '.azure', '.kube', '.docker']);

/** Files that hold secrets by their name (safety.md B26). */
const names =
  /^(\.env(\..+)?|\.envrc|.+\.env|\.npmrc|\.yarnrc(\.yml)?|\.pypirc|\.netrc|_netrc|\.git-credentials|\.htpasswd|\.pgpass|id_(rsa|dsa|ecdsa|ed25519)(_sk)?|.+\.(pem|key|p12|pfx|jks|keystore|kdbx|ppk|asc|gpg)|credentials(\.json)?|secrets\.(json|ya?ml|toml))$/;

/** Examples that are made to be shared. */
const harmless = /^\.env\.(example|sample|template|dist)$/;

/**
 * Whether a path names a secret. Compared after NFKC and case folding, without the trailing dots and blanks that some
 * file systems drop, so that other spellings of the same file count the same (safety.md B5).
 */
export function isSecret(path: string): boolean {
  const segments = path
    .normalize('NFKC')
    .toLowerCase()
    .split('/')
    .map((segment) => segment.replace(/[. ]+$/, ''));
  const name = segments.at(-1) ?? '';
  return segments.some((segment) => folders.has(segment)) || (names.test(name) && !harmless.test(name));
}
