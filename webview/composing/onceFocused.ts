/** How long after the host has shown the page VS Code may take to give it the focus, in milliseconds. */
const revealMs = 2000;

/** Acts once the page has the focus: at once, or when VS Code gives it that for having been shown. What is typed elsewhere stays there. */
export function onceFocused(act: () => void): void {
  if (document.hasFocus()) return act();
  window.addEventListener('focus', act, { once: true, signal: AbortSignal.timeout(revealMs) });
}
