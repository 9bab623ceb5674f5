import assert from 'node:assert/strict';
import { say } from '../../src/protocol/localText.ts';
import type { MediaView } from '../../src/protocol/viewState.ts';
import { fileOf, onePixelBase64 } from '../unit/support/pictures.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { mediaWith, stateWith, turnWith } from './states.ts';

/** A file as a test hands it to the browser. */
interface GivenFile {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

const png: GivenFile = { name: 'image.png', type: 'image/png', base64: onePixelBase64 };
const asBase64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');

describe('Pictures in the composer', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
    await page.show(stateWith({}));
    // The toolkit draws its text area a moment after it is on the page.
    await message().waitFor();
  });
  afterEach(async () => closeUnharmed(page));

  const message = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('textbox', { name: 'Message' });
  const button = (name: string): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('button', { name, exact: true });
  const added = async (): Promise<unknown[]> => (await page.intents()).filter(({ type }) => type === 'add-media');
  const sent = async (): Promise<string[]> => (await page.intents()).flatMap((intent) => (intent.type === 'send' ? [intent.text] : []));
  const push = (...media: readonly MediaView[]): Promise<void> => page.push({ type: 'media-changed', media });

  /** Pastes or drops as the browser tells of it; says whether the page took it over from the browser. */
  function bring(how: 'paste' | 'drop' | 'dragover', { files = [], text }: { readonly files?: readonly GivenFile[]; readonly text?: string }): Promise<boolean> {
    return page.browserPage.evaluate(
      ({ how, files, text }) => {
        const transfer = new DataTransfer();
        for (const { name, type, base64 } of files) {
          transfer.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name, { type }));
        }
        if (text !== undefined) transfer.setData('text/plain', text);
        const area = document.querySelector('vscode-text-area')?.shadowRoot?.querySelector('textarea');
        const options = { bubbles: true, composed: true, cancelable: true };
        const event = how === 'paste' ? new ClipboardEvent('paste', { ...options, clipboardData: transfer }) : new DragEvent(how, { ...options, dataTransfer: transfer });
        if (area === undefined || area === null) throw new Error('There is no text area to drop on.');
        area.dispatchEvent(event);
        return event.defaultPrevented;
      },
      { how, files, text },
    );
  }

  async function settled(count: number): Promise<unknown[]> {
    await page.browserPage.waitForFunction((wanted) => (globalThis as unknown as { intents: { type: string }[] }).intents.filter(({ type }) => type === 'add-media').length >= wanted, count);
    return added();
  }

  it('are taken from a paste, with their bytes', async () => {
    assert.equal(await bring('paste', { files: [png] }), true);
    assert.deepEqual(await settled(1), [{ type: 'add-media', name: 'image.png', mediaType: 'image/png', data: onePixelBase64 }]);
    assert.equal(await message().inputValue(), '');
  });

  it('are known by their bytes, not by what the clipboard calls them', async () => {
    await bring('paste', { files: [{ name: 'x.png', type: 'text/plain', base64: asBase64(fileOf('webm')) }] });
    assert.deepEqual((await settled(1)).map((intent) => (intent as { mediaType: string }).mediaType), ['video/webm']);
  });

  it('leave a paste of text alone, also when a picture of the text lies beside it', async () => {
    assert.equal(await bring('paste', { text: 'some text' }), false);
    assert.equal(await bring('paste', { text: 'A\tB', files: [png] }), false);
    assert.equal(await bring('paste', {}), false);
    assert.deepEqual(await added(), []);
    // The names of copied files are no text that anybody means.
    assert.equal(await bring('paste', { text: 'image.png', files: [png] }), true);
    assert.equal((await settled(1)).length, 1);
  });

  it('still lets text be pasted and typed as before', async () => {
    await message().click();
    await page.browserPage.keyboard.type('ab');
    await page.browserPage.evaluate(() => document.execCommand('insertText', false, 'cd'));
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual(await sent(), ['abcd']);
  });

  it('are taken when they are dropped, several at once and in their order', async () => {
    assert.equal(await bring('dragover', { files: [png] }), true);
    await page.browserPage.locator('.composer.dragged-over').waitFor();
    assert.equal(await bring('drop', { files: [png, { name: 'b.gif', type: '', base64: asBase64(fileOf('gif')) }] }), true);
    assert.deepEqual((await settled(2)).map((intent) => (intent as { name: string }).name), ['image.png', 'b.gif']);
    await page.browserPage.locator('.composer:not(.dragged-over)').waitFor();
  });

  it('leave a drop of text to the text area', async () => {
    assert.equal(await bring('drop', { text: 'dragged words' }), false);
    assert.deepEqual(await added(), []);
  });

  it('say what can be dropped when it was something else, and never hand that over', async () => {
    await bring('drop', { files: [{ name: 'old.doc', type: 'application/msword', base64: asBase64('\u00D0\u00CF\0\0') }, { name: 'fake.png', type: 'image/png', base64: asBase64('MZ\0\0') }, png] });
    assert.deepEqual((await settled(1)).map((intent) => (intent as { name: string }).name), ['image.png']);
    for (const name of ['old.doc', 'fake.png']) {
      await page.browserPage.locator('.media-advice').getByText(`${name} is neither text nor a picture or video that can be sent. PNG, JPEG, GIF, WebP, MP4, WebM and MOV can.`).waitFor();
    }
    await bring('drop', { files: [png] });
    await settled(2);
    await page.browserPage.locator('.media-advice').first().waitFor({ state: 'detached' });
  });

  it('refuse what is too large before it is read', async () => {
    await push(mediaWith('m1', 'a.png', 10 * 1024 * 1024), mediaWith('m2', 'b.png', 10 * 1024 * 1024), mediaWith('m3', 'c.png', 10 * 1024 * 1024));
    await page.browserPage.getByText('c.png').waitFor();
    await bring('drop', { files: [png] });
    await page.browserPage.locator('.media-advice').getByText('image.png was not added: what goes with one question may have at most 30 MiB together.').waitFor();
    assert.deepEqual(await added(), []);
  });

  it('ask for the file dialog with the button', async () => {
    await button('Attach a picture or video…').click();
    assert.ok((await page.intents()).some(({ type }) => type === 'attach-media'));
  });

  it('stand above the text with name and size, and are removed with the keyboard alone', async () => {
    await push(mediaWith('m1', 'one.png', 512), mediaWith('m2', 'two.png', 184_320), mediaWith('m3', 'three.png', 2_202_010));
    const list = page.browserPage.getByRole('list', { name: 'Pictures and videos' });
    assert.deepEqual(await list.getByRole('listitem').allInnerTexts(), ['one.png\n512 B', 'two.png\n180 KiB', 'three.png\n2.1 MiB']);
    await button('Remove three.png').focus();
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual((await page.intents()).at(-1), { type: 'remove-media', id: 'm3' });
    await push(mediaWith('m1', 'one.png', 512), mediaWith('m2', 'two.png', 184_320));
    await page.browserPage.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Remove two.png');
    await page.browserPage.keyboard.press('Space');
    await push(mediaWith('m1', 'one.png', 512));
    await page.browserPage.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Remove one.png');
    await page.browserPage.keyboard.press('Enter');
    await push();
    await page.browserPage.waitForFunction(() => document.activeElement?.localName === 'vscode-text-area');
  });

  it('hold a question back while the model does not take one, say why, and offer another model', async () => {
    await push({ ...mediaWith('m1', 'a.png', 512), problem: say('{0} takes text only.', 'deepseek-v4-pro') });
    await page.browserPage.getByText('deepseek-v4-pro takes text only.').waitFor();
    await message().fill('What is it?');
    await message().press('Enter');
    await page.browserPage.locator('.hint').getByText('Nothing was sent: deepseek-v4-pro does not take what is marked.').waitFor();
    assert.deepEqual(await sent(), []);
    assert.equal(await message().inputValue(), 'What is it?');
    await button('Choose another model').click();
    assert.equal((await page.intents()).at(-1)?.type, 'select-model');
    await push(mediaWith('m1', 'a.png', 512));
    await page.browserPage.locator('.hint').waitFor({ state: 'detached' });
    await message().press('Enter');
    assert.deepEqual(await sent(), ['What is it?']);
  });

  it('ask for words when there are none', async () => {
    await push(mediaWith('m1', 'a.png', 512));
    await message().click();
    await page.browserPage.keyboard.press('Enter');
    await page.browserPage.getByText('Write a question to go with it.').first().waitFor();
    assert.deepEqual(await sent(), []);
    await page.browserPage.keyboard.type('x');
    await page.browserPage.locator('.hint').waitFor({ state: 'detached' });
  });

  it('show on the question what went along, without a way to remove it', async () => {
    const question = { text: 'What is it?', attachments: [], media: [mediaWith('m1', '\\u{202E}gnp.png', 512)] };
    await page.show(stateWith({ turns: [turnWith('t1', '', [], { question })] }));
    const card = page.browserPage.locator('.question');
    assert.deepEqual(await card.getByRole('listitem').allInnerTexts(), ['\\u{202E}gnp.png\n512 B']);
    assert.equal(await card.getByRole('button', { name: /^Remove/ }).count(), 0);
  });
});
