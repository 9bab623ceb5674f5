import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ModelView, Turn, ViewState } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import type { TextAreaElement } from '../toolkit.ts';
import type { DraftKeeping } from './useDraft.ts';

/** How a question goes out. */
export interface Sending {
  readonly send: () => void;
  readonly stop: () => void;
  /** Why the last try to send did not; undefined once that no longer holds. */
  readonly hint: string | undefined;
  /** Whether the model does not take one of the pictures. */
  readonly isRefused: boolean;
}

/** Why a question was not sent: an answer is still coming, the model does not take what is attached, there are no words. */
type Hint = 'wait' | 'refused' | 'blank';

/** After this long without an answer from the host a question may be sent again. */
const patienceMs = 2000;

/** Sends what is written, once, and clears the composer when the host has it as a turn. */
export function useSending(state: ViewState, { element, draft, onSend }: { readonly element: RefObject<TextAreaElement | null>; readonly draft: DraftKeeping; readonly onSend: () => void }): Sending {
  const { post, announce } = usePage();
  const { model, activity, turns, media, chat } = state;
  const sent = useRef<{ readonly text: string; readonly chatId: string; readonly lastTurn: string | undefined; readonly at: number }>(undefined);
  const [wish, setWish] = useState<Hint>();
  const isRunning = activity.kind === 'running';
  const isRefused = media.some(({ problem }) => problem !== undefined);
  const reasons: Readonly<Record<Hint, boolean>> = { wait: isRunning, refused: isRefused, blank: draft.isBlank && media.length > 0 };
  // One that no longer holds is not shown any more.
  const hint = wish !== undefined && reasons[wish] ? wish : undefined;
  useEffect(() => {
    if (wish !== hint) setWish(undefined);
  }, [wish, hint]);

  const last = turns.at(-1);
  useLayoutEffect(() => {
    const question = sent.current;
    if (question === undefined) return;
    // What was left behind in another chat is not asked any more.
    if (chat.id !== question.chatId && question.chatId !== '') return void (sent.current = undefined);
    if (last === undefined || last.id === question.lastTurn || !isTurnOf(question.text, last)) return;
    sent.current = undefined;
    if (element.current?.value === question.text) draft.write('');
  }, [last, chat.id]);

  const hold = (reason: Hint): void => {
    setWish(reason);
    announce(hintInWords(reason, model));
  };
  return {
    send() {
      const text = element.current?.value ?? '';
      if (text.trim() === '') return media.length > 0 ? hold('blank') : undefined;
      // It leaves no turn that would say that it has come.
      if (text.trim().toLowerCase() === '/new') {
        draft.write('');
        return post({ type: 'new-chat' });
      }
      if (isRunning) return hold('wait');
      if (isRefused) return hold('refused');
      // Nothing can be sent without a key: the question waits here while it is being set.
      if (model.readiness === 'needs-key' || model.readiness === 'key-for-other-address') return post({ type: 'set-key' });
      if (sent.current?.text === text && Date.now() - sent.current.at < patienceMs) return;
      sent.current = { text, chatId: chat.id, lastTurn: last?.id, at: Date.now() };
      onSend();
      // The host knows of it what it is to take away once it is a turn, whatever becomes of this page.
      draft.flush();
      post({ type: 'send', text });
    },
    stop() {
      if (activity.kind !== 'running' || activity.phase === 'stopping') return;
      // What is not asked is there to be sent again at once.
      if (activity.phase === 'gathering') sent.current = undefined;
      post({ type: 'stop' });
    },
    hint: hint === undefined ? undefined : hintInWords(hint, model),
    isRefused,
  };
}

/** Whether a turn is what was sent. A summary is asked for in other words than the command was written in. */
function isTurnOf(text: string, { question, isSummary }: Turn): boolean {
  return isSummary === true ? /^\s*\/compact(?:\s|$)/i.test(text) : question.text.trim() === text.trim();
}

function hintInWords(hint: Hint, model: ModelView): string {
  switch (hint) {
    case 'wait':
      return t('{0} is still answering. Your text stays here; Escape stops the answer.', model.serviceLabel);
    case 'refused':
      return t('Nothing was sent: {0} does not take what is marked. Remove it, or choose another model.', model.model);
    case 'blank':
      return t('Write a question to go with it.');
  }
}
