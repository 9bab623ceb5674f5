import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SearchError } from '../../src/core/editor/search.ts';
import { createGathering } from '../../src/host/search/found.ts';
import { NoRipgrep } from '../../src/host/search/noRipgrep.ts';
import { readMatches } from '../../src/host/search/ripgrepMatches.ts';
import { ripgrepBelow } from '../../src/host/search/ripgrepPath.ts';
import { runRipgrep } from '../../src/host/search/ripgrepProcess.ts';
import { longestRecord } from '../../src/host/search/ripgrepRecords.ts';
import { until } from '../support/until.ts';
import { lineOf, record } from './support/ripgrepOutput.ts';

async function standIn(folder: string, script: string): Promise<string> {
  const path = join(folder, `rg-${Math.random().toString(36).slice(2)}`);
  await writeFile(path, `#!${process.execPath}\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** Waits until there is no such process any more. */
async function gone(pid: number): Promise<void> {
  assert.ok(pid > 0);
  await until(() => {
    try {
      return !process.kill(pid, 0);
    } catch {
      return true;
    }
  });
}

/** What a stand-in says first: its process. */
async function pidFrom(output: AsyncGenerator<Buffer, unknown>): Promise<number> {
  const step = await output.next();
  return step.done === true ? 0 : Number(step.value.toString().split('\n')[0]);
}

function file(path: string, lines: readonly Buffer[], binary: number | null = null): readonly Buffer[] {
  return [record('begin', { path: { text: path } }), ...lines, record('end', { path: { text: path }, binary_offset: binary })];
}

describe('A run of ripgrep', function () {
  this.timeout(60_000);
  let folder = '';
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'rivulet-rg-'))));
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  async function outputOf(script: string, list: readonly string[] = [], input?: string): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of runRipgrep(await standIn(folder, script), { arguments: list, folder, input, signal: new AbortController().signal })) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  it('hands its arguments over as they are, in its folder, with next to nothing of the environment', async () => {
    process.env['RIPGREP_CONFIG_PATH'] = '/evil';
    try {
      const list = ['$(id)', '`id`', '; exit 1', '*', 'a b', '"', '\n'];
      const got = JSON.parse(await outputOf('console.log(JSON.stringify({ list: process.argv.slice(2), cwd: process.cwd(), names: Object.keys(process.env) }))', list)) as { list: string[]; cwd: string; names: string[] };
      assert.deepEqual(got.list, list);
      assert.ok(got.cwd.endsWith(folder.slice(folder.lastIndexOf('/'))));
      assert.deepEqual(got.names.filter((name) => !['HOME', 'XDG_CONFIG_HOME', 'USERPROFILE', 'SystemRoot', '__CF_USER_TEXT_ENCODING'].includes(name)), []);
    } finally {
      delete process.env['RIPGREP_CONFIG_PATH'];
    }
  });

  it('gives it its input, and is not disturbed when it ends before it has read it', async () => {
    assert.equal(await outputOf('process.stdin.pipe(process.stdout)', [], 'some text'), 'some text');
    assert.equal(await outputOf('process.stdout.write("early"); process.exit(0)', [], 'x'.repeat(5_000_000)), 'early');
  });

  it('fails as NoRipgrep when there is nothing to start', async () => {
    const run = { arguments: [], folder, signal: new AbortController().signal };
    await assert.rejects(runRipgrep(join(folder, 'none'), run).next(), NoRipgrep);
    await writeFile(join(folder, 'text'), 'no program');
    await assert.rejects(runRipgrep(join(folder, 'text'), run).next(), NoRipgrep);
  });

  it('tells what will never start from what could not be started this once', async () => {
    const isLasting = async (ripgrep: string, more: Partial<Parameters<typeof runRipgrep>[1]> = {}): Promise<boolean | 'started'> => {
      const output = runRipgrep(ripgrep, { arguments: [], folder, signal: new AbortController().signal, ...more });
      return output.next().then(() => 'started', (error: unknown) => (error instanceof NoRipgrep ? error.isLasting : assert.fail(String(error))));
    };
    assert.equal(await isLasting(join(folder, 'none')), true);
    assert.equal(await isLasting(process.execPath, { arguments: ['--version'], folder: join(folder, 'gone') }), false);
    assert.equal(await isLasting(process.execPath, { arguments: ['--version'], folder: join(folder, 'text') }), false);
    assert.equal(await isLasting(process.execPath, { arguments: ['x'.repeat(64 * 1024 * 1024)] }), false);
    assert.equal(await isLasting(process.execPath, { arguments: ['--version'] }), 'started');
  });

  it('ends with the signal, and kills what would not end', async () => {
    const controller = new AbortController();
    const output = runRipgrep(await standIn(folder, 'process.on("SIGTERM", () => {}); console.log(process.pid); setInterval(() => {}, 1000)'), { arguments: [], folder, signal: controller.signal });
    const pid = await pidFrom(output);
    const next = output.next();
    controller.abort(new Error('stopped'));
    await assert.rejects(next, /stopped/);
    await gone(pid);
  });

  it('is killed when nobody reads it any more', async () => {
    const output = runRipgrep(await standIn(folder, 'console.log(process.pid); setInterval(() => console.log("x".repeat(100000)), 1)'), { arguments: [], folder, signal: new AbortController().signal });
    const pid = await pidFrom(output);
    await output.return({ hadTrouble: false, complaint: '' });
    await gone(pid);
  });

  async function matchesOf(records: readonly Buffer[], most = 100, tail = ''): Promise<ReturnType<ReturnType<typeof createGathering>['files']>> {
    const path = join(folder, 'records');
    await writeFile(path, Buffer.concat(records));
    const gathering = createGathering(most);
    const ripgrep = await standIn(folder, `const bytes = require('node:fs').readFileSync(${JSON.stringify(path)}); let at = 0; const step = () => { if (at < bytes.length) process.stdout.write(bytes.subarray(at, at += 7919), step); else { ${tail} } }; step();`);
    await readMatches(ripgrep, { arguments: [], folder, signal: new AbortController().signal }, { gathering, nameOf: (printed) => (printed === 'secret' ? undefined : printed) });
    return gathering.files();
  }

  it('gathers matches file by file, sorted, without binary files and those that nobody may see', async () => {
    const match = record('match', lineOf('x\n'));
    const files = await matchesOf([...file('./b', [match]), ...file('./bin', [match], 10), ...file('./secret', [match]), ...file('a', [match, match])]);
    assert.deepEqual(files.map(({ path, lines }) => [path, lines.length]), [['a', 2], ['b', 1]]);
  });

  it('stops when there is enough, and says that there is more', async () => {
    const match = record('match', lineOf('x\n'));
    const context = record('context', lineOf('y\n'));
    const gathering = createGathering(3);
    gathering.add({ path: 'a', lines: [{ number: 1, text: '', isMatch: true }, { number: 2, text: '', isMatch: false }, { number: 3, text: '', isMatch: true }], hasOverlong: false });
    assert.equal(gathering.isFull, false);
    const files = await matchesOf([...file('a', [match, context]), ...file('b', Array.from({ length: 50 }, () => match)), ...file('c', [match])], 3, 'setInterval(() => {}, 1000)');
    assert.deepEqual(files.map(({ path, lines }) => [path, lines.length]), [['a', 2], ['b', 2]]);
  });

  it('mentions a match on a line that is too long, and reads on behind it', async () => {
    const long = record('match', lineOf('x'.repeat(longestRecord + 10)));
    const [first, second] = await matchesOf([...file('a', [long, record('match', lineOf('short\n'))]), ...file('b', [long])]);
    assert.deepEqual([first?.hasOverlong, first?.lines.map(({ text }) => text)], [true, ['short']]);
    assert.deepEqual([second?.path, second?.hasOverlong, second?.lines], ['b', true, []]);
  });

  it('throws what it complains of, without advice about options', async () => {
    const ripgrep = await standIn(folder, 'console.error("rg: regex parse error:\\n    (?:a()\\n    ^\\nerror: unclosed group\\n\\nConsider enabling PCRE2 with the --pcre2 flag."); process.exit(2)');
    await assert.rejects(readMatches(ripgrep, { arguments: [], folder, signal: new AbortController().signal }, { gathering: createGathering(1), nameOf: (path) => path }), (error) => error instanceof SearchError && error.message === 'regex parse error:\n    (?:a()\n    ^\nerror: unclosed group');
  });

  it('is found below VS Code in all its places, and nowhere else', async () => {
    assert.equal(await ripgrepBelow(folder), undefined);
    for (const place of ['node_modules.asar.unpacked/@vscode/ripgrep/bin', 'node_modules/@vscode/ripgrep/bin', `node_modules/@vscode/ripgrep-universal/bin/${process.platform}-${process.arch}`]) {
      await mkdir(join(folder, place), { recursive: true });
      const path = join(folder, place, process.platform === 'win32' ? 'rg.exe' : 'rg');
      await writeFile(path, '');
      await chmod(path, 0o755);
      assert.equal(await ripgrepBelow(folder), path);
    }
  });
});
