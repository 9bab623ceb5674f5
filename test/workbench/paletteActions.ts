import type { Locator, Page } from 'playwright-core';

/** The command palette and whatever asks for input at the top of the window. */
export interface PaletteActions {
  /** Runs a command by the title the palette shows, e.g. `Rivulet: New Chat`; waits until the palette knows it. */
  runCommand(title: string): Promise<void>;
  /** Types into the open input (a command's question, a quick pick's filter) and presses Enter. */
  answer(text: string): Promise<void>;
  /** Chooses the entry of the open quick pick whose label is, or starts with, `label`. */
  pick(label: string): Promise<void>;
  /** The open input: its box (`input`), its rows (`rows`), its message (`message`). */
  readonly quickInput: { readonly box: Locator; readonly input: Locator; readonly rows: Locator; readonly message: Locator };
}

/** Palette actions for one page. */
export function paletteActions(page: Page): PaletteActions {
  const box = page.locator('.quick-input-widget').filter({ visible: true });
  const input = box.locator('.quick-input-box input, .quick-input-filter input').filter({ visible: true }).first();
  const rows = box.locator('.quick-input-list .monaco-list-row');
  const message = box.locator('.quick-input-message');
  const row = (label: string): Locator => rows.filter({ has: page.getByText(label, { exact: true }) }).first();

  const openPalette = async (text: string): Promise<boolean> => {
    await page.keyboard.press('Escape');
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await page.keyboard.press('F1');
      if (await isThere(input, 1500)) return succeeds(input.fill(`>${text}`, { timeout: 1000 }));
      // A key goes unheard while the frame that has the focus is being replaced.
      await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    }
    return false;
  };

  return {
    quickInput: { box, input, rows, message },
    async runCommand(title) {
      // A contributed command appears when its extension is known to the window, and the open list does not refresh;
      // and whatever takes the focus closes the list.
      for (let attempt = 0; attempt < 30; attempt += 1) {
        const isOffered = (await openPalette(title)) && (await isThere(row(title), 1000));
        if (isOffered && (await succeeds(row(title).click({ timeout: 1000 })))) return;
      }
      throw new Error(`The palette has no command “${title}”. It offers: ${(await rows.allInnerTexts()).join(' | ')}`);
    },
    async answer(text) {
      await input.fill(text);
      await page.keyboard.press('Enter');
    },
    async pick(label) {
      const exact = row(label);
      const start = rows.filter({ hasText: label }).first();
      await rows.first().waitFor();
      // Only rows in sight exist in the page, so a long list is narrowed first.
      if (!(await start.isVisible())) await input.fill(label);
      await start.waitFor();
      // Lists move while they open.
      for (let attempt = 0; attempt < 10 && (await box.isVisible()); attempt += 1) {
        const target = (await exact.isVisible()) ? exact : start;
        if (await succeeds(target.click({ timeout: 1000 }))) return;
      }
      if (await box.isVisible()) throw new Error(`The list did not take “${label}”. It offers: ${(await rows.allInnerTexts()).join(' | ')}`);
    },
  };
}

function isThere(locator: Locator, timeout: number): Promise<boolean> {
  return succeeds(locator.waitFor({ timeout }));
}

function succeeds(action: Promise<void>): Promise<boolean> {
  return action.then(() => true, () => false);
}
