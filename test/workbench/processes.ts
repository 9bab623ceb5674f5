import { type ChildProcess, spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { onExit, onSignal } from './shutdown.ts';

/** How a child process is run: folder, extra variables (undefined removes one), what happens to its output. */
export interface RunOptions {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly stdio?: StdioOptions;
  readonly timeoutMs?: number;
  /** How long it may take to end when this process is told to stop; 3 s when not given. */
  readonly graceMs?: number;
}

/** What became of a finished child process; `output` is empty unless its output was piped. */
export interface RunResult {
  readonly code: number;
  readonly output: string;
}

/** This process's variables with `changes` applied; npm's own are left out so that a nested npm starts afresh. */
export function environmentWith(changes: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
  const result: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries({ ...process.env, ...changes })) {
    if (value !== undefined && !isOfNpmRun(name)) result[name] = value;
  }
  return result;
}

function isOfNpmRun(name: string): boolean {
  return /^npm_(package|lifecycle|command)/i.test(name) || /^(INIT_CWD|npm_config_local_prefix|npm_config_prefix)$/i.test(name);
}

/** `changes` plus a PATH that starts with the folder of `binary`. */
export function withFirstInPath(binary: string): Record<string, string> {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { [name]: dirname(binary) + delimiter + (process.env[name] ?? '') };
}

/** Runs a program to its end in its own process group; rejects only when it cannot be started. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const child = spawnGroup(command, args, options);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const timer = options.timeoutMs === undefined ? undefined : setTimeout(() => killGroup(child, 'SIGKILL'), options.timeoutMs);
  try {
    return { code: await ended(child), output };
  } finally {
    clearTimeout(timer);
  }
}

/** The program's exit code; 128 and more when a signal ended it. */
export function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/**
 * Starts a program as the leader of a new process group, so that `killGroup` reaches its children too.
 * It does not outlive this process.
 */
export function spawnGroup(command: string, args: readonly string[], options: RunOptions = {}): ChildProcess {
  const child = spawn(command, args, {
    cwd: options.folder,
    env: environmentWith(options.environment),
    stdio: options.stdio ?? ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const forget = [onExit(() => killGroup(child, 'SIGKILL')), onSignal(() => stopGroup(child, options.graceMs))];
  child.once('close', () => {
    for (const each of forget) each();
  });
  return child;
}

/** Asks a process group to end, insists after `graceMs` milliseconds, and returns when it is gone. */
export async function stopGroup(child: ChildProcess, graceMs = 3000): Promise<void> {
  if (child.pid === undefined) return;
  killGroup(child, 'SIGTERM');
  const until = Date.now() + graceMs;
  while (isGroupAlive(child) && Date.now() < until) await pause(25);
  killGroup(child, 'SIGKILL');
  while (isGroupAlive(child) && Date.now() < until + 2000) await pause(25);
}

/** Waits for so many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    if (child.exitCode === null) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

function isGroupAlive(child: ChildProcess): boolean {
  if (child.pid === undefined) return false;
  if (process.platform === 'win32') return child.exitCode === null && child.signalCode === null;
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}
