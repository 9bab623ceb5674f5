import type { Command } from './command.ts';

/** Puts back what another agent has changed through a tool of ours. */
export const revertOutside: Command = { id: 'rivulet.revertOutside', run: async ({ outside }) => outside.revert() };
