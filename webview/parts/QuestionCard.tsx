import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Question } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { Disclosure } from './Disclosure.tsx';
import { MediaChips } from './MediaChips.tsx';
import { QuestionEdit } from './QuestionEdit.tsx';
import { Tool, Toolbar } from './Toolbar.tsx';
import { CopyTool } from './TurnActions.tsx';
import { VisibleText } from './VisibleText.tsx';

/** Properties of a {@link QuestionCard}. */
export interface QuestionProperties {
  readonly turnId: string;
  readonly question: Question;
  /** Whether it is, or was, near enough to what is seen to need its buttons. */
  readonly isNear: boolean;
}

/** What the person asked, with what went along; it can be copied, and asked in other words. */
export function QuestionCard({ turnId, question, isNear }: QuestionProperties): VNode {
  const { memory } = usePage();
  const [isEdited, setEdited] = useState(() => memory.edit(turnId) !== undefined);
  const card = useRef<HTMLDivElement>(null);
  const wasEdited = useRef(isEdited);
  useLayoutEffect(() => {
    if (wasEdited.current && !isEdited) card.current?.querySelector<HTMLElement>('[data-does="edit"]')?.focus();
    wasEdited.current = isEdited;
  }, [isEdited]);

  return (
    <div class={`question ${isEdited ? 'edited' : ''}`} ref={card}>
      {isEdited ? (
        <QuestionEdit turnId={turnId} text={question.text} onClose={() => setEdited(false)} />
      ) : (
        <>
          <div class="question-text" data-text={`${turnId}/question`} dir="auto">
            {question.text}
          </div>
          {isNear && (
            <Toolbar label={t('Question actions')} class="question-actions">
              <Tool icon="pencil" does="edit" class="when-idle" label={t('Edit and ask again')} onPress={() => setEdited(true)} />
              <CopyTool does="copy-question" label={t('Copy question')} text={question.text} />
            </Toolbar>
          )}
        </>
      )}
      <MediaChips media={question.media ?? []} />
      {question.attachments.map((attachment, index) => (
        <Disclosure key={index} id={`${turnId}/attachment/${index}`} class="chip" title={visibleText(attachment.label)}>
          {() => <VisibleText text={attachment.text} />}
        </Disclosure>
      ))}
    </div>
  );
}
