import assert from 'node:assert/strict';
import { allStates } from './allStates.ts';
import { openPage, stopBrowser, type OpenedPage } from './harness.ts';

/** Code, tables, formulas and rows of tabs are wider than a panel may be: they scroll by themselves. */
const mayScroll = 'pre, .code-block, .table-scroller, .formula, .diff, .hunk, .visible-text, textarea, input, [role="tablist"], .visually-hidden';

/** What reaches over the edges of the page, and what scrolls sideways though it should not. */
function cutOff({ browserPage }: OpenedPage): Promise<readonly string[]> {
  return browserPage.evaluate((allowed) => {
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} wide`);
    for (const element of document.querySelectorAll<HTMLElement>('#app *')) {
      if (element.closest(allowed) !== null || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const style = getComputedStyle(element);
      const name = `${element.localName}.${element.className} ${(element.textContent ?? '').trim().slice(0, 30)}`;
      if (['auto', 'scroll'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1) faults.push(`scrolls sideways: ${name}`);
      const box = element.getBoundingClientRect();
      const isControl = element.matches('button, a, vscode-button, vscode-dropdown, vscode-text-field, vscode-text-area');
      if (isControl && box.width > 0 && (box.left < -1 || box.right > innerWidth + 1)) faults.push(`reaches over the edge: ${name} ${Math.round(box.left)} to ${Math.round(box.right)}`);
    }
    return faults;
  }, mayScroll);
}

describe('The page at 200 %', function () {
  this.timeout(300_000);
  after(stopBrowser);

  // A panel of 200 pixels and one of 300, each at twice the size.
  for (const width of [100, 150]) {
    it(`cuts nothing off and scrolls only code sideways at ${width} pixels`, async () => {
      const page = await openPage({ width, height: 500 });
      const faults = new Set<string>();
      for (const [name, state] of Object.entries(allStates)) {
        await page.show(state);
        for (const fault of await cutOff(page)) faults.add(`${name}: ${fault}`);
      }
      await page.close();
      assert.deepEqual([...faults], []);
    });
  }
});
