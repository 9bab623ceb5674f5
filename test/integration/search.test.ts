import assert from 'node:assert/strict';
import { access, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { readGlob } from '../../src/core/editor/glob.ts';
import { SearchError, type FoundText, type Search, type TextQuery } from '../../src/core/editor/search.ts';
import { createPathGuard } from '../../src/core/guard/pathGuard.ts';
import { findFiles } from '../../src/core/tools/findFiles.ts';
import { listDirectory } from '../../src/core/tools/listDirectory.ts';
import { createSecretFilter } from '../../src/core/tools/searchScope.ts';
import { searchText } from '../../src/core/tools/searchText.ts';
import type { Tool, ToolResult } from '../../src/core/tools/tool.ts';
import { files } from '../../src/host/files.ts';
import { ripgrepBelow } from '../../src/host/search/ripgrepPath.ts';
import { createSearch } from '../../src/host/search/search.ts';
import { workspace } from '../../src/host/workspace.ts';
import { nobody } from '../unit/support/toolContext.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const never = new AbortController().signal;
const home = (): string => workspace.folders()[0]?.path ?? '';
const at = (path: string): string => join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'searched', path);

async function make(all: { readonly [path: string]: string | Uint8Array }): Promise<void> {
  for (const [path, content] of Object.entries(all)) {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), content);
  }
}

function query(pattern: string, more: Partial<TextQuery> = {}): TextQuery {
  return { folder: home(), under: 'searched', include: [], exclude: [], includesIgnored: false, pattern, isRegex: false, isCaseSensitive: false, isWholeWord: false, context: 0, most: 200, leavesOut: createSecretFilter(), ...more };
}

async function use(tool: Tool, input: object, search: Search): Promise<ToolResult> {
  const call = tool.check(JSON.stringify(input));
  return 'run' in call ? call.run({ workspace, files, guard: createPathGuard(workspace, files), person: nobody, signal: never, search }) : call;
}

/** `a.ts 1:` for a match, `a.ts 2-` for a line around one. */
function summary({ files: found }: FoundText): readonly string[] {
  return found.flatMap(({ path, lines }) => lines.map(({ number, isMatch }) => `${path.replace('searched/', '')} ${number}${isMatch ? ':' : '-'}`));
}

/** The paths below `globs` in which a search finds something. */
async function namesIn(search: Search, include: readonly string[], more: Partial<TextQuery> = {}): Promise<readonly string[]> {
  const { files: found } = await search.text(query('needle', { under: 'searched/globs', include: include.map(glob), ...more }), never);
  return found.map(({ path }) => path.replace('searched/globs/', ''));
}

describe('Searching in the real host', () => {
  const fast = createSearch(log);
  const slow = createSearch(log, '/there/is/no/such/folder');
  let outside = '';

  before(async () => {
    outside = await mkdtemp(join(tmpdir(), 'rivulet-outside-'));
    await writeFile(join(outside, 'secret.txt'), 'needle outside\n');
    await make({
      'a.ts': 'const needle = 1;\r\nconst other = 2;\r\n',
      'b.txt': 'Needle, needles and sub-needle\n-e needle --pre=sh\n',
      'deep/er/c.ts': `${'x'.repeat(5000)}needle${'y'.repeat(5000)}\nlast needle`,
      '.gitignore': '*.log\nbuild/\n',
      'x.log': 'needle ignored\n',
      'build/d.ts': 'needle ignored\n',
      'deep/.ignore': 'e.ts\n',
      'deep/e.ts': 'needle ignored\n',
      'hidden.excluded': 'needle excluded\n',
      '.env': 'KEY=needle\n',
      'id_rsa': 'no match\n',
      'bin.dat': Uint8Array.from([...Buffer.from('needle'), 0, 1, 2]),
      'utf16.txt': Buffer.from('\uFEFFgrüße needle\n', 'utf16le'),
      'umlaut é.txt': 'über needle\n',
    });
    await symlink(outside, at('linked'));
    await symlink(join(outside, 'secret.txt'), at('link.txt'));
    await symlink('.', at('ring'));
    await vscode.workspace.getConfiguration('files').update('exclude', { '**/*.excluded': true }, vscode.ConfigurationTarget.Workspace);
    // In a browser VS Code saves by itself after a second.
    await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Workspace);
  });

  after(async () => {
    for (const name of ['exclude', 'autoSave']) await vscode.workspace.getConfiguration('files').update(name, undefined, vscode.ConfigurationTarget.Workspace);
    await rm(outside, { recursive: true, force: true });
    await rm(at('.'), { recursive: true, force: true });
  });

  const visible = ['a.ts 1:', 'b.txt 1:', 'b.txt 2:', 'deep/er/c.ts 1:', 'deep/er/c.ts 2:', 'umlaut é.txt 1:', 'utf16.txt 1:'];

  it('searches on with ripgrep after a folder of the workspace was found missing', async () => {
    const warnings: string[] = [];
    const search = createSearch({ ...log, warn: (text) => void warnings.push(text) });
    const missing = await search.text(query('needle', { folder: `${home()}/gone`, under: '' }), never);
    assert.deepEqual([missing.files, missing.incomplete], [[], 'unreadable']);
    assert.equal(warnings.length, 1);
    // Of the two only ripgrep knows no look-around.
    await assert.rejects(search.text(query('(?=needle)', { isRegex: true }), never), SearchError);
    assert.equal(warnings.length, 1);
  });

  it("finds VS Code's own ripgrep", async () => {
    const path = await ripgrepBelow(vscode.env.appRoot);
    assert.ok(path !== undefined && path.startsWith(vscode.env.appRoot), String(path));
    await access(path);
    assert.equal(await ripgrepBelow('/there/is/no/such/folder'), undefined);
  });

  for (const [name, search] of [['with ripgrep', fast], ['by hand', slow]] as const) {
    describe(name, () => {
      it('finds literals, leaving out what is ignored, excluded, binary, secret or behind a link', async () => {
        const found = await search.text(query('needle'), never);
        assert.deepEqual(summary(found), visible);
        assert.deepEqual([found.leftOut, found.incomplete], [2, undefined]);
        assert.ok(found.files.every(({ lines }) => lines.every(({ text }) => text.length < 450)));
      });

      it('finds expressions, words, capitals and context', async () => {
        assert.deepEqual(summary(await search.text(query('need(le|el)\\w?', { isRegex: true }), never)), visible);
        assert.deepEqual(summary(await search.text(query('needle', { isWholeWord: true, include: [glob('b.txt')] }), never)), ['b.txt 1:', 'b.txt 2:']);
        assert.deepEqual(summary(await search.text(query('Needle', { isCaseSensitive: true }), never)), ['b.txt 1:']);
        assert.deepEqual(summary(await search.text(query('other', { context: 2 }), never)), ['a.ts 1-', 'a.ts 2:']);
        assert.deepEqual(summary(await search.text(query('= 1;$', { isRegex: true }), never)), ['a.ts 1:']);
        assert.deepEqual(summary(await search.text(query('BER NEEDLE'), never)), ['umlaut é.txt 1:']);
      });

      it('takes what looks like an option for what it is: text', async () => {
        for (const pattern of ['-e needle', '--pre=sh', '-e', '--']) assert.deepEqual(summary(await search.text(query(pattern), never)), ['b.txt 2:'], pattern);
        assert.deepEqual(summary(await search.text(query('needle', { include: [glob('-x')] }), never)), []);
      });

      it('keeps to globs without bringing back what is ignored', async () => {
        assert.deepEqual(summary(await search.text(query('needle', { include: [glob('*.ts'), glob('*.log')] }), never)), ['a.ts 1:', 'deep/er/c.ts 1:', 'deep/er/c.ts 2:']);
        assert.deepEqual(summary(await search.text(query('needle', { include: [glob('**')], exclude: [glob('*.txt'), glob('searched/deep')] }), never)), ['a.ts 1:']);
        assert.deepEqual(summary(await search.text(query('needle', { under: 'searched/deep' }), never)), ['deep/er/c.ts 1:', 'deep/er/c.ts 2:']);
        const all = summary(await search.text(query('ignored', { includesIgnored: true }), never));
        assert.deepEqual(all, ['build/d.ts 1:', 'deep/e.ts 1:', 'x.log 1:']);
      });

      it('takes globs of every kind for what they mean, among ignored, hidden and linked files', async () => {
        await make({
          'globs/.gitignore': '*.log\nbuild/\n!kept.log\n/top.ts\n',
          'globs/aéc.ts': 'needle',
          'globs/A.TS': 'needle',
          'globs/top.ts': 'needle ignored',
          'globs/kept.log': 'needle',
          'globs/.hidden/.h.ts': 'needle',
          'globs/build/d.ts': 'needle ignored',
          'globs/src/in/b.ts': 'needle',
          'globs/src/in/b.tsx': 'needle',
          'globs/src/in/top.ts': 'needle',
          'globs/src/x.ts/inner.md': 'needle',
          'globs/src/build/e.ts': 'needle ignored',
          'globs/src/[id] (#1)/-p!.ts': 'needle',
        });
        await symlink('../..', at('globs/src/up'));
        await symlink('in', at('globs/src/same'));
        const typescript = ['.hidden/.h.ts', 'aéc.ts', 'src/[id] (#1)/-p!.ts', 'src/in/b.ts', 'src/in/top.ts', 'src/x.ts/inner.md'];
        try {
          assert.deepEqual(await namesIn(search, ['*.ts']), typescript);
          assert.deepEqual(await namesIn(search, ['**/*.ts'], { under: '' }).then((found) => found.filter((path) => typescript.includes(path))), typescript);
          assert.deepEqual(await namesIn(search, ['*.TS']), ['A.TS']);
          assert.deepEqual(await namesIn(search, ['a?c.ts', '[!b].tsx', '[x-z].ts']), ['aéc.ts', 'src/x.ts/inner.md']);
          assert.deepEqual(await namesIn(search, ['searched/globs/src/**/*.{ts,tsx}']), ['src/[id] (#1)/-p!.ts', 'src/in/b.ts', 'src/in/b.tsx', 'src/in/top.ts', 'src/x.ts/inner.md']);
          assert.deepEqual(await namesIn(search, ['searched/globs/src/*/b.ts']), ['src/in/b.ts']);
          assert.deepEqual(await namesIn(search, ['**/src/**'], { under: 'searched/globs/src/in' }), ['src/in/b.ts', 'src/in/b.tsx', 'src/in/top.ts']);
          assert.deepEqual(await namesIn(search, ['*'], { under: 'searched/globs/src/[id] (#1)' }), ['src/[id] (#1)/-p!.ts']);
          assert.deepEqual(await namesIn(search, ['-p*', '\\[id\\]*', '*.log', 'build', 'same', 'up']), ['kept.log', 'src/[id] (#1)/-p!.ts']);
          assert.deepEqual(await namesIn(search, ['top.ts', 'build'], { includesIgnored: true }), ['build/d.ts', 'src/build/e.ts', 'src/in/top.ts', 'top.ts']);
          assert.deepEqual(await namesIn(search, ['*.ts'], { exclude: [glob('a?c.*'), glob('**/[!i]n/**'), glob('.hidden')] }), typescript.filter((path) => path !== 'aéc.ts' && path !== '.hidden/.h.ts'));
          const { paths } = await search.files({ ...query(''), under: 'searched/globs', include: [glob('*.ts')], exclude: [glob('a?c.*')], order: 'path' }, never);
          assert.deepEqual(paths.map((path) => path.replace('searched/globs/', '')), typescript.filter((path) => path !== 'aéc.ts'));
        } finally {
          await rm(at('globs'), { recursive: true });
        }
      });

      it('searches what an editor holds unsaved, and not what is on the disk below it', async function () {
        this.timeout(60_000);
        const editor = await vscode.window.showTextDocument(vscode.Uri.file(at('a.ts')));
        await editor.edit((change) => change.replace(new vscode.Range(0, 0, 0, 17), '// new\nlet unsaved'));
        try {
          assert.deepEqual(summary(await search.text(query('needle'), never)), visible.slice(1));
          assert.deepEqual(summary(await search.text(query('unsaved'), never)), ['a.ts 2:']);
          assert.deepEqual(summary(await search.text(query('unsaved', { exclude: [glob('*.ts')] }), never)), []);
        } finally {
          await vscode.window.showTextDocument(editor.document);
          await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
          while (vscode.workspace.textDocuments.some(({ isDirty }) => isDirty)) await new Promise((resolve) => setTimeout(resolve, 20));
        }
      });

      it('lists files by path', async () => {
        const { paths, incomplete } = await search.files({ ...query(''), include: [glob('*.{ts,log}')], order: 'path' }, never);
        assert.deepEqual([paths, incomplete], [['searched/a.ts', 'searched/deep/er/c.ts'], undefined]);
      });

      it('lists the files that were changed last first', async () => {
        await writeFile(at('b.txt'), 'Needle, needles and sub-needle\n-e needle --pre=sh\n');
        const { paths } = await search.files({ ...query(''), include: [glob('*.txt')], order: 'newest' }, never);
        assert.equal(paths[0], 'searched/b.txt');
      });

      it('tells what is wrong with an expression', async () => {
        await assert.rejects(search.text(query('a(', { isRegex: true }), never), (error) => error instanceof SearchError && /group/i.test(error.message));
      });

      it('ends an expression that backtracks for ever (B28)', async function () {
        this.timeout(60_000);
        await make({ 'pathological.txt': 'a'.repeat(100_000) });
        try {
          assert.deepEqual(summary(await search.text(query('(a+)+$', { isRegex: true, include: [glob('pathological.txt')] }), never)), ['pathological.txt 1:']);
          await search.text(query('(a+)+b', { isRegex: true, include: [glob('pathological.txt')] }), never);
        } finally {
          await rm(at('pathological.txt'));
        }
      });

      it('stops when it is cancelled', async () => {
        const controller = new AbortController();
        const running = search.text(query('needle'), controller.signal);
        controller.abort(new Error('stopped'));
        await assert.rejects(running, /stopped/);
        await assert.rejects(search.files({ ...query(''), order: 'path' }, controller.signal), /stopped/);
      });
    });
  }

  it('gives a model matches, files and folders through its tools', async () => {
    const found = await use(searchText, { query: 'needle', folder: 'searched', is_regex: false, context_lines: 1 }, fast);
    assert.match(found.text, /searched\/a\.ts\n1: const needle = 1;\n2- const other = 2;\n/);
    assert.match(found.text, /2 files that may hold secrets were not searched\./);
    assert.ok(!found.text.includes('KEY=') && !found.text.includes('outside'), found.text);
    assert.match((await use(searchText, { query: '(?=x)', is_regex: true }, fast)).text, /look-around.*is not supported/);
    assert.match((await use(findFiles, { glob: '*.ts', folder: 'searched' }, fast)).text, /\nsearched\/a\.ts\nsearched\/deep\/er\/c\.ts\n/);
    const listed = await use(listDirectory, { path: 'searched', depth: 2 }, fast);
    assert.match(listed.text, /\ndeep\/\ndeep\/er\/\n/);
    assert.match(listed.text, /\n\.env, 11 bytes\n/);
    assert.match(listed.text, /\nlink\.txt \(link to a file\)\nlinked\/ \(link to a folder\)\n/);
    assert.match(listed.text, /4 ignored entries are left out/);
    assert.match((await use(searchText, { query: 'x', folder: 'searched/linked' }, fast)).text, /outside the workspace/);
  });
});

function glob(text: string): Exclude<ReturnType<typeof readGlob>, string> {
  const read = readGlob(text);
  if (typeof read === 'string') throw new Error(read);
  return read;
}
