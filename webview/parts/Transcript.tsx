import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Activity, Turn } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { endingInWords } from '../text/turnText.ts';
import { useRedrawOn } from './hooks.ts';
import { Icon } from './Icon.tsx';
import { FindBar } from './FindBar.tsx';
import { TurnView } from './TurnView.tsx';
import { useFindKey } from './useFindKey.ts';
import { useJumps } from './useJumps.ts';
import { useTurnFocus } from './useTurnFocus.ts';
import { useVersionPlace } from './useVersionPlace.ts';

/** Turns drawn at once when a chat is opened; the older ones follow, so many at a time, while the page is idle. */
const turnsAtOnce = 12;

/** The chat so far. It scrolls itself, follows its end while the reader is there, and offers to go back to it. */
export function Transcript({ turns, activity }: { readonly turns: readonly Turn[]; readonly activity: Activity }): VNode {
  const { connection, scrolling, announce } = usePage();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const drawn = useRef(new Map<string, { readonly turn: Turn; readonly isLast: boolean; readonly isIdle: boolean; readonly node: VNode }>());
  const oldest = useOldest(turns);
  useRedrawOn(scrolling.onChange);

  useLayoutEffect(() => {
    if (scroller.current === null || content.current === null) return undefined;
    return scrolling.attach(scroller.current, content.current);
  }, [scrolling]);

  const lastId = turns.at(-1)?.id;
  const chatId = connection.state()?.chat.id;
  useLayoutEffect(() => scrolling.jump(), [scrolling, chatId]);
  // The person has just asked: wherever they were, they want to see what comes. Other versions are shown where they are.
  const isAsked = turns.at(-1)?.outcome === 'running';
  useLayoutEffect(() => {
    if (isAsked) scrolling.jump();
  }, [scrolling, lastId]);

  useAnnouncedEnd(turns.at(-1), announce);
  useJumps(scroller);
  useTurnFocus(content, turns);
  useVersionPlace(scroller, turns);
  const find = useFindKey(chatId);

  // A chat that is left leaves nothing behind: its texts may be megabytes.
  const drawnChat = useRef(chatId);
  if (drawnChat.current !== chatId) drawn.current.clear();
  drawnChat.current = chatId;

  const view = (turn: Turn): VNode => {
    const known = drawn.current.get(turn.id);
    // Of the older turns only those that have changed files ask whether anything runs.
    const isIdle = turn.changes === undefined || activity.kind === 'idle';
    // A turn that is not the last and has not changed gets the very same node again, which ends the comparison there.
    if (turn.id !== lastId && known?.turn === turn && !known.isLast && known.isIdle === isIdle) return known.node;
    const isLast = turn.id === lastId;
    const node = <TurnView key={turn.id} turn={turn} activity={isLast ? activity : undefined} isIdle={isIdle} />;
    drawn.current.set(turn.id, { turn, isLast, isIdle, node });
    return node;
  };
  // What is left from other branches.
  if (drawn.current.size > 2 * turns.length + turnsAtOnce) drawn.current.clear();

  return (
    <div class="transcript-frame">
      {find.isOpen && <FindBar scroller={scroller} request={find.request} onClose={find.close} />}
      <div class={activity.kind === 'idle' ? 'transcript' : 'transcript busy'} ref={scroller} role="log" aria-live="off" aria-label={t('Chat')} tabIndex={0}>
        <div class="transcript-content" ref={content}>
          {turns.slice(oldest).map(view)}
        </div>
      </div>
      {!scrolling.isFollowing() && (
        <button type="button" class="jump" onClick={scrolling.jump}>
          <Icon name="arrowDown" />
          {t('Jump to latest')}
        </button>
      )}
    </div>
  );
}

/** Index of the oldest turn to draw: at first near the end, then less and less until all are there. */
function useOldest(turns: readonly Turn[]): number {
  const first = turns[0]?.id;
  const [start, setStart] = useState({ first, index: Math.max(0, turns.length - turnsAtOnce) });
  // Another chat: begin anew.
  const current = start.first === first ? start : { first, index: Math.max(0, turns.length - turnsAtOnce) };
  useEffect(() => {
    if (current.index === 0) return undefined;
    const timer = setTimeout(() => setStart({ first, index: Math.max(0, current.index - turnsAtOnce) }), 30);
    return () => clearTimeout(timer);
  }, [first, current.index]);
  return current.index;
}

/** Says how the last turn ended, when it ends while the page is there. */
function useAnnouncedEnd(turn: Turn | undefined, announce: (sentence: string) => void): void {
  const running = useRef<string>(undefined);
  useEffect(() => {
    if (turn === undefined) return;
    if (turn.outcome === 'running') running.current = turn.id;
    else if (running.current === turn.id) {
      running.current = undefined;
      announce(endInWords(turn));
    }
  }, [turn, announce]);
}

function endInWords({ outcome, items }: Turn): string {
  const error = items.findLast((item) => item.kind === 'error');
  if (error !== undefined) return `${tr(error.title)} ${tr(error.advice)}`;
  return endingInWords(outcome) ?? t('The answer is complete.');
}
