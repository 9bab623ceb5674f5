import type { VNode } from 'preact';
import type { Turn } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { costInWords, totalOf } from '../text/costs.ts';

/** What the chat has cost so far; nothing as long as one turn's own line says it all. */
export function ChatTotal({ turns }: { readonly turns: readonly Turn[] }): VNode | null {
  const { costs, known, unknown } = totalOf(turns);
  if (known === 0 || known + unknown < 2) return null;
  const sum = costs.map(costInWords).join(' + ');
  const isWhole = unknown === 0;
  return (
    <p class="chat-total" title={isWhole ? t('The cost of {0} answers', known) : t('The cost of {0} answers; that of {1} more is unknown', known, unknown)}>
      {isWhole ? t('This chat: {0}', sum) : t('This chat: at least {0}', sum)}
    </p>
  );
}
