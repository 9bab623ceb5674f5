import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { paletteActions } from './paletteActions.ts';

let marks = 0;

/** Merges `changes` into the user settings as a person does: in the settings `file`, opened, saved and closed in the window; waits until they are in force. */
export async function typeSettings(page: Page, file: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const read = async (): Promise<object> => JSON.parse(await readFile(file, 'utf8')) as object;
  // The window shows its title once it has read the settings, and has then told the extensions of them too.
  const mark = `settings ${(marks += 1)}`;
  const wanted = { ...(await read()), ...changes, 'window.title': `\${activeEditorShort} (${mark})` };
  const palette = paletteActions(page);
  await palette.runCommand('Preferences: Open User Settings (JSON)');
  const editor = page.locator('.monaco-editor.focused').filter({ hasText: '{' }).first();
  await editor.waitFor();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(JSON.stringify(wanted, undefined, 2));
  // The editor may have closed the first bracket on its own: nothing belongs behind the text.
  await page.keyboard.press('ControlOrMeta+Shift+End');
  await page.keyboard.press('Delete');
  await palette.runCommand('File: Save');
  const saved = await eventually(read, (now) => isDeepStrictEqual(now, wanted));
  if (!isDeepStrictEqual(saved, wanted)) throw new Error(`The settings were not saved as they were typed: ${JSON.stringify(saved)}`);
  await page.locator('.tabs-container .tab.active.dirty').waitFor({ state: 'detached' });
  await palette.runCommand('View: Close Editor');
  await editor.waitFor({ state: 'detached' });
  await page.waitForFunction((text) => document.title.includes(text), mark);
}
