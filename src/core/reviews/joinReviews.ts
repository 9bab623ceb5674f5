import type { Reviews } from './reviews.ts';

/** Reviews for whoever shows in editors what waits, and decides it. */
export type ShownReviews = Pick<Reviews, 'pending' | 'onDidChange' | 'decide'>;

/** What waits in several lists, as one. A token is known to one of them only. */
export function joinReviews(...all: readonly ShownReviews[]): ShownReviews {
  return {
    pending: () => all.flatMap((reviews) => reviews.pending()),
    onDidChange(listener) {
      const stops = all.map((reviews) => reviews.onDidChange(listener));
      return () => stops.forEach((stop) => stop());
    },
    async decide(decision) {
      for (const reviews of all) await reviews.decide(decision);
    },
  };
}
