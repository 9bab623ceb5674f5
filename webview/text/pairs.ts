import type { PermissionItem, ReviewItem } from '../../src/protocol/reviewItems.ts';
import type { CallItem, Item } from '../../src/protocol/viewState.ts';

/** Which cards of a turn belong to which of its calls. One that does not say so belongs to none, wherever it stands. */
export interface Pairs {
  /** The call whose words the card of a review holds. */
  callOf(review: ReviewItem): CallItem | undefined;
  /** The review whose card holds the words of a call. */
  reviewOf(call: CallItem): ReviewItem | undefined;
  /** The last that was asked on behalf of a call. */
  questionOf(call: CallItem): PermissionItem | undefined;
}

export function pairsOf(items: readonly Item[]): Pairs {
  const calls = new Map<string, CallItem>();
  const reviews = new Map<string, ReviewItem>();
  const questions = new Map<string, PermissionItem>();
  for (const item of items) {
    if (item.kind === 'call') calls.set(item.id, item);
    else if (item.kind === 'permission' && item.callId !== undefined) questions.set(item.callId, item);
    // Its words are shown once.
    else if (item.kind === 'review' && item.callId !== undefined && !reviews.has(item.callId)) reviews.set(item.callId, item);
  }
  return {
    callOf: (review) => (review.callId !== undefined && reviews.get(review.callId) === review ? calls.get(review.callId) : undefined),
    reviewOf: ({ id }) => reviews.get(id),
    questionOf: ({ id }) => questions.get(id),
  };
}
