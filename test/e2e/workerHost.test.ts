import { startSimulator, type Simulator } from '../simulator/server.ts';
import { coreJourneys, samples } from './support/coreJourneys.ts';
import { openSession, type Session } from './support/session.ts';

describe('In the worker of a browser', function () {
  this.timeout(240_000);
  let session: Session;
  /** A service that allows no other origin. */
  let closed: Simulator;

  before(async () => {
    closed = await startSimulator();
  });
  after(() => closed?.close());

  coreJourneys({
    name: 'worker',
    hasTools: true,
    keepsKeys: true,
    async open() {
      session = await openSession({
        files: samples,
        allowsOrigins: true,
        settings: () => ({
          'rivulet.model': 'deepseek/deepseek-v4-flash',
          'rivulet.endpoints': [{ id: 'closed', label: 'Closed', baseUrl: closed.bases.open, auth: 'none', models: [{ id: 'simulated-reasoner' }] }],
          'files.autoSave': 'off',
          'remote.extensionKind': { 'rivulet.rivulet': ['web'] },
        }),
      });
      return session;
    },
  });

  it('the panel says what of the tools a browser limits', async () => {
    await (await session.panel.open()).getByText('The tools have limits in this window.').waitFor();
  });

  it('a service that allows no other origin is explained by a card', async () => {
    const { panel, window } = session;
    await window.changeSettings({ 'rivulet.model': 'closed/simulated-reasoner' });
    const frame = await panel.open();
    await frame.getByText('simulated-reasoner').first().waitFor();
    const turn = await panel.ask('Hello?');
    await turn.locator('.card.error').getByText('The browser let no answer of Closed through.').waitFor();
    await window.screenshot('worker-cross-origin');
  });
});
