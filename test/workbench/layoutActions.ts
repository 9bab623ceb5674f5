import type { Locator, Page } from 'playwright-core';
import { paletteActions } from './paletteActions.ts';

/** Where a view can be moved. */
export type Destination = 'secondary side bar' | 'panel' | 'side bar';

/** The four kinds of theme VS Code tells a webview about. */
export type Theme = 'light' | 'dark' | 'high contrast dark' | 'high contrast light';

/** The theme of each kind that is used: its name in settings and in the list a person picks from. */
export const themes: Readonly<Record<Theme, { readonly setting: string; readonly label: string }>> = {
  light: { setting: 'Light Modern', label: 'Light Modern' },
  dark: { setting: 'Dark Modern', label: 'Dark Modern' },
  'high contrast dark': { setting: 'Default High Contrast', label: 'Dark High Contrast' },
  'high contrast light': { setting: 'Default High Contrast Light', label: 'Light High Contrast' },
};

/** What concerns the window rather than its content. */
export interface LayoutActions {
  /** Changes the colour theme as a person does, and waits until it is there. */
  chooseTheme(theme: Theme): Promise<void>;
  /** Opens the settings editor on a search, e.g. `@ext:rivulet.rivulet`. */
  openSettings(search: string): Promise<void>;
  /** The texts of the notifications that are showing. */
  notifications(): Promise<readonly string[]>;
  /** Waits for a notification that contains `text` and presses one of its buttons. */
  pressInNotification(text: string, button: string): Promise<void>;
  /** Moves a view, named as “View: Move View” lists it, to a new container elsewhere. */
  moveView(view: string, destination: Destination): Promise<void>;
  /** Drags the edge of the bar on one side until the bar is `width` CSS pixels wide. */
  resizeSidebar(width: number, side?: 'primary' | 'secondary'): Promise<void>;
}

const entries: Readonly<Record<Destination, string>> = {
  'secondary side bar': 'New Secondary Side Bar Entry',
  panel: 'New Panel Entry',
  'side bar': 'New Side Bar Entry',
};

/** Layout actions for one page. */
export function layoutActions(page: Page): LayoutActions {
  const palette = paletteActions(page);
  const toasts = page.locator('.notification-toast .notification-list-item');

  return {
    async chooseTheme(theme) {
      const classes = { light: 'vs', dark: 'vs-dark', 'high contrast dark': 'hc-black', 'high contrast light': 'hc-light' };
      await palette.runCommand('Preferences: Color Theme', themes[theme].label);
      await palette.quickInput.box.waitFor({ state: 'hidden' });
      await page.locator(`.monaco-workbench.${classes[theme]}`).first().waitFor();
    },
    async openSettings(search) {
      await palette.runCommand('Preferences: Open Settings (UI)');
      const box = page.locator('.settings-editor .suggest-input-container .monaco-editor').first();
      await box.click();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(search);
      await page.locator('.settings-editor .settings-count-widget').filter({ hasText: /./ }).waitFor();
      const suggestions = page.locator('.suggest-widget').filter({ visible: true });
      if ((await suggestions.count()) > 0) await page.keyboard.press('Escape');
    },
    async notifications() {
      return toasts.locator('.notification-list-item-message').allInnerTexts();
    },
    async pressInNotification(text, button) {
      const toast = toasts.filter({ hasText: text }).first();
      await toast.locator('.monaco-button').filter({ hasText: button }).first().click();
    },
    async moveView(view, destination) {
      await palette.runCommand('View: Move View', view, entries[destination]);
      await palette.quickInput.box.waitFor({ state: 'hidden' });
    },
    async resizeSidebar(width, side = 'primary') {
      const bar = page.locator(side === 'primary' ? '.part.sidebar' : '.part.auxiliarybar');
      // Several passes: what is dragged snaps to minimum widths, which differ by what the bar shows.
      for (let pass = 0; pass < 3; pass += 1) {
        const box = await boxOf(bar);
        const change = width - box.width;
        if (Math.abs(change) < 1.5) return;
        // A bar on the left grows to the right; one on the right grows to the left.
        const isLeft = box.x + box.width / 2 < (page.viewportSize()?.width ?? 0) / 2;
        const x = await sashNear(page, isLeft ? box.x + box.width : box.x);
        await drag(page, { x, y: box.y + box.height / 4 }, isLeft ? change : -change);
      }
    },
  };
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('That bar is not showing.');
  return box;
}

/** The middle of the movable edge nearest to `x`: edges lie in the gap between two parts, on either side of it. */
async function sashNear(page: Page, x: number): Promise<number> {
  const middles = await page.locator('.monaco-sash.vertical:not(.disabled)').evaluateAll((sashes) =>
    sashes.map((sash) => sash.getBoundingClientRect()).map((box) => box.x + box.width / 2),
  );
  const [nearest] = middles.sort((one, other) => Math.abs(one - x) - Math.abs(other - x));
  if (nearest === undefined) throw new Error('No edge can be moved here.');
  return nearest;
}

async function drag(page: Page, from: { x: number; y: number }, distance: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  // VS Code arms a sash only after the pointer has rested on it.
  await page.locator('.monaco-sash.hover').first().waitFor();
  await page.mouse.down();
  await page.mouse.move(from.x + distance / 2, from.y, { steps: 4 });
  await page.mouse.move(from.x + distance, from.y, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(from.x + distance, 5);
}
