import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Activity, Turn } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { useRedrawOn } from './hooks.ts';
import { Icon } from './Icon.tsx';
import { TurnView } from './TurnView.tsx';

/** Turns drawn at once when a chat is opened; the older ones follow, so many at a time, while the page is idle. */
const turnsAtOnce = 12;

/** The chat so far. It scrolls itself, follows its end while the reader is there, and offers to go back to it. */
export function Transcript({ turns, activity }: { readonly turns: readonly Turn[]; readonly activity: Activity }): VNode {
  const { scrolling, memory } = usePage();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const drawn = useRef(new Map<string, { readonly turn: Turn; readonly key: unknown; readonly node: VNode }>());
  const oldest = useOldest(turns);
  useRedrawOn(scrolling.onChange);
  const [sections, setSections] = useState(0);
  useEffect(() => memory.onChange(() => setSections((count) => count + 1)), [memory]);

  useLayoutEffect(() => {
    if (scroller.current === null || content.current === null) return undefined;
    return scrolling.attach(scroller.current, content.current);
  }, [scrolling]);

  const lastId = turns.at(-1)?.id;
  // The person has just asked: wherever they were, they want to see what comes.
  useLayoutEffect(() => scrolling.jump(), [scrolling, lastId]);

  const view = (turn: Turn): VNode => {
    const isLast = turn.id === lastId;
    // A turn that is neither new nor running gets the very same node again, which ends the comparison there.
    const key = isLast ? activity : sections;
    const known = drawn.current.get(turn.id);
    if (known !== undefined && known.turn === turn && known.key === key) return known.node;
    const node = <TurnView key={turn.id} turn={turn} activity={isLast ? activity : undefined} />;
    drawn.current.set(turn.id, { turn, key: isLast ? {} : key, node });
    return node;
  };

  return (
    <div class="transcript-frame">
      <div class="transcript" ref={scroller} role="log" aria-live="off" aria-label={t('Chat')} tabIndex={0}>
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
