import type { VNode } from 'preact';
import type { Activity, Item, Turn } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { AlternativeCard } from './AlternativeCard.tsx';
import { AnswerText } from './AnswerText.tsx';
import { CallCard } from './CallCard.tsx';
import { ErrorCard, NoticeCard } from './Cards.tsx';
import { ProbabilitiesCard } from './ProbabilitiesCard.tsx';
import { PermissionCard } from './PermissionCard.tsx';
import { QuestionCard } from './QuestionCard.tsx';
import { ReasoningSection } from './ReasoningSection.tsx';
import { ReviewCard } from './ReviewCard.tsx';
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
  return (
    <article class={`turn ${activity === undefined ? '' : 'last'}`} data-turn={turn.id}>
      <h2 class="visually-hidden">{t('You')}</h2>
      <QuestionCard turnId={turn.id} question={turn.question} />
      <h2 class="visually-hidden">{t('Rivulet')}</h2>
      {turn.items.map((item, index) => (
        <ItemView key={item.id} item={item} turn={turn} activity={activity} next={turn.items[index + 1]} />
      ))}
      <TurnFoot turn={turn} isIdle={isIdle} />
    </article>
  );
}

interface ItemProperties {
  readonly item: Item;
  readonly turn: Turn;
  readonly activity: Activity | undefined;
  /** What came after it. */
  readonly next: Item | undefined;
}

function ItemView({ item, turn, activity, next }: ItemProperties): VNode {
  const isFollowed = next !== undefined;
  const isRunning = turn.outcome === 'running' && !isFollowed;
  switch (item.kind) {
    case 'reasoning':
      return <ReasoningSection item={item} isRunning={isRunning} isFollowed={isFollowed} />;
    case 'text':
      return <AnswerText item={item} isRunning={isRunning} />;
    case 'call':
      return <CallCard item={item} question={next?.kind === 'review' || next?.kind === 'permission' ? next : undefined} />;
    case 'review':
      return <ReviewCard item={item} />;
    case 'permission':
      return <PermissionCard item={item} />;
    case 'alternative':
      return <AlternativeCard item={item} />;
    case 'probabilities':
      return <ProbabilitiesCard item={item} />;
    case 'notice':
      return <NoticeCard item={item} turnId={turn.id} activity={activity} />;
    case 'error':
      return <ErrorCard item={item} turnId={turn.id} activity={activity} />;
  }
}
