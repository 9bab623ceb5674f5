import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { onceFocused } from '../composing/onceFocused.ts';
import { belongsToInputMethod, meaningOf, noComposition } from '../enterKey.ts';
import { usePage } from '../page.ts';
import { openQuestion } from '../text/reviewText.ts';
import { t } from '../strings.ts';
import { Button, TextArea, type TextAreaElement } from '../toolkit.ts';
import { ActivityLine } from './ActivityLine.tsx';
import { ComposerAdvice } from './ComposerAdvice.tsx';
import { ContextChips } from './ContextChips.tsx';
import { DropOverlay } from './DropOverlay.tsx';
import { Gauge } from './Gauge.tsx';
import { Icon } from './Icon.tsx';
import { MediaChips } from './MediaChips.tsx';
import { SendButton } from './SendButton.tsx';
import { SuggestionList } from './SuggestionList.tsx';
import { ToolsButton } from './ToolsButton.tsx';
import { ToolsNote } from './ToolsNote.tsx';
import { useDraft } from './useDraft.ts';
import { useFileIntake } from './useFileIntake.ts';
import { useSending } from './useSending.ts';
import { useSuggestions } from './useSuggestions.ts';

/** Where the next question is written. What is written stays until the host has it as a turn, and over a reload. */
export function Composer({ state }: { readonly state: ViewState }): VNode {
  const { model, activity, turns, media, chat, context, attention, gauge, tools } = state;
  const { post, connection, suggestions } = usePage();
  const element = useRef<TextAreaElement | null>(null);
  const composition = useRef(noComposition);
  const intake = useFileIntake(media);
  const draft = useDraft(state, element);
  const suggesting = useSuggestions(element, state.suggestions);
  const { send, stop, hint, isRefused } = useSending(state, { element, draft, onSend: intake.forget });
  const isRunning = activity.kind === 'running';
  const focus = (): void => element.current?.focus();

  useLayoutEffect(() => connection.onFocusComposer(() => onceFocused(focus)), [connection]);
  useEffect(
    () =>
      suggestions.on((suggestion) => {
        const before = element.current?.value ?? '';
        draft.write(before.trim() === '' ? suggestion : `${before}\n${suggestion}`);
        focus();
      }),
    [suggestions],
  );

  const look = (): void => {
    if (!composition.current.active) suggesting.look();
  };
  // What was sent is taken out without anybody typing, and what is offered for it may come only then.
  const lastTurn = turns.at(-1)?.id;
  useLayoutEffect(look, [lastTurn, chat.id]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (belongsToInputMethod(event, composition.current)) return;
    const takesKey = suggesting.takesKey(event) || recallsQuestion(event);
    if (takesKey) {
      event.preventDefault();
      return event.stopPropagation();
    }
    const meaning = meaningOf(event, composition.current);
    if (meaning === 'leave' || (meaning === 'stop' && !isRunning)) return;
    event.preventDefault();
    if (meaning === 'send') send();
    else stop();
  };
  /** With nothing written, the arrow up puts the last question here, to be asked in other words. */
  const recallsQuestion = (event: KeyboardEvent): boolean => {
    const question = turns.at(-1)?.question.text ?? '';
    const isMeant = event.key === 'ArrowUp' && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!isMeant || question === '' || element.current?.value !== '') return false;
    draft.write(question);
    return true;
  };

  return (
    <div class={`composer ${intake.dragged === undefined ? '' : 'dragged-over'}`} onPaste={intake.onPaste}>
      {suggesting.shown !== undefined && <SuggestionList shown={suggesting.shown} onTake={suggesting.take} />}
      {intake.dragged !== undefined && <DropOverlay dragged={intake.dragged} />}
      <ContextChips context={context} attention={attention} onEmptied={focus} />
      <MediaChips media={media} onRemove={(id) => post({ type: 'remove-media', id })} onEmptied={focus} />
      <ComposerAdvice state={state} isRefused={isRefused} refusals={intake.refusals} />
      <TextArea
        element={element}
        label={t('Message')}
        placeholder={t('Ask, @ for context, / for commands')}
        onInput={() => {
          draft.keep();
          look();
        }}
        onKeyDown={onKeyDown}
        onKeyUp={() => {
          composition.current = { ...composition.current, endedAt: undefined };
          look();
        }}
        onClick={look}
        onBlur={() => {
          draft.flush();
          suggesting.leave();
        }}
        onCompositionStart={() => (composition.current = { active: true, endedAt: undefined })}
        onCompositionEnd={(event) => {
          composition.current = { active: false, endedAt: event.timeStamp };
          look();
        }}
      />
      <div class="composer-row">
        {hint !== undefined && <span class="hint">{hint}</span>}
        {hint === undefined && <ActivityLine activity={activity} model={model} question={openQuestion(turns)} />}
        {!isRunning && hint === undefined && <ToolsNote tools={model.tools} limits={model.limits} />}
        <span class="spring" />
        {gauge !== undefined && <Gauge gauge={gauge} />}
        <ToolsButton tools={tools} />
        <Button
          appearance="icon"
          class="attach-button"
          label={t('Attach a picture or video…')}
          title={t('Attach a picture or video… Or drop files here: from VS Code with Shift held down.')}
          onClick={() => {
            intake.forget();
            post({ type: 'attach-media' });
          }}
        >
          <Icon name="attach" />
        </Button>
        <SendButton
          isRunning={isRunning}
          isBlank={draft.isBlank}
          onSend={() => {
            send();
            focus();
          }}
          onStop={stop}
        />
      </div>
    </div>
  );
}
