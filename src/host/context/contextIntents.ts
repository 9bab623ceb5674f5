import { suggestedPiece } from '../../core/context/suggestionId.ts';
import type { Intent } from '../../protocol/messages.ts';
import type { IntentContext } from '../intents.ts';
import { addMediaFile } from '../media.ts';
import { takeDropped } from './droppedFiles.ts';
import { showPiece } from './showPiece.ts';

/** What the page asks of the context that goes with the next question. */
export type ContextIntent = Extract<Intent, { readonly type: ContextIntentType }>;

type ContextIntentType = 'suggest' | 'close-suggestions' | 'take-suggestion' | 'remove-context' | 'show-context' | 'drop-files' | 'drop-text';

/** Does it. Whatever path an id or an address names goes through the guard, for the page is not trusted. */
export async function fulfilContextIntent(intent: ContextIntent, { pieces, media, guard, documents, log }: IntentContext): Promise<void> {
  const { tray, suggestions } = pieces;
  switch (intent.type) {
    case 'suggest':
      return suggestions.suggest(intent.kind, intent.query);
    case 'close-suggestions':
      return suggestions.close();
    case 'take-suggestion': {
      const piece = suggestedPiece(intent.id);
      // Commands and prompts are words of the question; nothing is taken for them.
      if (piece === undefined) return log.info('A suggestion was taken that is no piece of context.');
      suggestions.close();
      return pieces.add(piece);
    }
    case 'remove-context':
      return tray.remove(intent.id);
    case 'show-context': {
      const piece = tray.pieceOf(intent.id);
      return piece === undefined ? undefined : showPiece(piece, pieces.ports, documents);
    }
    case 'drop-files':
      return takeDropped(intent.uris, { tray, guard, addPicture: async (file) => addMediaFile(file, media) });
    case 'drop-text':
      return pieces.add({ kind: 'text', name: intent.name, text: intent.text });
  }
}
