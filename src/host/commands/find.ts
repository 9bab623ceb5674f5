import type { Command } from './command.ts';

/** Opens the find bar of the panel: for whoever does not think of the keys that open it. */
export const find: Command = {
  id: 'rivulet.find',
  async run({ view }) {
    await view.show();
    view.push({ type: 'find-opened' });
  },
};
