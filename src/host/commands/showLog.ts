import type { Command } from './command.ts';

export const showLog: Command = {
  id: 'rivulet.showLog',
  async run({ log }) {
    log.channel.show();
  },
};
