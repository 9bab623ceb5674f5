import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TokenProbability } from '../../src/protocol/viewState.ts';
import { make } from '../drawing/elements.ts';
import { t } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { shownToken, inPercent } from '../text/tokens.ts';

/** Below these percentages a token is one step hotter. */
const steps = [90, 70, 50, 25, 10] as const;

/**
 * The answer's tokens, the hotter the less probable the model found them; in colour, and underlined in a way of their
 * own. The pointer or the arrow keys show what else might have stood there.
 */
export function HeatText({ tokens, label }: { readonly tokens: readonly TokenProbability[]; readonly label: string }): VNode {
  const list = useRef<HTMLDivElement>(null);
  const [index, setIndex] = useState<number>();
  const base = useRef(`heat-${(heats += 1)}`).current;

  // By hand, for there may be thousands; and with one listener for all of them.
  useLayoutEffect(() => {
    list.current?.replaceChildren(...tokens.map((token, place) => drawToken(token, `${base}-${place}`)));
    setIndex(undefined);
  }, [tokens, base]);
  useLayoutEffect(() => {
    const element = list.current;
    const chosen = index === undefined ? null : element?.children[index];
    if (element === null || chosen === null || chosen === undefined || index === undefined) return undefined;
    chosen.setAttribute('aria-selected', 'true');
    chosen.setAttribute('aria-label', lineOf(tokens[index]));
    element.setAttribute('aria-activedescendant', chosen.id);
    return () => chosen.setAttribute('aria-selected', 'false');
  }, [index, tokens]);

  const point = ({ target }: Event): void => {
    if (target instanceof HTMLElement && target.parentElement === list.current) setIndex(Number(target.id.slice(base.length + 1)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = stepTo(event, index, tokens);
    if (next === undefined) return;
    event.preventDefault();
    setIndex(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const chosen = index === undefined ? undefined : tokens[index];
  return (
    <div class="heat">
      <div class="heat-text" role="listbox" aria-label={label} tabIndex={0} ref={list} onMouseOver={point} onClick={point} onFocus={() => index === undefined && setIndex(0)} onKeyDown={onKeyDown} />
      <Legend />
      <div class="heat-detail" aria-hidden="true">
        {chosen === undefined ? (
          <span class="faint">{t('Point at a token, or go through them with the arrow keys; Page Down leads to the next unsure one.')}</span>
        ) : (
          <>
            <span class="heat-chosen">
              <span class="token">{shownToken(chosen.token)}</span> {t('{0}%', inPercent(chosen.percent))}
            </span>
            {othersOf(chosen).map((other, place) => (
              <span key={place} class="heat-other">
                <span class="token">{shownToken(other.token)}</span> {t('{0}%', inPercent(other.percent))}
              </span>
            ))}
          </>
        )}
      </div>
    </div>
  );
}

/** What the colours and underlines stand for. */
function Legend(): VNode {
  return (
    <p class="heat-legend">
      <span>{t('Probability below:')}</span>
      {steps.map((step, index) => (
        <span key={step} class={`heat-sample heat-${index + 1}`}>
          {t('{0}%', step)}
        </span>
      ))}
    </p>
  );
}

let heats = 0;

/** How hot a token is: 0 for sure, up to 5. */
function heatOf({ percent }: TokenProbability): number {
  return steps.filter((step) => percent < step).length;
}

function drawToken(token: TokenProbability, id: string): HTMLElement {
  const element = make('span', `heat-token heat-${heatOf(token)}`);
  element.id = id;
  element.setAttribute('role', 'option');
  element.setAttribute('aria-selected', 'false');
  element.textContent = visibleText(token.token);
  return element;
}

function othersOf({ token, alternatives }: TokenProbability): TokenProbability['alternatives'] {
  return alternatives.filter((other) => other.token !== token);
}

function lineOf(token: TokenProbability | undefined): string {
  if (token === undefined) return '';
  const others = othersOf(token).map((other) => `${shownToken(other.token)} ${t('{0}%', inPercent(other.percent))}`);
  const own = `${shownToken(token.token)} ${t('{0}%', inPercent(token.percent))}`;
  return others.length === 0 ? own : `${own}; ${t('Instead: {0}', others.join(', '))}`;
}

function isUnsure(token: TokenProbability): boolean {
  return heatOf(token) >= 3;
}

/** Page Up and Page Down lead to tokens of which the model was not sure. */
function stepTo({ key, altKey, ctrlKey, metaKey }: KeyboardEvent, index: number | undefined, tokens: readonly TokenProbability[]): number | undefined {
  if (altKey || ctrlKey || metaKey || tokens.length === 0) return undefined;
  const current = index ?? -1;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(tokens.length - 1, current + 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(0, current - 1);
    case 'Home':
      return 0;
    case 'End':
      return tokens.length - 1;
    case 'PageDown': {
      const next = tokens.findIndex((token, place) => place > current && isUnsure(token));
      return next === -1 ? current : next;
    }
    case 'PageUp': {
      const before = tokens.findLastIndex((token, place) => place < current && isUnsure(token));
      return before === -1 ? Math.max(0, current) : before;
    }
    default:
      return undefined;
  }
}
