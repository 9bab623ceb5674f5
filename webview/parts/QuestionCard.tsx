import type { VNode } from 'preact';
import type { Question } from '../../src/protocol/viewState.ts';
import { Disclosure } from './Disclosure.tsx';
import { MediaChips } from './MediaChips.tsx';
import { VisibleText } from './VisibleText.tsx';

/** What the person asked, with what went along. */
export function QuestionCard({ turnId, question }: { readonly turnId: string; readonly question: Question }): VNode {
  return (
    <div class="question">
      <div class="question-text" dir="auto">
        {question.text}
      </div>
      <MediaChips media={question.media ?? []} />
      {question.attachments.map((attachment, index) => (
        <Disclosure key={index} id={`${turnId}/attachment/${index}`} class="chip" title={attachment.label}>
          {() => <VisibleText text={attachment.text} />}
        </Disclosure>
      ))}
    </div>
  );
}
