import type { Command } from './command.ts';

export const newChat: Command = {
  id: 'rivulet.newChat',
  async run({ chats, view }) {
    await chats.openNew();
    await view.focus();
  },
};
