import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { chatFrame } from './chatFrame.ts';
import { editorActions, type EditorActions } from './editorActions.ts';
import { fileDialogActions, type FileDialogActions } from './fileDialogActions.ts';
import { layoutActions, type LayoutActions } from './layoutActions.ts';
import { paletteActions, type PaletteActions } from './paletteActions.ts';
import { out } from './places.ts';

/** What a person can do in a workbench window, by mouse and keyboard only. */
export interface Driver extends PaletteActions, EditorActions, FileDialogActions, LayoutActions {
  /** The document inside the webview of the view `rivulet.chat`, once it has content (`timeoutMs`: 30 s). */
  chatFrame(timeoutMs?: number): Promise<Frame>;
  /** Keeps a picture of the window in `out/screenshots/<name>.png` and says where. */
  screenshot(name: string): Promise<string>;
}

/** The actions bound to one page. */
export function drive(page: Page): Driver {
  return {
    ...paletteActions(page),
    ...editorActions(page),
    ...fileDialogActions(page),
    ...layoutActions(page),
    chatFrame: (timeoutMs) => chatFrame(page, timeoutMs),
    async screenshot(name) {
      const folder = join(out, 'screenshots');
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
  };
}
