import assert from 'node:assert/strict';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { readyModel, stateWith, turnWith } from './states.ts';

const running = stateWith({
  activity: { kind: 'running', phase: 'answering', since: 0 },
  turns: [turnWith('t1', 'Hi', [{ kind: 'text', id: 'a1', text: 'Well' }], { outcome: 'running', usage: undefined })],
});

describe('Composer', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
    await page.show(stateWith({}));
  });
  afterEach(async () => closeUnharmed(page));

  const message = (): ReturnType<OpenedPage['browserPage']['getByRole']> =>
    page.browserPage.getByRole('textbox', { name: 'Message' });
  const sent = async (): Promise<string[]> =>
    (await page.intents()).flatMap((intent) => (intent.type === 'send' ? [intent.text] : []));
  const kinds = async (): Promise<string[]> => (await page.intents()).map((intent) => intent.type);

  it('asks for the state once it is there', async () => {
    assert.deepEqual(await page.intents(), [{ type: 'ready' }]);
  });

  it('takes the focus also when the host asks for it together with the first state', async () => {
    const fresh = await openPage();
    await fresh.browserPage.evaluate((state) => {
      for (const [index, change] of [{ type: 'snapshot', state }, { type: 'composer-focused' }].entries()) {
        window.dispatchEvent(new MessageEvent('message', { data: { revision: index + 1, changes: [change] } }));
      }
    }, stateWith({}));
    await fresh.browserPage.waitForFunction(() => document.activeElement?.localName === 'vscode-text-area');
    await fresh.close();
  });

  it('sends with Enter and keeps the text until the host has it', async () => {
    await message().click();
    await page.browserPage.keyboard.type('What is this?');
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual(await sent(), ['What is this?']);
    assert.equal(await message().inputValue(), 'What is this?');
    await page.push({ type: 'turn-added', turn: turnWith('t1', 'What is this?', [], { outcome: 'running' }) });
    assert.equal(await message().inputValue(), '');
  });

  it('does not send twice when Enter is pressed twice', async () => {
    await message().click();
    await page.browserPage.keyboard.type('Once');
    await page.browserPage.keyboard.press('Enter');
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual(await sent(), ['Once']);
  });

  it('breaks the line with Shift+Enter', async () => {
    await message().click();
    await page.browserPage.keyboard.type('a');
    await page.browserPage.keyboard.press('Shift+Enter');
    await page.browserPage.keyboard.type('b');
    assert.deepEqual(await sent(), []);
    assert.equal(await message().inputValue(), 'a\nb');
  });

  it('grows with its text up to twelve lines', async () => {
    const height = async (): Promise<number> => (await message().boundingBox())?.height ?? 0;
    const one = await height();
    await message().fill('a\nb\nc\nd');
    const four = await height();
    await message().fill('a\n'.repeat(40));
    const many = await height();
    assert.ok(four > one * 1.8, `${four} after ${one}`);
    assert.ok(many > four * 2 && many < one * 10, `${many} after ${four}`);
  });

  it('neither sends nor doubles what an input method is composing', async () => {
    const session = await page.browserPage.context().newCDPSession(page.browserPage);
    await message().click();
    await session.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
    // The Enter that confirms the candidate, as Windows and Linux tell of it.
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', windowsVirtualKeyCode: 229 });
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', windowsVirtualKeyCode: 229 });
    await session.send('Input.insertText', { text: '你好' });
    assert.deepEqual(await sent(), []);
    assert.equal(await message().inputValue(), '你好');
    await page.browserPage.waitForTimeout(150);
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual(await sent(), ['你好']);
  });

  it('does not send with an Enter that comes right after the composition has ended', async () => {
    const session = await page.browserPage.context().newCDPSession(page.browserPage);
    await message().click();
    await session.send('Input.imeSetComposition', { text: '你好', selectionStart: 2, selectionEnd: 2 });
    await page.browserPage.evaluate(() => {
      const area = document.querySelector('vscode-text-area')?.shadowRoot?.querySelector('textarea');
      area?.dispatchEvent(new CompositionEvent('compositionend', { data: '你好', bubbles: true, composed: true }));
      area?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, composed: true, cancelable: true }));
      area?.dispatchEvent(new KeyboardEvent('keyup', { key: 'Enter', keyCode: 13, bubbles: true, composed: true }));
    });
    assert.deepEqual(await sent(), []);
    await session.send('Input.insertText', { text: '你好' });
    await page.browserPage.waitForTimeout(150);
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual(await sent(), ['你好']);
  });

  it('keeps the draft over a reload', async () => {
    await message().click();
    await page.browserPage.keyboard.type('half a thought');
    await page.browserPage.reload();
    await page.show(stateWith({}));
    assert.equal(await message().inputValue(), 'half a thought');
  });

  it('keeps what is typed while an answer comes, and says why it does not send it', async () => {
    await page.show(running);
    await message().click();
    await page.browserPage.keyboard.type('next');
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual(await sent(), []);
    assert.equal(await message().inputValue(), 'next');
    await page.browserPage.getByText('DeepSeek is still answering.').first().waitFor();
  });

  it('stops with the button and with Escape, but not with the Escape of an input method', async () => {
    await page.show(running);
    await page.browserPage.getByRole('button', { name: 'Stop' }).click();
    await message().click();
    await page.browserPage.keyboard.press('Escape');
    const session = await page.browserPage.context().newCDPSession(page.browserPage);
    await session.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Escape', windowsVirtualKeyCode: 27 });
    assert.equal((await kinds()).filter((kind) => kind === 'stop').length, 2);
  });

  it('asks for the key instead of sending when there is none, and keeps the question', async () => {
    await page.show(stateWith({ model: { ...readyModel, readiness: 'needs-key' } }));
    await message().click();
    await page.browserPage.keyboard.type('Hello');
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual(await sent(), []);
    assert.ok((await kinds()).includes('set-key'));
    assert.equal(await message().inputValue(), 'Hello');
  });

  it('takes an example without sending it, and the focus when the host asks for it', async () => {
    await page.browserPage.getByRole('button', { name: 'Read README.md' }).click();
    assert.equal(await message().inputValue(), 'Read README.md and tell me what this project does.');
    await page.browserPage.getByRole('button', { name: /^Model:/ }).focus();
    await page.push({ type: 'composer-focused' });
    await page.browserPage.keyboard.type('!');
    assert.match(await message().inputValue(), /!$/);
    assert.deepEqual(await sent(), []);
  });

  it('takes no focus from where the person writes outside the page, and takes it as soon as the page has been given it', async () => {
    const isFocused = async (): Promise<boolean> => page.browserPage.evaluate(() => document.activeElement?.localName === 'vscode-text-area');
    await page.browserPage.evaluate(() => {
      document.hasFocus = () => false;
    });
    await page.push({ type: 'composer-focused' });
    assert.equal(await isFocused(), false);
    await page.browserPage.evaluate(() => window.dispatchEvent(new Event('focus')));
    assert.equal(await isFocused(), true);
    await page.browserPage.getByRole('button', { name: /^Model:/ }).focus();
    await page.browserPage.evaluate(() => window.dispatchEvent(new Event('focus')));
    assert.equal(await isFocused(), false, 'once for each time that it is asked for');
    await page.push({ type: 'composer-focused' });
    await page.browserPage.waitForTimeout(2100);
    await page.browserPage.evaluate(() => window.dispatchEvent(new Event('focus')));
    assert.equal(await isFocused(), false, 'and not for ever');
  });
});
