import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PermissionItem, ReviewItem } from '../../src/protocol/reviewItems.ts';
import type { Activity, ModelView, Phase } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { bringToTop } from '../scrolling.ts';
import { t, tr } from '../strings.ts';
import { durationInWords } from '../text/durations.ts';
import { useElapsed, useIsInSight } from './hooks.ts';

/** Properties of an {@link ActivityLine}. */
export interface ActivityProperties {
  readonly activity: Activity;
  readonly model: ModelView;
  /** What the person is asked, and everything waits for. */
  readonly question: ReviewItem | PermissionItem | undefined;
}

/** What is going on, and for how long; empty when nothing is. While a request waits to be made again: why, and until when. */
export function ActivityLine({ activity, model, question }: ActivityProperties): VNode | null {
  const { announce } = usePage();
  const isAsked = question !== undefined && activity.kind === 'running' && activity.phase !== 'stopping';
  const words = activity.kind === 'running' && !isAsked ? inWords(activity, activity.serviceLabel ?? model.serviceLabel) : undefined;
  const retry = activity.kind === 'running' && activity.phase === 'retrying' ? activity.retry : undefined;
  useEffect(() => {
    if (words === undefined) return undefined;
    announce(words);
    return undefined;
  }, [words, announce]);
  if (isAsked) return <Asked question={question} />;
  if (activity.kind !== 'running' || words === undefined) return null;
  return (
    <div class="activity" data-phase={activity.phase} title={words}>
      <span class="dot" aria-hidden="true" />
      <span class="activity-words">{words}</span>
      {retry === undefined ? <Elapsed since={activity.since} /> : <Countdown since={activity.since} at={retry.at} />}
    </div>
  );
}

/** That it is the person's turn, which the card itself has told those who listen, and the way to the card. */
function Asked({ question: { id, kind } }: { readonly question: ReviewItem | PermissionItem }): VNode | null {
  const selector = `[data-item="${CSS.escape(id)}"]`;
  const isInSight = useIsInSight(selector);
  const isFootInSight = useIsInSight(`${selector} .review-foot`);
  const words = t('Waiting for your decision');
  const show = (): void => {
    const card = document.querySelector<HTMLElement>(selector);
    if (card === null) return;
    bringToTop(card, card.closest('.transcript'));
    card.focus({ preventScroll: true });
  };
  // At its foot a review says so itself.
  if (kind === 'review' && isInSight && isFootInSight) return null;
  return (
    <div class="activity" data-phase="asked" title={words}>
      <span class="dot" aria-hidden="true" />
      <span class="activity-words">{words}</span>
      {!isInSight && (
        <button type="button" class="link" onClick={show}>
          {t('Show')}
        </button>
      )}
    </div>
  );
}

function Elapsed({ since }: { readonly since: number }): VNode {
  return <span class="elapsed">{durationInWords(useElapsed(since))}</span>;
}

/** How long until the host's clock reads `at`, measured from `since` on the same clock; then for how long it has been tried. */
function Countdown({ since, at }: { readonly since: number; readonly at: number }): VNode {
  const left = at - since - useElapsed(since);
  return <span class="elapsed">{left > 0 ? t('in {0}', durationInWords(Math.ceil(left / 1000) * 1000)) : durationInWords(-left)}</span>;
}

function inWords({ phase, retry }: Extract<Activity, { kind: 'running' }>, service: string): string {
  if (phase === 'retrying' && retry !== undefined) return t('Retry {0} of {1}: {2}', retry.attempt, retry.of, tr(retry.reason));
  return phaseInWords(phase, service);
}

function phaseInWords(phase: Phase, service: string): string {
  switch (phase) {
    case 'gathering':
      return t('Reading what goes along…');
    case 'waiting':
      return t('Waiting for {0}…', service);
    case 'queued':
      return t('Queued at {0}…', service);
    case 'silent':
      return t('Silence from {0}…', service);
    // Without the particulars there is only the next attempt to wait for.
    case 'retrying':
      return t('Waiting for {0}…', service);
    case 'reasoning':
      return t('Thinking…');
    case 'answering':
      return t('Answering…');
    case 'tool':
      return t('Running a tool…');
    case 'stopping':
      return t('Stopping…');
  }
}
