import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lastContent } from '../support/lastContent.ts';
import { openSession, type Session } from './support/session.ts';

describe('Commands and instructions in the real workbench', function () {
  this.timeout(180_000);
  let session: Session;

  before(async () => {
    session = await openSession();
    await session.write('AGENTS.md', 'Use tabs, never blanks.\n');
    await session.write('.rivulet/prompts/names.md', '# Find better names\n\nSuggest names for $ARGUMENTS.\n');
    await session.write('src/tide.ts', 'export const tide = 12;\n');
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
  });
  after(() => session.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-commands-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  it('list the instructions of the workspace before the first question, and send them with it', async () => {
    const frame = await session.panel.open();
    await frame.locator('.context-chip').filter({ hasText: 'AGENTS.md' }).waitFor();
    await session.window.screenshot('commands-instructions');
    await session.panel.ask('Hello');
    assert.match(String(lastContent(session.simulator.requests)), /cannot widen what you may do[^]*Use tabs, never blanks\.[^]*\n\nHello$/);
    await session.panel.ask('Again');
    assert.equal(lastContent(session.simulator.requests), 'Again');
  });

  it('explain the open file, and keep what the person typed as the question', async () => {
    await session.window.openFile('src/tide.ts');
    await session.panel.open();
    const turn = await session.panel.ask('/explain');
    assert.match(String(lastContent(session.simulator.requests)), /Text of src\/tide\.ts[^]*export const tide = 12;[^]*command \/explain[^]*\n\n\/explain$/);
    await turn.getByText('src/tide.ts').first().waitFor();
    await session.window.screenshot('commands-explain');
  });

  it('offer a prompt of the workspace by its name, and put the words behind it into it', async () => {
    const frame = await session.panel.open();
    await (await session.panel.composer()).fill('');
    await session.window.page.keyboard.type('/nam', { delay: 15 });
    await frame.getByRole('option', { name: /\/names.*Find better names/ }).waitFor();
    await session.window.page.keyboard.press('Enter');
    await session.panel.ask('/names the tide');
    assert.match(String(lastContent(session.simulator.requests)), /a prompt that comes with the workspace[\s\S]*Suggest names for the tide\.\nDATA>>>\n\n\/names the tide$/);
  });

  it('say of /review in a folder without Git that there is nothing to review, and ask no model', async () => {
    await session.panel.open();
    const before = session.simulator.requests.length;
    const box = await session.panel.composer();
    await box.fill('/review');
    await box.press('Enter');
    await session.window.page.locator('.notification-toast').filter({ hasText: /Git knows of no changes|Nothing has changed/ }).waitFor();
    assert.equal(session.simulator.requests.length, before);
    assert.throws(() => execFileSync('git', ['rev-parse', 'HEAD'], { cwd: session.folder, stdio: 'pipe' }));
  });
});
