import type { Chat } from '../../core/chat/chat.ts';
import type { UndoHolder } from '../../core/chat/undo.ts';
import type { Reviews } from '../../core/reviews/reviews.ts';
import type { Intent } from '../../protocol/messages.ts';
import { say } from '../../protocol/localText.ts';

/** What the page asks of turns. */
export type TurnIntent = Extract<Intent, { readonly type: 'edit-turn' | 'regenerate' | 'delete-turn' | 'show-branch' | 'choose-alternative' | 'undo' }>;

/** Does it; what is deleted can be brought back. */
export async function fulfilTurnIntent(intent: TurnIntent, { chat, undo, reviews }: { readonly chat: Chat; readonly undo: UndoHolder; readonly reviews: Reviews }): Promise<void> {
  switch (intent.type) {
    case 'edit-turn':
      return chat.edit(intent.turnId, intent.text);
    case 'regenerate':
      return chat.regenerate(intent.turnId);
    case 'show-branch':
      return chat.showBranch(intent.turnId, intent.number);
    case 'choose-alternative':
      return chat.chooseAlternative(intent.turnId, intent.itemId);
    case 'undo':
      return undo.undo(intent.id);
    case 'delete-turn': {
      const deleted = await chat.deleteTurn(intent.turnId);
      if (deleted === undefined) return;
      // What they propose nobody sees any more.
      for (const turnId of deleted.turnIds) reviews.declineAll(turnId);
      undo.offer({ text: deleted.turnIds.length === 1 ? say('A question was deleted with its answer.') : say('{0} questions were deleted with their answers.', deleted.turnIds.length), restore: () => deleted.restore(), isOfChat: true });
    }
  }
}
