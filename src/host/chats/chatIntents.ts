import type { Intent } from '../../protocol/messages.ts';
import type { IntentContext } from '../intents.ts';

/** What the page asks of the list of chats and of turns. */
export type ChatIntent = Extract<Intent, { readonly type: ChatIntentType }>;

type ChatIntentType = 'open-chats' | 'close-chats' | 'search-chats' | 'open-chat' | 'rename-chat' | 'pin-chat' | 'delete-chat' | 'export-chat' | 'keep-draft' | 'edit-turn' | 'regenerate' | 'delete-turn' | 'show-branch' | 'choose-alternative' | 'undo';

/** Does it. */
export async function fulfilChatIntent(intent: ChatIntent, context: IntentContext): Promise<void> {
  context.log.warn(`${intent.type} is not built yet.`);
}
