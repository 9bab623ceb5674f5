import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { meaningOf, noComposition } from '../enterKey.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { PushButton } from './PushButton.tsx';

/** Properties of a {@link QuestionEdit}. */
export interface QuestionEditProperties {
  readonly turnId: string;
  /** What was asked. */
  readonly text: string;
  readonly onClose: () => void;
}

/** The question of a turn, to be asked in other words; what went with it goes with it again. */
export function QuestionEdit({ turnId, text, onClose }: QuestionEditProperties): VNode {
  const { post, memory, connection, announce } = usePage();
  const area = useRef<HTMLTextAreaElement>(null);
  const composition = useRef(noComposition);
  const [hint, setHint] = useState<string>();

  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    // Not as a property of the part: that would be put back into the field in the middle of a composition.
    const kept = memory.edit(turnId);
    element.value = kept ?? text;
    // One that is there again after a reload does not take the focus.
    if (kept !== undefined) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, []);

  const close = (): void => {
    memory.keepEdit(turnId, undefined);
    onClose();
  };
  const send = (): void => {
    const written = area.current?.value ?? '';
    if (written.trim() === '') return;
    if (connection.state()?.activity.kind === 'running') {
      const words = t('An answer is still coming. Stop it first; your text stays here.');
      setHint(words);
      announce(words);
      return;
    }
    post({ type: 'edit-turn', turnId, text: written });
    close();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const meaning = meaningOf(event, composition.current);
    if (meaning === 'leave') return;
    event.preventDefault();
    event.stopPropagation();
    if (meaning === 'send') send();
    else close();
  };

  return (
    <div class="question-edit">
      <textarea
        ref={area}
        class="question-box"
        rows={2}
        aria-label={t('Question')}
        dir="auto"
        onInput={() => memory.keepEdit(turnId, area.current?.value)}
        onKeyDown={onKeyDown}
        onKeyUp={() => (composition.current = { ...composition.current, endedAt: undefined })}
        onCompositionStart={() => (composition.current = { active: true, endedAt: undefined })}
        onCompositionEnd={(event) => (composition.current = { active: false, endedAt: event.timeStamp })}
      />
      {hint !== undefined && <p class="hint">{hint}</p>}
      <div class="question-edit-buttons">
        <PushButton look="primary" onPress={send} title={t('Send (Enter)')} does="send-edit">
          {t('Send')}
        </PushButton>
        <PushButton look="secondary" onPress={close} title={t('Cancel (Escape)')} does="cancel-edit">
          {t('Cancel')}
        </PushButton>
      </div>
    </div>
  );
}
