import { lastWords } from '../streams.ts';
import { startShell } from './shell.ts';

/** Takes the pushes and draws nothing but the end: what the pushes themselves cost. */
startShell((content, text) => {
  if (text.endsWith(lastWords)) content.textContent = lastWords;
});
