import type { Command } from './command.ts';

/** Shows the list of chats in the panel, and takes it away again. */
export const showChats: Command = {
  id: 'rivulet.showChats',
  async run({ chat, chats, view }) {
    if (chat.state.chats !== undefined) return chats.closeList();
    await view.show();
    await chats.openList();
  },
};
