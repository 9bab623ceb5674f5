import type { VNode } from 'preact';
import type { HunkView } from '../../src/protocol/reviewItems.ts';
import { t } from '../strings.ts';
import { decisionInWords, placeInWords } from '../text/reviewText.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { Decided } from './Decided.tsx';
import { DiffLines } from './DiffLines.tsx';
import { Disclosure } from './Disclosure.tsx';
import { PushButton } from './PushButton.tsx';
import type { Decisions } from './useDecisions.ts';

/** Properties of a {@link ReviewHunk}. */
export interface ReviewHunkProperties {
  readonly id: string;
  readonly hunk: HunkView;
  /** Of the file it is in. */
  readonly path: string;
  readonly place: { readonly file: number; readonly hunk: number };
  readonly decisions: Decisions;
  readonly isOpenAtFirst: boolean;
}

/** One of several hunks of a file, to be decided by itself; once it is decided, a line that says how. */
export function ReviewHunk({ id, hunk, path, place, decisions, isOpenAtFirst }: ReviewHunkProperties): VNode {
  const { decide, isPending, showDiff } = decisions;
  const words = placeInWords(hunk);
  const isOff = isPending(place);
  const file = visibleText(path);
  const aside =
    hunk.decision === 'open' ? (
      decide !== undefined && (
        <span class="hunk-actions">
          <PushButton look="quiet" does="accept" label={t('Accept {0} of {1}', words, file)} isOff={isOff} onPress={() => decide('accept', place)}>
            {t('Accept')}
          </PushButton>
          <PushButton look="quiet" does="reject" label={t('Reject {0} of {1}', words, file)} isOff={isOff} onPress={() => decide('reject', place)}>
            {t('Reject')}
          </PushButton>
        </span>
      )
    ) : (
      <Decided words={decisionInWords([hunk.decision]) ?? ''} isAccepted={hunk.decision === 'accepted'} />
    );
  return (
    <Disclosure id={id} class="review-hunk" title={<span class="hunk-place">{words}</span>} isOpenAtFirst={isOpenAtFirst && hunk.decision === 'open'} always={aside}>
      {() => <DiffLines hunk={hunk} onShowDiff={showDiff === undefined ? undefined : () => showDiff(place.file)} />}
    </Disclosure>
  );
}
