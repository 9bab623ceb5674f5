import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { eventually } from '../workbench/eventually.ts';
import { openSession, type Session } from './support/session.ts';

const source = `export function report(prices: readonly number[]): string {
  let total = 0;
  for (const price of prices) {
    total += price;
  }

  // What the customer pays.
  const label = 'Sum';

  return label + total;
}
`;
const loop = `  let total = 0;
  for (const price of prices) {
    total += price;
  }`;
const call = '  const sum = addUp(prices);';
const edits = [
  { search: loop, replace: call },
  { search: '  return label + total;', replace: '  return label + sum;' },
];
const instruction = 'rename `total` to `sum` and extract the loop';

/** The file as it is when only the extraction was accepted. */
const extracted = source.replace(loop, call);

const latin1 = (text: string | Buffer): string => Buffer.from(text).toString('latin1');
const withTabs = (text: string): string => text.replaceAll('  ', '\t');

describe('Edits in the real workbench', function () {
  this.timeout(180_000);
  let session: Session;

  before(async () => {
    // A workbench in a browser saves by itself unless it is told not to.
    session = await openSession({ settings: () => ({ 'files.autoSave': 'off' }) });
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
  });
  after(() => session.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-edits-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  const bytesOf = async (path: string): Promise<string> => (await readFile(join(session.folder, path))).toString('latin1');

  /** Asks for the edit and gives the card that asks back. */
  async function propose(path: string, wanted: readonly object[] = edits): Promise<Locator> {
    await session.panel.send(`${instruction} [[simulate: call tool edit_file with ${JSON.stringify({ path, edits: wanted })}]]`);
    const card = (await session.panel.lastTurn()).locator('.card.review');
    await card.getByText('Waiting for your decision').waitFor();
    return card;
  }

  async function acceptFirstRejectSecond(card: Locator): Promise<void> {
    await card.getByRole('button', { name: /^Accept line/ }).first().click();
    await card.getByRole('button', { name: /^Reject line/ }).first().click();
    await card.getByText('1 of 2 hunks applied').waitFor();
    await session.panel.settled();
  }

  async function undoAndSave(path: string): Promise<void> {
    const { window } = session;
    await window.openFile(path);
    await window.page.keyboard.press('ControlOrMeta+z');
    await window.page.locator('.tabs-container .tab.active.dirty').waitFor();
    await window.page.keyboard.press('ControlOrMeta+s');
    await window.page.locator('.tabs-container .tab.active.dirty').waitFor({ state: 'detached' });
  }

  const kinds: readonly { readonly name: string; readonly path: string; readonly bytes: (text: string) => Buffer; readonly edits?: readonly object[] }[] = [
    { name: 'an ordinary file', path: 'plain.ts', bytes: (text) => Buffer.from(text) },
    { name: 'a file with CRLF', path: 'crlf.ts', bytes: (text) => Buffer.from(text.replaceAll('\n', '\r\n')) },
    { name: 'a file with a byte order mark', path: 'bom.ts', bytes: (text) => Buffer.from(`\uFEFF${text}`) },
    { name: 'a file with tabs', path: 'tabs.ts', bytes: (text) => Buffer.from(withTabs(text)), edits: edits.map(({ search, replace }) => ({ search: withTabs(search), replace: withTabs(replace) })) },
  ];
  for (const { name, path, bytes, edits: wanted } of kinds) {
    it(`are decided hunk by hunk in ${name}, and one Undo takes them back to the byte`, async () => {
      await writeFile(join(session.folder, path), bytes(source));
      await session.window.openFile(path);
      const card = await propose(path, wanted);
      assert.equal(await bytesOf(path), latin1(bytes(source)), 'nothing is written before it is decided');
      await session.window.screenshot(`edits-open-${path}`);
      await acceptFirstRejectSecond(card);
      assert.equal(await bytesOf(path), latin1(bytes(extracted)));
      await session.window.screenshot(`edits-applied-${path}`);
      await undoAndSave(path);
      assert.equal(await bytesOf(path), latin1(bytes(source)));
    });
  }

  it('keep what is not saved yet', async () => {
    const { window } = session;
    await writeFile(join(session.folder, 'unsaved.ts'), source);
    await window.openFile('unsaved.ts');
    await window.page.keyboard.press('ControlOrMeta+Home');
    await window.page.keyboard.type('// mine ');
    const card = await propose('unsaved.ts');
    await acceptFirstRejectSecond(card);
    assert.equal(await bytesOf('unsaved.ts'), source, 'what was not saved is not saved by an edit');
    await window.openFile('unsaved.ts');
    const kept = /^\/\/ mine export function[^]*addUp\(prices\)/;
    assert.match(await eventually(() => window.editorText(), (text) => kept.test(text)), kept);
    await window.page.keyboard.press('ControlOrMeta+z');
    await window.page.keyboard.press('ControlOrMeta+s');
    await window.page.locator('.tabs-container .tab.active.dirty').waitFor({ state: 'detached' });
    assert.equal(await bytesOf('unsaved.ts'), `// mine ${source}`);
  });

  it('are asked for again when the file has changed since', async () => {
    const { window } = session;
    await writeFile(join(session.folder, 'changed.ts'), source);
    await window.openFile('changed.ts');
    const card = await propose('changed.ts');
    // By hand: Escape, with which other ways begin, would stop the turn.
    await window.page.locator('.part.editor .view-line').first().click();
    await window.page.keyboard.press('ControlOrMeta+Home');
    await window.page.keyboard.type("import './more.ts';\n");
    await card.getByRole('button', { name: 'Accept all' }).click();
    await card.getByText('look at it again').waitFor();
    await window.screenshot('edits-changed-since');
    assert.equal(await bytesOf('changed.ts'), source);
    await card.getByRole('button', { name: 'Accept all' }).click();
    await card.getByText('Applied', { exact: true }).waitFor();
    await window.openFile('changed.ts');
    const both = /^import '\.\/more\.ts';\nexport function[^]*addUp\(prices\)[^]*label \+ sum/;
    assert.match(await eventually(() => window.editorText(), (text) => both.test(text)), both);
    await window.page.keyboard.press('ControlOrMeta+s');
    await session.panel.settled();
  });

  it('are not asked for where the file is read-only, and the model is told', async () => {
    await writeFile(join(session.folder, 'locked.ts'), source);
    await chmod(join(session.folder, 'locked.ts'), 0o444);
    const turn = await session.panel.ask(`${instruction} [[simulate: call tool edit_file with ${JSON.stringify({ path: 'locked.ts', edits })}]]`);
    assert.equal(await turn.locator('.card.review').count(), 0);
    await turn.locator('.card.call.refused').waitFor();
    assert.match(JSON.stringify(session.simulator.requests.at(-1)?.body), /read-only/);
    assert.equal(await bytesOf('locked.ts'), source);
  });

  it('of a turn are taken back together', async () => {
    const { panel, folder } = session;
    await writeFile(join(folder, 'first.ts'), source);
    const wanted = [
      `[[simulate: call tool edit_file with ${JSON.stringify({ path: 'first.ts', edits })}]]`,
      '[[simulate: call tool create_file with {"path":"made/new.ts","content":"export {};\\n"}]]',
    ];
    await panel.send(`Do both. ${wanted.join(' ')}`);
    const turn = await panel.lastTurn();
    await turn.locator('.card.review').first().getByRole('button', { name: 'Accept all' }).click();
    await turn.locator('.card.review').nth(1).getByRole('button', { name: 'Accept', exact: true }).click();
    await panel.settled();
    assert.equal(await bytesOf('made/new.ts'), 'export {};\n');
    await turn.getByText('Changed 2 files').waitFor();
    await turn.getByRole('button', { name: 'Revert', exact: true }).click();
    await turn.locator('.turn-changes').getByText('Reverted').waitFor();
    assert.deepEqual(await turn.locator('.review-status').allTextContents(), ['Reverted', 'Reverted']);
    assert.equal(await bytesOf('first.ts'), source);
    await assert.rejects(readFile(join(folder, 'made/new.ts')), { code: 'ENOENT' });
    await session.window.screenshot('edits-reverted');
  });

  it('of one file are taken back from its card by keyboard, and those of the others stay', async () => {
    const { panel, folder } = session;
    for (const name of ['one.ts', 'other.ts']) await writeFile(join(folder, name), source);
    await panel.send(`Do both. ${['one.ts', 'other.ts'].map((path) => `[[simulate: call tool edit_file with ${JSON.stringify({ path, edits })}]]`).join(' ')}`);
    const turn = await panel.lastTurn();
    for (const index of [0, 1]) await turn.locator('.card.review').nth(index).getByRole('button', { name: 'Accept all' }).press('Enter');
    await panel.settled();
    const card = turn.locator('.card.review').first();
    await card.getByRole('button', { name: 'Revert: Edit one.ts' }).press('Enter');
    await card.getByText('Reverted', { exact: true }).waitFor();
    await turn.getByText('Changed 1 file').waitFor();
    await session.window.screenshot('edits-one-reverted');
    assert.equal(await bytesOf('one.ts'), source);
    assert.notEqual(await bytesOf('other.ts'), source);
  });

  it('of a turn are taken back by keyboard after the window was loaded again', async () => {
    const { panel, window } = session;
    await writeFile(join(session.folder, 'later.ts'), source);
    const card = await propose('later.ts');
    await card.getByRole('button', { name: 'Accept all' }).press('Enter');
    await card.getByText('Applied', { exact: true }).waitFor();
    await panel.settled();
    assert.notEqual(await bytesOf('later.ts'), source);
    // The host writes what has come within a moment.
    await window.page.waitForTimeout(1000);
    await window.reload();
    const frame = await panel.open();
    const changed = frame.locator('article.turn').last();
    await changed.getByText('Changed 1 file').waitFor();
    await window.screenshot('edits-reloaded');
    const hasFocus = (): Promise<boolean> => frame.evaluate(() => document.activeElement?.textContent?.trim() === 'Revert');
    for (let stops = 0; !(await hasFocus()); stops += 1) {
      assert.ok(stops < 40, 'Revert cannot be reached with Tab');
      await window.page.keyboard.press('Shift+Tab');
    }
    await window.page.keyboard.press('Enter');
    await changed.locator('.turn-changes').getByText('Reverted').waitFor();
    assert.equal(await bytesOf('later.ts'), source);
  });

  it('are refused by Escape in the card', async () => {
    await writeFile(join(session.folder, 'escape.ts'), source);
    const card = await propose('escape.ts');
    await card.focus();
    await card.press('Escape');
    await card.getByText('Rejected: nothing has changed').waitFor();
    await session.panel.settled();
    assert.equal(await bytesOf('escape.ts'), source);
  });

  it('begin in the editor with Refactor, appear there, and are decided there', async () => {
    const { panel, window, folder } = session;
    await writeFile(join(folder, 'inline.ts'), source);
    await window.openFile('inline.ts');
    await window.selectLines(1, 11);
    await window.runCommand('Rivulet: Refactor…');
    await window.quickInput.input.waitFor();
    await window.answer(`${instruction} [[simulate: call tool edit_file with ${JSON.stringify({ path: 'inline.ts', edits })}]]`);
    const lens = window.page.locator('.codelens-decoration a');
    await lens.filter({ hasText: 'Accept' }).first().waitFor();
    await window.screenshot('edits-inline');
    await lens.filter({ hasText: /^\s*Accept$/ }).first().click();
    await lens.filter({ hasText: /^\s*Reject$/ }).last().click();
    assert.equal(await eventually(() => bytesOf('inline.ts'), (bytes) => bytes === extracted), extracted);
    // Rivulet may still be looking at what it has written, and the model answers after that.
    await panel.settled();
    await undoAndSave('inline.ts');
    assert.equal(await bytesOf('inline.ts'), source);
  });
});
