import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Storage } from '../../src/core/sessions/storage.ts';
import { chatsFolder } from '../../src/host/chats/chatsFolder.ts';
import { diskStorage } from '../../src/host/chats/diskStorage.ts';
import { workspaceStorage } from '../../src/host/chats/workspaceStorage.ts';
import { until } from '../support/until.ts';
import { event, eventStream, startLoopback, type Loopback } from '../unit/support/loopback.ts';
import { answers, called, folder, handlers, reset, secrets, settings, storageFolder } from './fakeVscode.ts';
import { activated, closeWindows, settle, type FakePage } from './fakes.ts';
import { shownBy } from './pageState.ts';

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function ask(page: FakePage, text: string): Promise<void> {
  const count = shownBy(page)?.turns.length ?? 0;
  page.send({ type: 'send', text });
  await until(() => shownBy(page)?.turns[count]?.outcome === 'done');
}

async function start(): Promise<FakePage> {
  const { page } = await activated();
  page.send({ type: 'ready' });
  await settle();
  return page;
}

const storages: Readonly<Record<string, (at: string) => Storage>> = {
  'on the disk': diskStorage,
  'of VS Code': (at) => workspaceStorage(vscode.Uri.file(at)),
};

describe('the storage of chats', () => {
  beforeEach(reset);

  for (const [name, storageAt] of Object.entries(storages)) {
    describe(name, () => {
      let root: string;
      let storage: Storage;
      beforeEach(() => {
        root = storageFolder();
        storage = storageAt(root);
      });
      const text = async (path: string): Promise<string> => new TextDecoder().decode(await storage.read(path));

      it('writes, lists, moves and deletes what lies below its folder', async () => {
        assert.deepEqual(await storage.list('chats'), []);
        await storage.write('chats/a/chat.json', bytes('one'));
        await storage.write('chats/a/chat.json', bytes('two'));
        assert.equal(await text('chats/a/chat.json'), 'two');
        assert.deepEqual(await storage.list('chats/a'), ['chat.json'], 'something was left beside it');
        await storage.move('chats/a', 'trash/1-a');
        assert.deepEqual([await storage.list('chats'), await storage.list('trash')], [[], ['1-a']]);
        await storage.delete('trash/1-a');
        await storage.delete('trash/1-a');
        assert.deepEqual(await storage.list('trash'), []);
      });

      it('does not list what is being written', async () => {
        await storage.write('chats/b/chat.json', bytes('one'));
        writeFileSync(join(root, 'chats', 'b', '00000000-0000-4000-8000-000000000000.tmp'), 'half');
        assert.deepEqual(await storage.list('chats/b'), ['chat.json']);
      });

      it('reaches nothing else, whatever the path', async () => {
        writeFileSync(join(folder, 'secret.txt'), 'secret');
        for (const path of ['../secret.txt', 'chats/../../secret.txt', '/etc/hosts', 'chats//x', '', '.', 'a\\..\\b', 'C:/x', 'a/\u0000']) {
          for (const attempt of [() => storage.read(path), () => storage.write(path, bytes('x')), () => storage.list(path), () => storage.move(path, 'a'), () => storage.move('a', path), () => storage.delete(path)]) await assert.rejects(attempt, { name: 'FileError' }, path);
        }
        assert.equal(readFileSync(join(folder, 'secret.txt'), 'utf8'), 'secret');
      });

      it('says that a file is missing', async () => {
        await assert.rejects(storage.read('chats/none.json'), { name: 'FileError', reason: 'missing' });
      });
    });
  }

  it('does not list what a killed window was writing, and removes it once nobody writes it any more', async () => {
    const root = storageFolder();
    const storage = diskStorage(root);
    await storage.write('chats/a/chat.json', bytes('one'));
    const [young, old] = ['11111111-1111-4111-8111-111111111111.tmp', '22222222-2222-4222-8222-222222222222.tmp'].map((name) => join(root, 'chats', 'a', name));
    for (const file of [young, old]) writeFileSync(file ?? '', 'half');
    utimesSync(old ?? '', 0, 0);
    assert.deepEqual(await storage.list('chats/a'), ['chat.json']);
    assert.deepEqual([existsSync(young ?? ''), existsSync(old ?? '')], [true, false]);
  });

  it('appends on the disk, and not where only VS Code writes', async () => {
    const root = storageFolder();
    const storage = diskStorage(root);
    await storage.append?.('chats/a/running.jsonl', bytes('1\n'));
    await storage.append?.('chats/a/running.jsonl', bytes('2\n'));
    assert.equal(readFileSync(join(root, 'chats', 'a', 'running.jsonl'), 'utf8'), '1\n2\n');
    assert.ok(!('append' in workspaceStorage(vscode.Uri.file(root))));
  });
});

describe('where chats are', () => {
  const globalStorageUri = vscode.Uri.file('/user/globalStorage/rivulet.rivulet');
  const folderOf = (storage: string | undefined): string => chatsFolder({ globalStorageUri, storageUri: storage === undefined ? undefined : vscode.Uri.file(storage) }).path;

  it('is the same for every window on a folder, though VS Code gives each its own', () => {
    const first = '/user/workspaceStorage/49f15b83/rivulet.rivulet';
    for (const other of [first, '/user/workspaceStorage/49f15b83-1/rivulet.rivulet', '/user/workspaceStorage/49f15b83-9/rivulet.rivulet']) assert.equal(folderOf(other), first);
    const long = '/user/workspaceStorage/0a1b2c3d4e5f60718293a4b5c6d7e8f9/rivulet.rivulet';
    assert.deepEqual([folderOf(long), folderOf(long.replace('/rivulet.', '-2/rivulet.'))], [long, long]);
    assert.equal(folderOf('/user/workspaceStorage/-49f15b83/rivulet.rivulet'), '/user/workspaceStorage/-49f15b83/rivulet.rivulet');
  });

  it('is the common one where no folder is open', () => {
    assert.equal(folderOf(undefined), globalStorageUri.path);
  });
});

describe('chats in the panel', () => {
  let server: Loopback | undefined;
  let root: string;

  beforeEach(async () => {
    reset();
    root = storageFolder();
    server = await startLoopback((response) => {
      response.writeHead(200, eventStream);
      response.write(event({ content: 'Because of ' }));
      response.end(event({ content: 'the moon.' }, 'stop'));
    });
    settings.set('rivulet.baseUrls', { deepseek: server.url });
    secrets.set('rivulet.key.deepseek', JSON.stringify({ origin: server.url, key: 'sk-CANARY-0123456789' }));
  });

  afterEach(async () => {
    await closeWindows();
    await server?.close();
  });

  it('are there again when the window is loaded again, with their drafts, and hold no key', async () => {
    const page = await start();
    await ask(page, 'Why are there tides?');
    page.send({ type: 'keep-draft', chatId: shownBy(page)?.chat.id, text: 'And why', mark: 1 });
    await settle();
    const before = shownBy(page);
    await closeWindows();
    const again = await start();
    await until(() => shownBy(again)?.turns.length === 1);
    const after = shownBy(again);
    assert.deepEqual(after?.chat, { id: before?.chat.id, title: 'Why are there tides?', draft: 'And why', draftMark: 1 });
    assert.equal(JSON.stringify(after?.turns), JSON.stringify(before?.turns));
    for (const path of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (path.isFile()) assert.ok(!readFileSync(join(path.parentPath, path.name), 'utf8').includes('CANARY'), path.name);
    }
  });

  it('take a draft away that is sent, and leave it when it reads like a question that is asked again', async () => {
    const page = await start();
    const keep = (mark: number): void => page.send({ type: 'keep-draft', chatId: shownBy(page)?.chat.id, text: 'continue', mark });
    keep(1);
    await ask(page, 'continue');
    assert.equal(shownBy(page)?.chat.draft, '');
    keep(2);
    const first = shownBy(page)?.turns[0]?.id;
    page.send({ type: 'regenerate', turnId: first });
    await until(() => shownBy(page)?.turns[0]?.id !== first && shownBy(page)?.turns[0]?.outcome === 'done');
    assert.equal(shownBy(page)?.chat.draft, 'continue');
  });

  it('stay when a new one is begun, by command as by the page, and are listed by command', async () => {
    const page = await start();
    await ask(page, 'One?');
    await handlers.get('rivulet.newChat')?.();
    await until(() => shownBy(page)?.turns.length === 0);
    await ask(page, 'Two?');
    page.send({ type: 'new-chat' });
    await until(() => shownBy(page)?.turns.length === 0);
    await handlers.get('rivulet.showChats')?.();
    await until(() => shownBy(page)?.chats?.entries.length === 2);
    page.send({ type: 'open-chat', chatId: shownBy(page)?.chats?.entries.find(({ title }) => title === 'One?')?.id });
    await until(() => shownBy(page)?.chat.title === 'One?');
    assert.equal(shownBy(page)?.turns[0]?.question.text, 'One?');
    await until(() => shownBy(page)?.chats === undefined);
  });

  it('are deleted with an offer to undo', async () => {
    const page = await start();
    await ask(page, 'One?');
    const chatId = shownBy(page)?.chat.id;
    page.send({ type: 'delete-chat', chatId });
    await until(() => shownBy(page)?.undo !== undefined);
    assert.ok(!existsSync(join(root, 'chats', chatId ?? '')));
    page.send({ type: 'undo', id: shownBy(page)?.undo?.id });
    await until(() => shownBy(page)?.turns.length === 1);
  });

  it('are exported as Markdown, and as JSON with all that is kept', async () => {
    const page = await start();
    await ask(page, 'Why are there tides?');
    const target = join(folder, 'export.md');
    answers.set('showSaveDialog', [vscode.Uri.file(target), vscode.Uri.file(target)]);
    page.send({ type: 'export-chat', chatId: shownBy(page)?.chat.id, format: 'markdown' });
    await until(() => called('setStatusBarMessage').length === 1);
    assert.equal(readFileSync(target, 'utf8'), '# Why are there tides?\n\n## Question\n\nWhy are there tides?\n\n## Answer (deepseek-flash)\n\nBecause of the moon.\n');
    answers.set('showQuickPick', [({ label }: { readonly label: string }) => label === 'JSON']);
    await handlers.get('rivulet.exportChat')?.();
    const { chat, turns } = JSON.parse(readFileSync(target, 'utf8')) as { readonly chat: { readonly title: string }; readonly turns: readonly { readonly version: number }[] };
    assert.deepEqual([chat.title, turns.map(({ version }) => version)], ['Why are there tides?', [1]]);
    const [options] = called('showSaveDialog')[0] ?? [];
    assert.match(String((options as { readonly defaultUri: vscode.Uri }).defaultUri), /Why%20are%20there%20tides\.md$/);
  });

  it('go on where nothing can be written, and the person is told why, once', async function () {
    // Whoever may do everything is refused nothing.
    if (process.platform === 'win32' || process.getuid?.() === 0) writeFileSync(root, 'a file in the way');
    else {
      await diskStorage(root).write('chats/x/y', new Uint8Array());
      await chmod(root, 0o500);
      await chmod(join(root, 'chats'), 0o500);
    }
    const page = await start();
    await ask(page, 'One?');
    await ask(page, 'Two?');
    await until(() => called('showWarningMessage').length > 0);
    assert.equal(called('showWarningMessage').length, 1);
    assert.match(String(called('showWarningMessage')[0]?.[0]), /^This chat is not being kept for now: .*keeps trying\.$/);
    if (process.getuid?.() !== 0) for (const path of [root, join(root, 'chats')]) await chmod(path, 0o700).catch(() => undefined);
  });
});
