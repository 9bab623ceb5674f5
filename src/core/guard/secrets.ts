import { namesOf, segmentsOf } from './names.ts';

/** Folders whose contents are secrets or the machinery of a tool; a bare repository is one too. */
const folders = /^(\.git|git~\d+|.+\.git|\.hg|\.svn|\.ssh|\.aws|\.gnupg|\.azure|\.kube|\.docker|\.gcloud|gcloud|\.password-store|keyrings|\.m2)$/;

/** Files that hold secrets by their name (safety.md B26). */
const names: readonly RegExp[] = [
  /^\.env([._-].+)?$/,
  /^.+\.env$/,
  /^\.dev\.vars$/,
  /^\.(envrc|npmrc|yarnrc(\.yml)?|pypirc|netrc|pgpass|htpasswd|git-credentials|dockercfg|terraformrc|vault[-_](token|pass)|boto|s3cfg|databrickscfg|my\.cnf)$/,
  // What was typed into a shell or a database, passwords too.
  /^\.[a-z_]+_history$/,
  /^_netrc$/,
  /^\.?id_[a-z0-9_-]+$/,
  /^.*\.(pem|key|p8|p12|pfx|pkcs12|jks|jceks|keystore|keytab|kdb|kdbx|ppk|asc|gpg|ovpn|tfstate|tfvars)$/,
  /^\.?credentials(\.(json|ya?ml|toml|csv|ini|xml|txt))?$/,
  /^\.?secrets?\.(json|ya?ml|toml|env)$/,
  /^(service[-_]account.*|client_secret.*|application_default_credentials|auth|gha-creds-.*|local\.settings)\.json$/,
  /^(kubeconfig|hgrc|wallet\.dat|g?shadow-?|wp-config\.php|logins\.json|key[34]\.db)$/,
];

/** What editors and people put behind the name of a copy. */
const copy = /(~|\.(bak|old|orig|save|swp|swo|backup))+$/;

/** Examples that are made to be shared. */
const harmless = /^\.env\.(example|sample|template|dist)$/;

/**
 * Whether a path names a secret. Other spellings that some file system takes for the same file count the same
 * (safety.md B5).
 */
export function isSecret(path: string): boolean {
  const segments = segmentsOf(path);
  return segments.some((segment) => namesOf(segment).some((name) => folders.test(name))) || namesOf(segments.at(-1) ?? '').some(isSecretName);
}

function isSecretName(name: string): boolean {
  const plain = name.replace(copy, '');
  return !harmless.test(name) && names.some((pattern) => pattern.test(plain) || pattern.test(plain.replace(/^\./, '')));
}
