import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { NoRipgrep } from './noRipgrep.ts';
import { nativePath } from './places.ts';

/** How a ripgrep ended that was read to its end. `complaint` is what it says of its arguments or its pattern. */
export interface RipgrepEnd {
  readonly hadTrouble: boolean;
  readonly complaint: string;
}

export interface RipgrepRun {
  readonly arguments: readonly string[];
  /** Absolute, with forward slashes. */
  readonly folder: string;
  /** What it reads from its standard input; nothing when left out. */
  readonly input?: string | undefined;
  readonly signal: AbortSignal;
}

const longestComplaint = 16 * 1024;

/**
 * Runs ripgrep without a shell and hands on what it writes as it comes; it waits while nobody reads. It is killed when the
 * reader leaves or the signal aborts, whose reason is then thrown.
 */
export async function* runRipgrep(ripgrep: string, run: RipgrepRun): AsyncGenerator<Buffer, RipgrepEnd> {
  run.signal.throwIfAborted();
  let child: ChildProcessWithoutNullStreams;
  try {
    child = start(ripgrep, run);
  } catch (error) {
    return notStarted(error, run);
  }
  const ended = new Promise<number | null>((resolve) => {
    // Why is only known after it has been closed, which must not count as its end.
    child.once('error', (error) => resolve(notStarted(error, run)));
    child.once('close', resolve);
  });
  // Whoever reads to the end hears of it below; whoever leaves before does not care.
  ended.catch(() => undefined);
  // It may have ended before it has read all.
  child.stdin.on('error', () => undefined).end(run.input ?? '');
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = `${complaint}${text}`.slice(0, longestComplaint)));
  const kill = (): void => void child.kill('SIGKILL');
  run.signal.addEventListener('abort', kill, { once: true });
  try {
    for await (const chunk of addAbortSignal(run.signal, child.stdout)) yield chunk as Buffer;
    const code = await ended;
    run.signal.throwIfAborted();
    return { hadTrouble: code !== 0 && code !== 1, complaint: complaint.trim() };
  } catch (error) {
    run.signal.throwIfAborted();
    throw error;
  } finally {
    run.signal.removeEventListener('abort', kill);
    if (child.exitCode === null) kill();
  }
}

function start(ripgrep: string, { arguments: list, folder }: RipgrepRun): ChildProcessWithoutNullStreams {
  return spawn(ripgrep, [...list], { cwd: nativePath(folder), env: environment(), shell: false, windowsHide: true, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Too many processes or open files, no memory, too long a line of arguments. */
const passing = new Set<unknown>(['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM', 'E2BIG']);

/** Node names the program also when it is the folder that is missing or closed. */
async function notStarted(error: unknown, { folder }: RipgrepRun): Promise<never> {
  const canEnter = await access(`${nativePath(folder)}/.`, constants.X_OK).then(() => true, () => false);
  const isPassing = error instanceof Error && 'code' in error && passing.has(error.code);
  throw new NoRipgrep(String(error), { isLasting: canEnter && !isPassing });
}

/** What ripgrep needs of the environment: nothing but where a person's own ignore file lies, and what Windows needs to start. */
function environment(): NodeJS.ProcessEnv {
  const names = ['HOME', 'XDG_CONFIG_HOME', 'USERPROFILE', 'SystemRoot'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}
