import { drawn, startShell } from './shell.ts';

let shown = 0;
let latest = '';
let waiting = false;
let paragraph: HTMLElement | undefined;

/** Appends what has come, once a frame at most, as it is written: the least that a page can do with each push. */
startShell((content, text) => {
  latest = text;
  if (text === '') {
    [shown, paragraph] = [0, undefined];
    content.replaceChildren();
    return;
  }
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    for (const part of latest.slice(shown).split(/(?<=\n\n)/)) {
      paragraph ??= content.appendChild(document.createElement('p'));
      paragraph.append(part);
      if (part.endsWith('\n\n')) paragraph = undefined;
    }
    shown = latest.length;
    drawn(shown);
  });
});
