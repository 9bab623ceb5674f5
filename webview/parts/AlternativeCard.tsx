import type { VNode } from 'preact';
import type { AlternativeItem } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { Disclosure } from './Disclosure.tsx';
import { VisibleText } from './VisibleText.tsx';

/** Another answer to the same question, folded. */
export function AlternativeCard({ item }: { readonly item: AlternativeItem }): VNode {
  return (
    <Disclosure id={item.id} class="card alternative" title={t('Answer {0}', item.number)}>
      {() => <VisibleText text={item.text} label={t('Answer {0}', item.number)} />}
    </Disclosure>
  );
}
