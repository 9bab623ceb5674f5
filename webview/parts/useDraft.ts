import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { OpenChat } from '../../src/protocol/chatsView.ts';
import type { Draft } from '../memory.ts';
import { usePage } from '../page.ts';
import type { TextAreaElement } from '../toolkit.ts';

/** What is written in the composer, and where it is kept. */
export interface DraftKeeping {
  readonly isBlank: boolean;
  /** Puts a text into the composer. */
  readonly write: (text: string) => void;
  /** Keeps what stands there by now: in the page's memory at once, with the host after a moment. */
  readonly keep: () => void;
  /** Tells the host at once what it does not know yet. */
  readonly flush: () => void;
}

/** The host is told once nothing was typed for so long. */
const pauseMs = 300;

/** For so long after the host was told of a draft, what it says of it may still be from before. */
const crossingMs = 2000;

/**
 * Keeps the draft of the chat that is shown. What the host says of a draft counts only when its chat comes up: of the
 * chat that is shown, the page always knows better.
 */
export function useDraft(chat: OpenChat, element: RefObject<TextAreaElement | null>): DraftKeeping {
  const { post, memory } = usePage();
  const [isBlank, setBlank] = useState(true);
  const shown = useRef(chat.id);
  const waiting = useRef<Draft>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** What the host was told just now, by chat. */
  const told = useRef(new Map<string, { readonly text: string; readonly at: number }>());

  const flush = (): void => {
    clearTimeout(timer.current);
    const draft = waiting.current;
    waiting.current = undefined;
    if (draft !== undefined) tell(draft);
  };
  const tell = ({ chatId, text }: Pick<Draft, 'chatId' | 'text'>): void => {
    if (chatId === undefined || chatId === '') return;
    const remembered = memory.draft();
    if (chatId === shown.current && remembered.chatId === chatId && remembered.text === text) memory.keepDraft({ ...remembered, isTold: true });
    for (const [id, { at }] of told.current) if (at < Date.now() - crossingMs) told.current.delete(id);
    told.current.set(chatId, { text, at: Date.now() });
    post({ type: 'keep-draft', chatId, text });
  };
  const keep = (): void => {
    const draft = { chatId: shown.current, text: element.current?.value ?? '', isTold: false };
    setBlank(draft.text.trim() === '');
    memory.keepDraft(draft);
    waiting.current = draft;
    clearTimeout(timer.current);
    // Nothing is left to write: the host must not bring back what was sent.
    if (draft.text === '') flush();
    else timer.current = setTimeout(flush, pauseMs);
  };
  const show = (text: string): void => {
    if (element.current !== null) element.current.value = text;
    setBlank(text.trim() === '');
  };

  useLayoutEffect(() => {
    const left = memory.draft();
    const { text, isOf } = firstDraft(left, chat);
    show(text);
    // The host may have gone before it had heard of it. A chat that it has forgotten it may yet open again.
    if (isOf !== 'memory' && left.text !== '') tell(left);
    if (isOf === 'nobody') return;
    memory.keepDraft({ chatId: chat.id, text, isTold: isOf === 'host' });
    if (isOf === 'memory' && text !== chat.draft) tell({ chatId: chat.id, text });
  }, []);

  useLayoutEffect(() => {
    if (shown.current === chat.id) return;
    const before = shown.current;
    flush();
    shown.current = chat.id;
    const written = element.current?.value ?? '';
    // It had no name when it was begun.
    const isSame = before === '' && written !== '';
    const lately = told.current.get(chat.id);
    const late = lately !== undefined && lately.at >= Date.now() - crossingMs ? lately.text : undefined;
    const text = isSame ? written : (late ?? chat.draft);
    if (!isSame) show(text);
    memory.keepDraft({ chatId: chat.id, text, isTold: !isSame });
    if (isSame) tell({ chatId: chat.id, text });
  }, [chat.id]);

  useEffect(() => {
    const onHide = (): void => {
      if (document.visibilityState === 'hidden') flush();
    };
    document.addEventListener('visibilitychange', onHide);
    window.addEventListener('pagehide', flush);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      window.removeEventListener('pagehide', flush);
    };
  }, []);

  return {
    isBlank,
    write(text) {
      show(text);
      keep();
    },
    keep,
    flush,
  };
}

/**
 * What the composer shows first, and whose it is. The page's own memory is the newer of the two for its chat while the
 * host has not heard of it; once it has, the host may have heard of more since, for VS Code puts the memory away late, and
 * a window that is loaded again has an older one (seen in 1.139). A text that no host has heard of stands in an empty composer
 * whatever the chat is called by now; it is the chat's only once somebody goes on writing. Where the memory is empty
 * nothing can be lost by believing the host.
 */
function firstDraft({ chatId, text, isTold }: Draft, chat: OpenChat): { readonly text: string; readonly isOf: 'memory' | 'host' | 'nobody' } {
  if (isTold && chatId === chat.id && chat.draft !== '') return { text: chat.draft, isOf: 'host' };
  if (text !== '' && (chatId === undefined || chatId === '' || chatId === chat.id)) return { text, isOf: 'memory' };
  return text !== '' && !isTold && chat.draft === '' ? { text, isOf: 'nobody' } : { text: chat.draft, isOf: 'host' };
}
