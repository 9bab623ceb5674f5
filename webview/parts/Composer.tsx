import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Activity, MediaView, ModelView, Turn } from '../../src/protocol/viewState.ts';
import { meaningOf, noComposition } from '../enterKey.ts';
import { usePage } from '../page.ts';
import { openQuestion } from '../text/reviewText.ts';
import { t, tr } from '../strings.ts';
import { Button, TextArea, type TextAreaElement } from '../toolkit.ts';
import { ActivityLine } from './ActivityLine.tsx';
import { Icon } from './Icon.tsx';
import { MediaChips } from './MediaChips.tsx';
import { SendButton } from './SendButton.tsx';
import { ToolsNote } from './ToolsNote.tsx';
import { useMediaIntake } from './useMediaIntake.ts';

/** Properties of a {@link Composer}. */
export interface ComposerProperties {
  readonly model: ModelView;
  readonly activity: Activity;
  readonly turns: readonly Turn[];
  readonly media: readonly MediaView[];
}

/** After this long without an answer from the host a question may be sent again. */
const patienceMs = 2000;

/** Where the next question is written. What is written stays until the host has it as a turn, and over a reload. */
export function Composer({ model, activity, turns, media }: ComposerProperties): VNode {
  const { post, memory, connection, suggestions, announce } = usePage();
  const element = useRef<TextAreaElement | null>(null);
  const composition = useRef(noComposition);
  const sent = useRef<{ readonly text: string; readonly lastTurn: string | undefined; readonly at: number }>(undefined);
  const [isBlank, setBlank] = useState(true);
  const [wish, setWish] = useState<Hint>();
  const intake = useMediaIntake(media);
  const isRunning = activity.kind === 'running';
  const isRefused = media.some(({ problem }) => problem !== undefined);
  const reasons: Readonly<Record<Hint, boolean>> = { wait: isRunning, refused: isRefused, blank: isBlank && media.length > 0 };
  // One that no longer holds is not shown any more.
  const hint = wish !== undefined && reasons[wish] ? wish : undefined;

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
    if (wish !== hint) setWish(undefined);
  }, [wish, hint]);

  const last = turns.at(-1);
  useLayoutEffect(() => {
    const question = sent.current;
    if (question === undefined || last === undefined || last.id === question.lastTurn) return;
    if (last.question.text.trim() !== question.text.trim()) return;
    sent.current = undefined;
    if (element.current?.value === question.text) write('');
  }, [last]);

  const hold = (reason: Hint): void => {
    setWish(reason);
    announce(hintInWords(reason, model));
  };
  const send = (): void => {
    const text = element.current?.value ?? '';
    if (text.trim() === '') return media.length > 0 ? hold('blank') : undefined;
    if (isRunning) return hold('wait');
    if (isRefused) return hold('refused');
    // Nothing can be sent without a key: the question waits here while it is being set.
    if (model.readiness === 'needs-key' || model.readiness === 'key-for-other-address') return post({ type: 'set-key' });
    if (sent.current?.text === text && Date.now() - sent.current.at < patienceMs) return;
    sent.current = { text, lastTurn: last?.id, at: Date.now() };
    intake.forget();
    post({ type: 'send', text });
  };
  const attach = (): void => {
    intake.forget();
    post({ type: 'attach-media' });
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
    <div class={`composer ${intake.isDragging ? 'dragged-over' : ''}`} onPaste={intake.onPaste}>
      <MediaChips media={media} onRemove={(id) => post({ type: 'remove-media', id })} onEmptied={() => element.current?.focus()} />
      {isRefused && (
        <p class="media-advice">
          <button type="button" class="link" onClick={() => post({ type: 'select-model' })}>
            {t('Choose another model')}
          </button>
        </p>
      )}
      {intake.refusals.map((refusal, index) => (
        <p key={index} class="media-advice refused">
          {tr(refusal)}
        </p>
      ))}
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
        {hint !== undefined && <span class="hint">{hintInWords(hint, model)}</span>}
        {hint === undefined && <ActivityLine activity={activity} model={model} question={openQuestion(turns)} />}
        {!isRunning && hint === undefined && <ToolsNote tools={model.tools} />}
        <span class="spring" />
        <Button appearance="icon" class="attach-button" label={t('Attach a picture or video…')} title={t('Attach a picture or video…')} onClick={attach}>
          <Icon name="attach" />
        </Button>
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

/** Why a question was not sent: an answer is still coming, the model does not take what is attached, there are no words. */
type Hint = 'wait' | 'refused' | 'blank';

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
