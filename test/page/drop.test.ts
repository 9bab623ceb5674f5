import assert from 'node:assert/strict';
import { onePixelBase64 } from '../unit/support/pictures.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { stateWith } from './states.ts';

/** What is dropped or pasted: data by type, and files with their bytes as base64. */
interface Given {
  readonly data?: Readonly<Record<string, string>>;
  readonly files?: readonly { readonly name: string; readonly base64: string }[];
}

const asBase64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');

describe('Files that are dropped and pasted', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
    await page.show(stateWith({}));
    await page.browserPage.getByRole('textbox', { name: 'Message' }).waitFor();
  });
  afterEach(async () => closeUnharmed(page));

  /** Tells the page of it as the browser would; says whether the page took it over from the browser. */
  function bring(how: 'paste' | 'drop' | 'dragover' | 'dragleave', { data = {}, files = [] }: Given): Promise<boolean> {
    return page.browserPage.evaluate(
      ({ how, data, files }) => {
        const transfer = new DataTransfer();
        for (const [type, text] of Object.entries(data)) transfer.setData(type, text);
        for (const { name, base64 } of files) transfer.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name));
        const options = { bubbles: true, composed: true, cancelable: true };
        const event = how === 'paste' ? new ClipboardEvent('paste', { ...options, clipboardData: transfer }) : new DragEvent(how, { ...options, dataTransfer: transfer });
        document.querySelector('vscode-text-area')?.shadowRoot?.querySelector('textarea')?.dispatchEvent(event);
        return event.defaultPrevented;
      },
      { how, data, files },
    );
  }

  const taken = async (): Promise<unknown[]> => (await page.intents()).filter(({ type }) => ['drop-files', 'drop-text', 'add-media'].includes(type));
  const refusal = (text: string): Promise<void> => page.browserPage.locator('.media-advice').getByText(text).waitFor();

  async function settled(count: number): Promise<unknown[]> {
    await page.browserPage.waitForFunction(
      (wanted) => (globalThis as unknown as { intents: { type: string }[] }).intents.filter(({ type }) => ['drop-files', 'drop-text', 'add-media'].includes(type)).length >= wanted,
      count,
    );
    return taken();
  }

  const everyType: readonly (readonly [string, string, readonly string[]])[] = [
    ['application/vnd.code.uri-list', 'file:///a/b.ts\r\n# a note\r\nvscode-remote://ssh/c', ['file:///a/b.ts', 'vscode-remote://ssh/c']],
    ['text/uri-list', 'file:///a/b.ts\nfile:///a/b.ts', ['file:///a/b.ts']],
    ['resourceurls', '["file:///a/b.ts","untitled:Untitled-1"]', ['file:///a/b.ts', 'untitled:Untitled-1']],
    ['codefiles', JSON.stringify(['/home/me/a b#.ts', 'C:\\src\\名.ts', '\\\\server\\share\\x']), ['file:///home/me/a%20b%23.ts', 'file:///C:/src/%E5%90%8D.ts', 'file://server/share/x']],
  ];
  for (const [type, text, uris] of everyType) {
    it(`are handed over by their URIs when they come from VS Code as ${type}`, async () => {
      assert.equal(await bring('drop', { data: { [type]: text, 'text/plain': '/a/b.ts' } }), true);
      assert.deepEqual(await taken(), [{ type: 'drop-files', uris }]);
    });
  }

  it('are pasted by their URIs too', async () => {
    assert.equal(await bring('paste', { data: { 'text/uri-list': 'file:///a/b.ts', 'text/plain': '/a/b.ts' } }), true);
    assert.deepEqual(await taken(), [{ type: 'drop-files', uris: ['file:///a/b.ts'] }]);
  });

  it('are not links of the web, which stay text, nor anything broken', async () => {
    for (const data of [{ 'text/uri-list': 'https://example.org/x' }, { 'text/uri-list': 'javascript:alert(1)' }, { 'text/plain': 'file:///a/b.ts' }, { resourceurls: '{"a":1}' }, { codefiles: '[3]' }, { 'application/vnd.code.uri-list': 'not a uri' }]) {
      await bring('drop', { data });
      await bring('paste', { data });
    }
    assert.deepEqual(await taken(), []);
    assert.equal(await bring('drop', { data: { 'text/uri-list': 'https://example.org/x', 'text/plain': 'https://example.org/x' } }), false);
  });

  it('are at most 100 at once', async () => {
    await bring('drop', { data: { 'text/uri-list': Array.from({ length: 300 }, (_, index) => `file:///a/${index}`).join('\n') } });
    assert.equal(((await taken())[0] as { uris: string[] }).uris.length, 100);
  });

  it('show what becomes of them while they are dragged, and that Shift must be held', async () => {
    assert.equal(await bring('dragover', { data: { resourceurls: '[]' } }), true);
    await page.browserPage.getByText('Drop to attach').waitFor();
    await page.browserPage.getByText('Hold Shift until you let go.').waitFor();
    await bring('drop', { data: { resourceurls: '["file:///a"]' } });
    await page.browserPage.locator('.drop-overlay').waitFor({ state: 'detached' });
    await bring('dragover', { files: [{ name: 'a.txt', base64: '' }] });
    await page.browserPage.getByText('From the explorer of VS Code: hold Shift while you drag.').waitFor();
    await bring('dragleave', {});
    await page.browserPage.locator('.drop-overlay').waitFor({ state: 'detached' });
    assert.equal(await bring('dragover', { data: { 'text/plain': 'words' } }), false);
    assert.equal(await page.browserPage.locator('.drop-overlay').count(), 0);
  });

  it('from outside go as text where they are text, in UTF-8 or UTF-16, and as pictures where they are those', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('宽字符', 'utf16le')]);
    await bring('drop', { files: [{ name: '说明.md', base64: asBase64('# 说明\n') }, { name: 'wide.txt', base64: asBase64(utf16) }, { name: 'dot.png', base64: onePixelBase64 }] });
    assert.deepEqual(await settled(3), [
      { type: 'drop-text', name: '说明.md', text: '# 说明\n' },
      { type: 'drop-text', name: 'wide.txt', text: '宽字符' },
      { type: 'add-media', name: 'dot.png', mediaType: 'image/png', data: onePixelBase64 },
    ]);
  });

  it('from outside are refused in words when they are neither, or too long', async () => {
    await bring('drop', {
      files: [
        { name: 'a.exe', base64: asBase64('MZ\0\0') },
        { name: 'latin1.txt', base64: asBase64(Buffer.from([0x63, 0x61, 0x66, 0xe9])) },
        { name: 'late.bin', base64: asBase64(`${'x'.repeat(6000)}\0`) },
        { name: 'long.txt', base64: asBase64('x'.repeat(1_000_001)) },
        { name: 'fits.txt', base64: asBase64('y'.repeat(1_000_000)) },
      ],
    });
    const [only, ...more] = await settled(1);
    assert.equal((only as { name: string }).name, 'fits.txt');
    assert.deepEqual(more, []);
    for (const name of ['a.exe', 'latin1.txt', 'late.bin']) await refusal(`${name} is neither text nor a picture or video that can be sent.`);
    await refusal('long.txt is too large: a text file may have at most 1,000,000 characters.');
  });

  it('are at most 50 from outside, and it says so', async () => {
    await bring('drop', { files: Array.from({ length: 60 }, (_, index) => ({ name: `${index}.txt`, base64: asBase64('x') })) });
    assert.equal((await settled(50)).length, 50);
    await refusal('Only the first 50 files were taken.');
  });
});
