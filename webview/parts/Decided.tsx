import type { VNode } from 'preact';
import { Icon } from './Icon.tsx';

/** What was decided, with a mark. */
export function Decided({ words, isAccepted }: { readonly words: string; readonly isAccepted: boolean }): VNode {
  return (
    <span class={`decided ${isAccepted ? 'accepted' : ''}`}>
      <Icon name={isAccepted ? 'check' : 'close'} />
      {words}
    </span>
  );
}
