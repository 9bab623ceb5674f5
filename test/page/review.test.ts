import assert from 'node:assert/strict';
import type { Intent } from '../../src/protocol/messages.ts';
import type { ReviewItem } from '../../src/protocol/reviewItems.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { askedWith, askingWith, cart, fileWith, hugeReview, hunkWith, longHunk, reviewStates, reviewWith } from './reviewStates.ts';
import { stateWith } from './states.ts';

const button = (name: string | RegExp): { readonly name: string | RegExp; readonly exact: boolean } => ({ name, exact: true });

describe('Review', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(async () => closeUnharmed(page));

  const press = (name: string): Promise<void> => page.browserPage.getByRole('button', button(name)).click();
  const decisions = async (): Promise<readonly Intent[]> => (await page.intents()).filter(({ type }) => type !== 'ready' && type !== 'page-failed');
  const change = (item: ReviewItem): Promise<void> => page.push({ type: 'item-changed', turnId: 't1', item });
  const focused = (): Promise<string | null> => page.browserPage.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName ?? null);
  const spoken = async (): Promise<string> => (await page.browserPage.locator('[aria-live=polite]').textContent()) ?? '';

  it('posts what each button decides, with the token that is shown', async () => {
    await page.show(askingWith([reviewWith([cart])]));
    await press('Accept line 10 of src/cart.ts');
    await press('Reject lines 31 to 37 of src/cart.ts');
    await press('Show diff');
    await change(reviewWith([cart], { token: 'token-2' }));
    await press('Accept all');
    await change(reviewWith([cart], { token: 'token-3' }));
    await press('Reject all');
    await change(reviewWith([cart], { token: 'token-4' }));
    await press('Later');
    assert.deepEqual(await decisions(), [
      { type: 'decide', token: 'token-1', decision: 'accept', file: 0, hunk: 0 },
      { type: 'decide', token: 'token-1', decision: 'reject', file: 0, hunk: 1 },
      { type: 'show-diff', token: 'token-1' },
      { type: 'decide', token: 'token-2', decision: 'accept' },
      { type: 'decide', token: 'token-3', decision: 'reject' },
      { type: 'decide', token: 'token-4', decision: 'later' },
    ]);
  });

  it('posts a decision once, until the host has answered or was silent for long', async () => {
    await page.browserPage.clock.install();
    await page.show(askingWith([reviewWith([cart])]));
    const accept = page.browserPage.getByRole('button', button('Accept line 10 of src/cart.ts'));
    await accept.click();
    assert.equal(await accept.isDisabled(), true);
    await accept.click({ force: true });
    assert.equal(await page.browserPage.getByRole('button', button('Accept line 126 of src/cart.ts')).isDisabled(), false);
    await page.browserPage.clock.fastForward(6000);
    await accept.click();
    await press('Accept all');
    await page.browserPage.getByRole('button', button('Accept all')).click({ force: true });
    assert.equal(await page.browserPage.getByRole('button', button('Reject line 126 of src/cart.ts')).isDisabled(), true);
    assert.deepEqual((await decisions()).map((intent) => (intent.type === 'decide' ? intent.hunk : undefined)), [0, 0, undefined]);
  });

  it('does not take the second click of a double click for a decision on what has come in its place', async () => {
    await page.show(askingWith([reviewWith([fileWith('a.ts', [longHunk(1)])])]));
    await press('Accept');
    await change(reviewWith([fileWith('b.ts', [longHunk(1)])], { token: 'token-2' }));
    await page.browserPage.getByText('b.ts').waitFor();
    await page.browserPage.getByRole('button', button('Accept')).dispatchEvent('click', { detail: 2 });
    assert.deepEqual(await decisions(), [{ type: 'decide', token: 'token-1', decision: 'accept' }]);
  });

  it('draws the lines with their numbers and with marks that are more than colours', async () => {
    await page.show(askingWith([reviewWith([fileWith('a.ts', [hunkWith(7, 9, ' same\n-let total;\n+let sum;')])])]));
    const drawn = await page.browserPage.locator('.diff-line').evaluateAll((lines) =>
      lines.map((line) => [line.getAttribute('data-old'), line.getAttribute('data-new'), getComputedStyle(line.firstElementChild ?? line, '::before').content, line.textContent]),
    );
    assert.deepEqual(drawn, [['7', '9', '" "', 'same'], ['8', '', '"−"', 'let total;'], ['', '10', '"+"', 'let sum;']]);
    assert.deepEqual(await page.browserPage.locator('.changed').allTextContents(), ['total', 'sum']);
  });

  it('writes out hidden characters in paths, lines and names (B20)', async () => {
    await page.show(reviewStates['review-hidden'] ?? stateWith({}));
    const text = (await page.browserPage.locator('.review').textContent()) ?? '';
    assert.match(text, /a\\u\{202E\}cc\.ts/);
    assert.match(text, /'admin\\u\{200B\}'/);
    assert.doesNotMatch(text, /[\u202E\u200B\u2066\u2069]/);
    await page.browserPage.getByRole('group', { name: String.raw`Edit src/a\u{202E}cc.ts`, exact: true }).waitFor();
  });

  it('shows why a file always asks even where the file is folded, and offers no way to be asked less', async () => {
    const reasons = [{ message: 'The editor obeys this file.', args: [] }];
    const ordinary = Array.from({ length: 4 }, (_, index) => fileWith(`src/${index}.ts`, [longHunk(3)]));
    await page.show(askingWith([reviewWith([...ordinary, fileWith('.vscode/settings.json', [longHunk(2)], { reasons })])]));
    await page.browserPage.getByText('The editor obeys this file.').waitFor();
    assert.equal(await page.browserPage.locator('.review-file').last().getByRole('button', { expanded: false }).count(), 1);
    assert.equal(await page.browserPage.getByRole('button', { name: 'Allow edits to ordinary files in this chat…' }).count(), 0);
    assert.equal(await page.browserPage.getByRole('button', button('Reject all')).getAttribute('class'), 'push primary');
    await change(reviewWith(ordinary));
    await press('Allow edits to ordinary files in this chat…');
    assert.deepEqual((await decisions()).at(-1), { type: 'allow-edits', allow: true });
  });

  it('decides files by themselves where there are several, and shows one in the diff editor', async () => {
    await page.show(reviewStates['review-files'] ?? stateWith({}));
    await press('Accept: Move docs/cart.md to docs/checkout/cart.md');
    await press('Reject: Delete src/old.ts');
    await press('Show diff: Edit src/part.ts');
    await press('… 12 more files');
    assert.deepEqual(await decisions(), [
      { type: 'decide', token: 'token-1', decision: 'accept', file: 2 },
      { type: 'decide', token: 'token-1', decision: 'reject', file: 3 },
      { type: 'show-diff', token: 'token-1', file: 4 },
      { type: 'show-diff', token: 'token-1' },
    ]);
  });

  it('folds a long hunk, shows the rest on demand, and leads to the diff editor for what it was not given', async () => {
    await page.show(reviewStates['review-create'] ?? stateWith({}));
    assert.equal(await page.browserPage.locator('.diff-line').count(), 50);
    await press('Show 150 more lines');
    assert.equal(await page.browserPage.locator('.diff-line').count(), 200);
    await press('… 120 more lines');
    assert.deepEqual(await decisions(), [{ type: 'show-diff', token: 'token-1', file: 0 }]);
  });

  it('says that accepting takes more than is shown, and then does not put accepting first', async () => {
    const unseen = page.browserPage.getByText('Not everything is shown here.');
    await page.show(askingWith([reviewWith([cart])]));
    assert.equal(await unseen.count(), 0);
    for (const item of [reviewWith([cart], { moreFiles: 1, token: 'a' }), reviewWith([{ ...cart, moreHunks: 11 }], { token: 'b' }), reviewWith([fileWith('src/long.ts', [longHunk(20, { moreLines: 1 })])], { token: 'c' })]) {
      await change(item);
      await unseen.waitFor();
      assert.match((await page.browserPage.locator('.review-foot [data-does=accept]').getAttribute('class')) ?? '', /secondary/);
    }
  });

  it('takes a key that is held down for one press', async () => {
    await page.show(askingWith([reviewWith([cart])]));
    await page.browserPage.getByRole('button', button('Accept line 10 of src/cart.ts')).focus();
    for (let repeat = 0; repeat < 5; repeat += 1) {
      await page.browserPage.keyboard.down('Enter');
      await change(reviewWith([{ ...cart, hunks: cart.hunks.map((hunk, index) => (index === 0 ? { ...hunk, decision: 'accepted' as const } : hunk)) }]));
    }
    await page.browserPage.keyboard.up('Enter');
    assert.deepEqual((await decisions()).map((intent) => (intent.type === 'decide' ? intent.hunk : undefined)), [0]);
  });

  it('draws little of a very large review, and all of it can be reached', async () => {
    await page.show(askingWith([hugeReview]));
    await page.browserPage.getByRole('button', button('Accept all')).waitFor();
    assert.ok((await page.browserPage.locator('.diff-line').count()) <= 500);
    assert.equal(await page.browserPage.locator('.review-file').count(), 20);
    const last = page.browserPage.locator('.review-file').last();
    await last.locator('.disclosure-title').click();
    assert.ok((await page.browserPage.locator('.diff-line').count()) <= 1000);
    assert.equal(await last.locator('.review-hunk').count(), 40);
    await last.locator('.review-hunk').last().locator('.disclosure-title').click();
    assert.equal(await last.locator('.review-hunk').last().locator('.diff-line').count(), 50);
  });

  it('takes Escape for a no inside of an open card, and nowhere else', async () => {
    await page.show(askingWith([reviewWith([cart])]));
    const accept = page.browserPage.getByRole('button', button('Accept line 10 of src/cart.ts'));
    await accept.focus();
    await page.browserPage.keyboard.press('Shift+Escape');
    assert.deepEqual(await decisions(), []);
    await page.browserPage.keyboard.press('Escape');
    await page.browserPage.keyboard.press('Escape');
    assert.deepEqual(await decisions(), [{ type: 'decide', token: 'token-1', decision: 'reject' }]);
    await change(reviewWith([cart], { status: 'later', token: 'token-2' }));
    await accept.focus();
    await page.browserPage.keyboard.press('Escape');
    assert.equal((await decisions()).length, 1);
    await page.browserPage.getByRole('textbox').focus();
    await page.browserPage.keyboard.press('Escape');
    assert.deepEqual((await decisions()).at(-1), { type: 'stop' });
  });

  it('leaves the focus in the composer, and in the card goes on to the next hunk, then to the card', async () => {
    await page.show(askingWith([]));
    await page.browserPage.getByRole('textbox').focus();
    await page.push({ type: 'item-added', turnId: 't1', item: reviewWith([cart]) });
    await page.browserPage.getByRole('button', button('Accept all')).waitFor();
    assert.equal(await focused(), 'Message');
    await page.browserPage.getByRole('button', button('Accept line 10 of src/cart.ts')).focus();
    await page.browserPage.keyboard.press('Enter');
    const [first, ...rest] = cart.hunks;
    assert.ok(first !== undefined);
    await change(reviewWith([{ ...cart, hunks: [{ ...first, decision: 'accepted' }, ...rest] }], { token: 'token-2' }));
    await page.browserPage.getByText('1 of 3 decided').waitFor();
    assert.equal(await focused(), 'Accept lines 31 to 37 of src/cart.ts');
    await change(reviewWith([cart], { status: 'applying' }));
    await page.browserPage.getByText('Applying…').waitFor();
    assert.equal(await focused(), 'Edit src/cart.ts');
    await page.browserPage.getByRole('textbox').focus();
    await change(reviewWith([cart], { status: 'failed' }));
    await page.browserPage.getByText('Not applied').waitFor();
    assert.equal(await focused(), 'Message');
  });

  it('is spoken of once when it comes, again when its file has changed, and when it is over', async () => {
    await page.show(askingWith([]));
    await page.push({ type: 'item-added', turnId: 't1', item: reviewWith([cart]) });
    await page.browserPage.waitForFunction(() => document.querySelector('[aria-live=polite]')?.textContent?.includes('Waiting for your decision: Edit src/cart.ts'));
    const [first, ...rest] = cart.hunks;
    assert.ok(first !== undefined);
    await change(reviewWith([{ ...cart, hunks: [{ ...first, decision: 'accepted' }, ...rest] }], { token: 'token-2' }));
    await change(reviewWith([cart], { token: 'token-3', note: { message: 'It has changed since.', args: [] } }));
    await page.browserPage.waitForFunction(() => document.querySelector('[aria-live=polite]')?.textContent?.includes('Edit src/cart.ts. It has changed since.'));
    assert.equal((await spoken()).split('Waiting for your decision').length - 1, 2);
    await change(reviewWith([{ ...cart, hunks: cart.hunks.map((hunk) => ({ ...hunk, decision: 'accepted' })) }], { status: 'done' }));
    await page.browserPage.waitForFunction(() => document.querySelector('[aria-live=polite]')?.lastElementChild?.textContent?.startsWith('Applied'));
  });

  it('is spoken of with the marks of the language, not with Latin ones', async () => {
    await page.close();
    page = await openPage({ strings: { 'Waiting for your decision: {0}. {1}': '等待您的决定：{0}。{1}' }, language: 'zh-cn' });
    await page.show(askingWith([]));
    await page.push({ type: 'item-added', turnId: 't1', item: reviewWith([cart], { note: { message: '它已更改。', args: [] } }) });
    await page.browserPage.waitForFunction(() => document.querySelector('[aria-live=polite]')?.textContent?.includes('等待您的决定：Edit src/cart.ts。它已更改。'));
  });

  it('is what the activity line says everything waits for, with the way to it while it is out of sight', async () => {
    await page.browserPage.setViewportSize({ width: 300, height: 500 });
    await page.show(askingWith([reviewWith([cart]), { kind: 'text', id: 'a1', text: 'line\n\n'.repeat(60) }]));
    const line = page.browserPage.locator('.activity');
    await line.getByText('Waiting for your decision').waitFor();
    await line.getByRole('button', button('Show')).click();
    assert.equal(await focused(), 'Edit src/cart.ts');
    await line.getByRole('button', button('Show')).waitFor({ state: 'detached' });
    await page.browserPage.locator('.review-foot').scrollIntoViewIfNeeded();
    await line.waitFor({ state: 'detached' });
    assert.equal(await page.browserPage.getByText('Waiting for your decision', { exact: true }).count(), 1, 'it stands on the card alone');
    await change(reviewWith([cart], { status: 'applying' }));
    await line.getByText('Running a tool…').waitFor();
  });

  it('says in a line how it ended, folded', async () => {
    await page.show(reviewStates['review-done'] ?? stateWith({}));
    assert.deepEqual(await page.browserPage.locator('.review-status').allTextContents(), ['2 of 3 hunks applied', 'Rejected: nothing has changed', 'Nobody decided in time: nothing has changed']);
    assert.equal(await page.browserPage.locator('.diff-line').count(), 0);
    assert.deepEqual(await page.browserPage.locator('.review .push').evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label'))), ['Revert: Edit src/cart.ts']);
    await page.browserPage.locator('.review .disclosure-title').first().click();
    assert.deepEqual(await page.browserPage.locator('.decided').allTextContents(), ['Accepted', 'Rejected', 'Accepted']);
  });

  it('can still be decided when it was put off and the turn is over', async () => {
    await page.show(reviewStates['review-later'] ?? stateWith({}));
    assert.equal(await page.browserPage.getByRole('button', button('Later')).count(), 0);
    await press('Accept all');
    assert.deepEqual(await decisions(), [{ type: 'decide', token: 'token-1', decision: 'accept' }]);
  });

  it('fits into 200 pixels', async () => {
    await page.browserPage.setViewportSize({ width: 200, height: 700 });
    for (const [name, state] of Object.entries(reviewStates)) {
      await page.show(state);
      await page.browserPage.waitForTimeout(30);
      const overflow = await page.browserPage.evaluate(() =>
        Math.max(document.documentElement.scrollWidth - window.innerWidth, ...[...document.querySelectorAll('.review, .permission, .edits-allowed, .turn-changes')].map((card) => card.scrollWidth - card.clientWidth)),
      );
      assert.ok(overflow <= 0, `${name} is ${overflow} pixels too wide`);
    }
  });

  it('has buttons that are not hard to hit', async () => {
    for (const name of ['review-files', 'permission-open', 'edits-allowed', 'review-done']) {
      await page.show(reviewStates[name] ?? stateWith({}));
      const sizes = await page.browserPage.locator('.push').evaluateAll((all) => all.map((element) => [element.getBoundingClientRect().width, element.getBoundingClientRect().height]));
      assert.ok(sizes.length > 0 && sizes.flat().every((size) => size >= 24), `${name}: ${sizes.join(' ')}`);
    }
  });

  it('says how much of a line it does not show, whoever has cut it', async () => {
    const lines = [{ kind: 'added' as const, text: 'x'.repeat(20_000), moreCharacters: 1_000_000 }];
    await page.show(askingWith([reviewWith([fileWith('src/a.js', [{ ...hunkWith(1, 1, '+x'), lines }])])]));
    await page.browserPage.getByText('… and 1016000 more characters').waitFor();
  });

  it('has the call that wants it within itself, so that one edit is one card', async () => {
    await page.show(reviewStates['review-open'] ?? stateWith({}));
    assert.equal(await page.browserPage.locator('.card').count(), 1);
    assert.equal(await page.browserPage.locator('.review').getByRole('button', { name: 'edit_file' }).getAttribute('aria-expanded'), 'false');
    assert.equal(await page.browserPage.getByText('Running', { exact: true }).count(), 0);
    await page.show(askedWith([{ kind: 'call', id: 'c1', tool: 'edit_file', arguments: 'x'.repeat(2_000_000), status: 'done', summary: undefined, result: undefined }, reviewWith([cart], { status: 'done' })]));
    await page.browserPage.getByRole('button', { name: 'edit_file' }).click();
    await page.browserPage.getByText('… and 1950000 more characters').waitFor();
  });
});
