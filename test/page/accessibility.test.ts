import assert from 'node:assert/strict';
import { allStates } from './allStates.ts';
import { openPage, stopBrowser } from './harness.ts';
import { faultsOf } from './support/axe.ts';
import { themes } from './themes.ts';

describe('axe-core', function () {
  this.timeout(60_000);
  after(stopBrowser);

  for (const [themeName, theme] of Object.entries(themes)) {
    it(`finds nothing in any state of the page in the theme ${themeName}`, async function () {
      this.timeout(600_000);
      const faults: string[] = [];
      const page = await openPage({ theme });
      for (const [name, state] of Object.entries(allStates)) {
        await page.show(state);
        for (const fault of await faultsOf(page)) faults.push(`${name}: ${fault}`);
      }
      await page.close();
      assert.deepEqual(faults, []);
    });
  }

  it('finds a fault where there is one', async () => {
    const page = await openPage();
    await page.show(allStates['empty'] ?? assert.fail());
    await page.browserPage.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
    assert.match((await faultsOf(page)).join('\n'), /^button-name: /m);
    await page.close();
  });
});
