import type { VNode } from 'preact';
import type { ReviewItem } from '../../src/protocol/viewState.ts';

/** Changes to files, to be decided hunk by hunk. */
export function ReviewCard({ item }: { readonly item: ReviewItem }): VNode {
  return <section class="card review" data-token={item.token} />;
}
