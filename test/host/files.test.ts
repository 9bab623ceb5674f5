import assert from 'node:assert/strict';
import { files } from '../../src/host/files.ts';
import { env, reset, settings } from './fakeVscode.ts';

describe('the files of the host', () => {
  beforeEach(reset);

  it('have a trash on the machine of the window, unless the person has switched it off', () => {
    assert.equal(files.hasTrash?.('/w/a.txt'), true);
    settings.set('files.enableTrash', false);
    assert.equal(files.hasTrash?.('/w/a.txt'), false);
  });

  it('have none on another machine', () => {
    env.remoteName = 'ssh-remote';
    assert.equal(files.hasTrash?.('/w/a.txt'), false);
  });
});
