import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Activity, ModelView, Turn } from '../../src/protocol/viewState.ts';
import { meaningOf, noComposition } from '../enterKey.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { TextArea, type TextAreaElement } from '../toolkit.ts';
import { ActivityLine } from './ActivityLine.tsx';
import { SendButton } from './SendButton.tsx';
import { ToolsNote } from './ToolsNote.tsx';

/** Properties of a {@link Composer}. */
export interface ComposerProperties {
  readonly model: ModelView;
  readonly activity: Activity;
  readonly turns: readonly Turn[];
}

/** After this long without an answer from the host a question may be sent again. */
const patienceMs = 2000;

/** Where the next question is written. What is written stays until the host has it as a turn, and over a reload. */
export function Composer({ model, activity, turns }: ComposerProperties): VNode {
  const { post, memory, connection, suggestions, announce } = usePage();
  const element = useRef<TextAreaElement | null>(null);
  const composition = useRef(noComposition);
  const sent = useRef<{ readonly text: string; readonly lastTurn: string | undefined; readonly at: number }>(undefined);
  const [isBlank, setBlank] = useState(true);
  const [isHinting, setHinting] = useState(false);
  const isRunning = activity.kind === 'running';

  const write = (text: string): void => {
    if (element.current !== null) element.current.value = text;
    keep(text);
  };
  const keep = (text: string): void => {
    memory.keepDraft(text);
    setBlank(text.trim() === '');
  };

  useLayoutEffect(() => write(memory.draft()), []);
  useLayoutEffect(() => connection.onFocusComposer(() => element.current?.focus()), [connection]);
  useEffect(
    () =>
      suggestions.on((suggestion) => {
        const before = element.current?.value ?? '';
        write(before.trim() === '' ? suggestion : `${before}\n${suggestion}`);
        element.current?.focus();
      }),
    [suggestions],
  );
  useEffect(() => {
    if (!isRunning) setHinting(false);
  }, [isRunning]);

  const last = turns.at(-1);
  useLayoutEffect(() => {
    const question = sent.current;
    if (question === undefined || last === undefined || last.id === question.lastTurn) return;
    if (last.question.text.trim() !== question.text.trim()) return;
    sent.current = undefined;
    if (element.current?.value === question.text) write('');
  }, [last]);

  const send = (): void => {
    const text = element.current?.value ?? '';
    if (text.trim() === '') return;
    if (isRunning) {
      setHinting(true);
      announce(waitHint(model));
      return;
    }
    // Nothing can be sent without a key: the question waits here while it is being set.
    if (model.readiness === 'needs-key' || model.readiness === 'key-for-other-address') return post({ type: 'set-key' });
    if (sent.current?.text === text && Date.now() - sent.current.at < patienceMs) return;
    sent.current = { text, lastTurn: last?.id, at: Date.now() };
    post({ type: 'send', text });
  };
  const stop = (): void => {
    if (activity.kind === 'running' && activity.phase !== 'stopping') post({ type: 'stop' });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const meaning = meaningOf(event, composition.current);
    if (meaning === 'leave' || (meaning === 'stop' && !isRunning)) return;
    event.preventDefault();
    if (meaning === 'send') send();
    else stop();
  };

  return (
    <div class="composer">
      <TextArea
        element={element}
        label={t('Message')}
        placeholder={t('Type a question')}
        onInput={() => keep(element.current?.value ?? '')}
        onKeyDown={onKeyDown}
        onKeyUp={() => (composition.current = { ...composition.current, endedAt: undefined })}
        onCompositionStart={() => (composition.current = { active: true, endedAt: undefined })}
        onCompositionEnd={(event) => (composition.current = { active: false, endedAt: event.timeStamp })}
      />
      <div class="composer-row">
        {isHinting && isRunning && <span class="hint">{waitHint(model)}</span>}
        {!isHinting && <ActivityLine activity={activity} model={model} />}
        {!isRunning && <ToolsNote tools={model.tools} />}
        <span class="spring" />
        <SendButton
          isRunning={isRunning}
          isBlank={isBlank}
          onSend={() => {
            send();
            element.current?.focus();
          }}
          onStop={stop}
        />
      </div>
    </div>
  );
}

function waitHint(model: ModelView): string {
  return t('{0} is still answering. Your text stays here; Escape stops the answer.', model.serviceLabel);
}
