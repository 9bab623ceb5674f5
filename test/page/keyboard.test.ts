import assert from 'node:assert/strict';
import { allStates } from './allStates.ts';
import { openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { themes } from './themes.ts';

/** What can be pressed, typed into or scrolled; of a group that the arrow keys walk, only one member is reached by Tab. */
const interactive = 'button, a[href], input, select, textarea, [tabindex="0"], vscode-button, vscode-text-area, vscode-text-field, vscode-dropdown';

interface Stop {
  readonly id: string;
  readonly name: string;
  readonly isSeen: boolean;
}

/** Numbers the elements that a person may need, those in groups of the arrow keys apart, and answers their numbers. */
function needed({ browserPage }: OpenedPage): Promise<readonly string[]> {
  return browserPage.evaluate((selector) => {
    const numbers: string[] = [];
    for (const [index, element] of [...document.querySelectorAll<HTMLElement>(selector)].entries()) {
      // Of the toolkit's elements, what is within takes the focus.
      const isStop = element.tabIndex >= 0 || (element.shadowRoot?.delegatesFocus ?? false);
      const isUsable = element.closest('[inert], [hidden], [disabled], [aria-hidden="true"]') === null && element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false }) && element.getClientRects().length > 0;
      if (!isUsable || !isStop) continue;
      element.dataset['stop'] = `${index} ${element.localName}.${element.className} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40) ?? ''}`;
      numbers.push(element.dataset['stop']);
    }
    return numbers;
  }, interactive);
}

/** What has the focus, and whether one sees that it has. */
function focused({ browserPage }: OpenedPage): Promise<Stop | undefined> {
  return browserPage.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return undefined;
    // The toolkit's elements draw their focus inside, the composer around them.
    const shown = [element, ...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? []), element.closest<HTMLElement>('.composer') ?? element].map((each) => getComputedStyle(each));
    const probe = document.body.appendChild(document.createElement('i'));
    probe.className = 'focus-probe';
    probe.style.color = 'var(--vscode-focusBorder)';
    const colour = getComputedStyle(probe).color;
    probe.remove();
    const hasRing = shown.some((style) => (style.outlineStyle !== 'none' && style.outlineColor === colour) || style.borderTopColor === colour || style.borderColor === colour);
    const box = element.getBoundingClientRect();
    const isInside = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    return { id: element.dataset['stop'] ?? '', name: `${element.localName}.${element.className}`, isSeen: hasRing && isInside };
  });
}

describe('The keyboard alone', function () {
  this.timeout(120_000);
  after(stopBrowser);

  it('reaches everything that can be used in every state, with a focus that is seen, and leaves it again', async function () {
    this.timeout(600_000);
    const faults: string[] = [];
    for (const [name, state] of Object.entries(allStates)) {
      if (name === 'long' || name === 'huge') continue;
      const page = await openPage({ theme: themes.dark });
      await page.show(state);
      const wanted = await needed(page);
      const reached = new Set<string>();
      const unseen = new Set<string>();
      let stuck = 0;
      let last = '';
      // Once around and a little more: elements may come as one goes.
      for (let press = 0; press < wanted.length + 8; press += 1) {
        await page.browserPage.keyboard.press('Tab');
        const stop = await focused(page);
        if (stop === undefined) continue;
        reached.add(stop.id);
        if (!stop.isSeen) unseen.add(stop.id === '' ? stop.name : stop.id);
        stuck = stop.id !== '' && stop.id === last ? stuck + 1 : 0;
        last = stop.id;
        if (stuck > 2) faults.push(`${name}: Tab does not leave ${stop.id}`);
      }
      for (const id of wanted) if (!reached.has(id)) faults.push(`${name}: Tab does not reach ${id}`);
      for (const id of unseen) faults.push(`${name}: no focus is seen on ${id}`);
      await page.close();
    }
    assert.deepEqual(faults, []);
  });
});
