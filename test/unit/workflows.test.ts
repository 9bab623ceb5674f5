import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { workflowFaults } from '../release/workflows.ts';

const folder = new URL('../../.github/workflows/', import.meta.url);
const hash = 'de0fac2e4500dabe0009e67214ff5f5447ce83dd';
const good = `name: CI
on:
  pull_request:
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@${hash} # v6.0.2
        with:
          persist-credentials: false
      - run: npm ci --ignore-scripts
      - env:
          NAME: \${{ github.ref_name }}
        run: |
          echo "$NAME"
`;

const wrong: readonly (readonly [string, string, RegExp])[] = [
  ['runs what strangers write with the rights of the repository', good.replace('pull_request:', 'pull_request_target:'), /rights of this repository/],
  ['listens to comments', good.replace('pull_request:', 'issue_comment:'), /rights of this repository/],
  ['sets no permissions', good.replace('permissions:\n  contents: read\n', ''), /not set to nothing or to reading/],
  ['may write at the top', good.replace('contents: read', 'contents: write'), /not set to nothing or to reading/],
  ['may do more than read at the top', good.replace('contents: read', 'contents: read\n  packages: write'), /not set to nothing or to reading/],
  ['asks for everything in a job', good.replace('    steps:', '    permissions: write-all\n    steps:'), /all permissions/],
  ['uses an action by its tag', good.replace(`@${hash} # v6.0.2`, '@v6'), /actions\/checkout@v6 is not pinned/],
  ['uses an action by a short hash', good.replace(hash, hash.slice(0, 12)), /is not pinned/],
  ['does not say which version a hash is', good.replace(' # v6.0.2', ''), /is not pinned/],
  ['uses one action twice, in two versions', good.replace('      - run: npm', `      - uses: actions/checkout@${'a'.repeat(40)} # v1.0.0\n        with:\n          persist-credentials: false\n      - run: npm`), /pinned to two commits/],
  ['puts a title into a script', good.replace('echo "$NAME"', 'echo "${{ github.event.pull_request.title }}"'), /put into a script/],
  ['puts a branch into a script of one line', good.replace('- run: npm ci --ignore-scripts', '- run: echo ${{ github.head_ref }}'), /put into a script/],
  ['installs with scripts', good.replace(' --ignore-scripts', ''), /with their scripts/],
  ['installs what no lock file names', good.replace('npm ci --ignore-scripts', 'npm install --ignore-scripts left-pad'), /lock file does not name/],
  ['runs what no lock file names', good.replace('npm ci --ignore-scripts', 'npx vsce publish'), /lock file does not name/],
  ['keeps its token in the checkout', good.replace('persist-credentials: false', 'fetch-depth: 0'), /leaves its token/],
  ['shares a cache', good.replace('    steps:', '    steps:\n      - uses: actions/cache@v4'), /shares a cache/],
  ['uses a secret', good.replace('github.ref_name', 'secrets.TOKEN'), /uses a secret/],
  ['never ends', good.replace('    timeout-minutes: 5\n', ''), /has no end/],
  ['runs on whatever machine is newest', good.replace('ubuntu-24.04', 'ubuntu-latest'), /not named exactly/],
  ['tests where a token can be had', good.replace('    steps:', '    permissions:\n      id-token: write\n    steps:').replace('npm ci --ignore-scripts', 'bash .ci/run'), /where a token can be had/],
  ['publishes unasked', good.replace('npm ci --ignore-scripts', 'node vsce publish'), /without an environment/],
];

describe('the workflows', () => {
  for (const file of readdirSync(folder)) {
    it(`are safe to run on what strangers send (B10, B11): ${file}`, () => {
      assert.deepEqual(workflowFaults(readFileSync(new URL(file, folder), 'utf8')), []);
    });
  }

  it('that are safe are not refused', () => {
    assert.deepEqual(workflowFaults(good), []);
  });

  for (const [fault, source, words] of wrong) {
    it(`are refused when one ${fault}`, () => {
      assert.notEqual(source, good);
      assert.match(workflowFaults(source).join('\n'), words);
    });
  }

  it('publish one file to both galleries, which was built and checked once', () => {
    const release = readFileSync(new URL('release.yml', folder), 'utf8');
    assert.equal(release.match(/npm run release:check/g)?.length, 1);
    assert.deepEqual(release.match(/--packagePath \S+/g), ['--packagePath out/rivulet.vsix', '--packagePath out/rivulet.vsix']);
    assert.equal(release.match(/sha256sum --check/g)?.length, 3);
  });
});
