import type { Command } from './command.ts';

/** Shows the choice of this chat's tools in the panel. */
export const chooseTools: Command = {
  id: 'rivulet.chooseTools',
  async run({ toolbox, view }) {
    toolbox.open();
    await view.focus();
  },
};
