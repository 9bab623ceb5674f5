import type { CodeBlockDrawing } from '../markdown/drawing.ts';
import { t } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { canOpen } from '../text/links.ts';
import { createCodeText } from './codeText.ts';
import { make, makeIconButton, relabel } from './elements.ts';
import type { Handlers } from './handlers.ts';
import { makeIcon } from './icons.ts';
import { makeOpener } from './opener.ts';
import { pathBefore } from './pathBefore.ts';

/** A block of code on the page. */
export interface CodeBlockView {
  readonly element: HTMLElement;
  update(drawing: CodeBlockDrawing): void;
}

const copiedMs = 1500;

/** Draws a block of code with its language or file and its buttons. */
export function createCodeBlock(first: CodeBlockDrawing, handlers: Handlers): CodeBlockView {
  let shown = first;
  const code = createCodeText();
  const element = make('div', 'code-block');
  const label = make('span', 'code-language');
  const scroller = make('pre');
  // Reachable by keyboard, for it may be wider than the page.
  scroller.tabIndex = 0;
  scroller.setAttribute('role', 'group');
  scroller.append(code.element);
  const bar = make('div', 'code-bar');
  bar.append(label, ...applyButton(), wrapButton(element, handlers), copyButton(), insertButton());
  element.append(bar, scroller);
  nameIt(first);
  code.speak(first.language);
  code.set(first.text);

  function nameIt({ language, path }: CodeBlockDrawing): void {
    label.replaceChildren(path !== undefined && canOpen(path) ? makeOpener(path, visibleText(path), [visibleText(path)], handlers) : visibleText(path ?? language));
    scroller.setAttribute('aria-label', language === '' ? t('Code') : t('Code, {0}', visibleText(language)));
  }

  function applyButton(): readonly HTMLElement[] {
    const { apply } = handlers;
    if (apply === undefined) return [];
    const button = makeIconButton(t('Apply to file'), makeIcon('apply'), () => {
      apply({ text: shown.text, language: shown.language, hint: shown.path ?? pathBefore(element) });
    });
    button.classList.add('apply-button');
    const words = make('span', 'button-words');
    words.textContent = t('Apply');
    button.append(words);
    return [button];
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
      if (drawing.language !== shown.language || drawing.path !== shown.path) nameIt(drawing);
      if (drawing.language !== shown.language) {
        code.speak(drawing.language);
        code.set(drawing.text);
      } else if (drawing.growth?.from === shown.text.length) code.append(drawing.growth.added);
      else if (drawing.text.startsWith(shown.text)) code.append(drawing.text.slice(shown.text.length));
      else code.set(drawing.text);
      shown = drawing;
    },
  };
}

function wrapButton(block: HTMLElement, { wraps, keepWraps }: Handlers): HTMLElement {
  const show = (isWrapped: boolean): void => {
    block.classList.toggle('wraps', isWrapped);
    button.setAttribute('aria-pressed', String(isWrapped));
  };
  const button = makeIconButton(t('Wrap lines'), makeIcon('wrap'), () => {
    const isWrapped = !block.classList.contains('wraps');
    show(isWrapped);
    keepWraps(isWrapped);
  });
  show(wraps());
  return button;
}
