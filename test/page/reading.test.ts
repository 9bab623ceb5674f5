import assert from 'node:assert/strict';
import type { Page as BrowserPage } from 'playwright-core';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { readingText } from './readingStates.ts';
import { askingWith, cart, reviewWith } from './reviewStates.ts';
import { readyModel, stateWith, turnWith } from './states.ts';
import { themes } from './themes.ts';

const answerOf = (text: string): ReturnType<typeof stateWith> => stateWith({ turns: [turnWith('t1', 'x', [{ kind: 'text', id: 'a1', text }])] });

const growing = stateWith({ turns: [turnWith('t1', 'x', [{ kind: 'text', id: 'a1', text: '' }], { outcome: 'running' })] });

/** Waits until no formula and no line of code waits to be drawn any more. */
async function drawn({ browserPage }: OpenedPage): Promise<void> {
  await browserPage.waitForFunction(async () => {
    const answer = document.querySelector('.answer');
    const before = answer?.innerHTML;
    await new Promise((resolve) => setTimeout(resolve, 700));
    return answer?.innerHTML === before && document.querySelectorAll('.formula:not(.drawn, .undrawable)').length === 0;
  });
}

async function htmlOf(page: BrowserPage): Promise<string> {
  return page.evaluate(() => {
    const answer = document.querySelector('.answer')?.cloneNode(true) as HTMLElement;
    answer.normalize();
    return answer.innerHTML;
  });
}

/** Sends a text in pieces, drawing after each. */
async function stream({ browserPage }: OpenedPage, text: string, size: number): Promise<void> {
  await browserPage.evaluate(
    async ([whole, step]) => {
      const bridge = globalThis as { revision?: number };
      bridge.revision ??= 1;
      for (let from = 0; from < whole.length; from += step) {
        const changes = [{ type: 'item-extended', turnId: 't1', itemId: 'a1', text: whole.slice(from, from + step) }];
        window.dispatchEvent(new MessageEvent('message', { data: { revision: (bridge.revision += 1), changes } }));
        if (from % (step * 16) === 0) await new Promise((resolve) => setTimeout(resolve));
      }
    },
    [text, size] as const,
  );
}

/** The contrast of two colours as a browser writes them, by the formula of WCAG. */
function contrastOf(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminanceOf(one), luminanceOf(other)].sort((first, second) => first - second);
  return (bright + 0.05) / (dark + 0.05);
}

function luminanceOf(colour: string): number {
  const parts = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Number(part) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) => (part <= 0.039_28 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('Reading an answer', () => {
  let page: OpenedPage;
  after(stopBrowser);
  afterEach(() => closeUnharmed(page));

  it('cuts nothing off the numbers of a long list', async () => {
    page = await openPage();
    await page.show(stateWith({ turns: [turnWith('t1', 'Count', [{ kind: 'text', id: 'a1', text: Array.from({ length: 120 }, (_, index) => `${index + 1}. One`).join('\n') }])] }));
    const room = await page.browserPage.evaluate(() => {
      const item = [...document.querySelectorAll('.markdown li')].at(-1);
      const piece = item?.closest('.markdown-piece');
      const probe = document.createElement('span');
      probe.textContent = '120. ';
      probe.style.whiteSpace = 'pre';
      item?.append(probe);
      const { width } = probe.getBoundingClientRect();
      return (item?.getBoundingClientRect().left ?? 0) - (piece?.getBoundingClientRect().left ?? 0) - width;
    });
    assert.ok(room >= 0, `the number sticks out by ${-room} pixels`);
  });

  it('shows code in colours, formulas as formulas, and what cannot be drawn as it was written', async () => {
    page = await openPage({ width: 420, height: 2200 });
    await page.show(answerOf(readingText));
    await drawn(page);
    const found = await page.browserPage.evaluate(() => ({
      keywords: [...document.querySelectorAll('.code-block:first-of-type .token-keyword')].map(({ textContent }) => textContent),
      comment: document.querySelector('.token-comment')?.textContent,
      inserted: document.querySelector('.token-inserted')?.textContent,
      formulas: document.querySelectorAll('.formula.drawn math').length,
      left: [...document.querySelectorAll('.formula.undrawable')].map(({ textContent }) => textContent),
      hidden: document.querySelectorAll('.formula .katex-html[aria-hidden=true]').length,
      money: document.querySelector('.answer')?.textContent.includes('at $5 each you pay $15'),
    }));
    assert.ok(found.keywords.includes('import') && found.keywords.includes('const'), found.keywords.join());
    assert.match(found.comment ?? '', /^\/\*\* Tries again/);
    assert.equal(found.inserted, '+const a = 2;');
    assert.deepEqual([found.formulas, found.hidden], [4, 4]);
    assert.deepEqual(found.left, ['$\\frac{1}{$', '$\\nonsense{x}$']);
    assert.ok(found.money);
  });

  it('lets no formula paint outside of its answer, in the last piece of it neither (B27)', async () => {
    page = await openPage({ width: 420, height: 900 });
    await page.show(askingWith([{ kind: 'text', id: 'a1', text: '$\\smash{\\rule[-9em]{18em}{3em}}$' }, reviewWith([cart])]));
    await drawn(page);
    const found = await page.browserPage.evaluate(() => ({ contain: [...document.querySelectorAll('.markdown-piece')].map((piece) => getComputedStyle(piece).contain), outside: document.querySelectorAll('.formula:not(.markdown-piece *)').length }));
    assert.ok(found.contain.length > 0 && found.contain.every((contain) => /paint|content|strict/.test(contain)), found.contain.join());
    assert.equal(found.outside, 0);
  });

  it('leaves a formula as it is written when it has hidden characters, or would draw some', async () => {
    page = await openPage();
    await page.show(answerOf('$\\text{a\u202Eb}$ $\\char"202E x$ $\\text{\\char"E0041}$ $\\frac{a}{b} \\, \\sin x$'));
    await drawn(page);
    const left = await page.browserPage.evaluate(() => [...document.querySelectorAll('.formula')].map((element) => element.classList.contains('drawn')));
    assert.deepEqual(left, [false, false, false, true]);
  });

  it('loads nothing for an answer without code and formulas', async () => {
    page = await openPage();
    await page.show(answerOf('Just *words* and `code`.'));
    await page.browserPage.waitForTimeout(500);
    const loaded = await page.browserPage.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.replace(/.*\//, '')));
    assert.deepEqual(loaded.filter((name) => !/^(page|theme)\.(js|css)$/.test(name) && name !== 'favicon.ico'), []);
  });

  it('looks the same at the end however the answer was cut into pieces', async () => {
    page = await openPage({ width: 420, height: 2200 });
    await page.show(answerOf(readingText));
    await drawn(page);
    const whole = await htmlOf(page.browserPage);
    for (const size of [1, 2, 3, 7, 13]) {
      await page.close();
      page = await openPage({ width: 420, height: 2200 });
      await page.show(growing);
      await stream(page, readingText, size);
      await drawn(page);
      assert.equal(await htmlOf(page.browserPage), whole, `in pieces of ${size}`);
    }
  });

  it('keeps what is marked in code while more of it comes', async () => {
    page = await openPage({ width: 420, height: 2200 });
    await page.show(growing);
    await stream(page, '```ts\nconst first = 1;\nconst second = 2;', 1);
    await page.browserPage.locator('.code-piece').waitFor();
    await page.browserPage.evaluate(() => {
      const piece = document.querySelector('.code-piece') as HTMLElement;
      document.getSelection()?.selectAllChildren(piece);
    });
    const before = await page.browserPage.evaluate(() => document.getSelection()?.toString());
    await stream(page, '\nconst third = 3;\nconst fourth = 4;\n', 3);
    await page.browserPage.waitForTimeout(600);
    assert.ok((await page.browserPage.evaluate(() => document.getSelection()?.toString()))?.startsWith(before ?? '?'));
  });

  it('copies, inserts and applies exactly the code, with the file that is named for it', async () => {
    page = await openPage({ width: 420, height: 2200 });
    await page.show(answerOf('In `src/a.ts`:\n\n```ts\na();\n```\n\n```py title="b c.py"\nb()\n```\n\nFrom `x.ts` to `y.ts`:\n\n```js\nc();\n```'));
    for (const name of ['Copy code', 'Insert at cursor', 'Apply to file']) {
      for (const block of await page.browserPage.locator('.code-block').all()) await block.getByRole('button', { name }).click();
    }
    const codes = ['a();', 'b()', 'c();'];
    assert.deepEqual((await page.intents()).filter(({ type }) => type !== 'ready'), [
      ...codes.map((text) => ({ type: 'copy', text })),
      ...codes.map((text) => ({ type: 'insert', text })),
      { type: 'apply-code', turnId: 't1', text: 'a();', language: 'ts', hint: 'src/a.ts' },
      { type: 'apply-code', turnId: 't1', text: 'b()', language: 'py', hint: 'b c.py' },
      { type: 'apply-code', turnId: 't1', text: 'c();', language: 'js' },
    ]);
  });

  it('offers to apply code neither of reasoning nor in an untrusted window', async () => {
    page = await openPage();
    await page.show(stateWith({ model: { ...readyModel, tools: 'untrusted' }, turns: [turnWith('t1', 'x', [{ kind: 'text', id: 'a1', text: '```\na\n```' }])] }));
    await page.browserPage.getByRole('button', { name: 'Copy code' }).waitFor();
    assert.equal(await page.browserPage.getByRole('button', { name: 'Apply to file' }).count(), 0);
    await page.show(stateWith({ turns: [turnWith('t1', 'x', [{ kind: 'reasoning', id: 'r1', text: '```\na\n```', durationMs: undefined }], { outcome: 'running' })] }));
    await page.browserPage.getByRole('button', { name: 'Copy code' }).waitFor();
    assert.equal(await page.browserPage.getByRole('button', { name: 'Apply to file' }).count(), 0);
  });

  it('wraps long lines of code when asked, and remembers it over a reload', async () => {
    page = await openPage({ width: 300 });
    const state = answerOf(`\`\`\`\n${'long '.repeat(60)}\n\`\`\``);
    await page.show(state);
    const isWide = async (): Promise<boolean> => page.browserPage.locator('pre').evaluate((element) => element.scrollWidth > element.clientWidth + 1);
    assert.ok(await isWide());
    await page.browserPage.getByRole('button', { name: 'Wrap lines' }).press('Enter');
    assert.ok(!(await isWide()));
    await page.browserPage.reload();
    await page.show(state);
    assert.ok(!(await isWide()));
    assert.equal(await page.browserPage.getByRole('button', { name: 'Wrap lines' }).getAttribute('aria-pressed'), 'true');
  });

  it('leads to the files and symbols that it names, by mouse and keyboard', async () => {
    page = await openPage({ width: 420, height: 2200 });
    await page.show(answerOf('See `src/a.ts:12`, `createChat()` and lib/b.py#L3, [docs](https://example.com/x).'));
    await page.browserPage.getByRole('link', { name: 'src/a.ts:12' }).click();
    await page.browserPage.getByRole('link', { name: 'createChat()' }).press('Enter');
    await page.browserPage.getByRole('link', { name: 'lib/b.py#L3' }).click();
    assert.deepEqual((await page.intents()).filter(({ type }) => type === 'open-link'), ['src/a.ts:12', 'symbol:createChat', 'lib/b.py#L3'].map((href) => ({ type: 'open-link', href })));
  });

  it('shows the true host of links to the web, look-alikes in ASCII', async () => {
    page = await openPage({ width: 600 });
    await page.show(answerOf('[docs](https://evil.test/a) [github.com](https://github.com.evil.test) https://good.test/b [good](https://g\u043E\u043Ed.test/) ![p](https://pic.test/p.png)'));
    const links = await page.browserPage.getByRole('link').evaluateAll((all) => all.map((link) => [link.textContent, (link as HTMLElement).title]));
    assert.deepEqual(links, [
      ['docs (evil.test)', 'https://evil.test/a'],
      ['github.com (github.com.evil.test)', 'https://github.com.evil.test/'],
      ['https://good.test/b', 'https://good.test/b'],
      ['good (xn--gd-fmca.test)', 'https://xn--gd-fmca.test/'],
      ['Picture: p (pic.test)', 'https://pic.test/p.png'],
    ]);
  });

  it('has disabled boxes for tasks, which say whether they are done', async () => {
    page = await openPage();
    await page.show(answerOf('- [x] one\n- [ ] two'));
    const boxes = await page.browserPage.getByRole('checkbox').evaluateAll((all) => all.map((box) => [box.getAttribute('aria-label'), (box as HTMLInputElement).checked, (box as HTMLInputElement).disabled]));
    assert.deepEqual(boxes, [['Done', true, true], ['Not done', false, true]]);
  });

  it('fits 200 pixels: nothing of a block of code but its lines is wider than the page', async () => {
    page = await openPage({ width: 200 });
    await page.show(answerOf(readingText));
    await drawn(page);
    const wide = await page.browserPage.evaluate(() => [...document.querySelectorAll('.code-bar, .code-bar *, .formula.display, .transcript')].filter((element) => element.getBoundingClientRect().right > innerWidth).map((element) => element.getAttribute('class')));
    assert.deepEqual(wide, []);
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`has colours with a contrast of at least 4.5 to 1 in the theme ${name}`, async () => {
      page = await openPage({ theme, width: 420, height: 2200 });
      await page.show(answerOf(`${readingText}\n\`\`\`md\n# Heading\n\`\`\`\n`));
      await drawn(page);
      const colours = await page.browserPage.evaluate(() =>
        [...document.querySelectorAll('[class^=token-]')].map((element) => {
          const block = element.closest('.code-block') ?? element;
          return { name: element.className, text: getComputedStyle(element).color, ground: getComputedStyle(block).backgroundColor };
        }),
      );
      const low = colours.filter(({ text, ground }) => contrastOf(text, ground) < 4.5).map(({ name: kind, text }) => `${kind} ${text}`);
      assert.deepEqual([...new Set(low)], []);
      assert.ok((await page.browserPage.locator('[class^=token-]').count()) > 50);
    });
  }
});
