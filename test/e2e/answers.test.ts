import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { eventually } from '../workbench/eventually.ts';
import { pressUntil } from './support/keyboard.ts';
import { openSession, type Session } from './support/session.ts';

interface ServiceUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly prompt_cache_hit_tokens: number;
  readonly completion_tokens_details: { readonly reasoning_tokens: number };
}

const count = (tokens: number): string => tokens.toLocaleString('en');

/** Without what only one of Markdown and what is drawn of it has. */
const letters = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]+/gu, '');

const several = 'jiekou/anthropic/claude-sonnet-4';

describe('What an answer comes with, in the real workbench and by keyboard', function () {
  this.timeout(180_000);
  let session: Session;

  before(async () => {
    const parameters = { 'deepseek/deepseek-v4-flash': { logprobs: true, top_logprobs: 4 }, [several]: { n: 3 } };
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-v4-flash', 'rivulet.parameters': parameters }) });
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
    await session.panel.setKey('jiekou.ai', session.simulator.keys.jiekou);
  });
  after(() => session.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-answers-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  const press = (key: string): Promise<void> => session.window.page.keyboard.press(key);
  const panelFrame = async (): Promise<Frame> => session.panel.open();

  it('the probabilities of its tokens are a heat over the text, with what else might have stood there', async () => {
    const { panel, window } = session;
    await panel.ask('How sure are you? [[simulate: say The tide turns at noon.]]');
    const frame = await panelFrame();
    await pressUntil(window, frame, 'Shift+Tab', '.probabilities');
    await press('Enter');
    const text = frame.getByRole('listbox', { name: 'Token probabilities' });
    await text.waitFor();
    assert.match((await text.textContent()) ?? '', /^The tide turns at noon\./);
    await pressUntil(window, frame, 'Tab', '.heat-text');
    // The first of them has the focus by now.
    for (const _ of ['tide', 'turns', 'at', 'noon']) await press('ArrowRight');
    const detail = frame.locator('.heat-detail');
    await detail.locator('.heat-chosen').filter({ hasText: /noon.*\d%/ }).waitFor();
    assert.ok((await detail.locator('.heat-other').count()) >= 3, await detail.innerText());
    assert.match((await text.locator('[aria-selected="true"]').getAttribute('aria-label')) ?? '', /noon \d.*%; Instead: /);
    await text.locator('.heat-token').nth(1).hover();
    await detail.locator('.heat-chosen').filter({ hasText: 'tide' }).waitFor();
    await window.screenshot('answers-heat');
  });

  it('its numbers are those of the service to the token, and the chat adds them up', async () => {
    const { panel, window, simulator } = session;
    await panel.ask('What is a neap tide? [[simulate: reason 5]]');
    const frame = await panelFrame();
    const usage = simulator.requests.at(-1)?.usage as ServiceUsage;
    assert.ok(usage.prompt_tokens > 0 && usage.prompt_cache_hit_tokens > 0 && usage.completion_tokens_details.reasoning_tokens > 0, JSON.stringify(usage));
    assert.ok((await (await panel.lastTurn()).locator('.usage').innerText()).startsWith(`${count(usage.prompt_tokens)} in · ${count(usage.completion_tokens)} out · `));
    await pressUntil(window, frame, 'Shift+Tab', 'article.turn.last .turn-words');
    await press('Enter');
    const values = (await panel.lastTurn()).locator('.turn-details dd');
    const [tokensIn, cached, tokensOut, reasoning] = await eventually(() => values.allInnerTexts(), (texts) => texts.length > 3);
    assert.deepEqual([tokensIn, tokensOut], [count(usage.prompt_tokens), count(usage.completion_tokens)]);
    assert.deepEqual([cached, reasoning].map((text) => text?.split(' ')[0]), [count(usage.prompt_cache_hit_tokens), count(usage.completion_tokens_details.reasoning_tokens)]);
    await frame.locator('.chat-total').getByText(/^This chat: /).waitFor();
    await window.screenshot('answers-costs');
  });

  it('several of them stand behind tabs or side by side, and the chat goes on with the one that is chosen', async () => {
    const { panel, window, simulator } = session;
    await window.runCommand('Rivulet: Select Model', 'anthropic/claude-sonnet-4');
    await (await panel.frame()).getByText('anthropic/claude-sonnet-4').first().waitFor();
    await window.resizeSidebar(300);
    await panel.ask('Name a stream.');
    const frame = await panelFrame();
    const turn = frame.locator('article.turn.last');
    const shown = (): Promise<readonly string[]> => turn.locator('.answer-panel .answer:visible').allInnerTexts();
    const [first, ...others] = await eventually(shown, (texts) => texts.length === 1 && texts[0] !== '');
    assert.ok(first !== undefined && others.length === 0, 'there is room for one');
    await pressUntil(window, frame, 'Shift+Tab', '[role="tab"]');
    await press('ArrowRight');
    await turn.getByRole('tab', { name: 'Answer 2', selected: true }).waitFor();
    const [second = ''] = await eventually(shown, ([text]) => text !== first && text !== '');
    assert.ok(second !== '' && second !== first, second);
    await window.screenshot('answers-tabs');
    await window.resizeSidebar(700);
    await eventually(shown, (texts) => texts.length === 3);
    await window.screenshot('answers-side-by-side');
    await panelFrame();
    // The last of them is met first, on the way back from the composer.
    await pressUntil(window, frame, 'Shift+Tab', '.answer-panel [data-does="choose"]');
    const third = (await shown()).at(-1) ?? '';
    await press('Enter');
    await eventually(shown, (texts) => texts[0] === third);
    await panel.ask('And another?');
    const { messages } = (simulator.requests.at(-1) ?? assert.fail('nothing was asked')).body as { readonly messages: readonly { readonly role: string; readonly content: string }[] };
    const said = messages.filter(({ role }) => role === 'assistant').at(-1)?.content ?? '';
    assert.equal(letters(said), letters(third));
  });
});
