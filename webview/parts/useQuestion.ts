import { useEffect, useRef } from 'preact/hooks';
import type { PermissionItem, ReviewItem } from '../../src/protocol/reviewItems.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';

/** What a card asks. */
export interface AskedQuestion {
  readonly question: string;
  /** What came of it. */
  readonly outcome: string;
  /** Says no. */
  readonly refuse: () => void;
}

/**
 * Makes a card a question: it is spoken once when it comes, and again when there is something new to say of it; so is
 * what came of it. Answers what the card does with keys: Escape is a no while it is open.
 */
export function useQuestion(item: ReviewItem | PermissionItem, { question, outcome, refuse }: AskedQuestion): (event: KeyboardEvent) => void {
  const { announce } = usePage();
  const isOpen = item.status === 'open';
  const note = item.kind === 'review' && item.note !== undefined ? visibleText(tr(item.note)) : '';
  const wasOpen = useRef(false);
  useEffect(() => {
    if (isOpen) announce(note === '' ? t('Waiting for your decision: {0}', question) : t('Waiting for your decision: {0}. {1}', question, note));
    else if (wasOpen.current && item.status !== 'applying') announce(outcome);
    wasOpen.current = isOpen || (wasOpen.current && item.status === 'applying');
  }, [item.id, item.status, note, announce]);
  return (event) => {
    const isBare = !event.isComposing && !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    if (event.key !== 'Escape' || !isOpen || !isBare) return;
    event.preventDefault();
    refuse();
  };
}
