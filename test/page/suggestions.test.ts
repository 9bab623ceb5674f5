import assert from 'node:assert/strict';
import { say } from '../../src/protocol/localText.ts';
import type { SuggestionsView } from '../../src/protocol/contextView.ts';
import { eventually } from '../workbench/eventually.ts';
import { commandWith, commands, mentions, suggestionWith } from './contextStates.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { stateWith, turnWith } from './states.ts';
import { activeDescendant } from './support/activeDescendant.ts';
import { faultsOf } from './support/axe.ts';

const running = stateWith({
  activity: { kind: 'running', phase: 'answering', since: 0 },
  turns: [turnWith('t1', 'Hi', [{ kind: 'text', id: 'a1', text: 'Well' }], { outcome: 'running', usage: undefined })],
});
const files = [suggestionWith('a.ts', 'src'), suggestionWith('ab.ts', 'src'), suggestionWith('abc', '', 'folder')];
const someCommands = [commandWith('explain', say('Start a new chat')), commandWith('compact', say('Start a new chat'))];

describe('Suggestions in the composer', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
    await page.show(stateWith({}));
    await message().click();
  });
  afterEach(async () => closeUnharmed(page));

  const message = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('textbox', { name: 'Message' });
  const list = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('listbox');
  const press = (key: string): Promise<void> => page.browserPage.keyboard.press(key);
  const type = (text: string): Promise<void> => page.browserPage.keyboard.type(text);
  const posted = async (...types: readonly string[]): Promise<unknown[]> => (await page.intents()).filter(({ type }) => types.includes(type));
  const answer = (suggestions: SuggestionsView | undefined): Promise<void> => page.push({ type: 'suggestions-changed', suggestions });

  /** Waits until the host was asked for this word. */
  async function asked(kind: string, query: string): Promise<void> {
    await page.browserPage.waitForFunction(
      (wanted) => (globalThis as unknown as { intents: { type: string; kind?: string; query?: string }[] }).intents.some((intent) => intent.type === 'suggest' && `${intent.kind} ${intent.query}` === wanted),
      `${kind} ${query}`,
    );
  }

  async function offer(text = 'Look at @a'): Promise<void> {
    await type(text);
    await asked('mention', 'a');
    await answer(mentions('a', files));
    await list().waitFor();
  }

  const selected = (): Promise<string> => list().getByRole('option', { selected: true }).innerText();

  it('are asked for behind an @ that begins a word, once for what was typed in one go', async () => {
    await type('me@example.org and @src/ht');
    await asked('mention', 'src/ht');
    assert.deepEqual(await posted('suggest'), [{ type: 'suggest', kind: 'mention', query: 'src/ht' }]);
    await type(' ');
    await page.browserPage.waitForFunction(() => (globalThis as unknown as { intents: { type: string }[] }).intents.at(-1)?.type === 'close-suggestions');
  });

  it('are asked for behind a slash at the very beginning only', async () => {
    await type('/co');
    await asked('command', 'co');
    await message().fill('');
    await type('see /tmp and 1/2');
    await page.browserPage.waitForTimeout(200);
    assert.deepEqual(await posted('suggest'), [{ type: 'suggest', kind: 'command', query: 'co' }]);
  });

  it('are asked for behind the signs of Chinese input methods, and within Chinese words', async () => {
    const session = await page.browserPage.context().newCDPSession(page.browserPage);
    await session.send('Input.insertText', { text: '请看＠说明' });
    await asked('mention', '说明');
    await message().fill('');
    await session.send('Input.insertText', { text: '／解释' });
    await asked('command', '解释');
  });

  it('are drawn while they fit what is written, and not when they answer something else', async () => {
    await type('@ab');
    await asked('mention', 'ab');
    await answer(mentions('x', files));
    assert.equal(await list().count(), 0);
    await answer(mentions('ab', files));
    await list().waitFor();
    // Until the next answer comes, what was found for the shorter word is offered as far as it fits.
    await type('c');
    await page.browserPage.getByText('Searching…').waitFor();
    assert.deepEqual(await list().getByRole('option').allInnerTexts(), ['abc']);
    await answer(mentions('abc', []));
    await page.browserPage.getByText('Nothing found.').first().waitFor();
    assert.equal(await list().count(), 0);
    await answer(mentions('abc', [], true));
    await page.browserPage.getByText('Searching…').waitFor();
    await type(' ');
    await page.browserPage.locator('.suggestions').waitFor({ state: 'detached' });
  });

  it('of the word before are not drawn for the next', async () => {
    await offer('@a');
    await press('Escape');
    await type(' @');
    await page.browserPage.waitForTimeout(50);
    assert.equal(await list().count(), 0);
  });

  it('are chosen with the arrows, around both ends, and said to screen readers', async () => {
    await offer();
    assert.match(await selected(), /^a\.ts/);
    await press('ArrowDown');
    assert.match(await selected(), /^ab\.ts/);
    assert.match((await activeDescendant(page.browserPage)) ?? '', /^ab\.ts/);
    await press('ArrowUp');
    await press('ArrowUp');
    assert.match(await selected(), /^abc/);
    await press('ArrowDown');
    assert.match(await selected(), /^a\.ts/);
    assert.equal(await message().inputValue(), 'Look at @a');
    await press('Escape');
    await page.browserPage.waitForFunction(() => document.querySelector('vscode-text-area')?.shadowRoot?.querySelector('textarea')?.ariaActiveDescendantElement === null);
  });

  for (const key of ['Enter', 'Tab']) {
    it(`are taken with ${key}: the word goes from the text, nothing is sent, and Ctrl+Z brings it back`, async () => {
      await offer();
      await press('ArrowDown');
      await press(key);
      assert.deepEqual(await posted('take-suggestion', 'send'), [{ type: 'take-suggestion', id: 'file:srcab.ts' }]);
      assert.equal(await message().inputValue(), 'Look at ');
      await list().waitFor({ state: 'detached' });
      await type('it');
      assert.equal(await message().inputValue(), 'Look at it');
      await press('Control+z');
      await press('Control+z');
      assert.equal(await message().inputValue(), 'Look at @a');
    });
  }

  it('are taken with a click, in the middle of a sentence without leaving two blanks', async () => {
    await type('Look at  please');
    for (let index = 0; index < ' please'.length; index += 1) await press('ArrowLeft');
    await type('@a');
    await asked('mention', 'a');
    await answer(mentions('a', files));
    await list().getByRole('option', { name: /^abc/ }).click();
    assert.deepEqual(await posted('take-suggestion'), [{ type: 'take-suggestion', id: 'folder:abc' }]);
    assert.equal(await message().inputValue(), 'Look at please');
    assert.equal(await page.browserPage.evaluate(() => document.activeElement?.localName), 'vscode-text-area');
  });

  it('that are commands are written out, and sent only with the next Enter', async () => {
    await type('/co');
    await asked('command', 'co');
    await answer(commands('co', [commandWith('compact', say('Start a new chat')), ...someCommands.slice(0, 1)]));
    await list().waitFor();
    assert.match(await selected(), /^\/compact/);
    await press('Enter');
    assert.equal(await message().inputValue(), '/compact ');
    assert.deepEqual(await posted('send', 'take-suggestion'), []);
    await press('Enter');
    assert.deepEqual(await posted('send'), [{ type: 'send', text: '/compact ' }]);
  });

  it('do not hold up a command that is written out', async () => {
    await type('/compact');
    await asked('command', 'compact');
    await answer(commands('compact', someCommands.slice(1)));
    await list().waitFor();
    await press('Enter');
    assert.deepEqual(await posted('send'), [{ type: 'send', text: '/compact' }]);
    await list().waitFor({ state: 'detached' });
  });

  it('do not come up for a command that has been sent meanwhile', async () => {
    await type('/compact');
    await asked('command', 'compact');
    await press('Enter');
    await page.push({ type: 'turn-added', turn: turnWith('t9', 'Summarise.', [], { isSummary: true }) });
    assert.equal((await eventually(async () => posted('close-suggestions'), (told) => told.length > 0)).length, 1);
    await answer(commands('compact', someCommands.slice(1)));
    await page.browserPage.waitForTimeout(100);
    assert.equal(await list().count(), 0);
  });

  it('put a plain slash for a full-width one', async () => {
    const session = await page.browserPage.context().newCDPSession(page.browserPage);
    await session.send('Input.insertText', { text: '／compact' });
    await asked('command', 'compact');
    await answer(commands('compact', someCommands.slice(1)));
    await list().waitFor();
    await press('Enter');
    assert.equal(await message().inputValue(), '/compact ');
    assert.deepEqual(await posted('send'), []);
  });

  it('close with Escape, which stops no answer while they are open, and stay closed for this word', async () => {
    await page.show(running);
    await offer();
    await press('Escape');
    await list().waitFor({ state: 'detached' });
    assert.deepEqual(await posted('stop'), []);
    await type('b');
    await page.browserPage.waitForTimeout(200);
    await answer(mentions('ab', files));
    assert.equal(await list().count(), 0);
    await press('Escape');
    assert.deepEqual(await posted('stop'), [{ type: 'stop' }]);
  });

  it('hold Enter back for a moment while they are looked for, so that no half name is sent', async () => {
    await page.browserPage.evaluate((now) => void (Date.now = () => now), 1000);
    await type('@re');
    await press('Enter');
    assert.deepEqual(await posted('send'), []);
    await page.browserPage.evaluate((now) => void (Date.now = () => now), 1600);
    await press('Enter');
    assert.deepEqual(await posted('send'), [{ type: 'send', text: '@re' }]);
  });

  it('leave a question alone for which nothing is found', async () => {
    await type('@re');
    await asked('mention', 're');
    await answer(mentions('re', []));
    await page.browserPage.getByText('Nothing found.').first().waitFor();
    await press('Enter');
    assert.deepEqual(await posted('send'), [{ type: 'send', text: '@re' }]);
  });

  it('close when the composer loses the focus', async () => {
    await offer();
    await page.browserPage.getByRole('button', { name: /^Model:/ }).focus();
    await list().waitFor({ state: 'detached' });
    assert.equal((await page.intents()).at(-1)?.type, 'close-suggestions');
  });

  it('neither take nor send nor double what an input method composes', async () => {
    const session = await page.browserPage.context().newCDPSession(page.browserPage);
    await offer('@a');
    await session.send('Input.imeSetComposition', { text: 'shuo', selectionStart: 4, selectionEnd: 4 });
    for (const [key, code] of [['Process', 229], ['Enter', 229], ['ArrowDown', 40], ['Tab', 229], ['Escape', 27], ['Enter', 13]] as const) {
      await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, windowsVirtualKeyCode: code });
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode: code });
    }
    assert.deepEqual(await posted('take-suggestion', 'send', 'close-suggestions'), []);
    await session.send('Input.insertText', { text: '说明' });
    assert.equal(await message().inputValue(), '@a说明');
    await asked('mention', 'a说明');
    assert.deepEqual((await posted('suggest')).map((intent) => (intent as { query: string }).query), ['a', 'a说明']);
    await answer(mentions('a说明', [suggestionWith('a说明.md')]));
    await list().waitFor();
    await page.browserPage.waitForTimeout(150);
    await press('Enter');
    assert.deepEqual(await posted('take-suggestion', 'send'), [{ type: 'take-suggestion', id: 'file:a说明.md' }]);
    assert.equal(await message().inputValue(), '');
  });

  it('are not taken by the Enter that ends a composition', async () => {
    const session = await page.browserPage.context().newCDPSession(page.browserPage);
    await offer('@a');
    await session.send('Input.imeSetComposition', { text: '说', selectionStart: 1, selectionEnd: 1 });
    await page.browserPage.evaluate(() => {
      const area = document.querySelector('vscode-text-area')?.shadowRoot?.querySelector('textarea');
      area?.dispatchEvent(new CompositionEvent('compositionend', { data: '说', bubbles: true, composed: true }));
      area?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, composed: true, cancelable: true }));
      area?.dispatchEvent(new KeyboardEvent('keyup', { key: 'Enter', keyCode: 13, bubbles: true, composed: true }));
    });
    assert.deepEqual(await posted('take-suggestion', 'send'), []);
    await session.send('Input.insertText', { text: '说' });
    assert.equal(await message().inputValue(), '@a说');
  });

  it('leave axe-core nothing to find, neither with entries nor without', async () => {
    await offer('@a');
    assert.deepEqual(await faultsOf(page), []);
    await answer(mentions('a', []));
    await list().waitFor({ state: 'detached' });
    assert.deepEqual(await faultsOf(page), []);
  });

  it('stay within a page of 200 pixels, above the composer', async () => {
    await page.browserPage.setViewportSize({ width: 200, height: 400 });
    await type('@a');
    await asked('mention', 'a');
    await answer(mentions('a', Array.from({ length: 60 }, (_, index) => suggestionWith(`a-file-with-a-long-name-${index}.ts`, 'src/with/a/long/way'))));
    await list().waitFor();
    const [box, composer] = [await page.browserPage.locator('.suggestions').boundingBox(), await page.browserPage.locator('.composer').boundingBox()];
    assert.ok(box !== null && composer !== null);
    assert.ok(box.x >= 0 && box.x + box.width <= 200 && box.y >= 0 && box.y + box.height <= composer.y, JSON.stringify({ box, composer }));
    await press('ArrowUp');
    await page.browserPage.waitForFunction(() => {
      const option = document.querySelector('[role=option][aria-selected=true]')?.getBoundingClientRect();
      const frame = document.querySelector('.suggestions')?.getBoundingClientRect();
      return option !== undefined && frame !== undefined && option.bottom <= frame.bottom && option.top >= frame.top;
    });
  });
});
