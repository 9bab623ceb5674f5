import { Fragment, type VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Turn } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { detailsOf, inLines, partsOf, whereFrom } from '../text/turnDetails.ts';
import { endingInWords } from '../text/turnText.ts';
import { TurnChanges } from './TurnChanges.tsx';

/** What a turn did to files and what it used. `isIdle`: nothing runs in the chat. */
export function TurnFoot({ turn, isIdle }: { readonly turn: Turn; readonly isIdle: boolean }): VNode {
  return (
    <>
      {turn.changes !== undefined && <TurnChanges turnId={turn.id} changes={turn.changes} isIdle={isIdle} />}
      <FootLine turn={turn} />
    </>
  );
}

/** A line of what matters. All of it is in the tooltip, and below the line for who presses it. */
function FootLine({ turn }: { readonly turn: Turn }): VNode | null {
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const { usage, outcome } = turn;
  if (outcome === 'running' && usage === undefined) return null;
  const parts = partsOf(turn);
  const details = detailsOf(turn);
  if (parts.length === 0 && details.length === 0) return null;
  // Of one that failed its card says what matters.
  const isNamed = endingInWords(outcome) !== undefined;
  const notes = whereFrom(turn);
  const tooltip = [...inLines(details), ...notes].join('\n');
  const words =
    parts.length > 0 ? (
      <span class="usage">
        {parts.map((part, index) => (
          <span key={index}>{index === 0 ? part : ` · ${part}`}</span>
        ))}
      </span>
    ) : (
      isNamed && t('About this answer')
    );
  return (
    <footer class="turn-foot">
      {details.length === 0 || (parts.length === 0 && !isNamed) ? (
        <span class="turn-words" title={tooltip === '' ? undefined : tooltip}>
          {words}
        </span>
      ) : (
        <button type="button" class="turn-words" title={tooltip} aria-expanded={isOpen} aria-controls={isOpen ? listId : undefined} onClick={() => setOpen(!isOpen)}>
          {words}
        </button>
      )}
      {isOpen && (
        <div class="turn-details" id={listId}>
          <dl>
            {details.map(({ label, value }, index) => (
              <Fragment key={index}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </Fragment>
            ))}
          </dl>
          {notes.map((note, index) => (
            <p key={index}>{note}</p>
          ))}
        </div>
      )}
    </footer>
  );
}
