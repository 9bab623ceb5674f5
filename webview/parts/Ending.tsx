import type { VNode } from 'preact';
import type { Activity, Turn } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { answerOf, canContinue, endingInWords } from '../text/turnText.ts';
import { Icon } from './Icon.tsx';
import { PushButton } from './PushButton.tsx';

/** Properties of an {@link Ending}. */
export interface EndingProperties {
  readonly turn: Turn;
  /** Given for the last turn only. */
  readonly activity: Activity | undefined;
}

/** Right behind what was kept of an answer that did not end by itself: that it ends here, and the way on. It stands from the moment at which it is stopped. */
export function Ending({ turn, activity }: EndingProperties): VNode | null {
  const { post } = usePage();
  const isStopping = turn.outcome === 'running' && activity?.kind === 'running' && activity.phase === 'stopping';
  const words = endingInWords(isStopping ? 'stopped' : turn.outcome);
  if (words === undefined) return null;
  return (
    <div class="ending">
      <Icon name="stop" />
      <strong class="outcome">{words}</strong>
      {answerOf(turn) !== '' && <span class="ending-kept">{t('What had come is kept.')}</span>}
      {activity !== undefined && canContinue(turn) && (
        <span class="when-idle">
          <PushButton look="secondary" does="continue" title={t('Have the answer go on from here')} onPress={() => post({ type: 'act', action: 'continue', turnId: turn.id })}>
            <Icon name="go" />
            {t('Continue')}
          </PushButton>
        </span>
      )}
    </div>
  );
}
