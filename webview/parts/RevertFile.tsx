import type { VNode } from 'preact';
import type { FileReview, ReviewItem } from '../../src/protocol/reviewItems.ts';
import type { TurnChangesView } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { changeInWords, decisionsOf, isApplied } from '../text/reviewText.ts';
import { usePressed, useSpokenOnce } from './hooks.ts';
import { Icon } from './Icon.tsx';
import { PushButton } from './PushButton.tsx';

/** What the way back from a card's files depends on. */
export interface Reverting {
  readonly turnId: string;
  readonly changes: TurnChangesView | undefined;
  /** Whether nothing runs in the chat, which might write to the same files. */
  readonly isIdle: boolean;
}

/** Properties of a {@link RevertFile}. */
export interface RevertFileProperties {
  readonly item: ReviewItem;
  readonly file: FileReview;
  readonly index: number;
  readonly reverting: Reverting;
}

/** The way back from one file that was applied, as long as what it was is kept; that it was taken is said by the card. */
export function RevertFile({ item, file, index, reverting }: RevertFileProperties): VNode | null {
  const { post } = usePage();
  const { turnId, changes, isIdle } = reverting;
  const [isPressed, press] = usePressed(`${item.id} ${changes?.files}`);
  const expectWords = useSpokenOnce(file.isReverted === true, t('Reverted: {0}', changeInWords(file)));
  // Where nothing of a card that failed was made, all of it may still read accepted: of a part, what was not made is open.
  const isOver = item.status === 'done' || (item.status === 'failed' && item.files.some((one) => decisionsOf(one).includes('open')));
  if (!isOver || changes?.state !== 'kept' || !isApplied(file) || file.isReverted === true) return null;
  return (
    <PushButton
      look="quiet"
      does="revert-file"
      label={t('Revert: {0}', changeInWords(file))}
      isOff={!isIdle || isPressed}
      title={isIdle ? t('Put {0} back as it was before this turn', visibleText(file.path)) : t('Wait until the answer is complete')}
      onPress={() => {
        press();
        expectWords();
        post({ type: 'revert-file', turnId, itemId: item.id, file: index });
      }}
    >
      <Icon name="reset" />
      {t('Revert')}
    </PushButton>
  );
}
