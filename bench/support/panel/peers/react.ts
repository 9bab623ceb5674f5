import { createElement, useLayoutEffect, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { drawn, startShell } from './shell.ts';

/** A page that sets the whole text as state with each push, and leaves it to React when it draws it. */
export function startReact(view: (text: string) => ReactNode): void {
  let show: ((text: string) => void) | undefined;

  function Answer(): ReactNode {
    const [text, setText] = useState('');
    show = setText;
    useLayoutEffect(() => drawn(text.length), [text]);
    return view(text);
  }

  let isMade = false;
  startShell((content, text) => {
    if (!isMade) createRoot(content).render(createElement(Answer));
    isMade = true;
    // Before the first drawing there is nothing to set; the next push brings all of the text again.
    show?.(text);
  });
}
