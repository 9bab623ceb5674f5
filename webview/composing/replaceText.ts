import type { TextAreaElement } from '../toolkit.ts';

/** Replaces a part of what is written as if it had been typed, so that Ctrl+Z brings it back and the caret stands behind it. */
export function replaceText(element: TextAreaElement, { from, to }: { readonly from: number; readonly to: number }, text: string): void {
  const { control } = element;
  control.focus();
  control.setSelectionRange(from, to);
  if (from === to && text === '') return;
  // The only way that keeps the undo stack of a text area.
  if (document.execCommand(text === '' ? 'delete' : 'insertText', false, text)) return;
  control.setRangeText(text, from, to, 'end');
  control.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}
