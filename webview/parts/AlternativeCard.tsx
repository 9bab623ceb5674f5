import type { VNode } from 'preact';
import type { AlternativeItem } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { Disclosure } from './Disclosure.tsx';
import { MarkdownText } from './MarkdownText.tsx';

/** Another answer to the same question, folded, with the reasoning that led to it. */
export function AlternativeCard({ item }: { readonly item: AlternativeItem }): VNode {
  const { id, number, reasoning, text } = item;
  return (
    <Disclosure id={id} class="card alternative" title={t('Answer {0}', number)}>
      {() => (
        <>
          {reasoning !== '' && (
            <Disclosure id={`${id}/reasoning`} class="reasoning" title={t('Thought')}>
              {() => <MarkdownText item={{ kind: 'text', id: `${id}/reasoning`, text: reasoning }} class="reasoning-text" />}
            </Disclosure>
          )}
          <MarkdownText item={{ kind: 'text', id, text }} class="answer" />
        </>
      )}
    </Disclosure>
  );
}
