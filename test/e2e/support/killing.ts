import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulator } from '../../simulator/server.ts';
import type { RecordedRequest } from '../../simulator/recorder.ts';
import { eventually } from '../../workbench/eventually.ts';
import type { Session } from './session.ts';

/** What was left of an answer whose extension host was killed. */
export interface Killed {
  /** Milliseconds from the first byte of the answer to the kill. */
  readonly afterMs: number;
  /** Characters of the answer that the service had sent at the kill, and half a second before it. */
  readonly sent: number;
  readonly sentBefore: number;
  /** Characters that the chat has after the window was opened again. */
  readonly kept: number;
  /** How long before the kill the last of them was sent, in milliseconds: what came later is lost. */
  readonly lostMs: number;
  /** What went wrong; undefined for nothing. */
  readonly fault: string | undefined;
}

/** How much may be lost, in milliseconds. */
export const mayLoseMs = 500;

const question = '[[simulate: no reasoning]] [[simulate: long 600]] Tell me a lot.';

interface StoredTurn {
  readonly view: { readonly outcome: string; readonly items: readonly { readonly kind: string; readonly text?: string }[] };
}

/** Asks for a long answer, kills the extension host in the middle of it, opens the window again and looks at what is there. The chat is a new one each time. */
export async function killInTheMiddle(session: Session, afterMs: number): Promise<Killed> {
  const { panel, simulator, window } = session;
  await window.runCommand('Rivulet: New Chat');
  await (await panel.frame()).locator('article.turn').first().waitFor({ state: 'hidden' });
  const before = simulator.requests.length;
  await panel.send(question);
  const record = await eventually(async () => simulator.requests[before], (each) => each !== undefined && each.bytesSent > 0);
  assert.ok(record !== undefined);
  const sent: { readonly at: number; readonly bytes: number }[] = [];
  const begun = performance.now();
  while (performance.now() < begun + afterMs) {
    sent.push({ at: performance.now(), bytes: record.bytesSent });
    await sleep(5);
  }
  const { folder, process: id } = await openChat(session);
  const killedAt = performance.now();
  process.kill(id, 'SIGKILL');
  sent.push({ at: killedAt, bytes: record.bytesSent });
  await waitForEnd(id);
  const whole = await wholeAnswer(record);
  await window.reload();
  await panel.open();
  const turn = await panel.lastTurn();
  await turn.getByText('Interrupted').first().waitFor({ timeout: 15_000 });
  const text = textOf(await storedTurn(folder));
  const charactersAt = (at: number): number => charactersIn(whole, sent.findLast((each) => each.at <= at)?.bytes ?? 0);
  const lastKept = sent.findLast(({ bytes }) => charactersIn(whole, bytes) <= text.length);
  const result = { afterMs: Math.round(killedAt - begun), sent: charactersAt(killedAt), sentBefore: charactersAt(killedAt - mayLoseMs), kept: text.length, lostMs: Math.max(0, Math.round(killedAt - (lastKept?.at ?? begun))) };
  const answer = charactersIn(whole, Number.POSITIVE_INFINITY);
  const isPrefix = textAt(whole, Number.POSITIVE_INFINITY).startsWith(text);
  const fault = !isPrefix ? 'what was kept is not what was sent' : text.length < result.sentBefore ? 'more than half a second is lost' : result.sent >= answer ? 'the answer had ended before the kill' : await goOn(session, text);
  return { ...result, fault };
}

/** Goes on with the interrupted turn; what is wrong with that, undefined for nothing. */
async function goOn({ panel }: Session, before: string): Promise<string | undefined> {
  const turn = await panel.lastTurn();
  // The last line that is whole; its number is drawn as that of a list.
  const words = before.split('\n').slice(0, -1).findLast((line) => line !== '')?.replace(/^\d+\.\s*/, '') ?? '';
  // Not `innerText`: of what is out of sight that is empty.
  const shown = async (): Promise<string> => (await turn.locator('.answer').allTextContents()).join('\n').replaceAll(/\s+/g, ' ');
  if (!(await eventually(shown, (text) => text.includes(words), 10_000)).includes(words)) return 'what was kept is not shown';
  const length = (await shown()).length;
  await turn.getByRole('button', { name: before === '' ? 'Try again' : 'Continue' }).first().click();
  await eventually(async () => (await shown()).length, (now) => now > length + 50);
  await (await panel.frame()).getByRole('button', { name: 'Stop' }).click();
  await panel.settled();
  const turns = await (await panel.frame()).locator('article.turn').count();
  return turns === 1 ? undefined : `there are ${turns} turns`;
}

/** The folder of the chat that is open, and the process that writes to it, as that says itself. */
async function openChat({ server }: Session): Promise<{ readonly folder: string; readonly process: number }> {
  const leases = (await readdir(server.userDataFolder, { recursive: true })).filter((path) => path.endsWith('lease.json'));
  for (const path of leases) {
    const { process: id, until } = JSON.parse(await readFile(join(server.userDataFolder, path), 'utf8')) as { readonly process: number; readonly until: number };
    if (until > Date.now() && (await storedTurn(join(server.userDataFolder, path, '..')).catch(() => undefined))?.view.outcome === 'running') return { folder: join(server.userDataFolder, path, '..'), process: id };
  }
  throw new Error(`No chat is open. There are: ${leases.join(', ')}`);
}

async function storedTurn(folder: string): Promise<StoredTurn> {
  const name = (await readdir(folder)).find((each) => /^turn-.*\.json$/.test(each));
  assert.ok(name !== undefined, 'no turn was kept');
  return JSON.parse(await readFile(join(folder, name), 'utf8')) as StoredTurn;
}

function textOf({ view }: StoredTurn): string {
  return view.items.flatMap(({ kind, text }) => (kind === 'text' && text !== undefined ? [text] : [])).join('');
}

async function waitForEnd(id: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      process.kill(id, 0);
    } catch {
      return;
    }
    await sleep(10);
  }
}

/** The bytes of the answer to this request, sent without waiting. */
async function wholeAnswer({ path, headers, text }: RecordedRequest): Promise<Buffer> {
  const simulator = await startSimulator({ pace: { chunkDelayMs: 0, longAnswerDelayMs: 0 } });
  try {
    const response = await fetch(simulator.origin + path, { method: 'POST', headers: { authorization: headers.authorization ?? '', 'content-type': 'application/json' }, body: text });
    return Buffer.from(await response.arrayBuffer());
  } finally {
    await simulator.close();
  }
}

/** The answer's text in its first bytes. */
function textAt(whole: Buffer, bytes: number): string {
  const events = whole.subarray(0, Math.min(bytes, whole.length)).toString('utf8').split('\n\n').slice(0, -1);
  return events.map(contentOf).join('');
}

function charactersIn(whole: Buffer, bytes: number): number {
  return textAt(whole, bytes).length;
}

function contentOf(event: string): string {
  const data = /^data: (\{.*)$/m.exec(event)?.[1];
  if (data === undefined) return '';
  const { choices } = JSON.parse(data) as { readonly choices?: readonly { readonly delta?: { readonly content?: string | null } }[] };
  return choices?.[0]?.delta?.content ?? '';
}
