import assert from 'node:assert/strict';
import { coreJourneys } from './support/coreJourneys.ts';
import { openSession, type Session } from './support/session.ts';

async function show({ window }: Session): Promise<void> {
  await window.runCommand('Test memfs: Show tide.ts');
}

describe('In a folder that is not on a disk', function () {
  this.timeout(240_000);
  let session: Session;

  coreJourneys({
    name: 'virtual',
    hasTools: true,
    keepsKeys: true,
    openSample: show,
    async open() {
      session = await openSession({
        testExtensions: ['memfs'],
        window: { folderAddress: 'memfs:/shop' },
        settings: () => ({ 'rivulet.model': 'deepseek/deepseek-v4-flash', 'files.autoSave': 'off' }),
      });
      return session;
    },
    async readStored(at) {
      // It is the one that is shown. The palette would take the focus and send Escape to the panel, which stops the answer.
      assert.equal(await at.window.page.locator('.tabs-container .tab.active.dirty').count(), 0, 'what the editor shows is stored');
      return at.window.editorText();
    },
  });

  it('no path leads out of the folder, and no link is followed', async () => {
    const { panel, simulator } = session;
    await panel.open();
    for (const path of ['../elsewhere/secret.txt', 'src/../../elsewhere/secret.txt', 'leads-out']) {
      await panel.ask(`Look. [[simulate: call tool read_file with ${JSON.stringify({ path })}]]`);
      const told = simulator.requests.at(-1)?.text ?? '';
      assert.ok(told.includes('read_file cannot read'), path);
      assert.ok(!told.includes('CANARY'), path);
    }
  });
});
