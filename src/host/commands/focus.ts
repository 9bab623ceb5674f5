import type { Command } from './command.ts';

export const focus: Command = {
  id: 'rivulet.focus',
  run: async ({ view }) => view.focus(),
};
