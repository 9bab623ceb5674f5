import type { Frame } from 'playwright-core';
import type { WorkbenchWindow } from '../../workbench/window.ts';

/** Whether what has the focus in the panel is this, or is in it. */
export async function hasFocus(frame: Frame, selector: string): Promise<boolean> {
  return frame.evaluate((wanted) => document.activeElement?.closest(wanted) != null, selector);
}

/** Presses a key until something in the panel has the focus, as a person does who looks for it. */
export async function pressUntil({ page }: WorkbenchWindow, frame: Frame, key: string, selector: string): Promise<void> {
  for (let presses = 0; !(await hasFocus(frame, selector)); presses += 1) {
    if (presses === 60) throw new Error(`${selector} cannot be reached with ${key}`);
    await page.keyboard.press(key);
  }
}
