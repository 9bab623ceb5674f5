import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { eventually } from '../workbench/eventually.ts';
import { faultsOf } from '../page/support/axe.ts';
import { pressUntil } from './support/keyboard.ts';
import { openSession, type Session } from './support/session.ts';

const code = 'export const tides = 2;';
const answer = `Twice a day, see \`src/tides.ts:3\`, by $a^2$.

| Tide | Metres |
|---|---:|
| low | 0.6 |

- [x] looked

\`\`\`ts src/tides.ts
${code}
\`\`\`
![far away](https://pictures.test/sea.png) and [the harbour](https://harbour.test/times)`;

describe('Reading answers, in the real workbench and by keyboard', function () {
  this.timeout(180_000);
  let session: Session;

  before(async () => {
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-v4-flash', 'files.autoSave': 'off' }), chunkDelayMs: 15 });
    await session.write('src/tides.ts', 'export const tides = 1;\n// two\n// three\n');
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
  });
  after(() => session.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-reading-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  const press = (key: string): Promise<void> => session.window.page.keyboard.press(key);
  const lastTurn = '.turn.last';

  /** Goes back from the composer to something of the last turn, and presses Enter on it. */
  async function reach(selector: string): Promise<Frame> {
    const frame = await session.panel.open();
    await pressUntil(session.window, frame, 'Shift+Tab', `${lastTurn} ${selector}`);
    await press('Enter');
    return frame;
  }

  it('reasoning folds by itself, keeps its duration, and unfolds again', async () => {
    const { panel, window } = session;
    await panel.send(`Why? [[simulate: reason 3]] [[simulate: say ${answer}]]`);
    const turn = await panel.lastTurn();
    await turn.locator('.reasoning-text').waitFor();
    await panel.settled();
    await turn.locator('.reasoning-text').waitFor({ state: 'hidden' });
    await turn.getByRole('button', { name: /^Thought for / }).waitFor();
    await reach('.reasoning button');
    await turn.locator('.reasoning-text').waitFor();
    await window.screenshot('reading-reasoning');
    await press('Enter');
    await turn.locator('.reasoning-text').waitFor({ state: 'hidden' });
  });

  it('tables, tasks, colours and formulas are drawn, and nothing is loaded from elsewhere', async () => {
    const frame = await session.panel.frame();
    const turn = frame.locator(lastTurn);
    assert.equal(await turn.locator('table td').first().textContent(), 'low');
    assert.equal(await turn.getByRole('checkbox', { checked: true }).count(), 1);
    await turn.locator('.katex').first().waitFor();
    await turn.locator('pre [class^="token-"]').first().waitFor();
    assert.equal(await turn.locator('img').count(), 0);
    assert.deepEqual(await turn.getByRole('link', { name: /harbour|far away/ }).allTextContents(), ['Picture: far away (pictures.test)', 'the harbour (harbour.test)']);
    await session.window.screenshot('reading-answer');
  });

  it('axe-core finds nothing in the panel as the workbench shows it, at 300 pixels neither', async () => {
    await session.window.resizeSidebar(300);
    assert.deepEqual(await faultsOf({ browserPage: await session.panel.frame() }), []);
  });

  it('a path leads to its line in the editor', async () => {
    const { window } = session;
    await reach('[title="Open src/tides.ts:3"]');
    await window.page.locator('.tabs-container .tab.active').filter({ hasText: 'tides.ts' }).waitFor();
    await window.page.locator('.part.statusbar .statusbar-item').filter({ hasText: 'Ln 3, Col 1' }).waitFor();
  });

  it('code is copied, put in at the cursor, and applied to its file through a review', async () => {
    const { window } = session;
    const frame = await reach('.code-block [data-does="copy"], .code-block button[aria-label="Copy code"]');
    assert.equal((await eventually(async () => window.page.evaluate(() => navigator.clipboard.readText()), (text) => text.includes('tides = 2'))).trim(), code);
    await reach('.code-block button[aria-label="Insert at cursor"]');
    assert.match(await eventually(() => window.editorText(), (text) => text.includes('tides = 2')), /\/\/ two\s+export const tides = 2;/);
    await window.runCommand('File: Revert File');
    await reach('.code-block button[aria-label="Apply to file"]');
    await frame.locator(`${lastTurn} .card.review`).waitFor();
    await window.screenshot('reading-apply');
    await pressUntil(window, frame, 'Tab', '.card.review [data-does="reject"]');
    await press('Enter');
    await frame.getByText('Rejected: nothing has changed').waitFor();
  });

  it('the page follows the stream at its end, stays where the reader has scrolled, and a button leads back', async () => {
    const { panel, window } = session;
    await panel.send('Tell me much. [[simulate: long 300]]');
    const frame = await panel.frame();
    const log = frame.getByRole('log');
    const left = (): Promise<number> => log.evaluate((scroller) => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop);
    const height = (): Promise<number> => log.evaluate((scroller) => scroller.scrollHeight);
    const before = await eventually(height, (now) => now > 2000);
    await eventually(height, (now) => now > before + 200);
    assert.ok((await left()) <= 24, 'it follows the stream');
    await pressUntil(window, frame, 'Shift+Tab', '.transcript, [role="log"]');
    await press('PageUp');
    const button = frame.getByRole('button', { name: 'Jump to latest' });
    await button.waitFor();
    // The step is smooth: it is over when it has stood still.
    let top = -1;
    await eventually(async () => {
      const now = await log.evaluate((scroller) => scroller.scrollTop);
      const isStill = now === top;
      top = now;
      await window.page.waitForTimeout(150);
      return isStill;
    }, (isStill) => isStill);
    const then = await height();
    await eventually(height, (now) => now > then + 200);
    assert.equal(await log.evaluate((scroller) => scroller.scrollTop), top, 'nothing moves under the reader');
    await window.screenshot('reading-scrolled');
    await button.focus();
    await press('Enter');
    await eventually(left, (now) => now <= 24);
    await button.waitFor({ state: 'detached' });
    await press('Escape');
    await panel.settled();
  });

  it('Chinese that is composed is sent once and whole, and Enter within the composition sends nothing', async () => {
    const { panel, window, simulator } = session;
    const frame = await panel.open();
    const turns = await frame.locator('article.turn').count();
    const requests = simulator.requests.length;
    const browser = await window.page.context().newCDPSession(window.page);
    for (const text of ['c', 'chao', 'chao xi', '潮汐']) await browser.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await browser.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
    await browser.send('Input.insertText', { text: '潮汐' });
    await browser.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 });
    assert.equal(await eventually(async () => (await panel.composer()).inputValue(), (value) => value !== ''), '潮汐');
    assert.equal(simulator.requests.length, requests);
    await press('Enter');
    await frame.locator('article.turn').nth(turns).waitFor();
    await panel.settled();
    assert.equal(await (await panel.lastTurn()).locator('.question-text').textContent(), '潮汐');
    assert.equal(await (await panel.composer()).inputValue(), '');
    await browser.detach();
  });
});
