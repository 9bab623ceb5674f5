import { visibleRuns, visibleText } from '../text/hiddenCharacters.ts';

/** Makes an element with a class; everything the page draws by hand goes through this or `createTextNode`. */
export function make<Name extends keyof HTMLElementTagNameMap>(name: Name, className = ''): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  return made;
}

/** A text with its hidden characters written out in marked spans, as nodes. */
export function visibleNodes(text: string): Node[] {
  return visibleRuns(text).map((run) => {
    if (run.kind === 'plain') return document.createTextNode(run.text);
    const span = make('span', 'hidden-character');
    span.textContent = run.escaped;
    return span;
  });
}

/** A button with a picture, for places with too many of them to afford the toolkit's, each of which has a shadow tree. */
export function makeIconButton(label: string, icon: SVGElement, onClick: () => void): HTMLButtonElement {
  const button = make('button', 'icon-button');
  button.type = 'button';
  button.append(icon);
  relabel(button, label);
  button.addEventListener('click', onClick);
  return button;
}

/** Names a control, for the eye and for the ear. */
export function relabel(control: HTMLElement, label: string): void {
  control.title = visibleText(label);
  control.setAttribute('aria-label', label);
}
