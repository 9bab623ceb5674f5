import type { Locator, Page } from 'playwright-core';
import { succeeds } from './eventually.ts';

/** Whatever asks for input at the top of the window: its box (`box`), its rows (`rows`), its message (`message`). */
export interface QuickInput {
  readonly box: Locator;
  readonly input: Locator;
  readonly rows: Locator;
  readonly message: Locator;
  /** The box while its title contains `title`: several follow each other in one place. */
  titled(title: string | RegExp): Locator;
}

/** The input of one page. */
export function quickInput(page: Page): QuickInput {
  const box = page.locator('.quick-input-widget').filter({ visible: true });
  return {
    box,
    input: box.locator('.quick-input-box input, .quick-input-filter input').filter({ visible: true }).first(),
    rows: box.locator('.quick-input-list .monaco-list-row'),
    message: box.locator('.quick-input-message'),
    titled: (title) => box.filter({ has: page.locator('.quick-input-title').filter({ hasText: title }) }),
  };
}

/**
 * Opens the palette or the list of files with its key and types `text`, giving the window `patienceMs` for each step;
 * whether it was typed. Steps that are given too little begin anew for ever: a caller that tries again gives more.
 */
export async function summon(page: Page, key: 'F1' | 'ControlOrMeta+p', text: string, patienceMs: number): Promise<boolean> {
  const { input } = quickInput(page);
  await page.keyboard.press('Escape');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await page.keyboard.press(key);
    if (await succeeds(input.waitFor({ timeout: patienceMs }))) return succeeds(input.fill(text, { timeout: patienceMs }));
    // A key goes unheard while the frame that has the focus is being replaced.
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  }
  return false;
}
