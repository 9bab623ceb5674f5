import type { MessageOf, ToHost } from '../protocol/messages.ts';
import type { IntentContext } from './intents.ts';

/** Puts a code block of an answer into a file, by a review. */
export async function applyCode(intent: Extract<MessageOf<ToHost>, { readonly type: 'apply-code' }>, context: IntentContext): Promise<void> {
  context.log.warn(`${intent.type} is not built yet.`);
}
