import type { ChatMatch } from '../../protocol/chatsView.ts';
import type { Item } from '../../protocol/viewState.ts';
import { breathing } from '../breathe.ts';
import type { IndexEntry } from './chatIndex.ts';
import { chatFolder, turnFile, turnsIn } from './paths.ts';
import type { Storage } from './storage.ts';
import { readTurn } from './storedSchemas.ts';

/** Characters of an excerpt before and behind what was found. */
const around = 40;

/** Looks for words in the titles and texts of chats, in this order, and answers each chat that has them with the first place. What cannot be read is passed over. */
export async function* searchChats(storage: Storage, { query, entries }: { readonly query: string; readonly entries: readonly IndexEntry[] }, signal: AbortSignal): AsyncGenerator<ChatMatch> {
  const breathe = breathing(signal);
  const needle = query.toLowerCase();
  // A text that has the words has them in its JSON too; most have not, and need not be taken apart.
  const encoded = JSON.stringify(needle).slice(1, -1).toLowerCase();
  for (const { id, title } of entries) {
    const inTitle = excerpt(title, needle);
    const excerptOf = inTitle ?? (await inTurns(id));
    signal.throwIfAborted();
    if (excerptOf !== undefined) yield { id, excerpt: excerptOf };
  }

  async function inTurns(chatId: string): Promise<string | undefined> {
    const names = await storage.list(chatFolder(chatId)).catch(() => []);
    for (const turnId of turnsIn(names).toSorted()) {
      await breathe();
      const bytes = await storage.read(turnFile(chatId, turnId)).catch(() => undefined);
      if (bytes === undefined || !new TextDecoder().decode(bytes).toLowerCase().includes(encoded)) continue;
      const turn = readTurn(bytes, turnId);
      const texts = turn === undefined ? [] : [turn.view.question.text, ...turn.view.items.flatMap(textsOf)];
      for (const text of texts) {
        const found = excerpt(text, needle);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }
}

function textsOf(item: Item): readonly string[] {
  switch (item.kind) {
    case 'text':
    case 'reasoning':
      return [item.text];
    case 'alternative':
      return [item.text, item.reasoning];
    default:
      return [];
  }
}

/** The words with those around them, in one line; undefined where they are not. */
function excerpt(text: string, needle: string): string | undefined {
  const at = text.toLowerCase().indexOf(needle);
  if (at === -1) return undefined;
  const [from, to] = [Math.max(0, at - around), Math.min(text.length, at + needle.length + around)];
  const part = text.slice(from, to).toWellFormed().replaceAll('\uFFFD', '').replace(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${part}${to < text.length ? '…' : ''}`;
}
