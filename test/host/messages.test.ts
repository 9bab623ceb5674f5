import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { foreign, pick, tell } from '../../src/host/messages.ts';
import { until } from '../support/until.ts';
import { startLoopback } from '../unit/support/loopback.ts';
import { answers, called, calls, fired, folder, handlers, inputs, picks, reset, secrets, settings, Uri } from './fakeVscode.ts';
import { activated, settle, type FakePage } from './fakes.ts';

/** What the workbench makes a link of in notifications and under input boxes: words in brackets and one of three schemes right behind them. */
const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+(?: (?:"[^"]+"|'[^']+'))?\)/i;
const trap = '[Repair](command:workbench.action.terminal.new)';
const icon = /\$\([a-z0-9-]+(?:~[a-z]+)?\)/i;

/** Every text that the window was given, those of lists and input boxes too. */
function texts(): readonly string[] {
  const found: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') found.push(value);
    else if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) Object.entries(value).filter(([name]) => ['title', 'message', 'detail', 'label', 'description', 'placeHolder', 'placeholder', 'prompt', 'items', 'tooltip'].includes(name)).forEach(([, member]) => collect(member));
  };
  for (const [name, ...args] of calls) if (/^(show\w+|withProgress|setStatusBarMessage)$/.test(name)) args.forEach(collect);
  [...inputs, ...picks].forEach(collect);
  return found;
}

function assertInert(): void {
  const all = texts();
  assert.ok(all.some((text) => text.includes('Repair')), `the trap was not shown: ${all.join('\n')}`);
  assert.deepEqual(all.filter((text) => link.test(text) || text.includes('](')), []);
}

/** Waits until the window was asked for this. */
async function asked(name: string): Promise<void> {
  await until(() => called(name).length > 0, undefined, () => calls);
  await settle();
}

function isMine({ label }: { readonly label: string }): boolean {
  return label.includes('My');
}

describe('foreign words in messages', () => {
  it('are no link, whatever stands between the brackets', () => {
    for (const text of [trap, '[a](COMMAND:x)', '[a](https://x.invalid "t")', "[a](file:///etc 't')", '[a]\n(command:x)', '[a]\u200B(command:x)', '[[a]](command:x)', '[a](command:x)(command:y)']) {
      assert.ok(!link.test(foreign(text)) && !foreign(text).includes(']('), foreign(text));
    }
    assert.equal(foreign('a[0] (b) {c}'), 'a[0] (b) {c}');
  });

  it('are no icon, stand in one line, hide nothing and have an end', () => {
    assert.equal(foreign('$(check) ok $(sync~spin)'), '$ (check) ok $ (sync~spin)');
    assert.equal(foreign(' a\r\n\tb\u2029c '), String.raw`a b c`);
    assert.equal(foreign('gpt\u202Etxt.exe\u0007'), String.raw`gpt\u{202E}txt.exe\u{0007}`);
    for (const count of [301, 400, 4000]) assert.equal(foreign('\u{1F30A}'.repeat(count)), `${'\u{1F30A}'.repeat(180)}…${'\u{1F30A}'.repeat(119)}`);
    for (const letter of ['x', '\u{1F30A}']) assert.equal(foreign(letter.repeat(300)), letter.repeat(300));
    assert.equal(foreign(`a${' '.repeat(5000)}b`), `a${' '.repeat(179)}…${' '.repeat(118)}b`);
  });

  it('are told apart by their blanks and by their ends', () => {
    assert.equal(foreign('a  b.ts'), 'a  b.ts');
    assert.ok(foreign(`docs/${'x'.repeat(200)}/${'y'.repeat(120)}/.env`).endsWith('/.env'));
  });

  it('cannot become a link together with ours, nor by what stands behind them', async () => {
    reset();
    await tell('warning', '[Repair](command:x)', 'Use $(x)');
    assert.deepEqual(called('showWarningMessage'), [['[Repair] (command:x)', 'Use $ (x)']]);
  });

  it('are inert in a list, which has icons of its own', async () => {
    reset();
    answers.set('showQuickPick', [({ label }: { label: string }) => label.includes('one')]);
    const picked = await pick([{ label: '$(bug) one', icon: 'terminal', description: '$(x)', detail: 'a\u202Eb', own: 1 }], { title: trap, placeHolder: trap });
    assert.equal(picked?.own, 1);
    const [items, options] = called('showQuickPick')[0] as [readonly { label: string; description: string; detail: string }[], { title: string }];
    assert.deepEqual([items[0]?.label, items[0]?.description, items[0]?.detail], ['$(terminal) $ (bug) one', '$ (x)', String.raw`a\u{202E}b`]);
    assert.ok(!options.title.includes(']('));
  });
});

describe('the messages of the host', () => {
  const sources = readdirSync(new URL('../../src/host/', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ name: name.replaceAll('\\', '/'), code: readFileSync(new URL(`../../src/host/${name}`, import.meta.url), 'utf8') }));
  const filesWith = (pattern: RegExp): readonly string[] => sources.filter(({ code }) => pattern.test(code)).map(({ name }) => name);

  it('all go through the one place that makes them inert', () => {
    assert.ok(sources.length > 30);
    assert.deepEqual(filesWith(/\bshow(?:Information|Warning|Error)Message|\bwindow\s*\.\s*(?:withProgress|showQuickPick|setStatusBarMessage|createStatusBarItem)|new vscode\.MarkdownString/), ['messages.ts']);
  });

  it('and boxes to type in, which the workbench looks for links in too, say foreign words through it', () => {
    const boxes = filesWith(/\b(?:createQuickPick|createInputBox|showInputBox)\b/).toSorted();
    assert.deepEqual(boxes, ['commands/selectModel.ts', 'commands/setApiKey.ts', 'messages.ts']);
    for (const { name, code } of sources.filter((source) => (boxes.includes(source.name) && source.name !== 'messages.ts') || source.name === 'commands/modelItems.ts')) {
      const filled = [...code.matchAll(/vscode\.l10n\.t\('[^'\n]*\{0\}[^'\n]*', ([^\n]*)/g)];
      assert.ok(filled.length > 0);
      for (const [call, args] of filled) assert.match(args ?? '', /^foreign\(/, `${name}: ${call}`);
    }
  });
});

describe('a trap in foreign words', () => {
  let page: FakePage;
  const service = { id: 'own', label: `My ${trap} $(bug)`, models: [{ id: `m ${trap} $(bug)` }, { id: 'other' }] };
  beforeEach(async () => {
    reset();
    ({ page } = await activated());
    await settle();
  });
  afterEach(() => page.dispose());

  for (const href of [`../../${trap}`, `notes.md ${trap}`, `foo:${trap}`, `file:///${trap}`]) {
    it(`is inert when it is the link ${JSON.stringify(href.slice(0, 12))}`, async () => {
      page.send({ type: 'open-link', href });
      await asked('showWarningMessage');
      assertInert();
    });
  }

  it('is inert when it is the name of a file that was dropped or chosen', async () => {
    page.send({ type: 'add-media', name: `${trap}.png`, mediaType: 'image/png', data: Buffer.from('no picture').toString('base64') });
    await asked('showWarningMessage');
    assertInert();
    reset();
    ({ page } = await activated());
    await mkdir(join(folder, 'traps'), { recursive: true });
    await writeFile(join(folder, 'traps', `${trap}.png`), 'no picture');
    answers.set('showOpenDialog', [[Uri.file(join(folder, 'traps', `${trap}.png`)), Uri.file(join(folder, 'gone', `${trap}.png`))]]);
    page.send({ type: 'attach-media' });
    await asked('showWarningMessage');
    assertInert();
  });

  it('is inert when a service says it instead of the balance', async () => {
    const loopback = await startLoopback((response) => response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message: `The supported API model names are ${trap}, but you passed x.` } })));
    try {
      settings.set('rivulet.baseUrls', { deepseek: loopback.url });
      secrets.set('rivulet.key.deepseek', JSON.stringify({ origin: new URL(loopback.url).origin, key: 'sk-0123456789abcdef' }));
      await handlers.get('rivulet.showBalance')?.('deepseek');
      await asked('showWarningMessage');
      assertInert();
    } finally {
      await loopback.close();
    }
  });

  it('is inert when a balance names thousands of accounts', async () => {
    const loopback = await startLoopback((response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ is_available: true, balance_infos: Array.from({ length: 5000 }, () => ({ currency: 'USD', total_balance: '1e300' })) })));
    try {
      settings.set('rivulet.baseUrls', { deepseek: loopback.url });
      secrets.set('rivulet.key.deepseek', JSON.stringify({ origin: new URL(loopback.url).origin, key: 'sk-0123456789abcdef' }));
      await handlers.get('rivulet.showBalance')?.('deepseek');
      const shown = [...called('showInformationMessage'), ...called('showWarningMessage')].map(([text]) => String(text));
      assert.ok(shown.length === 1 && shown.every((text) => text.length < 500), shown.map((text) => text.length).join());
    } finally {
      await loopback.close();
    }
  });

  for (const id of ['rivulet.checkEndpoint', 'rivulet.setApiKey', 'rivulet.removeApiKey', 'rivulet.selectModel']) {
    it(`is inert when it is the name of a service or a model, for ${id}`, async () => {
      settings.set('rivulet.endpoints', [{ ...service, baseUrl: 'http://127.0.0.1:9/v1', auth: 'bearer' }, { ...service, id: 'open', baseUrl: 'http://127.0.0.1:9/v1', auth: 'none' }]);
      secrets.set('rivulet.keys', JSON.stringify(['own']));
      settings.set('rivulet.model', `own/${service.models[0]?.id}`);
      secrets.set('rivulet.key.own', JSON.stringify({ origin: 'http://127.0.0.1:9', key: 'sk-0123456789abcdef' }));
      fired.settings.fire({ affectsConfiguration: () => true });
      answers.set('showQuickPick', [isMine, () => true, isMine]);
      answers.set('showInformationMessage', ['Send']);
      let isOver = false;
      const running = Promise.resolve(handlers.get(id)?.()).finally(() => (isOver = true));
      await until(() => isOver || inputs.length > 0 || picks.length > 0, undefined, () => calls);
      inputs.at(-1)?.hide.fire(undefined);
      picks.at(-1)?.hide.fire(undefined);
      await running;
      assertInert();
      for (const text of texts()) assert.ok(!icon.test(text.replace(/^\$\((?:check|edit|key|search)\) /, '')), text);
    });
  }
});
