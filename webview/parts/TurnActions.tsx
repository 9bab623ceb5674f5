import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { BranchView, Turn } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { answerOf, quoted } from '../text/turnText.ts';
import { Tool, Toolbar } from './Toolbar.tsx';

/** How long a button says that something was copied. */
const copiedMs = 1500;

/** What can be done with an answer: quiet until the hand or the focus is there, and at the end of the chat. */
export function TurnActions({ turn, isLast }: { readonly turn: Turn; readonly isLast: boolean }): VNode {
  const { post, suggestions } = usePage();
  const answer = answerOf(turn);
  const turnId = turn.id;
  return (
    <Toolbar label={t('Answer actions')} class="turn-actions">
      {turn.branch !== undefined && <Versions turnId={turnId} branch={turn.branch} />}
      {answer !== '' && <CopyTool does="copy-answer" label={t('Copy answer')} words={t('Copy')} text={answer} />}
      {answer !== '' && <Tool icon="quote" does="quote" label={t('Quote the selection or the answer')} words={t('Quote')} onPress={() => suggestions.tell(quoted(selectionIn(turnId) ?? answer))} />}
      <Tool icon="regenerate" does="regenerate" class="when-idle" label={t('Ask again, as a new version')} words={t('New version')} onPress={() => post({ type: 'regenerate', turnId })} />
      <Tool icon="inspect" does="inspect" class="inspect" label={t('Inspect request')} words={t('Inspect')} onPress={() => post({ type: 'act', action: 'inspect', turnId })} />
      <Tool icon="trash" does="delete-turn" class="when-idle" label={deletionOf(turn, isLast)} words={t('Delete')} onPress={() => post({ type: 'delete-turn', turnId })} />
    </Toolbar>
  );
}

/** A summary is deleted alone: what follows it stays. */
function deletionOf({ isSummary }: Turn, isLast: boolean): string {
  if (isSummary === true) return t('Delete the summary');
  return isLast ? t('Delete this turn') : t('Delete this turn and what follows it');
}

/** Copies a text, and says so for a moment. */
export function CopyTool({ text, label, words, does }: { readonly text: string; readonly label: string; readonly words?: string; readonly does: string }): VNode {
  const { post, announce } = usePage();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), copiedMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <Tool
      icon={isCopied ? 'check' : 'copy'}
      label={isCopied ? t('Copied') : label}
      words={words}
      does={does}
      onPress={() => {
        post({ type: 'copy', text });
        setCopied(true);
        announce(t('Copied'));
      }}
    />
  );
}

/** Leads through the versions of a turn: what was asked at the same place in other words, or again. */
function Versions({ turnId, branch: { number, of } }: { readonly turnId: string; readonly branch: BranchView }): VNode {
  const { post } = usePage();
  const show = (wanted: number): void => post({ type: 'show-branch', turnId, number: wanted });
  return (
    <span class="versions" role="group" aria-label={t('Version {0} of {1}', number, of)}>
      <Tool icon="chevronLeft" does="version-before" class="when-idle" label={t('Version before')} isOff={number <= 1} isRepeatable onPress={() => show(number - 1)} />
      <span aria-hidden="true">{`${number}/${of}`}</span>
      <Tool icon="chevronRight" does="version-after" class="when-idle" label={t('Version after')} isOff={number >= of} isRepeatable onPress={() => show(number + 1)} />
    </span>
  );
}

/** What is selected in the turn, if all of it lies there. */
function selectionIn(turnId: string): string | undefined {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const turn = document.querySelector(`[data-turn="${CSS.escape(turnId)}"]`);
  const text = selection.toString();
  return turn?.contains(selection.getRangeAt(0).commonAncestorContainer) === true && text.trim() !== '' ? text : undefined;
}
