// `npm start`: a VS Code with Rivulet's panel open, talking to the simulator or, with --provider, to a real service.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { providers } from '../../src/core/providers/providers.ts';
import { startSimulator } from '../simulator/server.ts';
import { openDesktop } from './desktop.ts';
import type { Locale } from './locale.ts';
import { packageExtension, vsixPath } from './package.ts';
import { cacheFolder, out, root } from './places.ts';
import { say, step } from './progress.ts';
import { writeSample } from './sample.ts';
import { startServer } from './server.ts';
import { onSignal } from './shutdown.ts';
import { windowAddress } from './window.ts';

// The same port every time, because a browser keeps secrets per address, port included.
const usualPort = 8710;
const helperFolder = join(root, 'test', 'workbench', 'openPanel');

const help = `npm start [-- options]

Opens VS Code with Rivulet and a sample folder. Without options it answers from a simulator on this machine: no key, no
network, and answers made by rules, not by a model.

  --provider ${providers.map(({ id }) => id).join('|')}   the real service instead; VS Code asks for the key
  --desktop      the desktop VS Code (its \`code\` command) instead of one in the browser
  --port N       where the VS Code for the browser listens (${usualPort}, or a free port when that is taken)
  --locale L     en, zh-cn or zh-tw
  --help`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      provider: { type: 'string' }, desktop: { type: 'boolean' }, port: { type: 'string' },
      locale: { type: 'string' }, help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(help);
  const port = readPort(values.port);
  const locale = readLocale(values.locale);
  const userSettings = values.provider === undefined ? await simulatorSettings() : providerSettings(values.provider);
  const folder = join(cacheFolder(), 'start', 'sample');
  await writeSample(folder);
  const environment = { RIVULET_ASK_KEY: values.provider };
  const usual = join(cacheFolder(), 'start');

  if (values.desktop) {
    await step('Rivulet', packageExtension);
    await openDesktop({ folder, userSettings, environment, dataFolder: usual, extensionFolders: [root, helperFolder] });
    console.log(`\nVS Code is opening ${folder}.\n${closing(values.provider)}`);
    return keepRunning();
  }

  const isUsual = port === undefined && (await isFree(usualPort));
  const extensions = [vsixPath, await step('Rivulet and the package of it', packages)];
  const server = await step('VS Code', () =>
    startServer({
      extensions, userSettings, environment, locale,
      ...(isUsual ? { port: usualPort, dataFolder: join(usual, 'data') } : {}),
      ...(port === undefined ? {} : { port }),
    }),
  );
  const address = windowAddress(server, { folder });
  console.log(`\nRivulet is open at\n\n  ${address}\n\n${closing(values.provider)}`);
  openBrowser(address);
  keepRunning();
}

async function simulatorSettings(): Promise<Record<string, unknown>> {
  const simulator = await startSimulator();
  onSignal(() => simulator.close());
  const endpoint = {
    id: 'simulator', label: 'Simulator (local, no key)', baseUrl: `${simulator.origin}/open/v1`, auth: 'none',
    models: [{ id: 'simulated-reasoner' }],
  };
  return { 'rivulet.endpoints': [endpoint], 'rivulet.model': 'simulator/simulated-reasoner' };
}

function providerSettings(id: string): Record<string, unknown> {
  const provider = providers.find((each) => each.id === id);
  if (!provider) throw new Error(`There is no service “${id}”; there are ${providers.map((each) => each.id).join(', ')}.`);
  return { 'rivulet.endpoints': [], 'rivulet.model': `${provider.id}/${provider.models[0]?.id ?? ''}` };
}

/** Packs Rivulet and the helper that opens its panel; the answer is the helper's package. */
async function packages(): Promise<string> {
  await packageExtension();
  const packagePath = join(out, 'open-panel.vsix');
  await createVSIX({ cwd: helperFolder, packagePath, dependencies: false, allowMissingRepository: true, skipLicense: true });
  return packagePath;
}

function closing(provider: string | undefined): string {
  const source = provider
    ? `It uses the real service ${provider}; the key is asked for in the window and kept in VS Code's secret storage.`
    : 'Its answers come from the simulator on this machine: a development tool that follows rules, not a model.';
  return `${source}\nCtrl+C ends it.`;
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`--port takes a number from 1 to 65535, not “${text}”.`);
  return port;
}

function readLocale(text: string | undefined): Locale {
  if (text === undefined || text === 'en' || text === 'zh-cn' || text === 'zh-tw') return text ?? 'en';
  throw new Error(`--locale takes en, zh-cn or zh-tw, not “${text}”.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function openBrowser(address: string): void {
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (!hasDisplay || process.env['CI']) return;
  const [command, ...args] = process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
  if (command) spawn(command, [...args, address], { stdio: 'ignore', detached: true }).on('error', () => undefined).unref();
}

function keepRunning(): void {
  // The desktop's windows and the server are other processes; this one stays for the simulator and for Ctrl+C.
  const timer = setInterval(() => undefined, 1 << 30);
  onSignal(() => clearInterval(timer));
}

try {
  await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
