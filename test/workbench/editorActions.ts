import type { Locator, Page } from 'playwright-core';
import { succeeds } from './eventually.ts';
import { quickInput, summon } from './quickInput.ts';

/** What is done in and around the text editor. */
export interface EditorActions {
  /** Opens a file of the workspace by its relative path, with `/`, and puts the cursor into it. */
  openFile(path: string): Promise<void>;
  /** Selects whole lines of the open editor, counted from 1, both included. */
  selectLines(first: number, last: number): Promise<void>;
  /** Chooses an entry of the editor's context menu, opened on the selection; `submenu` is where it is, if not in the menu itself. */
  contextMenu(title: string, submenu?: string): Promise<void>;
  /** Chooses an entry of the lightbulb at the cursor. */
  lightbulb(title: string): Promise<void>;
  /** The visible text of the open editor, line by line. */
  editorText(): Promise<string>;
}

/** Editor actions for one page. */
export function editorActions(page: Page): EditorActions {
  const editor = page.locator('.part.editor .editor-instance .monaco-editor').filter({ visible: true }).first();
  const { box, rows } = quickInput(page);

  /** Types into the list of files until `row` is offered: what comes too late to be heard or seen is typed again. */
  const offered = async (text: string, row: Locator): Promise<Locator> => {
    const until = Date.now() + 60_000;
    for (let patienceMs = 1000; Date.now() < until; patienceMs *= 1.5) {
      if ((await summon(page, 'ControlOrMeta+p', text, patienceMs)) && (await succeeds(row.waitFor({ timeout: patienceMs })))) return row;
    }
    throw new Error(`“${text}” is not offered, but: ${(await rows.allInnerTexts()).join(' | ')}`);
  };

  return {
    async openFile(path) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const tab = page.locator('.tabs-container .tab.active').filter({ hasText: name });
      // The list goes on growing, and a row may move away under the click.
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const row = await offered(path, rows.filter({ has: page.getByText(name, { exact: true }) }).first());
        if ((await succeeds(row.click({ timeout: 2000 }))) && (await succeeds(tab.waitFor({ timeout: 5000 })))) break;
      }
      await tab.waitFor();
      await editor.locator('.view-line').first().waitFor();
      await page.locator('.part.editor .monaco-editor.focused').first().waitFor();
    },
    async selectLines(first, last) {
      // The keys that follow belong to the editor once it has the focus back, and the status bar tells where its cursor is.
      const cursor = page.locator('.part.statusbar .statusbar-item');
      const begin = cursor.filter({ hasText: new RegExp(`Ln ${first}, Col 1$`) });
      // Whatever takes the focus closes the list, and Enter would then be a line break in the editor: the row is clicked.
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const row = await offered(`:${first}:1`, rows.filter({ hasText: new RegExp(`line ${first}\\b`) }).first());
        if ((await succeeds(row.click({ timeout: 2000 }))) && (await succeeds(box.waitFor({ state: 'hidden', timeout: 5000 }))) && (await succeeds(begin.waitFor({ timeout: 5000 })))) break;
      }
      await page.locator('.part.editor .monaco-editor.focused').waitFor();
      await begin.waitFor();
      for (let line = first; line < last; line += 1) await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Shift+End');
      await cursor.filter({ hasText: new RegExp(`Ln ${last}, .*selected`) }).waitFor();
      await editor.locator('.selected-text').first().waitFor({ state: 'attached' });
    },
    async contextMenu(title, submenu) {
      // The selection is drawn in pieces, some of them only its round corners: the widest lies over selected text.
      const pieces = await Promise.all((await editor.locator('.selected-text').all()).map((piece) => piece.boundingBox()));
      const [stripe] = pieces.flatMap((piece) => piece ?? []).toSorted((one, other) => other.width - one.width);
      if (!stripe) throw new Error('Nothing is selected in the editor.');
      await page.mouse.click(stripe.x + stripe.width / 2, stripe.y + stripe.height / 2, { button: 'right' });
      const menu = page.locator('.monaco-menu').filter({ visible: true });
      const named = (name: string): Locator => menu.locator('.action-menu-item').filter({ has: page.getByText(name, { exact: true }) }).first();
      const entry = named(title);
      if (submenu !== undefined) await named(submenu).hover();
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
