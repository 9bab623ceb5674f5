import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatEntry } from '../../src/protocol/chatsView.ts';
import { meaningOf, noComposition } from '../enterKey.ts';
import { patternOf } from '../find/search.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { timeAgo } from '../text/times.ts';
import { Icon } from './Icon.tsx';
import { Tool, Toolbar } from './Toolbar.tsx';

/** Properties of a {@link ChatRow}. */
export interface ChatRowProperties {
  readonly entry: ChatEntry;
  /** Whether it is the chat that lies beneath the list. */
  readonly isShown: boolean;
  /** What is searched for, and the text around it where it was found in the chat. */
  readonly query: string;
  readonly excerpt: string | undefined;
}

/** A chat of the list, with what can be done with it. */
export function ChatRow({ entry, isShown, query, excerpt }: ChatRowProperties): VNode {
  const { post } = usePage();
  const [isRenamed, setRenamed] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const { id, isPinned, state } = entry;
  const title = titleOf(entry);
  const isDamaged = state === 'damaged';

  const pin = (): void => post({ type: 'pin-chat', chatId: id, isPinned: !isPinned });
  const remove = (): void => post({ type: 'delete-chat', chatId: id });
  const endRename = (name: string | undefined): void => {
    setRenamed(false);
    if (name !== undefined && name.trim() !== '' && name.trim() !== entry.title) post({ type: 'rename-chat', chatId: id, title: name.trim().slice(0, 1000) });
    queueMicrotask(() => row.current?.querySelector<HTMLElement>('.chat-open')?.focus());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || isRenamed) return;
    const does = { F2: isDamaged ? undefined : () => setRenamed(true), Delete: remove, p: pin, P: pin }[event.key];
    if (does === undefined) return;
    event.preventDefault();
    does();
  };

  return (
    <li class={`chat-row ${isShown ? 'shown' : ''}`} ref={row} onKeyDown={onKeyDown}>
      {isRenamed ? (
        <TitleBox title={title} onEnd={endRename} />
      ) : (
        <button
          type="button"
          class="chat-open"
          aria-current={isShown ? 'true' : undefined}
          aria-disabled={isDamaged ? true : undefined}
          aria-keyshortcuts="Enter F2 Delete P"
          onClick={() => !isDamaged && post({ type: 'open-chat', chatId: id })}
        >
          <span class="chat-title">
            {isPinned && (
              <span class="chat-pinned" role="img" aria-label={t('Pinned')} title={t('Pinned')}>
                <Icon name="pin" />
              </span>
            )}
            <span dir="auto">{marked(title, query)}</span>
          </span>
          <span class="chat-meta">{metaOf(entry, isShown)}</span>
          {state === 'elsewhere' && <span class="chat-state">{t('Open in another window; here you get a copy.')}</span>}
          {isDamaged && <span class="chat-state">{t('Its files could not be read and were set aside.')}</span>}
          {excerpt !== undefined && (
            <span class="chat-excerpt" dir="auto">
              {marked(visibleText(excerpt), query)}
            </span>
          )}
        </button>
      )}
      {!isRenamed && (
        <Toolbar label={t('Actions for {0}', title)} class="chat-actions">
          <Tool icon="pin" does="pin" label={isPinned ? t('Unpin') : t('Pin')} isPressed={isPinned} onPress={pin} />
          {!isDamaged && <Tool icon="pencil" does="rename" label={t('Rename')} onPress={() => setRenamed(true)} />}
          {!isDamaged && <ExportButton glyph="MD" does="export-markdown" label={t('Export as Markdown…')} onPress={() => post({ type: 'export-chat', chatId: id, format: 'markdown' })} />}
          {!isDamaged && <ExportButton glyph="{ }" does="export-json" label={t('Export as JSON…')} onPress={() => post({ type: 'export-chat', chatId: id, format: 'json' })} />}
          <Tool icon="trash" does="delete-chat" label={t('Delete')} onPress={remove} />
        </Toolbar>
      )}
    </li>
  );
}

interface ExportProperties {
  readonly glyph: string;
  readonly does: string;
  readonly label: string;
  readonly onPress: () => void;
}

function ExportButton({ glyph, does, label, onPress }: ExportProperties): VNode {
  return (
    <button type="button" class="icon-button glyph" data-does={does} aria-label={label} title={label} onClick={onPress}>
      {glyph}
    </button>
  );
}

/** Where a title is written anew: Enter and leaving it keep what was written, Escape does not. */
function TitleBox({ title, onEnd }: { readonly title: string; readonly onEnd: (name: string | undefined) => void }): VNode {
  const field = useRef<HTMLInputElement>(null);
  const composition = useRef(noComposition);
  const isOver = useRef(false);
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.value = title;
    element.focus();
    element.select();
  }, []);
  const end = (name: string | undefined): void => {
    if (isOver.current) return;
    isOver.current = true;
    onEnd(name);
  };
  return (
    <input
      ref={field}
      class="find-field"
      type="text"
      aria-label={t('New name of {0}', title)}
      onBlur={() => end(field.current?.value)}
      onKeyDown={(event) => {
        const meaning = meaningOf(event, composition.current);
        if (meaning === 'leave') return;
        event.preventDefault();
        event.stopPropagation();
        end(meaning === 'send' ? field.current?.value : undefined);
      }}
      onKeyUp={() => (composition.current = { ...composition.current, endedAt: undefined })}
      onCompositionStart={() => (composition.current = { active: true, endedAt: undefined })}
      onCompositionEnd={(event) => (composition.current = { active: false, endedAt: event.timeStamp })}
    />
  );
}

function titleOf({ title }: ChatEntry): string {
  return title.trim() === '' ? t('Untitled chat') : visibleText(title);
}

function metaOf({ questions, updatedAt }: ChatEntry, isShown: boolean): string {
  const count = questions === 1 ? t('1 question') : t('{0} questions', questions);
  return [...(isShown ? [t('open here')] : []), timeAgo(updatedAt, Date.now()), count].join(' · ');
}

/** The text with what was searched for marked in it. */
function marked(text: string, query: string): readonly (string | VNode)[] {
  const pattern = patternOf(query);
  if (pattern === undefined) return [text];
  const parts: (string | VNode)[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(from, match.index), <mark key={match.index}>{match[0]}</mark>);
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}
