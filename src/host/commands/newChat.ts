import type { Command } from './command.ts';

export const newChat: Command = {
  id: 'rivulet.newChat',
  async run({ chat, view }) {
    await chat.clear();
    await view.focus();
  },
};
