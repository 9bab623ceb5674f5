import type { PermissionItem, ReviewItem } from '../../protocol/reviewItems.ts';
import { goToHunk, showPanel, showReview } from '../review/navigation.ts';
import type { Command } from './command.ts';

/** Shows the question that waits for the person, wherever it is best looked at. */
export const showWaiting: Command = {
  id: 'rivulet.showWaiting',
  async run({ chat, inlineReview }) {
    const items = chat.state.turns.flatMap((turn) => turn.items);
    const asked = items.findLast((item): item is ReviewItem | PermissionItem => (item.kind === 'review' || item.kind === 'permission') && item.status === 'open');
    if (asked?.kind === 'permission') await showPanel();
    else if (asked !== undefined) await showReview(inlineReview, asked.token);
    else await goToHunk(inlineReview, 1);
  },
};
