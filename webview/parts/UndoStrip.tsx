import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { UndoView } from '../../src/protocol/chatsView.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { PushButton } from './PushButton.tsx';

/** What was deleted last, and the button that brings it back. */
export function UndoStrip({ undo }: { readonly undo: UndoView }): VNode {
  const { post, announce } = usePage();
  const words = tr(undo.text);
  useEffect(() => announce(t('{0} It can be undone.', words)), [undo.id, words, announce]);
  return (
    <div class="undo-strip">
      <span class="undo-words">{words}</span>
      <PushButton look="secondary" does="undo" label={t('Undo: {0}', words)} onPress={() => post({ type: 'undo', id: undo.id })}>
        {t('Undo')}
      </PushButton>
    </div>
  );
}
