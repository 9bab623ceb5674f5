import { namesOf, segmentsOf } from './names.ts';

/** Folders whose contents are secrets or the machinery of a tool; a bare repository is one too. */
const folders = /^(\.git|git~\d+|.+\.git|\.hg|\.svn|\.ssh|\.aws|\.gnupg|\.azure|\.kube|\.docker|\.gcloud|gcloud|\.password-store|keyrings|\.m2|\.envs?|\.secrets?|\.snowsql)$/;

/** Folders of data that are secrets, beside programs that are none: those of containers, Kubernetes and deployments. */
const foldersOfData = /^secrets?$/;
const programs = /\.([cm]?[jt]sx?|vue|svelte|css|scss|less|html?|mdx?|py|go|rs|java|kts?|swift|c|h|cc|cpp|hpp|cs|rb|php|dart|scala|sh|tf|proto|svg|png|jpe?g|gif|map|snap)$/;

/** Files that hold secrets by their name (docs/safety.md B26). A dot in front is taken off where it makes no difference. */
const names: readonly RegExp[] = [
  /^\.env([._-].+)?$/,
  /^.+\.env$/,
  /^\.(flask|r)env(iron)?$/,
  // The same without the dot, as hosts and containers have it; `env.d.ts` is a type.
  /^env\.(local|dev|development|prod|production|staging|stage|test|live)(\.(local|txt|json|ya?ml))?$/,
  /^\.dev\.vars(\..+)?$/,
  /^\.(envrc|npmrc|yarnrc(\.yml)?|pypirc|netrc|pgpass|htpasswd|git-credentials|gitconfig|dockercfg|dockerconfigjson|terraformrc|vault[-_](token|pass)|boto|s3cfg|databrickscfg|my(login)?\.cnf)$/,
  // Programs that keep a password or a token in their settings: transfers, mail, error reports, Apps Script, Claude Code.
  /^\.(wgetrc|curlrc|msmtprc|fetchmailrc|mbsyncrc|sentryclirc|clasprc\.json|claude\.json|ftpconfig)$/,
  /^(s?ftp(-config)?\.json|rclone\.conf|wg\d+\.conf|cookies\.(txt|sqlite)|tokens?\.pickle|token\.json)$/,
  // What was typed into a shell or a database, passwords too.
  /^\.[a-z_]+_history$/,
  /^_netrc$/,
  /^\.?id_[a-z0-9_-]+$/,
  /^.*\.(pem|key|p8|p12|pfx|pkcs12|jks|jceks|keystore|keytab|kdb|kdbx|ppk|asc|gpg|ovpn|tfstate|tfvars)(\.(txt|json))?$/,
  /^\.?credentials(\.(json|ya?ml|toml|csv|ini|xml|txt))?$/,
  // `secrets.prod.yaml`, `app-secrets.json`, `secrets.yaml.dec`.
  /^(.+[._-])?secrets?([._-].*)?\.(json|ya?ml|toml|env|ini|xml|properties|txt)(\.dec)?$/,
  /^(service[-_]account.*|client_secret.*|application_default_credentials|auth|gha-creds-.*|local\.settings|.*firebase-adminsdk.*|appsettings\..+)\.json$/,
  // Signing of Android and Flutter, Sentry, and what Android keeps out of the repository.
  /^(keystore|key|signing|sentry|local)\.properties$/,
  // Passwords of machines: Ansible's lists and vaults, and GitHub's command line, whose list has the same name.
  /^(hosts|vault)\.ya?ml$/,
  /^(.+[._-])?kubeconfig([_-][a-z0-9_-]+)?(\.(ya?ml|json|conf))?$/,
  /^(hgrc|wallet\.dat|g?shadow-?|wp-config\.php|logins\.json|key[34]\.db)$/,
];

/** What editors and people put behind the name of a copy, and systems behind or in it: `.env copy`, `.env - Copy (2)`, `credentials (1).json`. */
const copy = /(~|\.(bak|old|orig|save|swp|swo|backup)\d*| (- )?copy( \d+)?| \(\d+\))+(?=$|\.[a-z0-9]+$)/;

/** Examples that are made to be shared. */
const harmless = /^\.env\.(example|sample|template|dist)$/;

/**
 * Whether a path names a secret. Other spellings that some file system takes for the same file count the same
 * (docs/safety.md B5).
 */
export function isSecret(path: string): boolean {
  const segments = segmentsOf(path);
  const [last, above] = [namesOf(segments.at(-1) ?? ''), segments.slice(0, -1).map(namesOf)];
  if ([...above, last].some((all) => all.some((name) => folders.test(name)))) return true;
  return last.some(isSecretName) || (above.some((all) => all.some((name) => foldersOfData.test(name))) && !last.some((name) => programs.test(name)));
}

function isSecretName(name: string): boolean {
  const plain = name.replace(copy, '');
  return !harmless.test(name) && names.some((pattern) => pattern.test(plain) || pattern.test(plain.replace(/^\./, '')));
}
