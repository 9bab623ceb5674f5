import type { RefObject, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Activity, Item, Turn } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { pairsOf, type Pairs } from '../text/pairs.ts';
import { Answers, splitAnswers } from './Answers.tsx';
import { AnswerText } from './AnswerText.tsx';
import { CallCard } from './CallCard.tsx';
import { Ending } from './Ending.tsx';
import { ErrorCard, NoticeCard } from './Cards.tsx';
import { ProbabilitiesCard } from './ProbabilitiesCard.tsx';
import { PermissionCard } from './PermissionCard.tsx';
import { QuestionCard } from './QuestionCard.tsx';
import { ReasoningSection } from './ReasoningSection.tsx';
import { ReviewCard } from './ReviewCard.tsx';
import { TurnActions } from './TurnActions.tsx';
import { TurnFoot } from './TurnFoot.tsx';

/** Properties of a {@link TurnView}. */
export interface TurnProperties {
  readonly turn: Turn;
  /** Given for the last turn only. */
  readonly activity: Activity | undefined;
  /** Whether nothing runs in the chat. */
  readonly isIdle: boolean;
}

/** One question and its answer. */
export function TurnView({ turn, activity, isIdle }: TurnProperties): VNode {
  const { before, first, alternatives, after } = splitAnswers(turn.items);
  const pairs = pairsOf(turn.items);
  const view = (item: Item): VNode => <ItemView key={item.id} item={item} turn={turn} activity={activity} isIdle={isIdle} pairs={pairs} next={turn.items[turn.items.indexOf(item) + 1]} />;
  const article = useRef<HTMLElement>(null);
  const isNear = useIsNear(article, activity !== undefined || turn.branch !== undefined);
  return (
    <article class={`turn ${activity === undefined ? '' : 'last'}`} data-turn={turn.id} tabIndex={-1} ref={article}>
      {turn.isSummary === true ? (
        <SummaryHead />
      ) : (
        <>
          <h2 class="visually-hidden">{t('You')}</h2>
          <QuestionCard turnId={turn.id} question={turn.question} isNear={isNear} />
          <h2 class="visually-hidden">{t('Rivulet')}</h2>
        </>
      )}
      {before.map(view)}
      {alternatives.length > 0 && <Answers turnId={turn.id} first={first.map(view)} alternatives={alternatives} canChoose={activity?.kind === 'idle'} />}
      {after.map(view)}
      <Ending turn={turn} activity={activity} />
      <TurnFoot turn={turn} isIdle={isIdle} />
      {turn.outcome !== 'running' && (isNear ? <TurnActions turn={turn} isLast={activity !== undefined} /> : <div class="turn-actions" />)}
    </article>
  );
}

/** Whether the turn has ever been near to what is seen. Before that it needs no buttons, and of thousands of turns most never are. */
function useIsNear(article: RefObject<HTMLElement | null>, isAtOnce: boolean): boolean {
  const [wasNear, setNear] = useState(false);
  const isNear = wasNear || isAtOnce;
  useLayoutEffect(() => {
    const element = article.current;
    if (isNear || element === null) return undefined;
    const note = (event: Event): void => {
      if (event.target === element && event instanceof ContentVisibilityAutoStateChangeEvent && !event.skipped) setNear(true);
    };
    element.addEventListener('contentvisibilityautostatechange', note);
    return () => element.removeEventListener('contentvisibilityautostatechange', note);
  }, [article, isNear]);
  return isNear;
}

/** What stands above a summary: that it takes the place of what is above, and how to take it back. */
function SummaryHead(): VNode {
  return (
    <div class="summary-head">
      <h2>{t('Summary of the turns before')}</h2>
      <p class="faint">{t('From here on it goes to the model in their place. Delete it, and they go along again.')}</p>
    </div>
  );
}

interface ItemProperties {
  readonly item: Item;
  readonly turn: Turn;
  readonly activity: Activity | undefined;
  readonly isIdle: boolean;
  readonly pairs: Pairs;
  /** What came after it. */
  readonly next: Item | undefined;
}

function ItemView({ item, turn, activity, isIdle, pairs, next }: ItemProperties): VNode {
  const isFollowed = next !== undefined;
  const isRunning = turn.outcome === 'running' && !isFollowed;
  switch (item.kind) {
    case 'reasoning':
      return <ReasoningSection item={item} isRunning={isRunning} isFollowed={isFollowed} />;
    case 'text':
      return <AnswerText item={item} turnId={turn.id} isRunning={isRunning} />;
    case 'call': {
      const question = pairs.questionOf(item);
      // An edit and its card are one thing to see.
      return pairs.reviewOf(item) === undefined ? <CallCard item={item} question={question} isRightAbove={next === question} /> : <></>;
    }
    case 'review':
      return <ReviewCard item={item} call={pairs.callOf(item)} reverting={{ turnId: turn.id, changes: turn.changes, isIdle }} />;
    case 'permission':
      return <PermissionCard item={item} />;
    case 'alternative':
      return <></>;
    case 'probabilities':
      return <ProbabilitiesCard item={item} />;
    case 'notice':
      return <NoticeCard item={item} turnId={turn.id} activity={activity} />;
    case 'error':
      return <ErrorCard item={item} turnId={turn.id} activity={activity} />;
  }
}
