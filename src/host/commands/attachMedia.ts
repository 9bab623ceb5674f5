import { pickMedia } from '../media.ts';
import type { Command } from './command.ts';

export const attachMedia: Command = {
  id: 'rivulet.attachPicture',
  async run({ media, view, log }) {
    await view.focus();
    await pickMedia(media, log);
  },
};
