import type { OpenChat } from '../../protocol/chatsView.ts';

/** What the page is told of the chat that it shows. */
export function openChatOf({ id, title, draft, draftMark, heardMark }: OpenChat): OpenChat {
  return { id, title, draft, ...(draftMark !== undefined && { draftMark }), ...(heardMark !== undefined && { heardMark }) };
}
