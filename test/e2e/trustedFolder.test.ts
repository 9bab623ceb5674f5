import { coreJourneys, samples } from './support/coreJourneys.ts';
import { openSession } from './support/session.ts';

describe('In a folder on the disk that is trusted', function () {
  this.timeout(240_000);

  coreJourneys({
    name: 'trusted',
    hasTools: true,
    keepsKeys: true,
    open: async () => openSession({ files: samples, settings: () => ({ 'rivulet.model': 'deepseek/deepseek-v4-flash', 'files.autoSave': 'off' }) }),
  });
});
