import type { CodeBlockDrawing } from '../markdown/drawing.ts';
import { t } from '../strings.ts';
import { createCodeText } from './codeText.ts';
import { make, makeIconButton, relabel } from './elements.ts';
import { makeIcon } from './icons.ts';
import { visibleText } from '../text/hiddenCharacters.ts';

/** What the buttons of a drawn answer do. */
export interface Handlers {
  readonly copy: (text: string) => void;
  readonly insert: (text: string) => void;
  readonly openLink: (target: string) => void;
}

/** A block of code on the page. */
export interface CodeBlockView {
  readonly element: HTMLElement;
  update(drawing: CodeBlockDrawing): void;
}

const copiedMs = 1500;

/** Draws a block of code with its language and its buttons. */
export function createCodeBlock(first: CodeBlockDrawing, handlers: Handlers): CodeBlockView {
  let shown = first;
  const code = createCodeText();
  code.set(first.text);
  const element = make('div', 'code-block');
  const language = make('span', 'code-language');
  const scroller = make('pre');
  // Reachable by keyboard, for it may be wider than the page.
  scroller.tabIndex = 0;
  scroller.setAttribute('role', 'region');
  scroller.append(code.element);
  const bar = make('div', 'code-bar');
  bar.append(language, wrapButton(element), copyButton(), insertButton());
  element.append(bar, scroller);
  nameIt(first.language);

  function nameIt(name: string): void {
    language.textContent = visibleText(name);
    scroller.setAttribute('aria-label', name === '' ? t('Code') : t('Code, {0}', visibleText(name)));
  }

  function copyButton(): HTMLElement {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const button = makeIconButton(t('Copy code'), makeIcon('copy'), () => {
      handlers.copy(shown.text);
      clearTimeout(timer);
      button.replaceChildren(makeIcon('check'));
      relabel(button, t('Copied'));
      timer = setTimeout(() => {
        button.replaceChildren(makeIcon('copy'));
        relabel(button, t('Copy code'));
      }, copiedMs);
    });
    return button;
  }

  function insertButton(): HTMLElement {
    return makeIconButton(t('Insert at cursor'), makeIcon('insert'), () => handlers.insert(shown.text));
  }

  return {
    element,
    update(drawing) {
      if (drawing.language !== shown.language) nameIt(drawing.language);
      if (drawing.growth?.from === shown.text.length) code.append(drawing.growth.added);
      else if (drawing.text.startsWith(shown.text)) code.append(drawing.text.slice(shown.text.length));
      else code.set(drawing.text);
      shown = drawing;
    },
  };
}

function wrapButton(block: HTMLElement): HTMLElement {
  const button = makeIconButton(t('Wrap lines'), makeIcon('wrap'), () => {
    const wraps = block.classList.toggle('wraps');
    button.setAttribute('aria-pressed', String(wraps));
  });
  button.setAttribute('aria-pressed', 'false');
  return button;
}
