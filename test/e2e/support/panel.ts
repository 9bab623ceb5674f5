import type { Frame, Locator } from 'playwright-core';
import { succeeds } from '../../workbench/eventually.ts';
import type { WorkbenchWindow } from '../../workbench/window.ts';

/** The chat panel as a person knows it: by what is written on it. */
export interface Panel {
  /** Brings the panel to the front; the frame is looked up anew each time, for VS Code replaces it. */
  open(): Promise<Frame>;
  frame(): Promise<Frame>;
  composer(): Promise<Locator>;
  /** Types a question and presses Enter. */
  send(text: string): Promise<void>;
  /** Sends and waits until the answer has ended. */
  ask(text: string): Promise<Locator>;
  lastTurn(): Promise<Locator>;
  /** Waits until nothing is running. */
  settled(): Promise<void>;
  /** Sets a service's key the way a person does: through the palette. */
  setKey(service: string, key: string): Promise<void>;
  /** Types a key into the input that asks for it, and waits until it is kept and the panel knows. */
  answerKey(service: string, key: string): Promise<void>;
}

export function createPanel(window: WorkbenchWindow): Panel {
  const frame = async (): Promise<Frame> => window.chatFrame();
  const composer = async (): Promise<Locator> => (await frame()).getByRole('textbox', { name: 'Message' });
  const lastTurn = async (): Promise<Locator> => (await frame()).locator('article.turn').last();

  const panel: Panel = {
    frame,
    composer,
    lastTurn,
    async open() {
      for (let attempt = 1; ; attempt += 1) {
        await window.runCommand('Rivulet: Focus Chat');
        const opened = await frame();
        await opened.getByRole('textbox', { name: 'Message' }).waitFor();
        // The panel takes the focus in its own time, and a list that is open by then would close. One that was still
        // loading has not heard of it.
        const hasFocus = opened.waitForFunction(() => document.hasFocus() && document.activeElement?.localName === 'vscode-text-area', undefined, { timeout: 5000 });
        if ((await succeeds(hasFocus)) || attempt === 3) return opened;
      }
    },
    async send(text) {
      const box = await composer();
      const turns = (await frame()).locator('article.turn');
      const before = await turns.count();
      await box.click();
      await box.fill(text);
      await box.press('Enter');
      await turns.nth(before).waitFor();
    },
    async ask(text) {
      await panel.send(text);
      await panel.settled();
      return lastTurn();
    },
    async settled() {
      await (await frame()).getByRole('button', { name: 'Send', exact: true }).waitFor();
    },
    async setKey(service, key) {
      await window.runCommand('Rivulet: Set API Key', service);
      await panel.answerKey(service, key);
    },
    async answerKey(service, key) {
      const saved = window.page.locator('.statusbar-item').filter({ hasText: `The ${service} key was saved` });
      // It may still say so of the key before.
      await saved.waitFor({ state: 'hidden' });
      await window.answer(key, `API key for ${service}`);
      await window.quickInput.box.waitFor({ state: 'hidden' });
      // The key is stored after the input has closed, and only then the panel takes questions.
      await saved.waitFor();
      await (await frame()).locator('.key-note, .empty').filter({ hasText: `API key for ${service}` }).waitFor({ state: 'hidden' });
    },
  };
  return panel;
}
