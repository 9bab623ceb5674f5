import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatEntry, ChatList, UndoView } from '../../src/protocol/chatsView.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { Button } from '../toolkit.ts';
import { ChatRow } from './ChatRow.tsx';
import { isSpent } from './searchSheetKeys.ts';
import { UndoStrip } from './UndoStrip.tsx';

/** Properties of a {@link ChatsSheet}. */
export interface ChatsProperties {
  readonly chats: ChatList;
  /** Of the chat that is shown beneath. */
  readonly shownId: string;
  readonly undo: UndoView | undefined;
}

/** The texts of all chats are searched once nobody has typed for so long, in milliseconds. */
const searchAfterMs = 250;

/** The chats that are kept, laid over the one that is open: to be searched, opened, renamed, pinned, exported and deleted. */
export function ChatsSheet({ chats, shownId, undo }: ChatsProperties): VNode {
  const { post, announce } = usePage();
  const frame = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const wanted = query.trim();
  const found = chats.found?.query.trim() === wanted && wanted !== '' ? chats.found : undefined;
  const excerpts = new Map(found?.matches.map(({ id, excerpt }) => [id, excerpt]));
  const shown = chats.entries.filter(({ id, title }) => wanted === '' || excerpts.has(id) || isIn(title, wanted));
  const isSearching = wanted !== '' && found?.isDone !== true;
  const rows = (): readonly HTMLElement[] => [...(frame.current?.querySelectorAll<HTMLElement>('.chat-open') ?? [])];
  const close = (): void => post({ type: 'close-chats' });

  useLayoutEffect(() => field.current?.focus(), []);
  useEffect(() => {
    const timer = setTimeout(() => post({ type: 'search-chats', query: wanted.slice(0, 1000) }), wanted === '' ? 0 : searchAfterMs);
    return () => clearTimeout(timer);
  }, [wanted, post]);
  useFocusInRows(frame, shown, () => field.current?.focus());
  const words = wanted === '' || isSearching ? undefined : countInWords(shown.length);
  useEffect(() => {
    if (words !== undefined) announce(words);
  }, [words, announce]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isSpent(event, { wanted, field, setQuery, close })) return;
    const target = rowFor(event, rows(), field.current);
    if (target === undefined) return;
    event.preventDefault();
    target.focus();
  };

  return (
    <section class="sheet chats" role="dialog" aria-modal="true" aria-label={t('Chats')} ref={frame} onKeyDown={onKeyDown}>
      <header class="sheet-head">
        <div class="sheet-title">
          <h2>{t('Chats')}</h2>
        </div>
        <Button appearance="secondary" class="sheet-close new-chat" onClick={() => post({ type: 'new-chat' })}>
          {t('New chat')}
        </Button>
        <Button appearance="secondary" class="sheet-close" onClick={close}>
          {t('Close')}
        </Button>
      </header>
      <div class="chats-search">
        <input
          ref={field}
          class="find-field"
          type="search"
          placeholder={t('Search chats')}
          aria-label={t('Search chats')}
          aria-describedby="chats-keys"
          spellcheck={false}
          onInput={() => setQuery(field.current?.value ?? '')}
        />
        {wanted !== '' && <p class="faint">{isSearching ? t('Searching the texts of all chats…') : countInWords(shown.length)}</p>}
      </div>
      <div class="chats-body">
        {shown.length === 0 && !isSearching && <p class="chats-empty">{chats.entries.length === 0 ? t('Chats are kept here once something was asked.') : t('No chat has these words.')}</p>}
        {shown.length > 0 && (
          <ul class="chat-list" aria-label={t('Chats')}>
            {shown.map((entry) => (
              <ChatRow key={entry.id} entry={entry} isShown={entry.id === shownId} query={wanted} excerpt={excerpts.get(entry.id)} />
            ))}
          </ul>
        )}
      </div>
      {undo !== undefined && <UndoStrip undo={undo} onLeft={() => field.current?.focus()} />}
      <p class="chats-keys" id="chats-keys">
        {t('Arrow keys choose, Enter opens, F2 renames, P pins, Delete deletes.')}
      </p>
    </section>
  );
}

/** Whether the words are in the title, whatever the case. */
function isIn(title: string, words: string): boolean {
  return title.toLocaleLowerCase().includes(words.toLocaleLowerCase());
}

function countInWords(count: number): string {
  if (count === 0) return t('No chat has these words.');
  return count === 1 ? t('1 chat') : t('{0} chats', count);
}

/** Where an arrow key leads: from the field down into the rows, from the first of them up into the field again. */
function rowFor({ key, target, altKey, ctrlKey, metaKey }: KeyboardEvent, rows: readonly HTMLElement[], field: HTMLElement | null): HTMLElement | undefined {
  if (altKey || ctrlKey || metaKey) return undefined;
  if (target === field) return key === 'ArrowDown' || key === 'Enter' ? rows[0] : undefined;
  const row = target instanceof Element ? target.closest('.chat-row') : null;
  const index = rows.findIndex((each) => row?.contains(each) === true);
  // The box of a title that is written anew has the keys for itself.
  if (index === -1 || target instanceof HTMLInputElement) return undefined;
  if (key === 'ArrowDown') return rows[index + 1];
  if (key === 'ArrowUp') return rows[index - 1] ?? field ?? undefined;
  if (key === 'Home') return rows[0];
  return key === 'End' ? rows.at(-1) : undefined;
}

/** When the row that has the focus is deleted, the next one takes it. */
function useFocusInRows(frame: { readonly current: HTMLElement | null }, shown: readonly ChatEntry[], otherwise: () => void): void {
  const held = useRef<{ readonly element: Element; readonly index: number }>(undefined);
  useLayoutEffect(() => {
    const rows = [...(frame.current?.querySelectorAll<HTMLElement>('.chat-row') ?? [])];
    if (held.current !== undefined && !held.current.element.isConnected && document.activeElement === document.body) {
      const next = rows[Math.min(held.current.index, rows.length - 1)]?.querySelector<HTMLElement>('.chat-open');
      if (next === null || next === undefined) otherwise();
      else next.focus();
    }
  }, [shown]);
  useEffect(() => {
    const note = ({ target }: FocusEvent): void => {
      const rows = [...(frame.current?.querySelectorAll('.chat-row') ?? [])];
      const index = rows.findIndex((row) => target instanceof Element && row.contains(target));
      held.current = index === -1 || !(target instanceof Element) ? undefined : { element: target, index };
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [frame]);
}
