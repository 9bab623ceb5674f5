import { mkdir, readFile } from 'node:fs/promises';
import { allStates } from './allStates.ts';
import { typedIn } from './contextStates.ts';
import { openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { states, stateWith } from './states.ts';
import { themes } from './themes.ts';

// Draws every state of the page and keeps pictures of it: `node test/page/preview.ts [part of a name] [zh-cn or zh-tw]`.
/** Opens all there is to open, and scrolls up a little. */
async function openEverything({ browserPage }: OpenedPage): Promise<void> {
  for (const title of await browserPage.locator('.disclosure-title').all()) await title.click();
  await browserPage.getByRole('log').hover();
  await browserPage.mouse.wheel(0, -900);
}

const folder = 'out/screenshots';
const [wanted = '', language = 'en'] = process.argv.slice(2);
const strings = language === 'en' ? {} : (JSON.parse(await readFile(`l10n/bundle.l10n.${language}.json`, 'utf8')) as Readonly<Record<string, string>>);

await mkdir(folder, { recursive: true });
for (const [themeName, theme] of Object.entries(themes)) {
  for (const width of [200, 300, 900]) {
    for (const [name, state] of Object.entries({ ...allStates, opened: states['answered'] ?? stateWith({}) })) {
      const file = `page-${name}-${themeName}-${width}${language === 'en' ? '' : `-${language}`}.png`;
      if (!file.includes(wanted)) continue;
      const page = await openPage({ theme, width, height: 760, strings, language });
      await page.show(state);
      if (name === 'opened' || name === 'heat') await openEverything(page);
      const typed = typedIn[name];
      if (typed !== undefined) {
        await page.browserPage.locator('vscode-text-area').click();
        await page.browserPage.keyboard.type(typed);
        await page.push({ type: 'suggestions-changed', suggestions: state.suggestions });
      }
      if (name === 'context-full') await page.browserPage.locator('.gauge-button').click();
      await page.browserPage.waitForTimeout(150);
      await page.browserPage.screenshot({ path: `${folder}/${file}` });
      if (page.failures.length > 0) console.error(file, page.failures);
      const violations = await page.violations();
      if (violations.length > 0) console.error(file, violations);
      await page.close();
    }
  }
}
await stopBrowser();
