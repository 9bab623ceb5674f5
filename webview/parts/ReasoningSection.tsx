import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { ReasoningItem } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { durationInWords } from '../text/durations.ts';
import { Disclosure } from './Disclosure.tsx';
import { MarkdownText } from './MarkdownText.tsx';

/** Properties of a {@link ReasoningSection}. */
export interface ReasoningProperties {
  readonly item: ReasoningItem;
  readonly isRunning: boolean;
  /** Whether the answer, or a call, has begun after it. */
  readonly isFollowed: boolean;
}

/** The model's reasoning: open while it comes, folded once the answer begins, unless the person has chosen otherwise. */
export function ReasoningSection({ item, isRunning, isFollowed }: ReasoningProperties): VNode {
  const { scrolling } = usePage();
  const wasOpen = useRef(false);
  const isThinking = isRunning && item.durationMs === undefined;
  // Folding moves everything below it, so a reader who has scrolled up to read is left in peace.
  const isOpen = isThinking || (wasOpen.current && (!isFollowed || !scrolling.isFollowing()));
  wasOpen.current = isOpen;
  // How long it has been going on is for the activity line to say, which is always in sight.
  const title = isThinking ? t('Reasoning') : thought(item.durationMs);
  return (
    <Disclosure id={item.id} class="reasoning" title={title} isOpenAtFirst={isOpen}>
      {() => <MarkdownText item={item} class="reasoning-text" />}
    </Disclosure>
  );
}

function thought(durationMs: number | undefined): string {
  if (durationMs === undefined) return t('Thought');
  return durationMs < 1000 ? t('Thought for a moment') : t('Thought for {0}', durationInWords(durationMs));
}
