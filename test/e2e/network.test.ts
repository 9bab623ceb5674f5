import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { networkLog, strangeRequests, type NetworkLine, type NetworkLog } from '../workbench/networkLog.ts';
import { pause } from '../workbench/processes.ts';
import { baseUrls, openSession, type SessionOptions } from './support/session.ts';

/** Minutes without a touch of a window as it usually is: `npm run test:idle` takes ten. The other windows take a quarter of it. */
const idleMinutes = Number(process.env['RIVULET_IDLE_MINUTES'] ?? 1);

/** What leaves the process: sockets of the machine itself join VS Code's own processes. */
function sent(lines: readonly NetworkLine[]): readonly NetworkLine[] {
  return lines.filter(({ host, kind }) => host && kind !== 'start' && kind !== 'local socket');
}

function described(lines: readonly NetworkLine[]): string {
  return lines.map(({ kind, to, stack }) => `${kind} ${to}\n    ${stack.join('\n    ')}`).join('\n');
}

const minutes = (count: number): string => (count === 1 ? 'a minute' : `${count} minutes`);

/** What differs from one window to the next. */
interface Place {
  readonly name: string;
  readonly idleMinutes: number;
  readonly trust?: 'ask';
  readonly allowsOrigins?: true;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether the extension runs in the page, whose requests are then what it asks for. */
  readonly isInPage?: true;
}

const places: readonly Place[] = [
  { name: 'a trusted folder', idleMinutes },
  { name: 'Restricted Mode', idleMinutes: idleMinutes / 4, trust: 'ask' },
  { name: 'the worker of a browser', idleMinutes: idleMinutes / 4, allowsOrigins: true, isInPage: true, settings: { 'remote.extensionKind': { 'rivulet.rivulet': ['web'] } } },
];

function optionsFor({ trust, allowsOrigins, settings }: Place, log: NetworkLog): SessionOptions {
  return {
    server: { nodeArguments: log.nodeArguments, environment: { ...log.environment, DEEPSEEK_API_KEY: 'sk-simulated-elsewhere' }, ...(trust && { trust }) },
    ...(allowsOrigins && { allowsOrigins }),
    // A service of one's own without a key, which could be asked at once, and servers on this machine to be found. Models
    // and tools are offered to VS Code's own chat too, which asks what there is.
    settings: (simulator) => ({ 'chat.disableAIFeatures': false, 'rivulet.baseUrls': baseUrls(simulator), 'rivulet.model': 'deepseek/deepseek-flash', 'rivulet.endpoints': [{ id: 'lab', baseUrl: `${simulator.origin}/v1`, auth: 'none', models: [{ id: 'm' }] }], ...settings }),
  };
}

describe('The network before anything was asked', function () {
  this.timeout(240_000 + idleMinutes * 60_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rivulet-network-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  for (const place of places) {
    it(`carries nothing in ${place.name} while the window starts with a key stored, the panel opens, and ${minutes(place.idleMinutes)} pass; and a question at once`, async () => {
      const log = networkLog(folder);
      const session = await openSession(optionsFor(place, log));
      try {
        const { window, panel, simulator, server } = session;
        const strange = strangeRequests(window.page, server.origin);
        await panel.open();
        await panel.setKey('DeepSeek', simulator.keys.deepseek);
        await window.reload();
        await panel.open();
        await pause(place.idleMinutes * 60_000);

        const idle = await log.lines();
        // Threads of theirs, which VS Code 1.104 has, are listened to as well.
        assert.equal(new Set(idle.flatMap(({ host, kind, pid }) => (host && kind === 'start' ? [pid] : []))).size, 2, 'both extension hosts were listened to');
        assert.equal(described(sent(idle)), '', 'no process of extensions began a connection or looked up a name');
        assert.equal(strange.join('\n'), '', 'the window, its workers and its webviews asked for nothing but their own files');
        assert.deepEqual(window.refusedRequests, []);
        assert.equal(simulator.requests.length, 0);

        // The same ears hear a question: were they deaf, all this would say nothing.
        await panel.ask('And now?');
        assert.ok(simulator.requests.length > 0);
        const heard = sent((await log.lines()).slice(idle.length));
        if (place.isInPage) assert.ok(strange.some((address) => address.startsWith(simulator.origin)), strange.join('\n'));
        else assert.ok(heard.some(({ kind, to }) => kind === 'connection' && to.endsWith(`:${new URL(simulator.origin).port}`)), described(heard));
        console.log(`      ${place.idleMinutes} idle minutes, ${sent(idle).length} connections of the extension host, 0 requests of the page, ${idle.length} lines of log; one question: ${heard.length} lines, ${strange.length} requests of the page`);
      } finally {
        await session.close();
      }
    });
  }
});
