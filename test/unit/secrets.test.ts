import assert from 'node:assert/strict';
import { isSecret } from '../../src/core/guard/secrets.ts';

const secret = [
  '.env', '.env.local', 'packages/a/.env.production', 'prod.env', '.envrc', '.npmrc', '.yarnrc.yml', '.pypirc', '.netrc', '_netrc', '.git-credentials', '.htpasswd', '.pgpass',
  'id_rsa', 'id_ed25519', 'id_ed25519_sk', 'server.pem', 'server.key', 'a.p12', 'a.pfx', 'a.jks', 'a.keystore', 'a.kdbx', 'a.ppk', 'a.asc', 'credentials', 'credentials.json', 'secrets.yaml', 'secrets.toml',
  '.git/config', 'sub/.git/HEAD', '.ssh/known_hosts', '.aws/config', '.kube/config', '.docker/config.json', '.gnupg/x', '.azure/x',
  '.env~', '.env-local', '.env_prod', 'id_rsa.bak', '.id_rsa.swp', 'server.key.old', '.npmrc.bak', '.pem', 'repo.git/config', '.claude/.credentials.json', 'credentials.yml', 'secret.json', 'service-account.json', '.vault-token', 'terraform.tfstate', 'prod.tfvars', 'kubeconfig', '.hg/hgrc',
  'id_work', '.bash_history', '.psql_history', '.m2/settings.xml', 'vpn.ovpn', 'AuthKey.p8', 'client_secret_1.json', 'wp-config.php', '.dev.vars', '.config/gcloud/x', 'keyrings/login',
  // Other spellings of the same files (safety.md B5).
  '.env\u00A0', '.\u00DFh/config', '\u0131d_rsa', 'GIT~1/config', '.ENV', '.Env.Local', 'ID_RSA', '.GIT/config', '.Git/hooks/x', '．ｅｎｖ', '．ｇｉｔ/config', '.env.', '.env ', '.git./config', '.git /config', '.env::$DATA', '.git::$INDEX_ALLOCATION/config', 'id_rsa:x', 'ｉｄ_ｒｓａ',
];

const open = [
  'README.md', 'src/env.ts', 'environment.ts', '.env.example', '.env.sample', '.env.template', '.env.dist', '.gitignore', '.github/workflows/ci.yml', 'id_rsa.pub', 'id_utils.ts', 'history.ts', 'keys.ts', 'key.md',
  'src/secrets.ts', 'docs/credentials.md', 'git/config', '.eslintrc', 'a.pem.md', '',
];

describe('isSecret', () => {
  for (const path of secret) it(`takes ${JSON.stringify(path)} for a secret`, () => assert.equal(isSecret(path), true));
  for (const path of open) it(`takes ${JSON.stringify(path)} for no secret`, () => assert.equal(isSecret(path), false));
});
