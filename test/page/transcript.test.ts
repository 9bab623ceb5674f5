import assert from 'node:assert/strict';
import { say } from '../../src/protocol/localText.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { answeredTurn, errorItems, stateWith, states, turnWith } from './states.ts';
import { themes } from './themes.ts';

const running = (items: Parameters<typeof turnWith>[2]): ReturnType<typeof stateWith> =>
  stateWith({
    activity: { kind: 'running', phase: 'answering', since: Date.now() },
    turns: [turnWith('t1', 'Hi', items, { outcome: 'running', usage: undefined })],
  });

describe('Transcript', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(async () => closeUnharmed(page));

  const log = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('log');
  const rightOf = (selector: string): Promise<number> =>
    page.browserPage.locator(selector).first().evaluate((element) => element.getBoundingClientRect().right);

  it('asks for the state again, once, after a push was missed', async () => {
    await page.show(running([{ kind: 'text', id: 'a1', text: 'One' }]));
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: ' two' });
    await page.pushAs(4, { type: 'item-extended', turnId: 't1', itemId: 'a1', text: ' four' });
    await page.pushAs(5, { type: 'item-extended', turnId: 't1', itemId: 'a1', text: ' five' });
    assert.equal((await page.intents()).filter((intent) => intent.type === 'ready').length, 2);
    assert.equal((await log().textContent())?.includes('four'), false);
    await page.show({ ...running([{ kind: 'text', id: 'a1', text: 'One two three four five' }]), revision: 9 });
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: ' six' });
    await page.browserPage.getByText('One two three four five six').waitFor();
  });

  it('opens the reasoning while it comes and folds it when the answer begins', async () => {
    await page.show(running([{ kind: 'reasoning', id: 'r1', text: 'Let me see.', durationMs: undefined }]));
    await page.browserPage.getByText('Let me see.').waitFor();
    await page.browserPage.getByRole('button', { name: 'Reasoning', exact: true }).waitFor();
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'r1', text: ' Yes.' });
    await page.browserPage.getByText('Let me see. Yes.').waitFor();
    await page.push(
      { type: 'item-changed', turnId: 't1', item: { kind: 'reasoning', id: 'r1', text: 'Let me see. Yes.', durationMs: 12_000 } },
      { type: 'item-added', turnId: 't1', item: { kind: 'text', id: 'a1', text: 'So:' } },
    );
    const title = page.browserPage.getByRole('button', { name: 'Thought for 12 s' });
    assert.equal(await title.getAttribute('aria-expanded'), 'false');
    await title.click();
    await page.browserPage.getByText('Let me see. Yes.').waitFor();
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: ' that' });
    assert.equal(await title.getAttribute('aria-expanded'), 'true');
  });

  it('gives the exact code to Copy and Insert, hidden characters and all', async () => {
    const code = 'if (a < b) {\n\treturn "\u202E";\n}\n\n中文';
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [{ kind: 'text', id: 'a1', text: `\`\`\`js\n${code}\n\`\`\`` }])] }));
    await page.browserPage.getByRole('button', { name: 'Copy code' }).click();
    await page.browserPage.getByRole('button', { name: 'Copied' }).waitFor();
    await page.browserPage.getByRole('button', { name: 'Insert at cursor' }).click();
    const intents = await page.intents();
    assert.deepEqual(intents.slice(-2), [
      { type: 'copy', text: code },
      { type: 'insert', text: code },
    ]);
    assert.equal(await page.browserPage.locator('.code-block .hidden-character').textContent(), String.raw`\u{202E}`);
  });

  it('draws code that comes in pieces as it is', async () => {
    await page.show(running([{ kind: 'text', id: 'a1', text: 'So:\n\n```ts\n' }]));
    const lines = Array.from({ length: 300 }, (_, index) => `const value${index} = ${index};`);
    for (let index = 0; index < lines.length; index += 7) {
      await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: `${lines.slice(index, index + 7).join('\n')}\n` });
    }
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: '```\nDone.' });
    await page.browserPage.getByText('Done.').waitFor();
    const shown = await page.browserPage.locator('.code-piece').allTextContents();
    assert.equal(shown.join('\n'), lines.join('\n'));
  });

  it('offers only links that the host could open, and posts their target', async () => {
    const links = ['https://a.b/c?d=e', 'mailto:a@b.c', 'src/a.ts:3', 'command:x', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'vscode:extension/x', '\\\\\\\\host\\\\share', '//host/x', '../up', '#x'];
    const text = links.map((target, index) => `[link${index}](<${target}>)`).join('\n\n');
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [{ kind: 'text', id: 'a1', text }])] }));
    const shown = await page.browserPage.getByRole('link').allTextContents();
    assert.deepEqual(shown, ['link0 (a.b)', 'link1', 'link2']);
    for (const name of shown) await page.browserPage.getByRole('link', { name }).click();
    await page.browserPage.getByRole('link', { name: 'link0' }).press('Enter');
    const targets = (await page.intents()).flatMap((intent) => (intent.type === 'open-link' ? [intent.href] : []));
    assert.deepEqual(targets, ['https://a.b/c?d=e', 'mailto:a@b.c', 'src/a.ts:3', 'https://a.b/c?d=e']);
    assert.equal(await page.browserPage.getByText('link3').getAttribute('title'), 'command:x');
  });

  it('shows a call with its arguments and its result, hidden characters written out', async () => {
    await page.show(stateWith({ turns: [answeredTurn] }));
    await page.browserPage.getByRole('button', { name: 'read_file Read src/http/retry.ts, lines 1 to 40 Done' }).click();
    await page.browserPage.getByRole('group', { name: 'Arguments' }).getByText('"path"').waitFor();
    const result = page.browserPage.getByRole('group', { name: 'Result' });
    assert.match((await result.textContent()) ?? '', /\\u\{202E\}hidden order/);
  });

  it('posts what the buttons of a card are for', async () => {
    const [card] = errorItems;
    assert.ok(card !== undefined);
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [card], { outcome: 'failed', usage: undefined })] }));
    await page.browserPage.getByRole('button', { name: 'Set API key…' }).click();
    await page.browserPage.getByRole('button', { name: 'Get an API key' }).click();
    assert.deepEqual((await page.intents()).slice(-2), [
      { type: 'act', action: 'set-key', turnId: 't1' },
      { type: 'act', action: 'open-key-page', turnId: 't1' },
    ]);
    await page.browserPage.getByRole('button', { name: 'Details' }).click();
    await page.browserPage.getByText('Authentication Fails').waitFor();
  });

  it('speaks the answer sentence by sentence, apart from the streamed text', async () => {
    await page.show(running([{ kind: 'text', id: 'a1', text: '' }]));
    for (const text of ['The **first', '** sentence. And ', 'the second one! The th', 'ird']) {
      await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text });
    }
    const region = page.browserPage.locator('[aria-live=polite]');
    await region.getByText('The first sentence. And the second one!').waitFor();
    assert.equal((await region.textContent())?.includes('The th'), false);
    assert.equal(await log().getAttribute('aria-live'), 'off');
  });

  it('speaks the language of its strings, and leaves what is not translated in English', async () => {
    const translated = await openPage({ language: 'zh-cn', strings: { 'Waiting for {0}…': '正在等待 {0}…', Send: '发送' } });
    await translated.show(stateWith({ turns: [turnWith('t1', 'Hi', [{ kind: 'notice', id: 'n1', text: say('Send'), actions: ['retry'] }])] }));
    await translated.browserPage.getByRole('button', { name: '发送' }).waitFor();
    await translated.browserPage.getByRole('button', { name: 'Try again' }).waitFor();
    await translated.push({ type: 'activity-changed', activity: { kind: 'running', phase: 'waiting', since: 0 } });
    await translated.browserPage.locator('.activity').getByText('正在等待 DeepSeek…').waitFor();
    await translated.close();
  });

  it('says of a refused call why it was refused, hidden characters written out', async () => {
    const call = { kind: 'call', tool: 'read_file', arguments: '{}', status: 'refused', summary: undefined } as const;
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [
      { ...call, id: 'c1', result: 'No \u202Esuch file.\nAnother line' },
      { ...call, id: 'c2', result: '😀'.repeat(300) },
      { ...call, id: 'c3', result: '' },
    ])] }));
    await page.browserPage.getByRole('button', { name: String.raw`read_file No \u{202E}such file. Refused`, exact: true }).waitFor();
    assert.deepEqual(await page.browserPage.locator('.call-summary').allTextContents(), [String.raw`No \u{202E}such file.`, '😀'.repeat(200)]);
  });

  it('tells what a turn used, the cached share in the line and the exact numbers on demand', async () => {
    const usages = [
      { promptTokens: 2481, completionTokens: 612, cachedTokens: 2304, reasoningTokens: 377 },
      { promptTokens: 2481, completionTokens: 612, cachedTokens: 0, reasoningTokens: undefined },
      { promptTokens: 2481, completionTokens: 612, cachedTokens: undefined, reasoningTokens: 0 },
      { promptTokens: 0, completionTokens: 0, cachedTokens: 5, reasoningTokens: undefined },
      { promptTokens: 10, completionTokens: 1, cachedTokens: 20, reasoningTokens: undefined },
    ];
    await page.show(stateWith({ turns: usages.map((usage, index) => turnWith(`t${index}`, 'Hi', [], { usage, details: undefined })) }));
    assert.deepEqual(await page.browserPage.locator('.usage').allTextContents(), [
      '2,481 in · 612 out · cost unknown · 93% cached · 62% reasoning',
      '2,481 in · 612 out · cost unknown',
      '2,481 in · 612 out · cost unknown',
      '0 in · 0 out · cost unknown',
      '10 in · 1 out · cost unknown · 100% cached',
    ]);
    const words = page.browserPage.locator('.turn-words');
    const linesOf = async (index: number): Promise<readonly string[]> => ((await words.nth(index).getAttribute('title')) ?? '').split('\n').slice(0, -1);
    assert.deepEqual(await linesOf(0), ['Tokens in: 2,481', 'of them cached: 2,304 (93%)', 'Tokens out: 612', 'of them reasoning: 377 (62%)', 'Cost: cost unknown', 'Tokens as the service counted them']);
    assert.deepEqual(await linesOf(2), ['Tokens in: 2,481', 'Tokens out: 612', 'of them reasoning: 0', 'Cost: cost unknown', 'Tokens as the service counted them']);
  });

  it('tells on demand what the service said of the answer, without what it did not say', async () => {
    const details = { id: 'resp-\u202E1', model: 'deepseek-v4-pro', created: 1_795_000_000, systemFingerprint: 'fp_7c2a', serviceTier: undefined, finishReason: 'stop' };
    const nothing = { id: undefined, model: undefined, created: undefined, systemFingerprint: undefined, serviceTier: undefined, finishReason: undefined };
    const turns = [details, { ...nothing, serviceTier: 'flex', created: 1e300 }, nothing, undefined].map((said, index) => turnWith(`t${index}`, 'Hi', [], { usage: undefined, details: said }));
    await page.show(stateWith({ turns }));
    const titles = await page.browserPage.locator('.turn-words').evaluateAll((all) => all.map((words) => words.getAttribute('title')));
    const created = await page.browserPage.evaluate(() => new Date(1_795_000_000_000).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'medium' }));
    assert.deepEqual(titles, [
      ['Model: deepseek-v4-pro', 'Finish reason: stop', `Created: ${created}`, String.raw`Answer ID: resp-\u{202E}1`, 'System fingerprint: fp_7c2a'].join('\n'),
      'Created: 1e+300\nService tier: flex',
    ]);
  });

  it('offers what can be done with a turn where the hand or the focus is and at the end, with buttons that are easy to hit', async () => {
    await page.browserPage.setViewportSize({ width: 300, height: 700 });
    await page.show(stateWith({ turns: ['t1', 't2'].map((id) => turnWith(id, 'Hi', [{ kind: 'text', id: `a-${id}`, text: 'Hello.' }])) }));
    const buttons = page.browserPage.getByRole('button', { name: 'Inspect request', exact: true });
    const opacities = async (): Promise<readonly string[]> => buttons.evaluateAll((all) => all.map((button) => getComputedStyle(button).opacity));
    const { width, height } = await buttons.first().evaluate((button) => button.getBoundingClientRect());
    assert.ok(width >= 24 && height >= 24, `${width} × ${height} are hard to hit`);
    for (const [part, most] of [['.turn-foot', 20], ['.turn-actions', 26]] as const) {
      const high = await page.browserPage.locator(part).first().evaluate((element) => element.getBoundingClientRect().height);
      assert.ok(high < most, `${part} is ${high} pixels high`);
    }
    await page.browserPage.locator('.composer').hover();
    assert.deepEqual(await opacities(), ['0', '1']);
    await page.browserPage.locator('.turn').first().hover();
    assert.deepEqual(await opacities(), ['1', '1']);
    await page.browserPage.locator('.composer').hover();
    await buttons.first().focus();
    assert.deepEqual(await opacities(), ['1', '1']);
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual((await page.intents()).at(-1), { type: 'act', action: 'inspect', turnId: 't1' });
  });

  it('ends at the same edge as the composer, with and without a scroll bar, and so does the empty chat', async () => {
    for (const [name, selector] of [['empty', '.prompt'], ['calls', '.call'], ['long', '.code-block']] as const) {
      const state = states[name];
      assert.ok(state !== undefined);
      await page.show(state);
      const [content, composer] = [await rightOf(selector), await rightOf('.composer')];
      assert.ok(Math.abs(content - composer) <= 1, `${name}: ${content} and ${composer}`);
    }
  });

  it('gives secondary buttons a border of their own, and keeps one in high contrast', async () => {
    for (const [theme, expected] of [[themes.dark, 'rgba(204, 204, 204, 0.15)'], [themes.contrast, 'rgb(111, 195, 223)']] as const) {
      const drawn = await openPage({ theme });
      await drawn.show(states['needs-key'] ?? stateWith({}));
      const color = await drawn.browserPage.getByRole('button', { name: 'Choose another model' }).evaluate((button) => {
        const control = button.shadowRoot?.querySelector('.control') ?? button;
        return getComputedStyle(control).borderTopColor;
      });
      assert.equal(color, expected);
      await drawn.close();
    }
  });

  it('fits into 200 pixels', async () => {
    await page.browserPage.setViewportSize({ width: 200, height: 700 });
    for (const name of ['empty', 'needs-key', 'answered', 'calls', 'errors']) {
      const state = states[name];
      assert.ok(state !== undefined);
      await page.show(state);
      const overflow = await page.browserPage.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${name} is ${overflow} pixels too wide`);
    }
  });
});
