import type * as Mathematics from '../math.ts';
import { createPart, loadStyle } from '../loading.ts';
import type { FormulaDrawing } from '../markdown/drawing.ts';
import { t } from '../strings.ts';
import { make, visibleNodes } from './elements.ts';
import { doLater } from './slices.ts';

type MathPart = typeof Mathematics;

const loadScript = createPart<MathPart>('math.js');
let math: Promise<MathPart | undefined> | undefined;

/** The drawing of formulas, with its letters; loaded with the first formula, for it is as large as the rest of the page. */
async function loadMath(): Promise<MathPart | undefined> {
  math ??= Promise.all([loadScript(), loadStyle('math.css')]).then(([part]) => part);
  return math;
}

/** Draws a formula: as it is written at first, as one when the browser has time. What cannot be drawn stays as written. */
export function drawFormula(drawing: FormulaDrawing): HTMLElement {
  const element = make('span', drawing.isDisplay ? 'formula display' : 'formula');
  element.append(...visibleNodes(drawing.written));
  if (drawing.isDisplay) {
    // Reachable by keyboard, for it may be wider than the page.
    element.tabIndex = 0;
    element.setAttribute('role', 'group');
    element.setAttribute('aria-label', t('Formula'));
  }
  void replaceWhenIdle(element, drawing);
  return element;
}

async function replaceWhenIdle(element: HTMLElement, { source, isDisplay }: FormulaDrawing): Promise<void> {
  const part = await loadMath();
  if (part === undefined) return;
  doLater(() => {
    if (!element.isConnected) return false;
    const drawn = make('span');
    if (part.drawFormula(drawn, source, { isDisplay })) {
      element.replaceChildren(...drawn.childNodes);
      element.classList.add('drawn');
    } else element.classList.add('undrawable');
    return false;
  });
}
