import { isDeeper, parseJson } from '../json.ts';
import type { AssistantMessage, Reasoning, ToolCall } from '../conversation/message.ts';
import type { Clock, Log } from '../ports.ts';
import { canonical } from './canonical.ts';
import type { ForeignCall } from './foreignMessage.ts';
import { ownerText, type KeptTurn, type TurnOwner } from './keptTurn.ts';
import { createTurnShelf, type MemoryBounds, type TurnFiles } from './turnShelf.ts';

/**
 * What VS Code does not give back of turns that called tools: the reasoning, and the calls byte for byte. It outlives the
 * window, and is bounded: what was not asked for the longest goes first. Nothing here fails: what cannot be kept or read
 * is as good as forgotten.
 */
export interface ReasoningMemory {
  /** What is kept for one extension and one model: what others have thought is as good as forgotten there. */
  of(owner: TurnOwner): OwnMemory;
  /** Settles when everything is written. */
  settled(): Promise<void>;
}

/** The turns of one owner. */
export interface OwnMemory {
  /** Keeps a turn with calls; the ids by which VS Code is to know them, each unlike any other. */
  keep(message: Pick<AssistantMessage, 'reasoning' | 'calls'>): readonly string[];
  /** What is kept of the turn that holds these calls, by their ids alone: what a turn says, anybody can say. Its calls in the order of these. */
  recall(calls: readonly ForeignCall[]): Promise<Recalled>;
}

export interface Recalled {
  readonly reasoning: Reasoning | undefined;
  readonly calls: readonly ToolCall[];
}

export const memoryBounds: MemoryBounds = { turns: 1000, bytes: 16 * 1024 * 1024, turnBytes: 1024 * 1024 };

export interface ReasoningMemoryOptions {
  readonly files: TurnFiles;
  readonly clock: Clock;
  readonly log: Log;
  /** Twelve letters and digits, another each time. */
  readonly newKey?: () => string;
  readonly bounds?: MemoryBounds;
}

const dayMs = 86_400_000;

export function createReasoningMemory({ files, clock, log, newKey = randomKey, bounds = memoryBounds }: ReasoningMemoryOptions): ReasoningMemory {
  const shelf = createTurnShelf({ files, clock, bounds });
  /** What this window has had in its hands, by key, the latest last: found without the disk, and before it is on it. */
  const held = new Map<string, { readonly turn: KeptTurn; readonly size: number }>();
  let heldSize = 0;
  let writing: Promise<void> = Promise.resolve();

  function hold(key: string, turn: KeptTurn): void {
    letGo(key);
    const size = turn.calls.reduce((sum, call) => sum + call.arguments.length, turn.reasoning?.text.length ?? 0);
    held.set(key, { turn, size });
    heldSize += size;
    for (const oldest of held.keys()) {
      if (held.size <= bounds.turns && heldSize <= bounds.bytes) return;
      letGo(oldest);
    }
  }

  function letGo(key: string): void {
    heldSize -= held.get(key)?.size ?? 0;
    held.delete(key);
  }

  /** One write after the other. */
  function later(task: () => Promise<void>): void {
    writing = writing.then(task).catch((error: unknown) => log.warn(`What a model thought for another extension was not kept: ${String(error)}`));
  }

  async function find(owner: string, calls: readonly ForeignCall[]): Promise<KeptTurn | undefined> {
    const keys = [...new Set(calls.flatMap(({ id }) => readId(id)?.key ?? []))];
    const own = keys.flatMap((key) => held.get(key) ?? []).find(({ turn }) => turn.owner === owner);
    if (own !== undefined || keys.length === 0) return own?.turn;
    const found = await shelf.find(keys);
    if (found?.turn.owner !== owner) return undefined;
    const { name, turn } = found;
    hold(name.key, turn);
    // What is still asked for is kept as if it were new; once a day is enough.
    if (clock.now() - name.at > dayMs) later(async () => shelf.put(turn, name).then(async () => shelf.remove(name)));
    return turn;
  }

  return {
    of(whose) {
      const owner = ownerText(whose);
      return {
        keep({ reasoning, calls }) {
          const key = newKey();
          const turn: KeptTurn = { owner, reasoning, calls };
          hold(key, turn);
          later(async () => shelf.put(turn, { key }));
          return calls.map((_, index) => `rvl_${key}_${index}`);
        },
        async recall(calls) {
          let turn: KeptTurn | undefined;
          try {
            turn = await find(owner, calls);
          } catch (error) {
            log.warn(`What a model thought for another extension could not be read: ${String(error)}`);
          }
          const kept = turn?.calls ?? [];
          return { reasoning: turn?.reasoning, calls: calls.map((call, index) => restored(call, kept[readId(call.id)?.index ?? index])) };
        },
      };
    },
    settled: async () => writing,
  };
}

function randomKey(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 12);
}

/** The call as the model made it, where it is the same; else as it was handed over. */
function restored({ id, name, input }: ForeignCall, kept: ToolCall | undefined): ToolCall {
  const isSame = kept !== undefined && kept.name === name && canonical(inputOf(kept.arguments)) === canonical(input);
  return isSame ? kept : { id, name, arguments: JSON.stringify(input) ?? '{}' };
}

/** Arguments as an object; none for an empty text, undefined for what is no object of JSON. */
export function inputOf(argumentsText: string): object | undefined {
  const value = argumentsText.trim() === '' ? {} : parseJson(argumentsText);
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isDeeper(value, 500) ? value : undefined;
}

/** Some extensions write something behind an id, so that theirs are unlike one another. */
function readId(id: string): { readonly key: string; readonly index: number } | undefined {
  const [, key, index] = /rvl_([0-9a-z]{12})_(\d{1,4})/.exec(id) ?? [];
  return key === undefined ? undefined : { key, index: Number(index) };
}
