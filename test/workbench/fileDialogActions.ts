import type { Page } from 'playwright-core';
import { succeeds } from './eventually.ts';
import { quickInput } from './quickInput.ts';

/** The dialog for files that VS Code draws itself where it runs in a browser. */
export interface FileDialogActions {
  /** Types the absolute path of a file to open, or of one to save, into the file dialog, waiting for it, and waits until it has closed. */
  chooseFile(path: string): Promise<void>;
}

/** File dialog actions for one page, in an English window. */
export function fileDialogActions(page: Page): FileDialogActions {
  const { box, rows, message } = quickInput(page);
  const input = box.getByPlaceholder('Folder path');
  const shown = async (): Promise<string> => [await input.inputValue({ timeout: 1000 }), ...(await rows.allInnerTexts())].join('\n');

  /** What the dialog shows once it stands still. It reads folders in its own time, and then writes over what was typed meanwhile. */
  const settled = async (): Promise<string> => {
    let before = await shown();
    for (;;) {
      await page.waitForTimeout(250);
      const now = await shown();
      if (now === before) return now;
      before = now;
    }
  };

  return {
    async chooseFile(path) {
      await input.waitFor();
      const until = Date.now() + 60_000;
      while (Date.now() < until) {
        await succeeds(input.fill(path, { timeout: 1000 }));
        const isTyped = (await settled().catch(() => '')).startsWith(`${path}\n`);
        // What Enter finds when it comes too early is refused, and asked for again.
        if (isTyped) await succeeds(input.press('Enter', { timeout: 1000 }));
        if (await succeeds(input.waitFor({ state: 'hidden', timeout: isTyped ? 3000 : 100 }))) return;
      }
      throw new Error(`The file dialog did not take “${path}”. It says: ${(await message.allInnerTexts()).join(' ')} ${await shown()}`);
    },
  };
}
