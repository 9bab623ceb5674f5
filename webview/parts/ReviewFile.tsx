import { Fragment, type VNode } from 'preact';
import type { FileReview } from '../../src/protocol/reviewItems.ts';
import { t, tr } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { decisionsOf } from '../../src/protocol/reviewedFiles.ts';
import { changeInWords, decisionInWords, verbOf } from '../text/reviewText.ts';
import { Decided } from './Decided.tsx';
import { DiffLines } from './DiffLines.tsx';
import { Disclosure } from './Disclosure.tsx';
import { Icon } from './Icon.tsx';
import { PushButton } from './PushButton.tsx';
import { ReviewHunk } from './ReviewHunk.tsx';
import type { Decisions } from './useDecisions.ts';

/** So many lines of a file are drawn when it is opened; hunks beyond them are folded, for they may be thousands. */
const linesAtOnce = 400;

/** Properties of a {@link ReviewFile}. */
export interface ReviewFileProperties {
  readonly id: string;
  readonly file: FileReview;
  readonly index: number;
  readonly decisions: Decisions;
  /** The way back from it once it was applied. */
  readonly revert: VNode;
  /** Whether there are others, so that it is decided by itself. */
  readonly isOneOfMany: boolean;
  readonly isOpenAtFirst: boolean;
}

/** What would become of one file: what it is in the title, the warnings always, the hunks when it is open. */
export function ReviewFile({ id, file, index, decisions, revert, isOneOfMany, isOpenAtFirst }: ReviewFileProperties): VNode {
  const title = <FileTitle file={file} />;
  const always = (
    <>
      {isOneOfMany && <FileActions file={file} index={index} decisions={decisions} revert={revert} />}
      <Reasons file={file} />
    </>
  );
  if (file.hunks.length === 0 && file.moreHunks === 0) {
    return (
      <div class="review-file">
        <div class="file-title">{title}</div>
        {always}
      </div>
    );
  }
  return (
    <Disclosure id={id} class="review-file" title={title} isOpenAtFirst={isOpenAtFirst} always={always}>
      {() => <Hunks id={id} file={file} index={index} decisions={decisions} />}
    </Disclosure>
  );
}

function FileTitle({ file }: { readonly file: FileReview }): VNode {
  const { change, path, to, reasons, added, removed } = file;
  return (
    <>
      <span class="file-words">
        {reasons.length > 0 && (
          <span class="file-warning">
            <Icon name="warning" />
          </span>
        )}{' '}
        <strong>{verbOf(change)}</strong> <FilePath path={path} />
        {to !== undefined && (
          <>
            {' → '}
            <FilePath path={to} />
          </>
        )}
      </span>
      <Counts added={added} removed={removed} />
    </>
  );
}

/** Broken, where it must be, at its folders. */
function FilePath({ path }: { readonly path: string }): VNode {
  const [first = '', ...rest] = visibleText(path).split('/');
  return (
    <bdi class="file-path">
      {first}
      {rest.map((name, index) => (
        <Fragment key={index}>
          /<wbr />
          {name}
        </Fragment>
      ))}
    </bdi>
  );
}

/** How many lines come and go; nothing where none do. */
export function Counts({ added, removed }: { readonly added: number; readonly removed: number }): VNode | null {
  if (added + removed === 0) return null;
  return (
    <span class="counts">
      <span class="visually-hidden">{t('{0} lines added, {1} removed', added, removed)}</span>
      <span aria-hidden="true">
        {added > 0 && <span class="count-added">+{added}</span>} {removed > 0 && <span class="count-removed">−{removed}</span>}
      </span>
    </span>
  );
}

function Reasons({ file }: { readonly file: FileReview }): VNode | null {
  if (file.reasons.length === 0) return null;
  return (
    <ul class="reasons">
      {file.reasons.map((reason, index) => (
        <li key={index}>
          <Icon name="warning" />
          <span>{visibleText(tr(reason))}</span>
        </li>
      ))}
    </ul>
  );
}

function FileActions({ file, index, decisions, revert }: Pick<ReviewFileProperties, 'file' | 'index' | 'decisions' | 'revert'>): VNode | null {
  const { decide, isPending, showDiff } = decisions;
  const decided = decisionsOf(file);
  const outcome = decisionInWords(decided);
  const isReverted = file.isReverted === true;
  if (isReverted || outcome !== undefined) {
    return (
      <span class="file-actions">
        <Decided words={isReverted || outcome === undefined ? t('Reverted') : outcome} isAccepted={!isReverted && decided.includes('accepted')} />
        {revert}
      </span>
    );
  }
  if (decide === undefined) return null;
  const place = { file: index };
  const what = changeInWords(file);
  const isOff = isPending(place);
  return (
    <span class="file-actions">
      <PushButton look="quiet" does="accept" label={t('Accept: {0}', what)} isOff={isOff} onPress={() => decide('accept', place)}>
        {t('Accept')}
      </PushButton>
      <PushButton look="quiet" does="reject" label={t('Reject: {0}', what)} isOff={isOff} onPress={() => decide('reject', place)}>
        {t('Reject')}
      </PushButton>
      {showDiff !== undefined && file.hunks.length > 0 && (
        <PushButton look="quiet" label={t('Show diff: {0}', what)} title={t('Show in the diff editor')} onPress={() => showDiff(index)}>
          <Icon name="diff" />
        </PushButton>
      )}
    </span>
  );
}

function Hunks({ id, file, index, decisions }: Pick<ReviewFileProperties, 'id' | 'file' | 'index' | 'decisions'>): VNode {
  const { hunks, moreHunks, path } = file;
  const { showDiff } = decisions;
  const onShowDiff = showDiff === undefined ? undefined : (): void => showDiff(index);
  const [only] = hunks;
  if (only !== undefined && hunks.length + moreHunks === 1) return <DiffLines hunk={only} onShowDiff={onShowDiff} />;
  let lines = 0;
  return (
    <>
      {hunks.map((hunk, number) => {
        const isOpenAtFirst = lines < linesAtOnce;
        if (hunk.decision === 'open') lines += hunk.lines.length;
        return <ReviewHunk key={number} id={`${id}/${number}`} hunk={hunk} path={path} place={{ file: index, hunk: number }} decisions={decisions} isOpenAtFirst={isOpenAtFirst} />;
      })}
      {moreHunks > 0 && onShowDiff !== undefined && (
        <button type="button" class="diff-more link" title={t('Show in the diff editor')} onClick={onShowDiff}>
          {t('… {0} more hunks', moreHunks)}
        </button>
      )}
    </>
  );
}
