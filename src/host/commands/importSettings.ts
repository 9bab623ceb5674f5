import type { Command } from './command.ts';

export const importSettings: Command = {
  id: 'rivulet.importSettings',
  async run(context) {
    // With it comes a reader of YAML, which nothing else needs.
    const { importSettings: run } = await import('../import/importSettings.ts');
    await run(context);
  },
};
