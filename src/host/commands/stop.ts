import type { Command } from './command.ts';

export const stop: Command = {
  id: 'rivulet.stop',
  run: async ({ chat }) => chat.stop(),
};
