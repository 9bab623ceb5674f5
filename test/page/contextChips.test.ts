import assert from 'node:assert/strict';
import { say } from '../../src/protocol/localText.ts';
import { attention, contextWith, gaugeWith } from './contextStates.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { answeredTurn, stateWith } from './states.ts';
import { faultsOf } from './support/axe.ts';

describe('Context in the composer', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
    await page.show(stateWith({}));
  });
  afterEach(async () => closeUnharmed(page));

  const button = (name: string | RegExp): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('button', { name, exact: true });
  const chips = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('list', { name: 'Context' }).getByRole('listitem');
  const last = async (): Promise<unknown> => (await page.intents()).at(-1);
  const isFocused = (selector: string): Promise<unknown> => page.browserPage.waitForFunction((wanted) => document.activeElement?.matches(wanted) === true, selector);

  it('stands there with what it costs, or why it does not go along', async () => {
    await page.push({
      type: 'context-changed',
      context: [contextWith('f1', 'a.ts'), contextWith('f2', 'b.ts', { tokens: 1 }), contextWith('f3', 'c.ts', { tokens: undefined }), contextWith('f4', '.env', { tokens: 0, problem: say('{0} takes text only.', 'It') })],
    });
    await chips().first().waitFor();
    assert.deepEqual((await chips().allInnerTexts()).map((text) => text.replaceAll('\n', ' ')), ['a.ts 1.2k tokens', 'b.ts 1 token', 'c.ts …', '.env It takes text only.']);
  });

  it('is shown where it is at a press, and removed with its button, Delete or Backspace, the keyboard staying there', async () => {
    const [one, two, three] = [contextWith('f1', 'a.ts'), contextWith('f2', 'b.ts'), contextWith('f3', 'c.ts')] as const;
    await page.push({ type: 'context-changed', context: [one, two, three] });
    await button(/^b\.ts/).click();
    assert.deepEqual(await last(), { type: 'show-context', id: 'f2' });
    await page.browserPage.keyboard.press('Delete');
    assert.deepEqual(await last(), { type: 'remove-context', id: 'f2' });
    await page.push({ type: 'context-changed', context: [one, three] });
    await page.browserPage.waitForFunction(() => document.activeElement?.textContent?.startsWith('c.ts') === true);
    await page.browserPage.keyboard.press('Backspace');
    assert.deepEqual(await last(), { type: 'remove-context', id: 'f3' });
    await page.push({ type: 'context-changed', context: [one] });
    await page.browserPage.waitForFunction(() => document.activeElement?.textContent?.startsWith('a.ts') === true);
    await button('Remove a.ts').click();
    assert.deepEqual(await last(), { type: 'remove-context', id: 'f1' });
    await page.push({ type: 'context-changed', context: [] });
    await isFocused('vscode-text-area');
  });

  it('offers the current file and the selection, and takes neither unasked', async () => {
    await page.push({ type: 'attention-changed', attention });
    await button('Attach retry.ts:12-40').waitFor();
    await page.browserPage.getByRole('textbox', { name: 'Message' }).fill('Hello');
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual((await page.intents()).map(({ type }) => type).filter((type) => type.includes('suggestion')), []);
    await button('Attach retry.ts').focus();
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual(await last(), { type: 'take-suggestion', id: 'file:src/http/retry.ts' });
    await isFocused('vscode-text-area');
    await page.push({ type: 'context-changed', context: [contextWith('f1', 'retry.ts')] });
    await button('Attach retry.ts').waitFor({ state: 'detached' });
    await button('Attach retry.ts:12-40').waitFor();
  });

  it('wraps and scrolls in a page of 200 pixels, the newest to be seen', async () => {
    await page.browserPage.setViewportSize({ width: 200, height: 500 });
    const context = Array.from({ length: 40 }, (_, index) => contextWith(`c${index}`, `src/a-folder/with/a-file-of-a-long-name-${index}.ts`));
    await page.push({ type: 'context-changed', context });
    await chips().last().waitFor();
    const list = page.browserPage.getByRole('list', { name: 'Context' });
    const measured = await list.evaluate((element) => ({ height: element.clientHeight, whole: element.scrollHeight, wide: element.scrollWidth > element.clientWidth, page: document.documentElement.scrollWidth }));
    assert.ok(measured.height < 140 && measured.whole > 500 && !measured.wide && measured.page <= 200, JSON.stringify(measured));
    await page.browserPage.waitForFunction(() => {
      const frame = document.querySelector('.context-chips')?.getBoundingClientRect();
      const chip = document.querySelector('.context-chip:last-child')?.getBoundingClientRect();
      return frame !== undefined && chip !== undefined && chip.top >= frame.top && chip.bottom <= frame.bottom + 3;
    });
  });
});

describe('Gauge of the context window', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(async () => closeUnharmed(page));

  const gauge = (): ReturnType<OpenedPage['browserPage']['locator']> => page.browserPage.locator('.gauge-button');
  const sent = async (): Promise<unknown[]> => (await page.intents()).filter(({ type }) => type === 'send');

  it('says how full it is and what fills it, by name, tooltip and at a press', async () => {
    await page.show(stateWith({ gauge: gaugeWith(32_000) }));
    assert.equal(await gauge().innerText(), '25%');
    assert.equal(await gauge().getAttribute('aria-label'), 'Context window: 25% of 128k tokens full, 32k tokens. Instructions: 900 tokens. Tools: 2.6k tokens. Chat so far: 27k tokens. Attached context: 1.5k tokens');
    assert.match((await gauge().getAttribute('title')) ?? '', /\nTools: 2\.6k tokens\n/);
    await gauge().click();
    const parts = page.browserPage.getByRole('group', { name: 'What fills the context window' });
    assert.deepEqual(await faultsOf(page), []);
    assert.match((await parts.innerText()).replaceAll('\n', ' '), /Tools 2\.6k tokens .* Together 32k of 128k tokens/);
    await page.browserPage.keyboard.press('Escape');
    await parts.waitFor({ state: 'detached' });
    assert.deepEqual((await page.intents()).filter(({ type }) => type === 'stop'), []);
  });

  it('shows tokens alone where nobody knows the size of the window', async () => {
    await page.show(stateWith({ turns: [answeredTurn], gauge: gaugeWith(120_000, { limit: undefined }) }));
    assert.equal(await gauge().innerText(), '120k');
    assert.match((await gauge().getAttribute('aria-label')) ?? '', /^Context: 120k tokens\./);
    assert.equal(await page.browserPage.getByRole('button', { name: 'Compact' }).count(), 0);
  });

  it('warns when the window is nearly full and offers a summary, which leaves what is written alone and is asked for once', async () => {
    await page.show(stateWith({ turns: [answeredTurn], gauge: gaugeWith(102_000) }));
    assert.equal(await page.browserPage.locator('.nearly-full').count(), 0);
    await page.push({ type: 'gauge-changed', gauge: gaugeWith(113_000) });
    await page.browserPage.locator('.nearly-full').waitFor();
    await page.browserPage.getByText('The context window is 88% full.').waitFor();
    await page.browserPage.getByRole('textbox', { name: 'Message' }).fill('half a thought');
    await page.browserPage.getByRole('button', { name: 'Compact' }).dblclick({ timeout: 2000 }).catch(() => undefined);
    assert.deepEqual(await sent(), [{ type: 'send', text: '/compact' }]);
    assert.equal(await page.browserPage.getByRole('textbox', { name: 'Message' }).inputValue(), 'half a thought');
    await page.browserPage.getByRole('button', { name: 'Compact' }).waitFor({ state: 'detached' });
  });
});
