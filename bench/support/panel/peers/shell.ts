import type { Push } from '../../../../src/protocol/messages.ts';
import { createScrolling } from '../../../../webview/scrolling.ts';

declare global {
  /** Given by the bench: takes down how much a page has drawn. */
  var benchDrawn: ((length: string) => void) | undefined;
}

const scrolling = createScrolling();

/** Puts up what every panel has, a scroller that follows its end and a field to type in, and hands `draw` the text of each push. */
export function startShell(draw: (content: HTMLElement, text: string) => void): void {
  const root = document.createElement('div');
  root.className = 'page';
  root.innerHTML = '<main class="main"><div class="transcript-frame"><div class="transcript"><div class="transcript-content markdown"></div></div></div></main><div class="foot"><textarea rows="3"></textarea></div>';
  document.getElementById('app')?.append(root);
  const [scroller, content] = [root.querySelector<HTMLElement>('.transcript'), root.querySelector<HTMLElement>('.transcript-content')];
  if (scroller === null || content === null) return;
  scrolling.attach(scroller, content);
  let text = '';
  window.addEventListener('message', ({ data }: MessageEvent<Push>) => {
    const before = text;
    for (const change of data.changes) {
      if (change.type === 'item-extended') text += change.text;
      else if (change.type === 'chat-opened' || change.type === 'snapshot') text = '';
    }
    if (text !== before) draw(content, text);
  });
}

/** To be called when so much of the text stands on the page. */
export function drawn(length: number): void {
  scrolling.follow();
  globalThis.benchDrawn?.(String(length));
}
