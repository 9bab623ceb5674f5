import DOMPurify from 'dompurify';
import { marked } from 'marked';
import { drawn, startShell } from './shell.ts';

let waiting = false;
let latest = '';

startShell((content, text) => {
  latest = text;
  if (waiting) return;
  waiting = true;
  // Once a frame at most, whatever has come by then.
  requestAnimationFrame(() => {
    waiting = false;
    content.innerHTML = DOMPurify.sanitize(marked.parse(latest, { async: false, gfm: true }));
    drawn(latest.length);
  });
});
