import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../workbench/eventually.ts';
import { windowState } from '../workbench/windowState.ts';
import { openSession, type Session } from './support/session.ts';

describe('The key', function () {
  this.timeout(180_000);
  const canary = 'sk-CANARY-7f3e9a41c05d';
  let session: Session;

  before(async () => {
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-flash' }), keys: { deepseek: canary }, server: { mode: 'driver' } });
    await session.panel.open();
    await session.panel.setKey('DeepSeek', canary);
  });
  after(() => session.close());
  afterEach(() => session.simulator.faults.clear());

  it('is sent to its service, and nowhere else is a trace of it: page, messages, settings, state, logs, files', async () => {
    const { panel, simulator, window, server, folder } = session;
    const { page } = window;
    // Listens to everything that crosses into or out of a frame from now on.
    const frame = await panel.frame();
    await frame.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      addEventListener('message', (event) => heard.push(JSON.stringify(event.data)));
    });
    // The simulator refuses the key and says it back, as some servers do.
    simulator.faults.push({ kind: 'answer', status: 401, body: JSON.stringify({ error: { message: `Authentication Fails, Your api key: ${canary} is invalid`, type: 'authentication_error' } }) });
    const refused = await panel.ask('Will you take this key?');
    await refused.getByRole('button', { name: 'Details' }).click();
    await refused.getByText(/\[key\]/).waitFor();
    simulator.faults.push({ kind: 'html', status: 403 });
    await panel.ask('And through a proxy?');
    simulator.faults.clear();
    await panel.ask('And properly?');
    await window.runCommand('Rivulet: Show Log');
    await page.locator('.part.panel').getByText(/bad-key/).first().waitFor();

    const sent = simulator.requests.filter((request) => request.headers.authorization === `Bearer ${canary}`);
    assert.ok(sent.length >= 2, 'the key was really used');

    const heard = await frame.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.join('\n'));
    assert.ok(heard.length > 500, 'the messages were overheard');
    assert.ok(!heard.includes(canary), 'no message to the page carries it');
    for (const each of page.frames()) {
      const content = await each.content().catch(() => '');
      assert.ok(!content.includes(canary), `the document ${each.url().slice(0, 60)} does not hold it`);
    }
    assert.ok(!((await page.locator('body').innerText()) ?? '').includes(canary), 'the log view does not show it');
    const storage = await page.evaluate(windowState);
    assert.ok(storage.length > 100, 'the state of the window was read');
    assert.ok(!storage.includes(canary), 'the state of the window does not hold it');

    const files = await filesUnder(server.dataFolder, folder);
    assert.ok(files.some((file) => file.endsWith('settings.json')) && files.some((file) => file.includes('logs')), 'settings and logs are among the files');
    for (const file of files) {
      // VS Code goes on writing, and a file may be gone by now.
      const content = await readFile(file).catch(() => Buffer.of());
      assert.ok(!content.includes(canary) && !content.includes(Buffer.from(canary, 'utf16le')), `${file} does not hold it`);
    }
  });

  it('is gone once it has been removed', async () => {
    const { panel, window, simulator } = session;
    await window.runCommand('Rivulet: Remove API Key', 'DeepSeek');
    await window.quickInput.box.waitFor({ state: 'hidden' });
    const before = simulator.requests.length;
    const composer = await panel.composer();
    await composer.fill('Without a key?');
    await composer.press('Enter');
    await window.quickInput.titled('API key for DeepSeek').waitFor();
    assert.equal(simulator.requests.length, before, 'nothing was sent');
    assert.equal(await composer.inputValue(), 'Without a key?', 'the question is still there');
  });
});

describe('The key in the secret storage', function () {
  this.timeout(180_000);
  let session: Session;

  before(async () => {
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-flash' }), server: { mode: 'person' } });
    await session.panel.open();
  });
  after(() => session.close());

  it('outlives a reload of the window, though VS Code stored last what it was given first', async () => {
    const { panel, window, simulator } = session;
    const { page } = window;
    const letGo = Promise.withResolvers<void>();
    let asked = 0;
    // VS Code asks its server for half of the key that it locks secrets with, for each secret, until it has one.
    await page.route('**/mint-key', async (route) => {
      asked += 1;
      if (asked === 1) await letGo.promise;
      await route.continue();
    });
    await panel.setKey('DeepSeek', simulator.keys.deepseek);
    const kept = (): Promise<string | null> => page.evaluate(() => localStorage.getItem('secrets.provider'));
    const before = await eventually(kept, (text) => text !== null);
    assert.ok(before !== null && asked > 1, 'the second secret was stored before the first');
    letGo.resolve();
    assert.notEqual(await eventually(kept, (text) => text !== before), before, 'the first was stored after it');
    await panel.ask('Before the reload?');
    await window.reload();
    await panel.open();
    const turn = await panel.ask('And after it?');
    await turn.locator('.answer').getByText('And after it?').first().waitFor();
    assert.equal(await turn.locator('.card.error').count(), 0);
  });
});

async function filesUnder(...folders: readonly string[]): Promise<readonly string[]> {
  // A folder that goes away while it is read makes the reading fail.
  const found = await Promise.all(folders.map(async (folder) => eventually(async () => readdir(folder, { recursive: true, withFileTypes: true }), () => true)));
  return found.flat().filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
