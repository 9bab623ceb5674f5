import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame } from 'playwright-core';
import { eventually } from '../workbench/eventually.ts';
import { openSession, type Session } from './support/session.ts';

const hook = fileURLToPath(new URL('../workbench/offlineHook.cjs', import.meta.url));

describe('The package on a machine without a network', function () {
  this.timeout(180_000);
  let session: Session;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rivulet-offline-'));
    session = await openSession({ server: { nodeArguments: ['--require', hook], environment: { RIVULET_REFUSED: join(folder, 'refused') } } });
  });
  after(async () => {
    await session?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('starts, asks a server of this machine, and has all it draws with inside: colours, formulas and their letters', async () => {
    const { panel, window, simulator } = session;
    await panel.open();
    await panel.setKey('DeepSeek', simulator.keys.deepseek);
    const turn = await panel.ask('[[simulate: say ```js\nconst a = 1;\n```\n\nand $x^2$ and\n\n$$\\frac{1}{2}$$]]');
    await turn.locator('.katex').first().waitFor();
    const frame = await panel.frame();
    assert.ok(await frame.evaluate(async () => (await document.fonts.ready).size > 0 && [...document.fonts].some((font) => font.family.includes('KaTeX') && font.status === 'loaded')), 'the letters of formulas are loaded');
    assert.ok(simulator.requests.length > 0);
    assert.deepEqual(window.refusedRequests, []);
  });

  it('would have been refused what it had asked of others', async () => {
    const { panel, window } = session;
    await window.changeSettings({ 'rivulet.endpoints': [{ id: 'far', label: 'Far away', baseUrl: 'https://chat.example.com/v1', auth: 'none', models: [{ id: 'm' }] }], 'rivulet.model': 'far/m', 'rivulet.retries': 0 });
    await (await panel.open()).getByText('Far away').first().waitFor();
    await panel.send('Is anybody there?');
    const refused = await eventually(() => readFile(join(folder, 'refused'), 'utf8'), (text) => text.includes('chat.example.com'));
    assert.match(refused, /^chat\.example\.com$/m);
  });

  it('shows its page among the extensions with nothing broken, and in Chinese further down', async () => {
    const { window } = session;
    await window.runCommand('Extensions: Show Installed Extensions');
    await window.page.locator('.extension-list-item').filter({ hasText: 'Rivulet' }).first().click();
    const page = await eventually(() => pageOf(window.page.frames()), (frame) => frame !== undefined);
    assert.ok(page !== undefined, 'the page of the extension is there');
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('img')].filter((image) => image.naturalWidth === 0).map((image) => image.alt)), []);
    await page.getByRole('link', { name: '简体中文' }).click();
    await page.getByRole('heading', { name: '简体中文' }).waitFor();
    await window.screenshot('extension-page');
    assert.deepEqual(window.refusedRequests, []);
  });
});

/** The document that VS Code makes of the README, once it is there. */
async function pageOf(frames: readonly Frame[]): Promise<Frame | undefined> {
  for (const frame of frames) {
    if (await frame.evaluate(() => document.querySelector('h1')?.textContent === 'Rivulet').catch(() => false)) return frame;
  }
  return undefined;
}
