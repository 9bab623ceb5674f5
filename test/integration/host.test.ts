import assert from 'node:assert/strict';
import { env, Uri, version, workspace } from 'vscode';

describe('the extension host', () => {
  it('is at least the VS Code of engines.vscode', () => {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    assert.ok(major > 1 || (major === 1 && minor >= 104), `VS Code ${version} is older than 1.104.`);
  });

  it('has the folder open that the tests wrote, and reads its files', async () => {
    const folder = workspace.workspaceFolders?.[0];
    assert.equal(folder?.uri.fsPath, process.env['RIVULET_WORKSPACE']);
    const bytes = await workspace.fs.readFile(Uri.joinPath(folder?.uri ?? Uri.file('/'), 'notes.txt'));
    assert.match(new TextDecoder().decode(bytes), /integration tests/);
  });

  it('speaks English unless another language was asked for', () => {
    assert.equal(env.language, 'en');
  });
});
