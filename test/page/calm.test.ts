import assert from 'node:assert/strict';
import { allStates } from './allStates.ts';
import { openPage, stopBrowser } from './harness.ts';
import { faultsOf } from './support/axe.ts';

describe('The page for those who want no motion, or colours of their own', function () {
  this.timeout(300_000);
  after(stopBrowser);

  it('moves nothing when motion is to be reduced', async () => {
    const page = await openPage();
    await page.browserPage.emulateMedia({ reducedMotion: 'reduce' });
    const moving = new Set<string>();
    for (const [name, state] of Object.entries(allStates)) {
      await page.show(state);
      const found = await page.browserPage.evaluate(() => {
        const isLong = /[1-9]/;
        const moves = [...document.querySelectorAll('#app *')].filter((element) => {
          const style = getComputedStyle(element);
          return (style.animationName !== 'none' && isLong.test(style.animationDuration)) || isLong.test(style.transitionDuration) || style.scrollBehavior === 'smooth';
        });
        return [...new Set(moves.map((element) => `${element.localName}.${element.className}`)), ...document.getAnimations().map((animation) => `animation ${animation.id}`)];
      });
      for (const each of found) moving.add(`${name}: ${each}`);
    }
    await page.close();
    assert.deepEqual([...moving], []);
  });

  it('shows the focus and has no fault where the system gives the colours', async () => {
    const page = await openPage();
    await page.browserPage.emulateMedia({ forcedColors: 'active' });
    const faults: string[] = [];
    for (const name of ['empty', 'welcome-all', 'answered', 'review-open', 'chats']) {
      await page.show(allStates[name] ?? assert.fail(name));
      for (const fault of await faultsOf(page, { rules: { 'color-contrast': { enabled: false } } })) faults.push(`${name}: ${fault}`);
      await page.browserPage.keyboard.press('Tab');
      const outline = await page.browserPage.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
      if (outline === 'none') faults.push(`${name}: no focus is seen`);
    }
    await page.close();
    assert.deepEqual(faults, []);
  });
});
