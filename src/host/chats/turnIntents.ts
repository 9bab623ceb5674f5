import type { UndoHolder } from '../../core/chat/undo.ts';
import type { Reviews } from '../../core/reviews/reviews.ts';
import type { Intent } from '../../protocol/messages.ts';
import { say } from '../../protocol/localText.ts';
import { sendAgain, sendEdited, type EditContext } from '../sendEdited.ts';

/** What the page asks of turns. */
export type TurnIntent = Extract<Intent, { readonly type: 'edit-turn' | 'regenerate' | 'delete-turn' | 'show-branch' | 'choose-alternative' | 'undo' }>;

export interface TurnIntentContext extends EditContext {
  readonly undo: UndoHolder;
  readonly reviews: Reviews;
}

/** Does it; what is deleted can be brought back. */
export async function fulfilTurnIntent(intent: TurnIntent, context: TurnIntentContext): Promise<void> {
  const { chat, undo, reviews } = context;
  switch (intent.type) {
    case 'edit-turn':
      return sendEdited(intent.turnId, intent.text, context);
    case 'regenerate':
      return sendAgain(intent.turnId, context);
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
