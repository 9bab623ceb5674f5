import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/server.ts';
import { startServer, type ServerOptions, type WorkbenchServer } from '../../workbench/server.ts';
import { packTestExtension } from '../../workbench/testExtensions.ts';
import { openWindow, type WindowOptions, type WorkbenchWindow } from '../../workbench/window.ts';
import { createPanel, type Panel } from './panel.ts';

/** The package under test, as `npm run package` leaves it. */
export const vsix = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'out', 'rivulet.vsix');

/** A person's VS Code with Rivulet installed from its package, a folder open, and the simulator in the services' place. */
export interface Session {
  readonly simulator: Simulator;
  readonly server: WorkbenchServer;
  readonly window: WorkbenchWindow;
  readonly panel: Panel;
  /** The folder that is open, and a way to put a file into it. */
  readonly folder: string;
  readonly write: (path: string, content: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface SessionOptions {
  /** Texts that are in the folder before it is opened, by their paths. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  readonly settings?: (simulator: Simulator) => Readonly<Record<string, unknown>>;
  readonly server?: Omit<ServerOptions, 'userSettings' | 'extensions'>;
  readonly window?: Omit<WindowOptions, 'folder'>;
  readonly chunkDelayMs?: number;
  /** The keys that the simulator accepts, where they are not its usual ones. */
  readonly keys?: SimulatorOptions['keys'];
  /** Lets a browser's worker read the simulator's answers. */
  readonly allowsOrigins?: SimulatorOptions['allowsOrigins'];
  /** Names of folders in test/extensions, installed beside Rivulet. */
  readonly testExtensions?: readonly string[];
}

/** The setting that sends the built-in services' requests to the simulator. */
export function baseUrls(simulator: Simulator): Readonly<Record<string, string>> {
  const { deepseek, iflow, jiekou } = simulator.bases;
  return { deepseek, iflow, jiekou };
}

export async function openSession(options: SessionOptions = {}): Promise<Session> {
  const undo: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.toReversed()) await step();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'rivulet-folder-'));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const write = async (path: string, content: string): Promise<void> => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    };
    await write('README.md', '# Sample\n');
    for (const [path, text] of Object.entries(options.files ?? {})) await write(path, text);
    const simulator = await startSimulator({ pace: { chunkDelayMs: options.chunkDelayMs ?? 5 }, ...(options.keys && { keys: options.keys }), allowsOrigins: options.allowsOrigins === true });
    undo.push(() => simulator.close());
    const server = await startServer({
      ...options.server,
      extensions: [vsix, ...(await Promise.all((options.testExtensions ?? []).map(packTestExtension)))],
      userSettings: { 'rivulet.baseUrls': baseUrls(simulator), 'workbench.startupEditor': 'none', ...options.settings?.(simulator) },
    });
    undo.push(() => server.stop());
    const window = await openWindow(server, { ...options.window, folder });
    undo.push(() => window.close());
    return { simulator, server, window, panel: createPanel(window), folder, write, close };
  } catch (error) {
    await close();
    throw error;
  }
}
