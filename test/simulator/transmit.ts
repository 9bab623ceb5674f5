import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Fault, FaultKind } from './faults.ts';

/** How an answer ended, as the simulator saw it. */
export type Outcome = 'complete' | 'cut' | 'ended early' | 'stalled' | 'reset' | 'closed by client';

/** A body in the pieces it is written in, and how it is sent. */
export interface Transmission {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: readonly string[];
  readonly delayMs: number;
  readonly faults: readonly Fault[];
  readonly onBytes: (count: number) => void;
}

/** The first fault of a kind. */
export function find(faults: readonly Fault[], kind: FaultKind): Fault | undefined {
  return faults.find((fault) => fault.kind === kind);
}

/** Waits, or returns false at once when the client has gone. */
async function wait(milliseconds: number, gone: AbortSignal): Promise<boolean> {
  if (gone.aborted) return false;
  try {
    await sleep(milliseconds, undefined, { signal: gone });
    return true;
  } catch {
    return false;
  }
}

async function write(response: ServerResponse, bytes: Buffer, gone: AbortSignal): Promise<boolean> {
  if (gone.aborted) return false;
  return await new Promise((resolve) => {
    gone.addEventListener('abort', () => resolve(false), { once: true });
    response.write(bytes, (error) => resolve(error === undefined || error === null));
  });
}

/** Writes in pieces of `size` bytes, giving the socket a turn after each, so that they arrive apart. */
async function writeInPieces(response: ServerResponse, bytes: Buffer, options: { readonly size: number; readonly gone: AbortSignal }): Promise<boolean> {
  for (let start = 0; start < bytes.length; start += options.size) {
    if (!(await write(response, bytes.subarray(start, start + options.size), options.gone))) return false;
    await nextTurn();
  }
  return true;
}

async function keepAlive(response: ServerResponse, text: string, timing: { readonly everyMs: number; readonly forMs: number; readonly gone: AbortSignal }): Promise<boolean> {
  for (let waited = 0; waited < timing.forMs; waited += timing.everyMs) {
    if (!(await write(response, Buffer.from(text), timing.gone))) return false;
    if (!(await wait(Math.min(timing.everyMs, timing.forMs - waited), timing.gone))) return false;
  }
  return true;
}

/** Sends an answer with its faults and tells how it ended; it does not return before the connection is done with it. */
export async function transmit(response: ServerResponse, transmission: Transmission): Promise<Outcome> {
  const { faults, pieces } = transmission;
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  const gone = closed.signal;
  const delay = find(faults, 'delay');
  if (delay !== undefined && !(await wait(delay.milliseconds ?? 0, gone))) return 'closed by client';
  if (find(faults, 'reset') !== undefined) {
    response.socket?.resetAndDestroy();
    return 'reset';
  }
  response.socket?.setNoDelay(true);
  response.writeHead(transmission.status, transmission.headers);
  response.flushHeaders();
  const isStream = transmission.headers['content-type']?.startsWith('text/event-stream') ?? false;
  const comment = isStream ? ': keep-alive\n\n' : '\n';
  const waiting = find(faults, 'keep-alive');
  if (waiting !== undefined && !(await keepAlive(response, comment, { everyMs: waiting.everyMs ?? 20, forMs: waiting.milliseconds ?? 0, gone }))) {
    return 'closed by client';
  }
  const ending = find(faults, 'cut') ?? find(faults, 'end') ?? find(faults, 'stall');
  const limit = ending?.at ?? Number.POSITIVE_INFINITY;
  const size = Math.max(1, find(faults, 'split')?.size ?? Number.MAX_SAFE_INTEGER);
  let sent = 0;
  for (const piece of pieces) {
    const whole = Buffer.from(piece);
    const bytes = whole.subarray(0, Math.max(0, Math.min(whole.length, limit - sent)));
    if (bytes.length > 0 && !(await writeInPieces(response, bytes, { size, gone }))) return 'closed by client';
    sent += bytes.length;
    transmission.onBytes(sent);
    if (ending !== undefined && sent >= limit) return await endWith(ending, response, comment, gone);
    if (transmission.delayMs > 0 && !(await wait(transmission.delayMs, gone))) return 'closed by client';
  }
  response.end();
  return 'complete';
}

async function endWith(ending: Fault, response: ServerResponse, comment: string, gone: AbortSignal): Promise<Outcome> {
  if (ending.kind === 'cut') {
    // Destroying at once could also throw away bytes that the kernel has not taken yet.
    await nextTurn();
    response.destroy();
    return 'cut';
  }
  if (ending.kind === 'end') {
    response.end();
    return 'ended early';
  }
  const everyMs = ending.keepAliveEveryMs;
  if (everyMs !== undefined) await keepAlive(response, comment, { everyMs, forMs: Number.POSITIVE_INFINITY, gone });
  else if (!gone.aborted) await new Promise((resolve) => gone.addEventListener('abort', resolve, { once: true }));
  return 'stalled';
}
