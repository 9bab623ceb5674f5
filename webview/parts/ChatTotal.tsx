import { Fragment, type VNode } from 'preact';
import type { SpentView } from '../../src/protocol/chatsView.ts';
import type { Turn } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { costInWords, totalOf } from '../text/costs.ts';

const plus = ' + ';

/** What the chat and the day have cost so far; nothing as long as one turn's own line says it all. */
export function ChatTotal({ turns, today }: { readonly turns: readonly Turn[]; readonly today: SpentView }): VNode | null {
  const total = totalOf(turns);
  const chat = inWords(total);
  const day = inWords(today);
  // Of the day's first chat both say the same.
  const isOther = day !== undefined && (day !== chat || today.unknown !== total.unknown);
  if (chat === undefined && !isOther) return null;
  return (
    <p class="totals">
      {chat !== undefined && (
        <span class="chat-total" title={basisOf(total)}>
          <Sum words={t('This chat: {0}', withUnknown(chat, total))} />
        </span>
      )}
      {isOther && (
        <span class="today-total" title={basisOf(today)}>
          <Sum words={t('Today: {0}', withUnknown(day, today))} />
        </span>
      )}
    </p>
  );
}

/** The sum, by currency; undefined where there is nothing to add up. */
function inWords({ costs, known, unknown }: SpentView): string | undefined {
  return known === 0 || known + unknown < 2 ? undefined : costs.map(costInWords).join(plus);
}

/** The sum with each of its parts on one line, as far as that has room. */
function Sum({ words }: { readonly words: string }): VNode {
  const parts = words.split(plus);
  return (
    <>
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && ' '}
          <span class="total-part">{index < parts.length - 1 ? `${part} +` : part}</span>
        </Fragment>
      ))}
    </>
  );
}

/** The sum, and what is not in it. */
function withUnknown(sum: string, { unknown }: SpentView): string {
  if (unknown === 0) return sum;
  return unknown === 1 ? t('{0} + 1 uncounted answer', sum) : t('{0} + {1} uncounted answers', sum, unknown);
}

function basisOf({ known, unknown }: SpentView): string {
  return unknown === 0 ? t('The cost of {0} answers', known) : t('The cost of {0} answers; that of {1} more is unknown', known, unknown);
}
