import { Fragment, type ComponentChildren, type VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { HunkView } from '../../src/protocol/reviewItems.ts';
import { t } from '../strings.ts';
import { hasHidden, visibleRuns } from '../text/hiddenCharacters.ts';
import { longestLine, numberedLines, type NumberedLine } from '../text/lineChanges.ts';

/** A hunk of more lines than the first is folded to the second. */
const mostLines = 80;
const linesAtFirst = 50;

/** Properties of {@link DiffLines}. */
export interface DiffLinesProperties {
  readonly hunk: HunkView;
  /** Shows what the page has not been given; undefined where nothing can be shown any more. */
  readonly onShowDiff: (() => void) | undefined;
}

/** The lines of a hunk as a unified diff. They are wrapped: what stands far to the right must be seen, too. */
export function DiffLines({ hunk, onShowDiff }: DiffLinesProperties): VNode {
  const [isWhole, setWhole] = useState(false);
  const lines = useMemo(() => numberedLines(hunk), [hunk]);
  const shown = isWhole || lines.length <= mostLines ? lines : lines.slice(0, linesAtFirst);
  const last = lines.reduce((most, line) => Math.max(most, line.old ?? 0, line.new ?? 0), 0);
  const folded = lines.length - shown.length;
  return (
    <div class="diff" style={{ '--digits': `${String(last).length}ch` }}>
      {shown.map(drawLine)}
      {folded > 0 && (
        <button type="button" class="diff-more link" onClick={() => setWhole(true)}>
          {t('Show {0} more lines', folded)}
        </button>
      )}
      {folded === 0 && hunk.moreLines > 0 && <MoreLines count={hunk.moreLines} onShowDiff={onShowDiff} />}
    </div>
  );
}

function MoreLines({ count, onShowDiff }: { readonly count: number; readonly onShowDiff: (() => void) | undefined }): VNode {
  const words = t('… {0} more lines', count);
  if (onShowDiff === undefined) return <div class="diff-more">{words}</div>;
  return (
    <button type="button" class="diff-more link" title={t('Show in the diff editor')} onClick={onShowDiff}>
      {words}
    </button>
  );
}

// Numbers and marks are drawn by the style sheet: they are no part of what is copied, and a long diff has few elements.
function drawLine({ kind, text, moreCharacters, old, new: added, changed }: NumberedLine, index: number): VNode {
  const drawn = changed === undefined && text.length <= longestLine && moreCharacters === 0 ? visible(text) : drawText(text, changed, moreCharacters);
  return (
    <div key={index} class={`diff-line ${kind}`} data-old={old ?? ''} data-new={added ?? ''}>
      {kind === 'added' ? <ins>{drawn}</ins> : kind === 'removed' ? <del>{drawn}</del> : <span>{drawn}</span>}
    </div>
  );
}

function drawText(whole: string, changed: NumberedLine['changed'], more: number): ComponentChildren {
  const text = whole.length > longestLine ? whole.slice(0, longestLine) : whole;
  const [from, to] = changed ?? [text.length, text.length];
  // Each part is a list of its own, so that the keys within cannot meet.
  return [
    <Fragment key="before">{visible(text.slice(0, from))}</Fragment>,
    from < to && (
      <span key="changed" class="changed">
        {visible(text.slice(from, to))}
      </span>
    ),
    to < text.length && <Fragment key="after">{visible(text.slice(to))}</Fragment>,
    text.length < whole.length + more && <em key="rest">{t('… and {0} more characters', whole.length + more - text.length)}</em>,
  ];
}

function visible(text: string): ComponentChildren {
  if (!hasHidden(text)) return text;
  return visibleRuns(text).map((run, index) =>
    run.kind === 'plain' ? (
      run.text
    ) : (
      <span key={index} class="hidden-character">
        {run.escaped}
      </span>
    ),
  );
}
