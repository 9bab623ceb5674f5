import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { chatStates } from './chatStates.ts';
import { contextStates, typedIn } from './contextStates.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { answeredTurn, readyModel, states, stateWith, turnWith } from './states.ts';
import { toolStates } from './toolStates.ts';

const answerOf = (text: string): ReturnType<typeof stateWith> => stateWith({ turns: [turnWith('t1', 'x', [{ kind: 'text', id: 'a1', text }])] });

const code = `\`\`\`ts\nconst few = 1;\n\`\`\`\n\n\`\`\`ts\nconst many = [${'1, '.repeat(80)}];\n\`\`\``;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const overlap = (one: Box, other: Box): boolean => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Where a part stands, or the words in it. */
async function boxOf(part: Locator, what: 'part' | 'words' = 'part'): Promise<Box> {
  return part.evaluate((element, wanted) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const { left, top, right, bottom } = (wanted === 'words' ? range : element).getBoundingClientRect();
    return { left, top, right, bottom };
  }, what);
}

describe('What one wants to read', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage({ width: 300 });
  });
  afterEach(async () => closeUnharmed(page));

  const at = (selector: string): Locator => page.browserPage.locator(selector);

  it('is not covered by the buttons of a question', async () => {
    await page.show(stateWith({ turns: [turnWith('t1', 'word '.repeat(60), [{ kind: 'text', id: 'a1', text: 'Hello.' }])] }));
    await at('.question').hover();
    const buttons = await boxOf(at('.question-actions'));
    for (const selector of ['.question-text', '.answer p']) assert.ok(!overlap(buttons, await boxOf(at(selector), 'words')), selector);
  });

  it('is not covered by the buttons of a chat in the list, for its title makes room', async () => {
    await page.show(chatStates['chats'] ?? stateWith({}));
    const row = at('.chat-row').filter({ hasText: 'so long that it' });
    await row.hover();
    const buttons = await boxOf(row.locator('.chat-actions'));
    for (const selector of ['.chat-title > [dir]', '.chat-meta']) assert.ok(!overlap(buttons, await boxOf(row.locator(selector).first())), selector);
  });

  it('is not covered by the button that leads to the end', async () => {
    await page.show(answerOf('line\n\n'.repeat(200)));
    await at('.transcript').hover();
    await page.browserPage.mouse.wheel(0, -500);
    await at('.jump').waitFor();
    assert.ok(!overlap(await boxOf(at('.jump')), await boxOf(at('.transcript'))));
  });

  it('goes on where code fades at the edge, until one has scrolled to its end, and not while an answer comes', async () => {
    await page.show(answerOf(code));
    const fades = async (): Promise<readonly string[]> => {
      await page.browserPage.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      return at('.code-block').evaluateAll((all) => all.map((each) => (getComputedStyle(each, '::after').display === 'none' ? 'none' : getComputedStyle(each, '::after').opacity)));
    };
    assert.deepEqual(await fades(), ['0', '1']);
    await at('.code-block pre').last().evaluate((scroller) => (scroller.scrollLeft = scroller.scrollWidth));
    assert.deepEqual(await fades(), ['0', '0']);
    await page.show(stateWith({ activity: { kind: 'running', phase: 'answering', since: Date.now() }, turns: [turnWith('t1', 'x', [{ kind: 'text', id: 'a1', text: code }], { outcome: 'running', usage: undefined })] }));
    assert.deepEqual(await fades(), ['none', 'none']);
  });

  it('keeps a full stop on the line of the formula before it, however wide the page is', async () => {
    await page.show(answerOf('This is so because of $a^2 + b^2 = c^2$. And it goes on.'));
    await at('.formula.drawn').waitFor();
    const lines: number[] = [];
    for (let width = 200; width < 330; width += 3) {
      await page.browserPage.setViewportSize({ width, height: 500 });
      const [formula, stop] = await at('.answer p').evaluate((paragraph) => {
        const range = document.createRange();
        const text = paragraph.querySelector('.formula')?.nextSibling;
        if (!(text instanceof Text)) throw new Error('There is nothing behind the formula.');
        range.setStart(text, 0);
        range.setEnd(text, 1);
        const rects = [...(paragraph.querySelector('.formula')?.getClientRects() ?? [])];
        return [rects.at(-1)?.bottom ?? 0, range.getBoundingClientRect().bottom];
      });
      assert.ok(Math.abs((formula ?? 0) - (stop ?? 0)) < 14, `${width} pixels: ${formula} and ${stop}`);
      lines.push(Math.round(stop ?? 0));
    }
    assert.ok(new Set(lines).size > 1, 'the line was never full');
  });

  it('says in words what the colours of the probabilities stand for', async () => {
    await page.show(chatStates['heat'] ?? stateWith({}));
    await page.browserPage.getByRole('button', { name: 'Token probabilities' }).click();
    assert.equal(await at('.heat-legend').innerText().then((text) => text.replaceAll(/\s+/g, ' ')), 'Probability below: 90% 70% 50% 25% 10%');
    const looks = (selector: string): Promise<readonly string[]> => at(selector).evaluateAll((all) => all.map((each) => `${getComputedStyle(each).backgroundColor} ${getComputedStyle(each).textDecorationStyle}`));
    const shown = await looks('.heat-sample');
    assert.deepEqual(shown, await Promise.all([1, 2, 3, 4, 5].map(async (heat) => (await looks(`.heat-token.heat-${heat}`))[0])));
  });

  it('has the words of its buttons beside them where there is room, of those that are pressed most in a narrow panel too', async () => {
    await page.show(stateWith({ turns: [answeredTurn] }));
    const words = (): Promise<readonly string[]> => at('.turn-actions .tool-word:visible').allTextContents();
    assert.deepEqual(await words(), ['Copy', 'Quote', 'New version']);
    await page.browserPage.setViewportSize({ width: 640, height: 700 });
    assert.deepEqual(await words(), ['Copy', 'Quote', 'New version', 'Inspect', 'Delete']);
    await page.browserPage.setViewportSize({ width: 200, height: 700 });
    assert.deepEqual(await words(), []);
    assert.ok((await at('.turn-actions button').evaluateAll((all) => all.map((each) => each.getAttribute('title') ?? ''))).every((title) => title !== ''));
  });

  it('is whole in the heads of the sheets at 200 pixels', async () => {
    await page.browserPage.setViewportSize({ width: 200, height: 700 });
    for (const name of ['tools', 'tools-many']) {
      await page.show(toolStates[name] ?? stateWith({}));
      const cut = await at('.sheet-head *').evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflow !== 'visible').map((each) => each.textContent));
      assert.deepEqual(cut, [], name);
      assert.ok((await boxOf(at('.sheet-close'))).right <= 200);
    }
  });

  it('is whole in the list of commands and of what @ offers at 300 pixels, below the name where it must be', async () => {
    await page.browserPage.setViewportSize({ width: 300, height: 700 });
    for (const name of ['context-commands', 'context-mentions']) {
      await page.show({ ...(contextStates[name] ?? stateWith({})), suggestions: undefined });
      await at('vscode-text-area').click();
      await page.browserPage.keyboard.type(typedIn[name] ?? '');
      await page.push({ type: 'suggestions-changed', suggestions: contextStates[name]?.suggestions });
      await at('.suggestion-detail').first().waitFor();
      const cut = await at('.suggestion-detail').evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1).map((each) => each.textContent));
      assert.deepEqual(cut, [], name);
      await page.browserPage.keyboard.press('ControlOrMeta+a');
      await page.browserPage.keyboard.press('Delete');
    }
  });

  it('has the service and both ends of the name of the model in its header, however narrow, and all of it in the tooltip', async () => {
    const model = { ...readyModel, model: 'organisation/a-model-with-a-long-name-2026-11-15' };
    for (const width of [300, 301, 303, 305, 420]) {
      await page.browserPage.setViewportSize({ width, height: 400 });
      await page.show(stateWith({ model }));
      const seen = await at('.model-service, .model-tail').evaluateAll((all) =>
        all.map((each) => {
          // Whole pixels would not show the fraction that brings the ellipsis.
          const words = document.createRange();
          words.selectNodeContents(each);
          return { text: each.textContent, isWhole: words.getBoundingClientRect().width <= each.getBoundingClientRect().width };
        }),
      );
      assert.deepEqual(seen, [{ text: 'DeepSeek', isWhole: true }, { text: '026-11-15', isWhole: true }], `at ${width} pixels`);
      assert.ok((await boxOf(at('.model-tail'))).right < (await boxOf(at('.header .spring'))).left);
      assert.match((await at('.model-button').getAttribute('title')) ?? '', /DeepSeek organisation\/a-model-with-a-long-name-2026-11-15/);
    }
  });

  it('has no amount broken in two in a sum, nor a plus at the beginning of a line', async () => {
    await page.browserPage.setViewportSize({ width: 220, height: 700 });
    await page.show(states['costs'] ?? stateWith({}));
    const parts = at('.chat-total .total-part');
    assert.deepEqual(await parts.allTextContents(), ['This chat: CN¥0.0094 +', '$1.23 +', '1 uncounted answer']);
    assert.deepEqual(await parts.evaluateAll((all) => all.map((part) => Math.round(part.getBoundingClientRect().height / parseFloat(getComputedStyle(part).lineHeight)))), [1, 1, 1]);
  });

  it('fades where it is scrolled out at the top, on whatever ground the view stands, and can be pressed there all the same', async () => {
    await page.show(states['long'] ?? stateWith({}));
    await page.browserPage.evaluate(() => {
      document.documentElement.style.background = '#123456';
      document.documentElement.style.setProperty('--vscode-sideBar-background', '#abcdef');
    });
    await at('.transcript').evaluate((element) => element.scrollTo(0, 333));
    const { left, top, width } = await at('.transcript').evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);
    const pixel = async (below: number): Promise<string> => (await page.browserPage.screenshot({ clip: { x: left + 2, y: top + below, width: 1, height: 1 } })).toString('base64');
    assert.equal(await pixel(1), await pixel(20));
    const fade = await at('.transcript').evaluate((element) => getComputedStyle(element).maskImage);
    assert.match(fade, /^linear-gradient\(rgba\(0, 0, 0, 0\), rgb\(0, 0, 0\) 9px\)/);
    assert.equal(await page.browserPage.evaluate(([x, y]) => document.elementFromPoint(x ?? 0, y ?? 0)?.closest('.transcript-content') !== null, [left + width / 2, top + 3]), true);
  });

  it('stands in line with the rules and the fields of a sheet', async () => {
    await page.show(toolStates['tools'] ?? stateWith({}));
    const lefts = await at('.sheet .find-field, .sheet-group h3, .tool-row .tool-box').evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().left)));
    assert.equal(new Set(lefts).size, 1, lefts.join());
  });

  it('has the way to the key in its header', async () => {
    await page.show(stateWith({ turns: [answeredTurn] }));
    await page.browserPage.getByRole('button', { name: 'Set or change the API key of DeepSeek…' }).click();
    assert.deepEqual((await page.intents()).at(-1), { type: 'set-key' });
    await page.browserPage.setViewportSize({ width: 640, height: 700 });
    assert.equal(await at('.header .tool-word').isVisible(), true);
  });
});
