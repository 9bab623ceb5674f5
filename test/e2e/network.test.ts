import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { networkLog, strangeRequests, type NetworkLine, type NetworkLog } from '../workbench/networkLog.ts';
import { pause } from '../workbench/processes.ts';
import { baseUrls, openSession, type Session } from './support/session.ts';

/** Minutes without a touch: `npm run test:idle` takes ten. */
const idleMinutes = Number(process.env['RIVULET_IDLE_MINUTES'] ?? 1);

/** What leaves the process: sockets of the machine itself join VS Code's own processes. */
function sent(lines: readonly NetworkLine[]): readonly NetworkLine[] {
  return lines.filter(({ host, kind }) => host && kind !== 'start' && kind !== 'local socket');
}

function described(lines: readonly NetworkLine[]): string {
  return lines.map(({ kind, to, stack }) => `${kind} ${to}\n    ${stack.join('\n    ')}`).join('\n');
}

describe('The network before anything was asked', function () {
  this.timeout(240_000 + idleMinutes * 60_000);
  let session: Session;
  let folder: string;
  let log: NetworkLog;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rivulet-network-'));
    log = networkLog(folder);
    // A service of one's own without a key, which could be asked at once, and servers on this machine to be found.
    session = await openSession({
      server: { nodeArguments: log.nodeArguments, environment: { ...log.environment, DEEPSEEK_API_KEY: 'sk-simulated-elsewhere' } },
      // Models and tools are offered to VS Code's own chat too, which asks what there is.
      settings: (simulator) => ({ 'chat.disableAIFeatures': false, 'rivulet.baseUrls': baseUrls(simulator), 'rivulet.model': 'deepseek/deepseek-flash', 'rivulet.endpoints': [{ id: 'lab', baseUrl: `${simulator.origin}/v1`, auth: 'none', models: [{ id: 'm' }] }] }),
    });
  });
  after(async () => {
    await session?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it(`carries nothing while the window starts with a key stored, the panel opens, and ${idleMinutes} minutes pass; and a question at once`, async () => {
    const { window, panel, simulator, server } = session;
    const strange = strangeRequests(window.page, server.origin);
    await panel.open();
    await panel.setKey('DeepSeek', simulator.keys.deepseek);
    await window.reload();
    await panel.open();
    await pause(idleMinutes * 60_000);

    const idle = await log.lines();
    assert.equal(idle.filter(({ host, kind }) => host && kind === 'start').length, 2, 'both extension hosts were listened to');
    assert.equal(described(sent(idle)), '', 'no process of extensions began a connection or looked up a name');
    assert.deepEqual(strange, [], 'the window and its webviews asked for nothing but their own files');
    assert.deepEqual(window.refusedRequests, []);
    assert.equal(simulator.requests.length, 0);

    // The same ears hear a question: were they deaf, all this would say nothing.
    await panel.ask('And now?');
    assert.ok(simulator.requests.length > 0);
    const heard = sent((await log.lines()).slice(idle.length));
    assert.ok(heard.some(({ kind, to }) => kind === 'connection' && to.endsWith(`:${new URL(simulator.origin).port}`)), described(heard));
    console.log(`      ${idleMinutes} idle minutes, ${sent(idle).length} connections of the extension host, ${strange.length} requests of the page, ${idle.length} lines of log; one question: ${heard.length} lines`);
  });
});
