import type { Page } from 'playwright-core';
import { paletteActions } from './paletteActions.ts';

/** Replaces the text of the user settings file in a window, saves it, closes it, and waits until it is in force. */
export async function typeSettings(page: Page, text: string): Promise<void> {
  const palette = paletteActions(page);
  await palette.runCommand('Preferences: Open User Settings (JSON)');
  const editor = page.locator('.monaco-editor.focused').filter({ hasText: '{' }).first();
  await editor.waitFor();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
  // The editor may have closed the first bracket on its own: nothing belongs behind the text.
  await page.keyboard.press('ControlOrMeta+Shift+End');
  await page.keyboard.press('Delete');
  await palette.runCommand('File: Save');
  await palette.runCommand('View: Close Editor');
  await editor.waitFor({ state: 'detached' });
  // The window reads the settings again 50 ms after it has written the file, and tells the extensions.
  await page.waitForTimeout(300);
}
