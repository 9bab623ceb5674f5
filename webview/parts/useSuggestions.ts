import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Suggestion, SuggestionsView } from '../../src/protocol/contextView.ts';
import { fittingItems, type FittingItems } from '../composing/fittingItems.ts';
import { openWordAt, rangeToRemove, type OpenWord } from '../composing/openWord.ts';
import { replaceText } from '../composing/replaceText.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import type { TextAreaElement } from '../toolkit.ts';

/** What is offered for the word at the caret. */
export interface Suggesting {
  /** Undefined while nothing is to be drawn. */
  readonly shown: (FittingItems & { readonly kind: OpenWord['kind']; readonly activeId: string | undefined }) | undefined;
  /** To be called when the text or the caret has changed, though not while an input method composes. */
  readonly look: () => void;
  /** Whether a key press was for the list; it then has done what it does. */
  readonly takesKey: (event: KeyboardEvent) => boolean;
  readonly take: (item: Suggestion) => void;
  /** Closes the list as the composer loses the focus. */
  readonly leave: () => void;
}

/** Typing goes on for at least so long before the host is asked. */
const pauseMs = 80;

/** Who writes a name and presses Enter at once means to take it, so Enter waits so long for the list. */
const patienceMs = 500;

/** Offers what the host suggests for the word behind `@` or `/` at the caret. */
export function useSuggestions(element: RefObject<TextAreaElement | null>, suggestions: SuggestionsView | undefined): Suggesting {
  const { post, announce } = usePage();
  const [word, setWord] = useState<OpenWord>();
  const [activeId, setActiveId] = useState<string>();
  const asked = useRef<{ readonly kind: string; readonly query: string; readonly at: number }>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** The word at which the person has closed the list, and what the host last said before this word was begun. */
  const closedAt = useRef<OpenWord>(undefined);
  const outdated = useRef<SuggestionsView>(undefined);

  const fitting = suggestions === outdated.current ? undefined : fittingItems(suggestions, word);
  const items = fitting?.items ?? [];
  // Commands may be begun in vain, `/usr/bin` for one; that nothing was found is worth a line only for what was looked for.
  const isShown = word !== undefined && fitting !== undefined && (items.length > 0 || word.kind === 'mention');
  const active = items.find(({ id }) => id === activeId) ?? items[0];

  const settle = (next: OpenWord | undefined): void => {
    if (next?.kind === word?.kind && next?.query === word?.query && next?.from === word?.from) return;
    const isNew = next !== undefined && (word?.kind !== next.kind || word.from !== next.from);
    if (isNew) outdated.current = suggestions;
    setWord(next);
    setActiveId(undefined);
    clearTimeout(timer.current);
    if (next === undefined) {
      if (asked.current !== undefined) post({ type: 'close-suggestions' });
      asked.current = undefined;
      return;
    }
    const { kind, query } = next;
    asked.current = { kind, query, at: Date.now() };
    timer.current = setTimeout(() => post({ type: 'suggest', kind, query }), pauseMs);
  };
  const look = (): void => {
    const { control, value = '' } = element.current ?? {};
    // A draft that comes up with its chat is not being written.
    const isWriting = control !== undefined && document.activeElement === element.current && control.selectionStart === control.selectionEnd;
    const next = !isWriting ? undefined : openWordAt(value, Math.min(control.selectionStart, value.length));
    if (next !== undefined && closedAt.current?.kind === next.kind && closedAt.current.from === next.from) return settle(undefined);
    closedAt.current = undefined;
    settle(next);
  };
  const close = (): void => {
    closedAt.current = word;
    settle(undefined);
  };
  const take = (item: Suggestion): void => {
    const area = element.current;
    if (area === null || word === undefined) return;
    const { value, selectionStart } = area.control;
    // The caret may have been moved, or the text changed, since it was looked at.
    const here = openWordAt(value, selectionStart) ?? word;
    if (item.kind === 'command' || item.kind === 'prompt') {
      settle(undefined);
      return replaceText(area, here, `/${item.label} `);
    }
    settle(undefined);
    replaceText(area, rangeToRemove(value, here), '');
    post({ type: 'take-suggestion', id: item.id });
  };
  const move = (by: 1 | -1): void => {
    const index = active === undefined ? -1 : items.indexOf(active);
    setActiveId(items[(index + by + items.length) % items.length]?.id);
  };

  const takesKey = (event: KeyboardEvent): boolean => {
    if (word === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return false;
    const { key } = event;
    if (key === 'Escape' && isShown) {
      close();
      return true;
    }
    if (key === 'Enter' && !event.repeat && isAwaited()) return true;
    if (!isShown || active === undefined) return false;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      move(key === 'ArrowDown' ? 1 : -1);
      return true;
    }
    if (key !== 'Enter' && key !== 'Tab') return false;
    if (key === 'Enter' && event.repeat) return true;
    // A command that is written out is meant as it stands.
    if (key === 'Enter' && word.kind === 'command' && isWrittenOut(word, active)) {
      close();
      return false;
    }
    take(active);
    return true;
  };
  const isAwaited = (): boolean =>
    word?.kind === 'mention' && word.query !== '' && items.length === 0 && (fitting === undefined || fitting.isSearching) && Date.now() - (asked.current?.at ?? 0) < patienceMs;
  const isWrittenOut = ({ query }: OpenWord, { label }: Suggestion): boolean => label.toLowerCase() === query.toLowerCase() && element.current?.control.value.startsWith('/') === true;

  useEffect(() => () => clearTimeout(timer.current), []);
  const count = isShown ? items.length : 0;
  useEffect(() => {
    if (count > 0) announce(count === 1 ? t('One suggestion') : t('{0} suggestions', count));
    else if (isShown) announce(fitting.isSearching ? t('Searching…') : t('Nothing found.'));
  }, [count, isShown, fitting?.isSearching]);
  useLayoutEffect(() => {
    point(element.current?.control, isShown);
  });

  return {
    shown: isShown ? { ...fitting, kind: word.kind, activeId: active?.id } : undefined,
    look,
    takesKey,
    take,
    leave: () => settle(undefined),
  };
}

/** Tells assistive technology which suggestion Enter would take; as elements, for names of them do not reach out of the toolkit's shadow root. */
function point(control: HTMLTextAreaElement | undefined, isShown: boolean): void {
  if (control === undefined) return;
  const list = isShown ? document.querySelector('.suggestion-list') : null;
  control.setAttribute('aria-autocomplete', 'list');
  control.ariaControlsElements = list === null ? null : [list];
  control.ariaActiveDescendantElement = list?.querySelector('[aria-selected="true"]') ?? null;
}
