import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { ReviewItem } from '../../src/protocol/reviewItems.ts';
import type { CallItem } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { reviewInWords, statusInWords } from '../text/reviewText.ts';
import { CallWords } from './CallCard.tsx';
import { Counts, ReviewFile } from './ReviewFile.tsx';
import { RevertFile, type Reverting } from './RevertFile.tsx';
import { ReviewFoot } from './ReviewFoot.tsx';
import { useDecisions } from './useDecisions.ts';
import { useKeptFocus } from './useKeptFocus.ts';
import { useQuestion } from './useQuestion.ts';

/** Files are opened from the first on, until so many of them are, or so many lines are drawn. */
const filesAtOnce = 3;
const linesAtOnce = 300;

/** Changes to files, to be decided hunk by hunk; with the call that wants them, if one does. */
export function ReviewCard({ item, call, reverting }: { readonly item: ReviewItem; readonly call?: CallItem | undefined; readonly reverting: Reverting }): VNode {
  const { id, token, status, files, moreFiles } = item;
  const section = useRef<HTMLElement>(null);
  const decisions = useDecisions(item);
  const title = reviewInWords(item);
  const [only] = files;
  const isMany = files.length + moreFiles > 1;
  const isShown = status === 'open' || status === 'later' || status === 'applying';
  useKeptFocus(section);
  const onKeyDown = useQuestion(item, {
    question: title,
    outcome: statusInWords(item),
    refuse: () => {
      if (!decisions.isPending({})) decisions.decide?.('reject', {});
    },
  });
  let lines = 0;
  return (
    <section class={`card review ${status}`} role="group" aria-label={title} data-item={id} data-token={token} tabIndex={-1} ref={section} onKeyDown={onKeyDown}>
      {isMany && (
        <div class="review-head">
          <strong class="file-words">{title}</strong>
          {moreFiles === 0 && <Counts added={sum(files.map(({ added }) => added))} removed={sum(files.map(({ removed }) => removed))} />}
        </div>
      )}
      {files.map((file, index) => {
        const isOpenAtFirst = isShown && index < filesAtOnce && lines < linesAtOnce;
        lines += sum(file.hunks.map((hunk) => hunk.lines.length));
        return <ReviewFile key={index} id={`${id}/${index}`} file={file} index={index} decisions={decisions} revert={<RevertFile item={item} file={file} index={index} reverting={reverting} />} isOneOfMany={isMany} isOpenAtFirst={isOpenAtFirst} />;
      })}
      {moreFiles > 0 && <MoreFiles count={moreFiles} onShowDiff={decisions.showDiff} />}
      <ReviewFoot item={item} decisions={decisions} revert={only !== undefined && !isMany ? <RevertFile item={item} file={only} index={0} reverting={reverting} /> : undefined} />
      {call !== undefined && <CallWords item={call} />}
    </section>
  );
}

function MoreFiles({ count, onShowDiff }: { readonly count: number; readonly onShowDiff: (() => void) | undefined }): VNode {
  const words = t('… {0} more files', count);
  if (onShowDiff === undefined) return <p class="diff-more">{words}</p>;
  return (
    <button type="button" class="diff-more link" title={t('Show in the diff editor')} onClick={() => onShowDiff()}>
      {words}
    </button>
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
