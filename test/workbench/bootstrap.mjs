// What `npm start` and `npm test` run. It has to work on the system's Node, on a fresh clone, before anything is
// installed: it installs the packages and hands over to the pinned Node, which runs TypeScript as it is.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const isWindows = process.platform === 'win32';
const pinnedNode = join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');
const scripts = { start: 'start.ts', test: 'test.ts' };

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Rivulet needs Node 20.19 or newer to set itself up; this is ${process.versions.node} (${process.execPath}).`);
}

function needsInstall() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed) || !existsSync(pinnedNode)) return true;
  return statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
}

function install() {
  console.error('Installing the packages of package-lock.json (npm ci) …');
  const since = Date.now();
  const npmScript = process.env.npm_execpath;
  const useScript = npmScript !== undefined && /npm-cli\.[cm]?js$/.test(npmScript);
  const args = ['ci', '--no-audit', '--no-fund'];
  const { status, error } = useScript
    ? spawnSync(process.execPath, [npmScript, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: isWindows });
  if (error) fail(`npm could not be started: ${error.message}`);
  if (status !== 0) fail('npm ci failed; its own words are above.');
  if (!existsSync(pinnedNode)) fail(`npm ci did not bring ${pinnedNode}; are install scripts switched off (npm config ignore-scripts)?`);
  console.error(`Packages installed (${((Date.now() - since) / 1000).toFixed(1)} s).`);
}

function handOver(script, args) {
  const file = join(root, 'test', 'workbench', script);
  const child = spawn(pinnedNode, ['--disable-warning=ExperimentalWarning', file, ...args], {
    stdio: 'inherit',
    // Where headers for native modules may be found; see npm.ts.
    env: { ...process.env, RIVULET_SYSTEM_NODE: process.execPath },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A signal to npm ends the shell between npm and this process without telling this process.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref();
  child.on('error', (error) => fail(`The pinned Node could not be started: ${error.message}`));
  child.on('close', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 15)));
}

const [name, ...args] = process.argv.slice(2);
const script = scripts[name];
if (!script) fail(`Usage: node test/workbench/bootstrap.mjs ${Object.keys(scripts).join('|')} [options]`);
checkNode();
if (needsInstall()) install();
handOver(script, args);
