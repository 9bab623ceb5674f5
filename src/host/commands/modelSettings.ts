import type { Command } from './command.ts';

export const modelSettings: Command = {
  id: 'rivulet.modelSettings',
  async run({ sheet, view }) {
    sheet.open();
    await view.focus();
  },
};
