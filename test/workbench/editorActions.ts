import type { Page } from 'playwright-core';

/** What is done in and around the text editor. */
export interface EditorActions {
  /** Opens a file of the workspace by its relative path, with `/`, and puts the cursor into it. */
  openFile(path: string): Promise<void>;
  /** Selects whole lines of the open editor, counted from 1, both included. */
  selectLines(first: number, last: number): Promise<void>;
  /** Chooses an entry of the editor's context menu, opened on the selection. */
  contextMenu(title: string): Promise<void>;
  /** Chooses an entry of the lightbulb at the cursor. */
  lightbulb(title: string): Promise<void>;
  /** The visible text of the open editor, line by line. */
  editorText(): Promise<string>;
}

/** Editor actions for one page. */
export function editorActions(page: Page): EditorActions {
  const editor = page.locator('.part.editor .editor-instance .monaco-editor').filter({ visible: true }).first();
  const quickOpen = async (text: string): Promise<void> => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+p');
    const input = page.locator('.quick-input-widget input').filter({ visible: true }).first();
    await input.fill(text);
    await page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
  };

  return {
    async openFile(path) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      await quickOpen(path);
      await page.locator('.quick-input-list .monaco-list-row').filter({ has: page.getByText(name, { exact: true }) }).first().click();
      await page.locator('.tabs-container .tab.active').filter({ hasText: name }).waitFor();
      await editor.locator('.view-line').first().waitFor();
    },
    async selectLines(first, last) {
      await quickOpen(`:${first}:1`);
      await page.keyboard.press('Enter');
      await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
      for (let line = first; line < last; line += 1) await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Shift+End');
      await editor.locator('.selected-text').first().waitFor({ state: 'attached' });
    },
    async contextMenu(title) {
      // The selection is drawn in pieces, some of them only its round corners: the widest lies over selected text.
      const pieces = await Promise.all((await editor.locator('.selected-text').all()).map((piece) => piece.boundingBox()));
      const [stripe] = pieces.flatMap((piece) => piece ?? []).toSorted((one, other) => other.width - one.width);
      if (!stripe) throw new Error('Nothing is selected in the editor.');
      await page.mouse.click(stripe.x + stripe.width / 2, stripe.y + stripe.height / 2, { button: 'right' });
      const menu = page.locator('.monaco-menu').filter({ visible: true });
      const entry = menu.locator('.action-menu-item').filter({ has: page.getByText(title, { exact: true }) }).first();
      await entry.waitFor();
      // A menu that has only just opened ignores clicks, so that the click which opened it does not choose.
      for (let attempt = 0; attempt < 20 && (await menu.count()) > 0; attempt += 1) {
        await entry.click({ timeout: 500 }).catch(() => undefined);
        await page.waitForTimeout(100);
      }
      if ((await menu.count()) > 0) throw new Error(`The context menu did not take “${title}”.`);
    },
    async lightbulb(title) {
      await page.keyboard.press('ControlOrMeta+.');
      await page.locator('.action-widget .monaco-list-row').filter({ hasText: title }).first().click();
    },
    async editorText() {
      const lines = await editor.locator('.view-line').evaluateAll((elements) =>
        elements
          .map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent ?? '' }))
          .sort((one, other) => one.top - other.top)
          .map(({ text }) => text.replaceAll('\u00a0', ' ')),
      );
      return lines.join('\n');
    },
  };
}
