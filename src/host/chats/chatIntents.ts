import type { Chats } from '../../core/sessions/chats.ts';
import type { Intent } from '../../protocol/messages.ts';
import { exportChat } from './exportChat.ts';
import { fulfilTurnIntent, type TurnIntent, type TurnIntentContext } from './turnIntents.ts';

/** What the page asks of the list of chats and of turns. */
export type ChatIntent = TurnIntent | Extract<Intent, { readonly type: 'open-chats' | 'close-chats' | 'search-chats' | 'open-chat' | 'rename-chat' | 'pin-chat' | 'delete-chat' | 'export-chat' | 'keep-draft' }>;

export interface ChatIntentContext extends TurnIntentContext {
  readonly chats: Chats;
}

/** Does it. */
export async function fulfilChatIntent(intent: ChatIntent, context: ChatIntentContext): Promise<void> {
  const { chats } = context;
  switch (intent.type) {
    case 'open-chats':
      return chats.openList();
    case 'close-chats':
      return chats.closeList();
    case 'search-chats':
      return chats.search(intent.query);
    case 'open-chat':
      await chats.open(intent.chatId);
      return chats.closeList();
    case 'rename-chat':
      return chats.rename(intent.chatId, intent.title);
    case 'pin-chat':
      return chats.pin(intent.chatId, intent.isPinned);
    case 'delete-chat':
      return chats.remove(intent.chatId);
    case 'export-chat':
      return exportChat(chats, intent.chatId, intent.format);
    case 'keep-draft':
      return chats.keepDraft(intent.chatId, intent.text, intent.mark);
    default:
      return fulfilTurnIntent(intent, context);
  }
}
