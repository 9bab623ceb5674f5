/** Folders whose contents are secrets or the machinery of a tool; a bare repository is one too. */
const folders = /^(\.git|.+\.git|\.hg|\.svn|\.ssh|\.aws|\.gnupg|\.azure|\.kube|\.docker|\.gcloud|\.password-store)$/;

/** Files that hold secrets by their name (safety.md B26). */
const names: readonly RegExp[] = [
  /^\.env([._-].+)?$/,
  /^.+\.env$/,
  /^\.(envrc|npmrc|yarnrc(\.yml)?|pypirc|netrc|pgpass|htpasswd|git-credentials|dockercfg|terraformrc|vault-token|boto|s3cfg|my\.cnf|bash_history|zsh_history)$/,
  /^_netrc$/,
  /^\.?id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/,
  /^.*\.(pem|key|p12|pfx|jks|keystore|kdbx|ppk|asc|gpg|tfstate|tfvars)$/,
  /^\.?credentials(\.(json|ya?ml|toml|csv|ini|xml|txt))?$/,
  /^secrets?\.(json|ya?ml|toml|env)$/,
  /^(service-account|application_default_credentials|auth)\.json$/,
  /^(kubeconfig|hgrc)$/,
];

/** What editors and people put behind the name of a copy. */
const copy = /(~|\.(bak|old|orig|save|swp|swo|backup))+$/;

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
    // Windows opens `.env::$DATA` as `.env`.
    .map((segment) => segment.replace(/:.*$/, '').replace(/[. ]+$/, ''));
  const name = segments.at(-1) ?? '';
  const plain = name.replace(copy, '');
  return segments.some((segment) => folders.test(segment)) || (!harmless.test(name) && names.some((pattern) => pattern.test(plain) || pattern.test(plain.replace(/^\./, ''))));
}
