import assert from 'node:assert/strict';
import { eventually } from '../workbench/eventually.ts';
import { rareStates } from './rareStates.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { stateWith, turnWith } from './states.ts';

const filler = 'A line without it.\n\n'.repeat(40);

describe('Finding in the chat', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(async () => closeUnharmed(page));

  const press = (key: string): Promise<void> => page.browserPage.keyboard.press(key);
  const field = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('textbox', { name: 'Find in chat' });
  const says = async (words: string): Promise<void> => page.browserPage.locator('.find-count').getByText(words, { exact: true }).waitFor();
  /** The marked texts: the one that was gone to, and all of them. */
  const marked = (): Promise<{ readonly current: string | undefined; readonly all: number }> =>
    page.browserPage.evaluate(() => {
      const [range] = CSS.highlights.get('found-current') ?? [];
      const live = document.createRange();
      if (range !== undefined) {
        live.setStart(range.startContainer, range.startOffset);
        live.setEnd(range.endContainer, range.endOffset);
      }
      return { current: range === undefined ? undefined : live.toString(), all: CSS.highlights.get('found')?.size ?? 0 };
    });
  /** Whether what was gone to can be seen. */
  const isInSight = async (): Promise<void> =>
    void (await page.browserPage.waitForFunction(() => {
      const [range] = CSS.highlights.get('found-current') ?? [];
      const frame = document.querySelector('.transcript')?.getBoundingClientRect();
      if (range === undefined || frame === undefined) return false;
      const live = document.createRange();
      live.setStart(range.startContainer, range.startOffset);
      live.setEnd(range.endContainer, range.endOffset);
      const box = live.getBoundingClientRect();
      return box.height > 0 && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
    }));

  it('is opened with Ctrl+F from the composer, goes on and back, and gives the focus back with Escape', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', 'A needle?', [{ kind: 'text', id: 'a1', text: `The **Nee**dle.\n\n${filler}\`needle\`` }]), turnWith('t2', 'More', [{ kind: 'text', id: 'a2', text: `${filler}No.` }])] }));
    await page.browserPage.getByRole('textbox', { name: 'Message' }).focus();
    await press('Control+f');
    await page.browserPage.keyboard.type('needle');
    await says('1 of 3');
    assert.deepEqual(await eventually(marked, ({ all }) => all === 3), { current: 'needle', all: 3 });
    await isInSight();
    await press('Enter');
    await says('2 of 3');
    assert.equal((await eventually(marked, ({ current }) => current === 'Needle')).current, 'Needle', 'across the marks of bold');
    await press('Enter');
    await says('3 of 3');
    await isInSight();
    await press('Enter');
    await says('1 of 3');
    await press('Shift+Enter');
    await says('3 of 3');
    await press('Escape');
    await field().waitFor({ state: 'detached' });
    assert.deepEqual(await eventually(marked, ({ all }) => all === 0), { current: undefined, all: 0 });
    assert.equal(await page.browserPage.evaluate(() => document.activeElement?.classList.contains('composer-text')), true);
    assert.equal((await page.intents()).some(({ type }) => type === 'stop'), false);
  });

  it('goes on from where Enter has led, also when that was pressed while it still looked for the last letter', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', 'A needle?', [{ kind: 'text', id: 'a1', text: `The needle.\n\n${filler}\`needle\`` }])] }));
    await page.browserPage.getByRole('textbox', { name: 'Message' }).focus();
    await press('Control+f');
    for (const tasks of [0, 1, 2, 3, 4, 5, 6, 8, 10, 12]) {
      await field().fill('');
      await field().fill('needl');
      await says('1 of 3');
      await field().evaluate(async (input, count) => {
        (input as HTMLInputElement).value = 'needle';
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
        for (let task = 0; task < count; task += 1) await new Promise((next) => setTimeout(next));
        input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }));
      }, tasks);
      await page.browserPage.waitForTimeout(100);
      await page.browserPage.locator('.find-count').getByText('2 of 3', { exact: true }).waitFor({ timeout: 5000 }).catch(() => assert.fail(`thrown back when Enter came ${tasks} tasks later`));
    }
  });

  it('finds what stands in folded reasoning and opens it', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [{ kind: 'reasoning', id: 'r1', text: `${filler}A hidden *needle* here.`, durationMs: 3000 }, { kind: 'text', id: 'a1', text: 'Hello.' }])] }));
    assert.equal(await page.browserPage.locator('.reasoning-text').count(), 0);
    await press('Control+f');
    await field().fill('needle');
    await says('1 of 1');
    await page.browserPage.getByText('A hidden').waitFor();
    await isInSight();
    assert.equal((await marked()).current, 'needle');
    const stored = (await page.stored()) as { readonly opened?: readonly unknown[] } | null;
    assert.deepEqual(stored?.opened ?? [], [], 'opened for now, not remembered as a choice');
  });

  it('finds what a tool was given and gave, and opens its card', async () => {
    const call = { kind: 'call', id: 'c1', tool: 'read_file', arguments: '{"path":"src/needle.ts"}', status: 'done', summary: undefined, result: `${'line\n'.repeat(40)}const needle = 1;\n` } as const;
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [call, { kind: 'text', id: 'a1', text: 'Hello.' }])] }));
    await press('Control+f');
    await field().fill('NEEDLE');
    await says('1 of 2');
    await isInSight();
    assert.equal((await eventually(marked, ({ current }) => current !== undefined)).current, 'needle');
    await press('Enter');
    await says('2 of 2');
    await page.browserPage.getByText('const needle = 1;').waitFor();
    await isInSight();
    assert.equal((await marked()).current, 'needle');
  });

  it('is opened by command too', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [{ kind: 'text', id: 'a1', text: 'Hello.' }])] }));
    await page.push({ type: 'find-opened' });
    await field().waitFor();
    assert.equal(await field().evaluate((element) => element === document.activeElement), true);
  });

  it('finds what stands in another answer behind its tab', async () => {
    await page.show(rareStates['alternatives'] ?? stateWith({}));
    await press('Control+f');
    await field().fill('brook');
    await says('1 of 1');
    await isInSight();
    assert.equal(await page.browserPage.getByRole('tab', { name: 'Answer 3' }).getAttribute('aria-selected'), 'true');
    await field().fill('short is');
    await page.browserPage.getByText('Short is good.').waitFor();
    await isInSight();
    assert.equal(await page.browserPage.getByRole('tab', { name: 'Answer 2' }).getAttribute('aria-selected'), 'true');
  });

  it('finds in turns that are not drawn yet, and in code far to the right', async () => {
    const wide = `\`\`\`\n${'\n'.repeat(200)}${' '.repeat(300)}needle()\n\`\`\``;
    const turns = Array.from({ length: 300 }, (_, index) => turnWith(`t${index}`, `Question ${index}`, [{ kind: 'text', id: `a${index}`, text: index === 1 ? wide : 'Nothing.' }]));
    await page.show(stateWith({ turns }));
    await press('Control+f');
    await field().fill('Needle(');
    await says('1 of 1');
    await isInSight();
    const inner = await page.browserPage.locator('.code-block pre').evaluate((element) => element.scrollLeft);
    assert.ok(inner > 0, 'the block was not scrolled sideways');
  });

  it('says that there is nothing, and takes no word for a pattern', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', 'a.c', [{ kind: 'text', id: 'a1', text: 'abc (a.c) [x]' }])] }));
    await press('Control+f');
    await field().fill('a.c');
    await says('1 of 2');
    await field().fill('[x]');
    await says('1 of 1');
    await field().fill('zebra');
    await says('No results');
    await field().fill('');
    assert.equal(await page.browserPage.locator('.find-count').textContent(), '');
  });

  it('keeps up with an answer that comes, without moving what is read', async () => {
    await page.show(stateWith({ activity: { kind: 'running', phase: 'answering', since: Date.now() }, turns: [turnWith('t1', 'A needle', [{ kind: 'text', id: 'a1', text: filler }], { outcome: 'running', usage: undefined })] }));
    await press('Control+f');
    await field().fill('needle');
    await says('1 of 1');
    await isInSight();
    const top = await page.browserPage.getByRole('log').evaluate((log) => log.scrollTop);
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: 'Another needle.\n\n' });
    await says('1 of 2');
    assert.equal(await page.browserPage.getByRole('log').evaluate((log) => log.scrollTop), top);
  });

  it('looks for what is selected, and closes with another chat', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [{ kind: 'text', id: 'a1', text: 'One *word* here.' }])] }));
    await page.browserPage.locator('.answer em').selectText();
    await press('Control+f');
    assert.equal(await field().inputValue(), 'word');
    await page.push({ type: 'chat-opened', chat: { id: 'c9', title: '', draft: '' }, turns: [turnWith('t9', 'Ho', [])] });
    await field().waitFor({ state: 'detached' });
  });

  it('does not go on with the Enter that confirms what an input method composes', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', '针', [{ kind: 'text', id: 'a1', text: '针和针' }])] }));
    await press('Control+f');
    await field().fill('针');
    await says('1 of 3');
    await field().evaluate((element) => {
      element.dispatchEvent(new CompositionEvent('compositionstart'));
      element.dispatchEvent(new CompositionEvent('compositionend', { data: '' }));
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    });
    assert.equal(await page.browserPage.locator('.find-count').textContent(), '1 of 3');
  });
});
