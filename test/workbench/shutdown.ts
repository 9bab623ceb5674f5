import { constants } from 'node:os';

type Release = () => Promise<void> | void;

const releases = new Set<Release>();
const lastResorts = new Set<() => void>();
let listening = false;
let endingSince: number | undefined;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Registers `release` to run once when this process is told to stop by a signal, newest first.
 * The answer unregisters it: call it when the resource was released in the ordinary way.
 */
export function onSignal(release: Release): () => void {
  listen();
  releases.add(release);
  return () => releases.delete(release);
}

/** Whether this process has been told to stop, so that nothing new should be started. */
export function isStopping(): boolean {
  return endingSince !== undefined;
}

/** Registers synchronous work for the very end of this process, however it comes; the answer unregisters it. */
export function onExit(lastResort: () => void): () => void {
  listen();
  lastResorts.add(lastResort);
  return () => lastResorts.delete(lastResort);
}

function listen(): void {
  if (listening) return;
  listening = true;
  for (const signal of signals) process.on(signal, () => void end(128 + constants.signals[signal]));
  process.on('exit', () => {
    for (const lastResort of [...lastResorts].toReversed()) attempt(lastResort);
  });
}

async function end(code: number): Promise<void> {
  // One Ctrl+C arrives several times: from the terminal, from npm, from the bootstrap. A later one means now:
  // what the exit listener does is then all there is.
  if (endingSince !== undefined) {
    if (performance.now() - endingSince > 1000) process.exit(code);
    return;
  }
  endingSince = performance.now();
  const limit = new Promise<void>((done) => setTimeout(done, 15_000).unref());
  for (const release of [...releases].toReversed()) {
    await Promise.race([limit, Promise.resolve().then(release).catch(report)]);
  }
  process.exit(code);
}

function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    report(error);
  }
}

function report(error: unknown): void {
  console.error('While shutting down:', error);
}
