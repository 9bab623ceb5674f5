import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Activity, ModelView, Phase } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { durationInWords } from '../text/durations.ts';
import { useElapsed } from './hooks.ts';

/** What is going on, and for how long; empty when nothing is. */
export function ActivityLine({ activity, model }: { readonly activity: Activity; readonly model: ModelView }): VNode | null {
  const { announce } = usePage();
  const words = activity.kind === 'running' ? phaseInWords(activity.phase, activity.serviceLabel ?? model.serviceLabel) : undefined;
  useEffect(() => {
    if (words === undefined) return undefined;
    announce(words);
    return undefined;
  }, [words, announce]);
  if (activity.kind !== 'running' || words === undefined) return null;
  return (
    <div class="activity">
      <span class="dot" aria-hidden="true" />
      <span class="activity-words">{words}</span>
      <Elapsed since={activity.since} />
    </div>
  );
}

function Elapsed({ since }: { readonly since: number }): VNode {
  return <span class="elapsed">{durationInWords(useElapsed(since))}</span>;
}

function phaseInWords(phase: Phase, service: string): string {
  switch (phase) {
    case 'waiting':
      return t('Waiting for {0}…', service);
    case 'queued':
      return t('Waiting in the queue of {0}…', service);
    case 'silent':
      return t('Nothing is coming from {0}…', service);
    case 'retrying':
      return t('{0} failed. Trying again…', service);
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
