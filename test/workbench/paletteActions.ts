import type { Locator, Page } from 'playwright-core';
import { succeeds } from './eventually.ts';
import { quickInput, summon, type QuickInput } from './quickInput.ts';

/** The command palette and whatever asks for input at the top of the window. */
export interface PaletteActions {
  /**
   * Runs a command by the title the palette shows, e.g. `Rivulet: New Chat`, waiting until the palette knows it, and chooses
   * `labels` (as `pick` does) from the lists that it asks with, one after the other. Whatever takes the focus closes a list:
   * then the command is run again.
   */
  runCommand(title: string, ...labels: readonly string[]): Promise<void>;
  /**
   * Types into the open input (a command's question, a quick pick's filter) and presses Enter; it may stay open and say what
   * is wrong. Where one input follows another, `title` is what the title of the one that is meant contains.
   */
  answer(text: string, title?: string | RegExp): Promise<void>;
  /** Chooses the entry of the open quick pick whose label is, or starts with, `label`, and waits until that list is gone. */
  pick(label: string): Promise<void>;
  readonly quickInput: QuickInput;
}

/** Palette actions for one page. */
export function paletteActions(page: Page): PaletteActions {
  const asking = quickInput(page);
  const { input, rows } = asking;
  const row = (label: string): Locator => rows.filter({ has: page.getByText(label, { exact: true }) }).first();

  const run = async (title: string): Promise<void> => {
    // A contributed command appears when its extension is known to the window, and the open list does not refresh.
    const until = Date.now() + 60_000;
    for (let patienceMs = 1000; Date.now() < until; patienceMs *= 1.5) {
      const isOffered = (await summon(page, 'F1', `>${title}`, patienceMs)) && (await succeeds(row(title).waitFor({ timeout: patienceMs })));
      if (isOffered && (await take(row(title), patienceMs))) return;
    }
    throw new Error(`The palette has no command “${title}”. It offers: ${(await rows.allInnerTexts()).join(' | ')}`);
  };

  const pick = async (label: string, timeoutMs: number): Promise<void> => {
    const exact = row(label);
    const start = rows.filter({ hasText: label }).first();
    await rows.first().waitFor({ timeout: timeoutMs });
    // Only rows in sight exist in the page, so a long list is narrowed first.
    if (!(await start.isVisible())) await input.fill(label, { timeout: timeoutMs });
    await start.waitFor({ timeout: timeoutMs });
    for (let patienceMs = 1000; patienceMs < 6000; patienceMs += 500) {
      if (await take((await exact.isVisible()) ? exact : start, patienceMs)) return;
      if (!(await start.isVisible())) return;
    }
    throw new Error(`The list did not take “${label}”. It offers: ${(await rows.allInnerTexts()).join(' | ')}`);
  };

  return {
    quickInput: asking,
    async runCommand(title, ...labels) {
      for (let patienceMs = 5000; ; patienceMs += 2500) {
        await run(title);
        try {
          for (const label of labels) await pick(label, patienceMs);
          return;
        } catch (error) {
          if (patienceMs > 15_000) throw error;
        }
      }
    },
    async answer(text, title) {
      if (title !== undefined) await asking.titled(title).waitFor();
      await input.fill(text);
      await input.press('Enter');
    },
    pick: (label) => pick(label, 30_000),
  };
}

/** Clicks a row and waits until it is gone, for a list may move under the click; whether it is gone. */
async function take(target: Locator, patienceMs: number): Promise<boolean> {
  return (await succeeds(target.click({ timeout: patienceMs }))) && succeeds(target.waitFor({ state: 'hidden', timeout: patienceMs }));
}
