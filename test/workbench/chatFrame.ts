import type { Frame, Page } from 'playwright-core';
import { pause } from './processes.ts';

/**
 * The inner document of the extension's view. A webview is a frame that carries the extension's name in its address, and
 * in it a frame with the extension's document, which VS Code replaces whenever it loads the view anew.
 */
export async function chatFrame(page: Page, timeoutMs = 30_000): Promise<Frame> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    for (const frame of page.frames()) {
      if (isViewOf(frame.parentFrame(), 'rivulet.rivulet') && (await isShown(frame))) return frame;
    }
    if (Date.now() > until) throw new Error(`No chat view within ${timeoutMs} ms. Frames: ${page.frames().map((frame) => frame.url()).join('\n')}`);
    await pause(50);
  }
}

function isViewOf(frame: Frame | null, extension: string): boolean {
  if (!frame) return false;
  const parameters = new URL(frame.url(), 'http://127.0.0.1').searchParams;
  return parameters.get('extensionId') === extension && parameters.get('purpose') === 'webviewView';
}

async function isShown(frame: Frame): Promise<boolean> {
  try {
    const element = await frame.frameElement();
    if ((await element.getAttribute('id')) !== 'active-frame') return false;
    return await frame.evaluate(() => document.readyState !== 'loading' && document.body.childElementCount > 0);
  } catch {
    // The frame was replaced while it was looked at.
    return false;
  }
}
