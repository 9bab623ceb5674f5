import { useEffect, useState } from 'preact/hooks';
import type { Intent } from '../../src/protocol/messages.ts';
import type { ReviewItem } from '../../src/protocol/reviewItems.ts';
import { usePage } from '../page.ts';
import { decisionsOf } from '../../src/protocol/reviewedFiles.ts';

/** What a decision is about: a hunk of a file, a file, or with neither all that is open. */
export interface Place {
  readonly file?: number;
  readonly hunk?: number;
}

/** What the buttons of a review do. */
export interface Decisions {
  /** Undefined once there is nothing to decide any more. */
  readonly decide: ((decision: 'accept' | 'reject' | 'later', place: Place) => void) | undefined;
  /** Whether a press is on its way to the host, so that there is no second one. */
  readonly isPending: (place: Place) => boolean;
  /** Shows a file, or all of them, in the diff editor. Undefined once the host has no longer anything to show. */
  readonly showDiff: ((file?: number) => void) | undefined;
}

/** After this long without an answer a button may be pressed again: the host may have asked for itself and been told no. */
const patienceMs = 5000;

/** The buttons of a review, which always name the token that is drawn: the person decides on what they see. */
export function useDecisions(item: ReviewItem): Decisions {
  const { post } = usePage();
  const shown = `${item.token} ${item.status}`;
  const [pressed, setPressed] = useState<{ readonly shown: string; readonly places: readonly Place[] }>({ shown, places: [] });
  const places = pressed.shown === shown ? pressed.places.filter((place) => isOpen(item, place)) : [];
  useEffect(() => {
    if (pressed.places.length === 0) return undefined;
    const timer = setTimeout(() => setPressed({ shown, places: [] }), patienceMs);
    return () => clearTimeout(timer);
  }, [pressed]);

  const { token, status } = item;
  const isAsked = status === 'open' || status === 'later';
  return {
    decide: isAsked
      ? (decision, place) => {
          setPressed({ shown, places: [...places, place] });
          post({ type: 'decide', token, decision, ...place } satisfies Intent);
        }
      : undefined,
    isPending: (place) => places.some((other) => covers(other, place)),
    showDiff: isAsked ? (file) => post({ type: 'show-diff', token, ...(file !== undefined && { file }) }) : undefined,
  };
}

/** Whether something of it is still to be decided. */
export function isOpen({ files }: ReviewItem, { file, hunk }: Place): boolean {
  const meant = file === undefined ? files : files.slice(file, file + 1);
  return meant.some((review) => (hunk === undefined ? decisionsOf(review).includes('open') : review.hunks[hunk]?.decision === 'open'));
}

function covers(whole: Place, part: Place): boolean {
  return (whole.file === undefined || whole.file === part.file) && (whole.hunk === undefined || whole.hunk === part.hunk);
}
