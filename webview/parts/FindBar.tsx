import type { RefObject, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { meaningOf, noComposition } from '../enterKey.ts';
import { t } from '../strings.ts';
import { focusComposer } from './hooks.ts';
import { Tool } from './Toolbar.tsx';
import { useFinding } from './useFinding.ts';

/** Properties of a {@link FindBar}. */
export interface FindBarProperties {
  readonly scroller: RefObject<HTMLElement | null>;
  /** Another number is another wish to find something. */
  readonly request: number;
  readonly onClose: () => void;
}

/** A selection longer than this is not what somebody looks for. */
const longestSeed = 200;

/** Finds words in the chat. Enter goes on, Shift+Enter back, Escape closes and gives the focus back. */
export function FindBar({ scroller, request, onClose }: FindBarProperties): VNode {
  const field = useRef<HTMLInputElement>(null);
  const opener = useRef<Element | null>(document.activeElement);
  const composition = useRef(noComposition);
  const [query, setQuery] = useState('');
  const { total, number, isDone, step } = useFinding(query, scroller);

  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    if (document.activeElement !== element) opener.current = document.activeElement;
    const seed = document.getSelection()?.toString().trim() ?? '';
    if (document.activeElement !== element && seed !== '' && seed.length <= longestSeed && !seed.includes('\n')) {
      element.value = seed;
      setQuery(seed);
    }
    element.focus();
    element.select();
  }, [request]);

  const close = (): void => {
    onClose();
    const before = opener.current;
    if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus({ preventScroll: true });
    else focusComposer();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isBack = event.shiftKey && event.key === 'Enter';
    const meaning = isBack ? meaningOf({ ...pressOf(event), shiftKey: false }, composition.current) : meaningOf(event, composition.current);
    const isAgain = event.key === 'F3';
    if (meaning === 'leave' && !isAgain) return;
    event.preventDefault();
    event.stopPropagation();
    if (meaning === 'stop') close();
    else step(isBack || (isAgain && event.shiftKey) ? -1 : 1);
  };

  return (
    <div class="find-bar" role="search" aria-label={t('Find in chat')} onKeyDown={onKeyDown}>
      <input
        ref={field}
        class="find-field"
        type="text"
        placeholder={t('Find in chat')}
        aria-label={t('Find in chat')}
        spellcheck={false}
        onInput={() => setQuery(field.current?.value ?? '')}
        onKeyUp={() => (composition.current = { ...composition.current, endedAt: undefined })}
        onCompositionStart={() => (composition.current = { active: true, endedAt: undefined })}
        onCompositionEnd={(event) => (composition.current = { active: false, endedAt: event.timeStamp })}
      />
      <span class={`find-count ${total === 0 && isDone && query.trim() !== '' ? 'none' : ''}`} role="status">
        {query.trim() === '' ? '' : countInWords(number, total, isDone)}
      </span>
      <Tool icon="chevronUp" does="find-before" label={t('Result before (Shift+Enter)')} isOff={total === 0} isRepeatable onPress={() => step(-1)} />
      <Tool icon="chevronDown" does="find-after" label={t('Next result (Enter)')} isOff={total === 0} isRepeatable onPress={() => step(1)} />
      <Tool icon="close" does="find-close" label={t('Close (Escape)')} onPress={close} />
    </div>
  );
}

function pressOf({ key, keyCode, isComposing, shiftKey, ctrlKey, altKey, metaKey, timeStamp }: KeyboardEvent): Parameters<typeof meaningOf>[0] {
  return { key, keyCode, isComposing, shiftKey, ctrlKey, altKey, metaKey, timeStamp };
}

function countInWords(number: number, total: number, isDone: boolean): string {
  if (total === 0) return isDone ? t('No results') : t('Searching…');
  return isDone ? t('{0} of {1}', number, total) : t('{0} of {1}…', number, total);
}
