import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { UndoView } from '../../src/protocol/chatsView.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { PushButton } from './PushButton.tsx';

/** What was deleted last, and the button that brings it back. `onLeft` is called when the strip goes and the focus with it. */
export function UndoStrip({ undo, onLeft }: { readonly undo: UndoView; readonly onLeft?: () => void }): VNode {
  const { post, announce } = usePage();
  const strip = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = strip;
    return () => {
      if (current?.contains(document.activeElement) === true) queueMicrotask(() => onLeft?.());
    };
  }, []);
  const words = visibleText(tr(undo.text));
  useEffect(() => announce(t('{0} It can be undone.', words)), [undo.id, words, announce]);
  return (
    <div class="undo-strip" ref={strip}>
      <span class="undo-words">{words}</span>
      <PushButton look="secondary" does="undo" label={t('Undo: {0}', words)} onPress={() => post({ type: 'undo', id: undo.id })}>
        {t('Undo')}
      </PushButton>
    </div>
  );
}
