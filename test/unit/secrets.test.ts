import assert from 'node:assert/strict';
import { isSecret } from '../../src/core/guard/secrets.ts';

const secret = [
  '.env', '.env.local', 'packages/a/.env.production', 'prod.env', '.envrc', '.npmrc', '.yarnrc.yml', '.pypirc', '.netrc', '_netrc', '.git-credentials', '.htpasswd', '.pgpass',
  'id_rsa', 'id_ed25519', 'id_ed25519_sk', 'server.pem', 'server.key', 'a.p12', 'a.pfx', 'a.jks', 'a.keystore', 'a.kdbx', 'a.ppk', 'a.asc', 'credentials', 'credentials.json', 'secrets.yaml', 'secrets.toml',
  '.git/config', 'sub/.git/HEAD', '.ssh/known_hosts', '.aws/config', '.kube/config', '.docker/config.json', '.gnupg/x', '.azure/x',
  '.env~', '.env-local', '.env_prod', 'id_rsa.bak', '.id_rsa.swp', 'server.key.old', '.npmrc.bak', '.pem', 'repo.git/config', '.claude/.credentials.json', 'credentials.yml', 'secret.json', 'service-account.json', '.vault-token', 'terraform.tfstate', 'prod.tfvars', 'kubeconfig', '.hg/hgrc',
  'id_work', '.bash_history', '.psql_history', '.m2/settings.xml', 'vpn.ovpn', 'AuthKey.p8', 'client_secret_1.json', 'wp-config.php', '.dev.vars', '.config/gcloud/x', 'keyrings/login',
  '.flaskenv', '.Renviron', '.envs/.production/.django', '.env/prod', '.env copy', '.env (1)', '.env - Copy', '.env copy 2', '.env.prod.bak2', 'credentials (1).json', 'server copy.pem', 'env.production', 'env.prod.local', '.dev.vars.production',
  'secrets.prod.yaml', 'app-secrets.json', 'secrets.yaml.dec', 'secrets/db.yaml', 'k8s/secrets/deep/db_password', '.secrets/db', 'prod.auto.tfvars.json', 'kubeconfig.yaml', 'prod.kubeconfig', 'kubeconfig-prod', '.mylogin.cnf', 'my-project-firebase-adminsdk-x.json', '.gitconfig',
  '.vscode/sftp.json', 'sftp.json', 'sftp-config.json', 'rclone.conf', 'wg0.conf', '.wgetrc', '.curlrc', '.msmtprc', '.dockerconfigjson', '.sentryclirc', '.clasprc.json', '.claude.json', 'keystore.properties', 'android/key.properties', 'local.properties', 'token.json', 'cookies.txt', 'appsettings.Production.json',
  '.config/gh/hosts.yml', 'group_vars/all/vault.yml', 'x.pem.txt',
  // Other spellings of the same files (docs/safety.md B5).
  '.env\u00A0', '.\u00DFh/config', '\u0131d_rsa', 'GIT~1/config', '.ENV', '.Env.Local', 'ID_RSA', '.GIT/config', '.Git/hooks/x', '．ｅｎｖ', '．ｇｉｔ/config', '.env.', '.env ', '.git./config', '.git /config', '.env::$DATA', '.git::$INDEX_ALLOCATION/config', 'id_rsa:x', 'ｉｄ_ｒｓａ',
];

const open = [
  'README.md', 'src/env.ts', 'environment.ts', '.env.example', '.env.sample', '.env.template', '.env.dist', '.gitignore', '.github/workflows/ci.yml', 'id_rsa.pub', 'id_utils.ts', 'history.ts', 'keys.ts', 'key.md',
  'src/secrets.ts', 'docs/credentials.md', 'git/config', '.eslintrc', 'a.pem.md', '',
  'secrets', 'pkg/secrets/store.go', 'secrets/README.md', 'src/secret/index.test.ts', 'env.d.ts', 'env.ts', 'kubeconfig.go', 'kubeconfig_test.go', 'tokens.json', 'appsettings.json', 'copy.ts', 'a copy.ts', 'hosts.ts', 'locale.properties', 'messages.properties', 'hotkey.properties', 'id_map (1).ts', 'secretary.json', 'secretariat/a.json', 'vault.go', 'firebase.json',
];

describe('isSecret', () => {
  for (const path of secret) it(`takes ${JSON.stringify(path)} for a secret`, () => assert.equal(isSecret(path), true));
  for (const path of open) it(`takes ${JSON.stringify(path)} for no secret`, () => assert.equal(isSecret(path), false));

  it('looks at a name in a time that its length bounds, however it is made', () => {
    // With one way more to part each piece, none of these would ever end.
    for (const part of ['-a', '.secret', 'secret-', '_', '.bak1', ' copy', ' (1)', '~', 'kubeconfig_', '.env']) for (const start of ['', 'secret', '.env', 'id_']) assert.equal(typeof isSecret(`${start}${part.repeat(1000)}!`), 'boolean');
  }).timeout(60_000);
});
