import { coreJourneys, samples } from './support/coreJourneys.ts';
import { openSession } from './support/session.ts';

describe('In the worker of a browser', function () {
  this.timeout(240_000);

  coreJourneys({
    name: 'worker',
    hasTools: true,
    keepsKeys: true,
    open: async () =>
      openSession({
        files: samples,
        allowsOrigins: true,
        settings: () => ({ 'rivulet.model': 'deepseek/deepseek-v4-flash', 'files.autoSave': 'off', 'remote.extensionKind': { 'rivulet.rivulet': ['web'] } }),
      }),
  });
});
