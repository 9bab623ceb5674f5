import type { Intent } from '../../protocol/messages.ts';
import type { IntentContext } from '../intents.ts';

/** What the page asks of the context that goes with the next question. */
export type ContextIntent = Extract<Intent, { readonly type: ContextIntentType }>;

type ContextIntentType = 'suggest' | 'close-suggestions' | 'take-suggestion' | 'remove-context' | 'show-context' | 'drop-files' | 'drop-text';

/** Does it. */
export async function fulfilContextIntent(intent: ContextIntent, context: IntentContext): Promise<void> {
  context.log.warn(`${intent.type} is not built yet.`);
}
