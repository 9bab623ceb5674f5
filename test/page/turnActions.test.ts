import assert from 'node:assert/strict';
import { say } from '../../src/protocol/localText.ts';
import { eventually } from '../workbench/eventually.ts';
import { chatStates } from './chatStates.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { answeredTurn, mediaWith, stateWith, turnWith } from './states.ts';

const text = (id: string, words: string): { readonly kind: 'text'; readonly id: string; readonly text: string } => ({ kind: 'text', id, text: words });

function longTurn(id: string): ReturnType<typeof turnWith> {
  return turnWith(id, 'And then?', [text(`a-${id}`, 'line\n\n'.repeat(60))]);
}

function versionOf(number: number, lines: number): ReturnType<typeof turnWith> {
  return turnWith(`v${number}`, `Version ${number}`, [text(`a${number}`, 'line\n\n'.repeat(lines))], { branch: { number, of: 2 } });
}

describe('What can be done with a turn', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage({ width: 420 });
  });
  afterEach(async () => closeUnharmed(page));

  const button = (name: string | RegExp): ReturnType<OpenedPage['browserPage']['locator']> => page.browserPage.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  const turn = (id: string): ReturnType<OpenedPage['browserPage']['locator']> => page.browserPage.locator(`[data-turn="${id}"]`);
  const last = async (): Promise<unknown> => (await page.intents()).at(-1);
  const composer = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('textbox', { name: 'Message' });
  const focused = (): Promise<string | null> => page.browserPage.evaluate(() => document.activeElement?.getAttribute('data-does') ?? document.activeElement?.className ?? null);

  /** The toolkit's text area shows what it is given a little later. */
  const writes = async (words: string, why?: string): Promise<void> => assert.equal(await eventually(() => composer().inputValue(), (now) => now === words), words, why);

  it('is reached by one Tab stop for each toolbar, and the arrow keys from button to button', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [text('a1', 'Hello.')])] }));
    await button('Edit and ask again').focus();
    await page.browserPage.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'copy-question');
    await page.browserPage.keyboard.press('Tab');
    assert.match((await focused()) ?? '', /turn-words/);
    await page.browserPage.keyboard.press('Tab');
    assert.equal(await focused(), 'copy-answer');
    await page.browserPage.keyboard.press('End');
    assert.equal(await focused(), 'delete-turn');
    await page.browserPage.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'copy-answer');
    await page.browserPage.keyboard.press('ArrowRight');
    await page.browserPage.keyboard.press('Shift+Tab');
    await page.browserPage.keyboard.press('Tab');
    assert.equal(await focused(), 'quote', 'the button that was left last is the one that Tab comes back to');
  });

  it('copies the answer in Markdown, without reasoning and calls, and the question', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', 'What\n**is** it?', [{ kind: 'reasoning', id: 'r1', text: 'Hm.', durationMs: 10 }, text('a1', '**One**\n'), text('a2', '- two')])] }));
    await button('Copy answer').click();
    assert.deepEqual(await last(), { type: 'copy', text: '**One**\n\n- two' });
    await button('Copied').waitFor();
    await turn('t1').hover();
    await button('Copy question').click();
    assert.deepEqual(await last(), { type: 'copy', text: 'What\n**is** it?' });
  });

  it('quotes the answer, or what is selected in the turn, behind what is written', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [text('a1', 'One.\n\nTwo.')]), turnWith('t2', 'Ho', [text('a2', 'Three.')])] }));
    const quote = turn('t1').getByRole('button', { name: 'Quote the selection or the answer' });
    await quote.click();
    await writes('> One.\n>\n> Two.\n\n');
    await composer().fill('See:');
    await page.browserPage.getByText('Two.', { exact: true }).selectText();
    await quote.press('Enter');
    await writes('See:\n> Two.\n\n');
    await composer().fill('');
    await page.browserPage.getByText('Three.', { exact: true }).selectText();
    await quote.press('Enter');
    await writes('> One.\n>\n> Two.\n\n', 'what is selected elsewhere is not of this turn');
  });

  it('edits the question in its place, with what went along in sight, and sends it with Enter', async () => {
    const question = { text: 'What is it?', attachments: [{ label: 'src/a.ts', text: 'x' }], media: [mediaWith('m1', 'shot.png', 2048)] };
    await page.show(stateWith({ turns: [turnWith('t1', '', [text('a1', 'That.')], { question })] }));
    await button('Edit and ask again').click();
    const box = page.browserPage.getByRole('textbox', { name: 'Question' });
    assert.equal(await box.inputValue(), 'What is it?');
    assert.equal(await box.evaluate((element) => document.activeElement === element), true);
    await turn('t1').getByText('shot.png').waitFor();
    await turn('t1').getByText('src/a.ts').waitFor();
    await box.press('End');
    await box.press('Shift+Enter');
    await box.pressSequentially('Really?');
    const before = (await page.intents()).length;
    await box.press('Enter');
    assert.deepEqual((await page.intents()).slice(before), [{ type: 'edit-turn', turnId: 't1', text: 'What is it?\nReally?' }]);
    await box.waitFor({ state: 'detached' });
  });

  it('gives up an edit with Escape, and keeps one over a reload', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', 'What is it?', [text('a1', 'That.')])] }));
    const box = page.browserPage.getByRole('textbox', { name: 'Question' });
    await button('Edit and ask again').click();
    await box.fill('Other words');
    await page.browserPage.reload();
    await page.show(stateWith({ turns: [turnWith('t1', 'What is it?', [text('a1', 'That.')])] }));
    assert.equal(await box.inputValue(), 'Other words');
    await box.press('Escape');
    await box.waitFor({ state: 'detached' });
    assert.equal(await focused(), 'edit');
    await page.browserPage.getByText('What is it?').waitFor();
    assert.equal((await page.intents()).some(({ type }) => type === 'edit-turn'), false);
    await button('Edit and ask again').click();
    assert.equal(await box.inputValue(), 'What is it?', 'what was given up is gone');
  });

  it('does not send, lose or double what an input method composes in the edit box', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', '问', [text('a1', '答。')])] }));
    await button('Edit and ask again').click();
    const box = page.browserPage.getByRole('textbox', { name: 'Question' });
    const session = await page.browserPage.context().newCDPSession(page.browserPage);
    await session.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
    await session.send('Input.imeSetComposition', { text: '你好', selectionStart: 2, selectionEnd: 2 });
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, key: 'Process', code: 'Enter' });
    await session.send('Input.insertText', { text: '你好' });
    // The Enter that confirmed the candidate, as some input methods tell of it: after the end, and before its key-up.
    await box.evaluate((element) => {
      element.dispatchEvent(new CompositionEvent('compositionstart'));
      element.dispatchEvent(new CompositionEvent('compositionend', { data: '' }));
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    });
    assert.equal((await page.intents()).some(({ type }) => type === 'edit-turn'), false);
    assert.equal(await box.inputValue(), '问你好');
    await box.dispatchEvent('keyup', { key: 'Enter' });
    await box.press('Enter');
    assert.deepEqual(await last(), { type: 'edit-turn', turnId: 't1', text: '问你好' });
  });

  it('asks again, deletes and inspects', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [text('a1', 'Hello.')]), turnWith('t2', 'Ho', [text('a2', 'Hey.')])] }));
    await turn('t1').hover();
    await turn('t1').getByRole('button', { name: 'Ask again, as a new version' }).click();
    assert.deepEqual(await last(), { type: 'regenerate', turnId: 't1' });
    await turn('t1').getByRole('button', { name: 'Delete this turn and what follows it' }).click();
    assert.deepEqual(await last(), { type: 'delete-turn', turnId: 't1' });
    await turn('t2').getByRole('button', { name: 'Delete this turn', exact: true }).click();
    assert.deepEqual(await last(), { type: 'delete-turn', turnId: 't2' });
  });

  it('asks and deletes nothing while an answer comes, but copies and quotes', async () => {
    const turns = [turnWith('t1', 'Hi', [text('a1', 'Hello.')]), turnWith('t2', 'Ho', [text('a2', 'He')], { outcome: 'running', usage: undefined })];
    await page.show(stateWith({ turns, activity: { kind: 'running', phase: 'answering', since: Date.now() } }));
    assert.deepEqual(await turn('t1').locator('.toolbar button:visible').evaluateAll((all) => all.map((each) => each.dataset['does'])), ['copy-question', 'copy-answer', 'quote', 'inspect']);
    assert.equal(await turn('t2').locator('.turn-actions').count(), 0);
    await page.push({ type: 'turn-ended', turnId: 't2', outcome: 'done', usage: undefined }, { type: 'activity-changed', activity: { kind: 'idle' } });
    await turn('t2').getByRole('button', { name: 'Ask again, as a new version' }).waitFor();
  });

  it('has one line of buttons at 300 pixels, with versions too', async () => {
    await page.browserPage.setViewportSize({ width: 300, height: 700 });
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [{ kind: 'text', id: 'a1', text: 'Hello.' }], { outcome: 'stopped', branch: { number: 2, of: 3 } })] }));
    const bar = page.browserPage.getByRole('toolbar', { name: 'Answer actions' });
    await bar.getByRole('button', { name: 'Copy answer' }).waitFor();
    const tops = await bar.locator('button').evaluateAll((all) => all.map((button) => Math.round(button.getBoundingClientRect().top + button.getBoundingClientRect().height / 2)));
    assert.ok(Math.max(...tops) - Math.min(...tops) <= 2, tops.join());
  });

  for (const outcome of ['cut', 'stopped', 'interrupted'] as const) {
    it(`offers to continue the last turn that was ${outcome}, and no other`, async () => {
      await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [text('a1', 'He')], { outcome }), turnWith('t2', 'Ho', [text('a2', 'He')], { outcome })] }));
      assert.equal(await page.browserPage.getByRole('button', { name: 'Continue' }).count(), 1);
      await button('Continue').click();
      assert.deepEqual(await last(), { type: 'act', action: 'continue', turnId: 't2' });
    });
  }

  it('offers to continue once only, where a card does already', async () => {
    const card = { kind: 'notice', id: 'n1', text: say('The answer reached the limit on its length and was cut off.'), actions: ['continue'] } as const;
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [text('a1', 'He'), card], { outcome: 'cut' })] }));
    assert.equal(await page.browserPage.getByRole('button', { name: 'Continue' }).count(), 1);
  });

  it('shows a summary as one, with the way back', async () => {
    await page.show(chatStates['summary'] ?? stateWith({}));
    await page.browserPage.getByRole('heading', { name: 'Summary of the turns before' }).waitFor();
    assert.equal(await turn('t2').locator('.question').count(), 0);
    await turn('t2').hover();
    await button('Delete the summary').click();
    assert.deepEqual(await last(), { type: 'delete-turn', turnId: 't2' });
  });

  it('leads through the versions of a turn by keyboard, the focus staying on its button', async () => {
    const version = (number: number): ReturnType<typeof turnWith> => turnWith(`v${number}`, `Version ${number}`, [text(`a${number}`, 'Yes.')], { branch: { number, of: 3 } });
    await page.show(stateWith({ turns: [turnWith('t0', 'Before', [text('a0', 'It.')]), version(2)] }));
    await page.browserPage.getByRole('group', { name: 'Version 2 of 3' }).waitFor();
    await button('Version after').focus();
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual(await last(), { type: 'show-branch', turnId: 'v2', number: 3 });
    await page.push({ type: 'turns-shown', after: 't0', turns: [version(3)] });
    await page.browserPage.getByText('Version 3').waitFor();
    assert.equal(await focused(), 'version-after');
    const before = (await page.intents()).length;
    await page.browserPage.keyboard.press('Enter');
    assert.equal((await page.intents()).length, before, 'there is none after the last');
    await button('Version before').click();
    assert.deepEqual(await last(), { type: 'show-branch', turnId: 'v3', number: 2 });
  });

  it('shows another version of a turn in the middle of the chat in its place, without going to the end', async () => {
    await page.show(stateWith({ turns: [longTurn('t0'), versionOf(1, 30), longTurn('t2')] }));
    const after = page.browserPage.getByRole('button', { name: 'Version after', exact: true });
    await after.scrollIntoViewIfNeeded();
    await after.focus();
    await page.browserPage.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const top = (): Promise<number> => after.evaluate((button) => Math.round(button.getBoundingClientRect().top));
    const before = await top();
    await page.browserPage.keyboard.press('Enter');
    await page.push({ type: 'turns-shown', after: 't0', turns: [versionOf(2, 70), longTurn('t3')] });
    await page.browserPage.getByText('Version 2', { exact: true }).waitFor({ state: 'attached' });
    assert.ok(Math.abs((await eventually(top, (now) => Math.abs(now - before) <= 2)) - before) <= 2, 'the button went away from under the hand');
    assert.equal(await focused(), 'version-after');
  });

  it('brings the focus to the composer when the turn that had it is deleted, and offers to undo', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [text('a1', 'Hello.')]), turnWith('t2', 'Ho', [text('a2', 'Hey.')])] }));
    await turn('t2').locator('[data-does="delete-turn"]').focus();
    await page.browserPage.keyboard.press('Enter');
    await page.push({ type: 'turns-shown', after: 't1', turns: [] }, { type: 'undo-changed', undo: { id: 'u7', text: say('The turn was deleted.') } });
    await page.browserPage.waitForFunction(() => document.activeElement?.classList.contains('composer-text'));
    await page.browserPage.locator('[aria-live=polite]').getByText('The turn was deleted.').waitFor();
    await button('Undo: The turn was deleted.').click();
    assert.deepEqual(await last(), { type: 'undo', id: 'u7' });
    await page.push({ type: 'undo-changed', undo: undefined });
    await page.browserPage.locator('.undo-strip').waitFor({ state: 'detached' });
  });

  it('says how fast an answer came and what it was made of, all of it on demand', async () => {
    await page.browserPage.setViewportSize({ width: 900, height: 700 });
    await page.show(stateWith({ turns: [{ ...answeredTurn, timing: { firstTokenMs: 1240, tokensPerSecond: 43.6 } }] }));
    const line = page.browserPage.locator('.usage');
    assert.equal(await line.textContent(), '2,481 in · 612 out · CN¥0.0094 · 93% cached · 1.2 s to the first word · 44 tokens/s · 62% reasoning');
    await line.click();
    const [labels, values] = [await page.browserPage.locator('.turn-details dt').allTextContents(), await page.browserPage.locator('.turn-details dd').allTextContents()];
    assert.deepEqual(labels.slice(0, 7).map((label, index) => [label, values[index]]), [
      ['Tokens in', '2,481'],
      ['of them cached', '2,304 (93%)'],
      ['Tokens out', '612'],
      ['of them reasoning', '377 (62%)'],
      ['Cost', 'CN¥0.0094'],
      ['First word after', '1.2 s'],
      ['Speed', '44 tokens/s'],
    ]);
    assert.equal(await page.browserPage.locator('.turn-words').getAttribute('aria-expanded'), 'true');
  });

  it('says what was spent today where that is more than the chat, and what of it is unknown', async () => {
    await page.show(chatStates['versions'] ?? stateWith({}));
    assert.equal(await page.browserPage.locator('.today-total').textContent(), 'Today: CN¥0.16 + 2 uncounted answers');
    assert.equal(await page.browserPage.locator('.today-total').getAttribute('title'), 'The cost of 14 answers; that of 2 more is unknown');
  });

  it('goes from turn to turn with Alt and the arrow keys, from the composer and back', async () => {
    const turns = ['t1', 't2', 't3'].map((id) => turnWith(id, `Question ${id}`, [text(`a-${id}`, 'line\n\n'.repeat(40))]));
    await page.show(stateWith({ turns }));
    const at = (): Promise<string | null> => page.browserPage.evaluate(() => document.activeElement?.getAttribute('data-turn') ?? document.activeElement?.className ?? null);
    const isAtTop = (id: string): Promise<boolean> => page.browserPage.locator(`[data-turn="${id}"]`).evaluate((element) => Math.abs(element.getBoundingClientRect().top - (element.closest('.transcript')?.getBoundingClientRect().top ?? -99)) < 16);
    await composer().focus();
    await page.browserPage.keyboard.press('Alt+ArrowUp');
    assert.equal(await at(), 't3');
    assert.ok(await isAtTop('t3'));
    await page.browserPage.keyboard.press('Alt+ArrowUp');
    assert.equal(await at(), 't2');
    await page.browserPage.keyboard.press('Alt+ArrowUp');
    await page.browserPage.keyboard.press('Alt+ArrowUp');
    assert.equal(await at(), 't1', 'there is nothing before the first');
    assert.ok(await isAtTop('t1'));
    for (const id of ['t2', 't3']) {
      await page.browserPage.keyboard.press('Alt+ArrowDown');
      assert.equal(await at(), id);
    }
    await page.browserPage.keyboard.press('Alt+ArrowDown');
    assert.match((await at()) ?? '', /composer-text/);
  });

  it('tells what a token might have been by pointer and by keyboard, not by colour alone', async () => {
    await page.show(chatStates['heat'] ?? stateWith({}));
    await button('Token probabilities').click();
    const heat = page.browserPage.getByRole('listbox', { name: 'Token probabilities' });
    const styles = await heat.locator('[role=option]').evaluateAll((all) => [...new Set(all.map((each) => getComputedStyle(each).textDecorationStyle))]);
    assert.ok(styles.length >= 4, styles.join(' '));
    await heat.getByText('never').hover();
    assert.match((await page.browserPage.locator('.heat-detail').textContent()) ?? '', /·never 18%.*·other 3\.21%.*↵ 0\.4%/);
    await heat.focus();
    await page.browserPage.keyboard.press('Home');
    await page.browserPage.keyboard.press('PageDown');
    const active = await heat.getAttribute('aria-activedescendant');
    assert.equal(await page.browserPage.locator(`#${active}`).getAttribute('aria-label'), '·once 44%; Instead: ·other 3.21%, ↵ 0.4%');
    await button('Show as table').click();
    assert.equal(await page.browserPage.locator('.probabilities-table tbody tr').count(), 16);
  });
});
