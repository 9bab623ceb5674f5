import type { VNode } from 'preact';
import type { FileReview, ReviewItem } from '../../src/protocol/reviewItems.ts';
import { appliedFiles } from '../../src/protocol/reviewedFiles.ts';
import type { TurnChangesView } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { changeInWords } from '../text/reviewText.ts';
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
  if (changes?.state !== 'kept' || !appliedFiles(item).includes(file)) return null;
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
