import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { LocalText } from '../../src/protocol/localText.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { fullness, percentInWords } from '../text/contextText.ts';
import { nearlyFull } from './Gauge.tsx';

/** Properties of {@link ComposerAdvice}. */
export interface ComposerAdviceProperties {
  readonly state: ViewState;
  /** Whether the model does not take one of the pictures. */
  readonly isRefused: boolean;
  readonly refusals: readonly LocalText[];
}

/** What to know before the next question is sent, with the buttons that help. */
export function ComposerAdvice({ state, isRefused, refusals }: ComposerAdviceProperties): VNode {
  const { post } = usePage();
  return (
    <>
      {isRefused && (
        <p class="media-advice">
          <button type="button" class="link" onClick={() => post({ type: 'select-model' })}>
            {t('Choose another model')}
          </button>
        </p>
      )}
      {refusals.map((refusal, index) => (
        <p key={index} class="media-advice refused">
          {tr(refusal)}
        </p>
      ))}
      <FullWindow state={state} />
    </>
  );
}

/** That the context window is nearly full, and the way out: a summary in place of what was said. */
function FullWindow({ state: { gauge, turns, activity } }: { readonly state: ViewState }): VNode | null {
  const { post } = usePage();
  // Where nothing has come since the summary was asked for, a second press would ask for another.
  const [asked, setAsked] = useState<typeof turns>();
  const share = gauge === undefined ? undefined : fullness(gauge);
  if (share === undefined || share <= nearlyFull || turns.length === 0) return null;
  const canCompact = activity.kind === 'idle' && asked !== turns;
  return (
    <p class="media-advice window-advice">
      <span>{share >= 1 ? t('The context window is full.') : t('The context window is {0} full.', percentInWords(share))}</span>{' '}
      {canCompact && (
        <button
          type="button"
          class="link"
          title={t('Lets the model summarise the chat. The summary goes along in place of what was said, and can be taken back.')}
          onClick={() => {
            setAsked(turns);
            post({ type: 'send', text: '/compact' });
          }}
        >
          {t('Compact')}
        </button>
      )}
    </p>
  );
}
