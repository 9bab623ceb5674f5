import { coreJourneys, samples } from './support/coreJourneys.ts';
import { openSession } from './support/session.ts';

describe('In Restricted Mode', function () {
  this.timeout(240_000);

  coreJourneys({
    name: 'restricted',
    hasTools: false,
    keepsKeys: true,
    open: async () => openSession({ files: samples, server: { trust: 'ask' }, settings: () => ({ 'rivulet.model': 'deepseek/deepseek-v4-flash', 'security.workspace.trust.startupPrompt': 'never' }) }),
  });
});
