import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { GaugeView } from '../../src/protocol/contextView.ts';
import { t } from '../strings.ts';
import { fullness, gaugeInWords, partInWords, percentInWords, shortNumber, tokensInWords } from '../text/contextText.ts';

/** From this share on there is a warning: a long answer may no longer fit. */
export const nearlyFull = 0.8;

const radius = 6;
const around = 2 * Math.PI * radius;

/** How full the model's context window is: a ring with the percentage. Pressed, it says what fills the window. */
export function Gauge({ gauge }: { readonly gauge: GaugeView }): VNode {
  const [isOpen, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const onPress = ({ target }: MouseEvent): void => {
      if (target instanceof Node && frame.current?.contains(target) !== true) setOpen(false);
    };
    document.addEventListener('mousedown', onPress);
    return () => document.removeEventListener('mousedown', onPress);
  }, [isOpen]);
  const share = fullness(gauge);
  const words = gaugeInWords(gauge);
  return (
    <div
      class="gauge"
      ref={frame}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.preventDefault();
        event.stopPropagation();
        setOpen(false);
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && frame.current?.contains(relatedTarget) !== true) setOpen(false);
      }}
    >
      <button
        type="button"
        class={`gauge-button ${share !== undefined && share > nearlyFull ? 'nearly-full' : ''}`}
        aria-label={words.replaceAll('\n', '. ')}
        aria-expanded={isOpen}
        title={words}
        onClick={() => setOpen(!isOpen)}
      >
        {share === undefined ? (
          <span class="gauge-words">{shortNumber(gauge.used)}</span>
        ) : (
          <>
            <svg class="gauge-ring" viewBox="0 0 16 16" aria-hidden="true">
              <circle cx="8" cy="8" r={radius} class="gauge-track" />
              <circle cx="8" cy="8" r={radius} class="gauge-used" stroke-dasharray={`${Math.min(share, 1) * around} ${around}`} transform="rotate(-90 8 8)" />
            </svg>
            <span class="gauge-words">{percentInWords(share)}</span>
          </>
        )}
      </button>
      {isOpen && <GaugeParts gauge={gauge} />}
    </div>
  );
}

function GaugeParts({ gauge: { used, limit, parts } }: { readonly gauge: GaugeView }): VNode {
  return (
    <div class="gauge-parts" role="group" aria-label={t('What fills the context window')}>
      <p class="gauge-title">{t('What fills the context window')}</p>
      <dl>
        {parts.map(({ kind, tokens }) => (
          <div key={kind} class="gauge-part">
            <dt>{partInWords(kind)}</dt>
            <dd>{tokensInWords(tokens)}</dd>
          </div>
        ))}
        <div class="gauge-part gauge-sum">
          <dt>{t('Together')}</dt>
          <dd>{limit === undefined ? tokensInWords(used) : t('{0} of {1}', shortNumber(used), tokensInWords(limit))}</dd>
        </div>
      </dl>
      <p class="faint">{limit === undefined ? t('Estimated. The size of this model\'s window is not known.') : t('Estimated, and corrected by what the service counts.')}</p>
    </div>
  );
}
