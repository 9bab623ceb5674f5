import { createViewStore, initialState, type ViewStore } from '../../src/core/chat/viewStore.ts';
import { createReviews } from '../../src/core/reviews/createReviews.ts';
import type { PendingReview, Reviews } from '../../src/core/reviews/reviews.ts';
import { documents } from '../../src/host/documents.ts';
import { files } from '../../src/host/files.ts';
import { fillIn } from '../../src/protocol/localText.ts';

/** What to decide of each file of a review: all of it, or each of its hunks. */
export type Decide = (review: PendingReview) => readonly (Verdict | readonly Verdict[])[];
type Verdict = 'accept' | 'reject';

export const acceptAll: Decide = ({ files: shown }) => shown.map(() => 'accept');
export const rejectAll: Decide = ({ files: shown }) => shown.map(() => 'reject');

/** Reviews over the real host's documents, with a turn `turn`, and a person who decides as told. */
export interface HostReviews {
  readonly reviews: Reviews;
  readonly store: ViewStore;
  /** What the host itself has asked, in words. */
  readonly asked: string[];
  /** The person's answer to what the host asks; no when left alone. */
  confirms: boolean;
  /** How every review is decided as soon as it is shown; undefined leaves it open. */
  decide: Decide | undefined;
}

export function hostReviews(): HostReviews {
  const store = createViewStore(initialState({ service: '', serviceLabel: '', model: '', readiness: 'ready', hasKeyPage: false, notice: undefined, tools: 'on' }), () => undefined);
  store.publish({ type: 'turn-added', turn: { id: 'turn', question: { text: '', attachments: [] }, items: [], outcome: 'running', usage: undefined } });
  const seen = new Set<string>();
  const host: HostReviews = {
    store,
    asked: [],
    confirms: false,
    decide: undefined,
    reviews: createReviews({
      store,
      documents,
      files,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      async confirm({ text, details }) {
        host.asked.push([text, ...details].map(({ message, args }) => fillIn(message, args)).join('\n'));
        return host.confirms;
      },
    }),
  };
  host.reviews.onDidChange(() => {
    for (const review of host.reviews.pending()) {
      if (host.decide === undefined || seen.has(review.token)) continue;
      seen.add(review.token);
      for (const [file, verdicts] of host.decide(review).entries()) {
        if (typeof verdicts === 'string') void host.reviews.decide({ token: review.token, decision: verdicts, file });
        else for (const [hunk, decision] of verdicts.entries()) void host.reviews.decide({ token: review.token, decision, file, hunk });
      }
    }
  });
  return host;
}
