import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ReviewItem } from '../../src/protocol/reviewItems.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { decisionsOf, isAccepted } from '../../src/protocol/reviewedFiles.ts';
import { hasHiddenText, hasUnseen, isWhollyReverted, statusInWords } from '../text/reviewText.ts';
import { Icon } from './Icon.tsx';
import { PushButton } from './PushButton.tsx';
import type { Decisions } from './useDecisions.ts';

/** How a review stands, and the buttons for all of it; `revert` is the way back of a card with one file. What is to be known stands here, for this is where the chat ends. */
export function ReviewFoot({ item, decisions, revert }: { readonly item: ReviewItem; readonly decisions: Decisions; readonly revert: VNode | undefined }): VNode {
  const { showDiff } = decisions;
  const { note, status } = item;
  return (
    <div class="review-foot">
      {note !== undefined && (
        <p class="review-note" data-kind={status === 'failed' ? 'failed' : 'note'}>
          <Icon name={status === 'failed' ? 'error' : 'info'} />
          <span>{visibleText(tr(note))}</span>
        </p>
      )}
      <div class="review-status-row">
        <p class={`review-status ${isInForce(item) ? 'applied' : ''}`}>
          <StatusMark item={item} />
          <span>{statusInWords(item)}</span>
        </p>
        {showDiff !== undefined && (
          <PushButton look="quiet" title={t('Show in the diff editor')} onPress={() => showDiff()}>
            <Icon name="diff" />
            {t('Show diff')}
          </PushButton>
        )}
        {revert}
      </div>
      <WholeActions item={item} decisions={decisions} />
      <AllowEdits item={item} />
    </div>
  );
}

/** Whether something of it was applied and still is. */
function isInForce(item: ReviewItem): boolean {
  return item.status === 'done' && item.files.some(isAccepted) && !isWhollyReverted(item);
}

function StatusMark({ item }: { readonly item: ReviewItem }): VNode | null {
  switch (item.status) {
    case 'open':
    case 'later':
      return null;
    case 'applying':
      return <span class="dot" aria-hidden="true" />;
    case 'done':
      return <Icon name={isInForce(item) ? 'check' : isWhollyReverted(item) ? 'reset' : 'close'} />;
    case 'unanswered':
      return <Icon name="close" />;
    case 'failed':
      return <Icon name="error" />;
  }
}

function WholeActions({ item, decisions }: { readonly item: ReviewItem; readonly decisions: Decisions }): VNode | null {
  const { decide, isPending } = decisions;
  const isAsked = decide !== undefined;
  // Of each of its lines, once for every showing.
  const isHiding = useMemo(() => isAsked && hasHiddenText(item), [item, isAsked]);
  if (decide === undefined) return null;
  const all = item.files.flatMap(decisionsOf);
  const scope = all.some((decision) => decision !== 'open') ? 'rest' : all.length > 1 || item.moreFiles > 0 || item.files.some(({ moreHunks }) => moreHunks > 0) ? 'all' : 'one';
  const isOff = isPending({});
  // Where there is something to beware of, the button that stands out is the one that does no harm.
  const isOrdinary = item.files.every(({ reasons }) => reasons.length === 0) && !hasUnseen(item) && !isHiding;
  return (
    <div class="review-actions">
      {hasUnseen(item) && <p class="review-unseen">{t('Not everything is shown here. Show diff shows all of it; accepting takes what is not shown too.')}</p>}
      {isHiding && <p class="review-unseen">{t('It brings characters that are not seen in an editor, or that reorder what is seen. They are written out above: look at them first.')}</p>}
      <PushButton look={isOrdinary ? 'primary' : 'secondary'} does="accept" isOff={isOff} onPress={() => decide('accept', {})}>
        {acceptInWords(scope)}
      </PushButton>
      <PushButton look={isOrdinary ? 'secondary' : 'primary'} does="reject" isOff={isOff} title={t('Reject (Escape)')} onPress={() => decide('reject', {})}>
        {rejectInWords(scope)}
      </PushButton>
      {item.status === 'open' && (
        <PushButton look="secondary" isOff={isOff} title={t('The model goes on without it; you decide when you like')} onPress={() => decide('later', {})}>
          {t('Later')}
        </PushButton>
      )}
    </div>
  );
}

type Scope = 'one' | 'all' | 'rest';

function acceptInWords(scope: Scope): string {
  switch (scope) {
    case 'one':
      return t('Accept');
    case 'all':
      return t('Accept all');
    case 'rest':
      return t('Accept the rest');
  }
}

function rejectInWords(scope: Scope): string {
  switch (scope) {
    case 'one':
      return t('Reject');
    case 'all':
      return t('Reject all');
    case 'rest':
      return t('Reject the rest');
  }
}

/** The way to be asked less, where it is just being asked and nothing stands against it. */
function AllowEdits({ item }: { readonly item: ReviewItem }): VNode | null {
  const { post, connection } = usePage();
  const isOrdinary = item.moreFiles === 0 && item.files.every(({ reasons }) => reasons.length === 0);
  if (item.status !== 'open' || !isOrdinary || connection.state()?.edits !== 'ask') return null;
  return (
    <p class="review-allow">
      <button type="button" class="link" onClick={() => post({ type: 'allow-edits', allow: true })}>
        {t('Allow edits to ordinary files in this chat…')}
      </button>
    </p>
  );
}
