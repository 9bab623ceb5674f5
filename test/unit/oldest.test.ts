import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { oldestVersion } from '../workbench/prepare.ts';

describe('The oldest VS Code', () => {
  it('is the same in the manifest, in the types that code is checked against, and in the tests that run on it', () => {
    const { engines, devDependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly engines: { readonly vscode: string }; readonly devDependencies: Readonly<Record<string, string>> };
    assert.equal(engines.vscode, `^${devDependencies['@types/vscode'] ?? ''}`);
    // code-server 4.x carries VS Code 1.x.
    assert.equal(oldestVersion.replace(/^4\./, '^1.'), engines.vscode);
  });
});
