import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../workbench/places.ts';
import { eventually } from '../workbench/eventually.ts';
import { startServer, type ServerOptions, type WorkbenchServer } from '../workbench/server.ts';
import { openWindow, type WorkbenchWindow } from '../workbench/window.ts';

const extensions = [join(root, 'out', 'rivulet.vsix')];
const endpoint = { id: 'nearby', label: 'A nearby endpoint', baseUrl: 'http://127.0.0.1:9/v1', auth: 'none', models: [{ id: 'm-1' }] };
const userSettings = { 'rivulet.endpoints': [endpoint], 'rivulet.model': 'nearby/m-1' };

describe('the workbench with Rivulet installed from its package', function () {
  this.timeout(120_000);

  let folder: string;
  let server: WorkbenchServer | undefined;
  let window: WorkbenchWindow | undefined;

  const open = async (options: ServerOptions = {}): Promise<WorkbenchWindow> => {
    server = await startServer({ extensions, userSettings, ...options });
    window = await openWindow(server, { folder });
    return window;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rivulet-folder-'));
    await writeFile(join(folder, 'poem.txt'), 'first\nsecond\nthird\n');
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window?.screenshot(`failed-workbench-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
    await window?.close();
    await server?.stop();
    window = server = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  it('shows the panel in all four kinds of theme', async () => {
    const opened = await open();
    await opened.runCommand('Rivulet: Focus Chat');
    const bodyClasses = {
      light: 'vscode-light',
      dark: 'vscode-dark',
      'high contrast dark': 'vscode-high-contrast',
      'high contrast light': 'vscode-high-contrast-light',
    } as const;
    for (const kind of ['light', 'dark', 'high contrast dark', 'high contrast light'] as const) {
      await opened.chooseTheme(kind);
      const frame = await opened.chatFrame();
      await frame.locator(`body.${bodyClasses[kind]}`).waitFor();
      await opened.screenshot(`theme-${kind.replaceAll(' ', '-')}`);
    }
  });

  it('reads user settings of application scope, and none of the folder', async () => {
    const stranger = { ...endpoint, label: 'An endpoint of the folder' };
    const opened = await open();
    await opened.runCommand('Rivulet: Focus Chat');
    const text = async (): Promise<string> => (await opened.chatFrame()).locator('body').innerText();
    assert.match(await eventually(text, (words) => words.includes('A nearby endpoint')), /A nearby endpoint/);
    // The tab size tells when the window has taken the folder's settings over.
    await opened.openFile('poem.txt');
    await writeFolderSettings(folder, { 'rivulet.endpoints': [stranger], 'editor.tabSize': 7, 'editor.detectIndentation': false });
    await opened.page.locator('.statusbar-item').filter({ hasText: /(Spaces|Tab Size): 7/ }).waitFor();
    // What is asked of the extension from here on, it answers with the settings as they are now.
    await opened.runCommand('Rivulet: New Chat');
    assert.match(await text(), /A nearby endpoint/);
    assert.doesNotMatch(await text(), /An endpoint of the folder/);
  });

  it('speaks Chinese in a Chinese VS Code, commands and panel alike', async () => {
    const opened = await open({ locale: 'zh-cn' });
    const titles = JSON.parse(await readFile(join(root, 'package.nls.zh-cn.json'), 'utf8')) as Record<string, string>;
    assert.match(titles['command.focus'] ?? '', /\p{Script=Han}/u);
    await opened.runCommand(`Rivulet: ${titles['command.focus'] ?? ''}`);
    const frame = await opened.chatFrame();
    await opened.screenshot('language-zh-cn');
    assert.match(await eventually(() => frame.locator('body').innerText(), (words) => /\p{Script=Han}/u.test(words)), /\p{Script=Han}/u);
  });

  it('moves to the secondary side bar, stays there after a reload, and fits into 300 pixels', async () => {
    const opened = await open();
    await opened.runCommand('Rivulet: Focus Chat');
    await opened.chatFrame();
    await opened.moveView('Chat', 'secondary side bar');
    await opened.resizeSidebar(300, 'secondary');
    await opened.reload();
    const frame = await opened.chatFrame();
    const width = await eventually(async () => (await opened.page.locator('.part.auxiliarybar').boundingBox())?.width ?? 0, (pixels) => Math.abs(pixels - 300) < 6);
    assert.ok(Math.abs(width - 300) < 6, `The bar is ${width} pixels wide.`);
    await opened.screenshot('secondary-side-bar-300');
    const overflow = await frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0);
  });

  it('asks nobody but this machine', async () => {
    const opened = await open();
    await opened.runCommand('Rivulet: Focus Chat');
    await opened.chatFrame();
    assert.deepEqual(opened.refusedRequests, []);
  });
});

async function writeFolderSettings(folder: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
}
