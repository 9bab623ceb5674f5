import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { OpenChat } from '../../src/protocol/chatsView.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
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

/**
 * Keeps the draft of the chat that is shown. What the host says of a draft counts when its chat comes up, unless the page
 * has told it a newer one, and the host has not said so yet: of the chat that is shown, the page always knows better.
 */
export function useDraft({ chat, turns }: Pick<ViewState, 'chat' | 'turns'>, element: RefObject<TextAreaElement | null>): DraftKeeping {
  const { post, memory } = usePage();
  const [isBlank, setBlank] = useState(true);
  const shown = useRef(chat.id);
  const waiting = useRef<Draft>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** What the host was told, by chat, until it is known to have it. */
  const told = useRef(new Map<string, Draft>());
  /** The highest mark so far, in this page and in those before it. */
  const mark = useRef(0);

  const flush = (): void => {
    clearTimeout(timer.current);
    const draft = waiting.current;
    waiting.current = undefined;
    if (draft !== undefined) tell(draft);
  };
  const tell = (draft: Draft): void => {
    const { chatId, text } = draft;
    if (chatId === undefined || chatId === '') return;
    const remembered = memory.draft();
    if (chatId === shown.current && remembered.chatId === chatId && remembered.mark === draft.mark) memory.keepDraft({ ...remembered, isTold: true });
    told.current.set(chatId, draft);
    post({ type: 'keep-draft', chatId, text, mark: draft.mark });
  };
  const written = (chatId: string, text: string): Draft => {
    // A clock may be put back, and two keys may be pressed in the same millisecond.
    mark.current = Math.max(Date.now(), mark.current + 1);
    return { chatId, text, isTold: false, mark: mark.current };
  };
  const keep = (): void => {
    const draft = written(shown.current, element.current?.value ?? '');
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
    mark.current = Math.max(left.mark, Math.floor(chat.draftMark ?? 0));
    // The host may have gone before it had heard of it. A chat that it has forgotten it may yet open again.
    if (isOf !== 'memory' && left.text !== '' && left.chatId !== chat.id) tell(left);
    if (isOf === 'nobody') return;
    const draft = isOf === 'host' ? { chatId: chat.id, text, isTold: true, mark: chat.draftMark ?? 0 } : { ...left, chatId: chat.id, isTold: false };
    memory.keepDraft(draft);
    if (isOf === 'memory' && text !== chat.draft) tell(draft);
  }, []);

  const before = useRef(turns);
  useLayoutEffect(() => {
    const isOther = before.current !== turns;
    before.current = turns;
    mark.current = Math.max(mark.current, Math.floor(chat.draftMark ?? 0));
    if (shown.current === chat.id) return;
    const text = element.current?.value ?? '';
    // It had no name when it was begun, or goes on under another, for another window has it.
    const isSame = text !== '' && (shown.current === '' || !isOther);
    flush();
    shown.current = chat.id;
    if (isSame) {
      const draft = written(chat.id, text);
      memory.keepDraft(draft);
      return tell(draft);
    }
    const late = told.current.get(chat.id);
    const draft = late !== undefined && late.mark > (chat.draftMark ?? 0) ? late : { chatId: chat.id, text: chat.draft, mark: chat.draftMark ?? 0 };
    if (draft !== late) told.current.delete(chat.id);
    show(draft.text);
    memory.keepDraft({ ...draft, isTold: true });
  }, [chat, turns]);

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
 * What the composer shows first, and whose it is. For its chat the newer of the two counts, the page's own memory or what
 * the host has: the page may go before the host has heard of a draft, and VS Code puts the memory away late, so that a
 * window that is loaded again has an older one, of what was sent by then (seen in 1.139). A text that no host has heard of
 * stands in an empty composer whatever the chat is called by now; it is the chat's only once somebody goes on writing.
 */
function firstDraft({ chatId, text, isTold, mark }: Draft, chat: OpenChat): { readonly text: string; readonly isOf: 'memory' | 'host' | 'nobody' } {
  const isNewer = mark > (chat.draftMark ?? 0);
  if (chatId === chat.id && isNewer) return { text, isOf: 'memory' };
  const isNameless = chatId === undefined || chatId === '';
  const isUnheard = text !== '' && !isTold && chat.draft === '' && isNewer && mark > (chat.heardMark ?? 0);
  if (isUnheard) return { text, isOf: isNameless ? 'memory' : 'nobody' };
  return { text: chat.draft, isOf: 'host' };
}
