import type { OpenChat } from '../../protocol/chatsView.ts';
import type { Queue } from '../queue.ts';
import type { ChatPatch, Patched } from './patchChat.ts';
import type { Session } from './session.ts';

/** What was written into a chat, and the page's mark of it; without one it counts as the newest. */
export interface Draft {
  readonly text: string;
  readonly mark: number | undefined;
}

/** Keeps what is written and not sent, of whatever chat. */
export interface Drafts {
  keep(chatId: string, draft: Draft): Promise<void>;
}

export interface DraftsOptions {
  readonly queue: Queue;
  /** The chat that is shown. */
  readonly shown: () => Session;
  /** A chat that was left and is not stored yet. */
  readonly pending: (chatId: string) => Session | undefined;
  readonly patch: (chatId: string, change: ChatPatch) => Promise<Patched>;
  /** Keeps a chat of which nobody has heard for its words. */
  readonly create: (chatId: string, draft: Draft) => Promise<void>;
}

export function createDrafts({ queue, shown, pending, patch, create }: DraftsOptions): Drafts {
  /** On their way to chats that are not open. */
  const waiting = new Map<string, Draft>();

  async function keepLate(chatId: string): Promise<void> {
    const draft = waiting.get(chatId);
    // A later one has been kept.
    if (draft === undefined) return;
    waiting.delete(chatId);
    const here = chatId === shown().chat.id ? shown() : pending(chatId);
    if (here !== undefined) return change(here, draft);
    // Another window may have the chat by now: nobody asked for this, and nobody is told.
    if ((await patch(chatId, (chat) => changeOf(chat, draft))) === 'gone' && draft.text.trim() !== '') await create(chatId, draft);
  }

  return {
    async keep(chatId, draft) {
      const session = shown();
      // It does not wait for a chat that is being read: it may be what says that this one shall stay.
      if (chatId === session.chat.id) {
        waiting.delete(chatId);
        return change(session, draft);
      }
      if (isOld(waiting.get(chatId)?.mark, draft)) return;
      waiting.set(chatId, draft);
      await queue.run(async () => keepLate(chatId));
    },
  };
}

/** A chat with this draft. */
export function withDraft<Chat extends Pick<OpenChat, 'draft' | 'draftMark'>>(chat: Chat, draft: Draft): Chat {
  return { ...chat, ...changeOf(chat, draft) };
}

function change(session: Session, draft: Draft): void {
  const { chat } = session;
  const changed = changeOf(chat, draft);
  if (('draft' in changed && changed.draft !== chat.draft) || ('draftMark' in changed && changed.draftMark !== chat.draftMark)) session.change(changed);
}

function changeOf({ draftMark }: Pick<OpenChat, 'draftMark'>, draft: Draft): Partial<Pick<OpenChat, 'draft' | 'draftMark'>> {
  if (isOld(draftMark, draft)) return {};
  return { draft: draft.text, ...(draft.mark !== undefined && { draftMark: draft.mark }) };
}

function isOld(known: number | undefined, { mark }: Draft): boolean {
  return mark !== undefined && known !== undefined && mark <= known;
}
