import { setImmediate as nextTurn } from 'node:timers/promises';
import { Chat } from '../../../src/core/chat/chat.ts';
import type { KeptChat } from '../../../src/core/chat/chatOptions.ts';
import { createUndo, type UndoHolder } from '../../../src/core/chat/undo.ts';
import { createViewStore, initialState, type ViewStore } from '../../../src/core/chat/viewStore.ts';
import { deepseek } from '../../../src/core/providers/deepseek.ts';
import { createChats, type Chats } from '../../../src/core/sessions/chats.ts';
import type { ChatNews } from '../../../src/core/sessions/chatsOptions.ts';
import type { Owner } from '../../../src/core/sessions/leases.ts';
import type { Storage } from '../../../src/core/sessions/storage.ts';
import type { Timers } from '../../../src/core/sessions/timers.ts';
import { aModel, question } from './chatHarness.ts';
import { saying, scriptedAgent, type Answer } from './scriptedAgent.ts';

/** Time that passes when a test says so. */
export interface HandClock extends Timers {
  now(): number;
  /** Lets so many milliseconds pass, with everything that is due in them. */
  pass(milliseconds: number): Promise<void>;
}

export function handClock(start = Date.UTC(2026, 10, 1)): HandClock {
  let now = start;
  const due = new Set<{ at: number; readonly every: number | undefined; readonly action: () => void }>();
  const add = (milliseconds: number, action: () => void, every?: number): (() => void) => {
    const timer = { at: now + milliseconds, every, action };
    due.add(timer);
    return () => void due.delete(timer);
  };
  return {
    now: () => now,
    after: (milliseconds, action) => add(milliseconds, action),
    every: (milliseconds, action) => add(milliseconds, action, milliseconds),
    async pass(milliseconds) {
      const until = now + milliseconds;
      for (;;) {
        await settle();
        const [next] = [...due].filter(({ at }) => at <= until).toSorted((one, other) => one.at - other.at);
        if (next === undefined) break;
        now = Math.max(now, next.at);
        if (next.every === undefined) due.delete(next);
        else next.at = now + next.every;
        next.action();
      }
      now = until;
      await settle();
    },
  };
}

export async function settle(): Promise<void> {
  for (let turn = 0; turn < 15; turn += 1) await nextTurn();
}

/** A window: its chats over a storage that other windows may have too. */
export interface ChatsWindow {
  readonly chats: Chats;
  readonly chat: Chat;
  readonly store: ViewStore;
  readonly undo: UndoHolder;
  readonly told: ChatNews[];
  readonly logged: string[];
  /** The tools of each chat that was shown. */
  readonly taken: readonly KeptChat['tools'][];
  readonly memory: { kept: unknown };
  /** Sends a question as the person does, waits for the end and lets time pass until it is stored. */
  ask(text: string): Promise<void>;
  /** The titles in the list, each with its state. */
  listed(): readonly string[];
}

export interface WindowOptions {
  readonly storage: Storage;
  readonly clock: HandClock;
  readonly answers?: readonly Answer[];
  readonly memory?: { kept: unknown };
  readonly owner?: Partial<Owner>;
}

let windows = 0;

export function openWindow({ storage, clock, answers = [], memory = { kept: undefined }, owner = {} }: WindowOptions): ChatsWindow {
  const number = (windows += 1);
  const told: ChatNews[] = [];
  const logged: string[] = [];
  const taken: KeptChat['tools'][] = [];
  const log = (line: string): void => void logged.push(line);
  const logs = { info: log, warn: log, error: log };
  const store = createViewStore(initialState(aModel), () => undefined);
  const undo = createUndo(store);
  const chats = createChats({
    storage,
    index: { read: () => structuredClone(memory.kept), write: (index) => void (memory.kept = structuredClone(index)) },
    owner: { id: `window-${number}`, process: number, machine: 'here', isGone: () => false, ...owner },
    clock,
    timers: clock,
    log: logs,
    store,
    undo,
    leave: async () => chat.stop(),
    async show(kept) {
      taken.push(kept.tools);
      await chat.open(kept);
    },
    tell: (news) => void told.push(news),
    titleOfCopy: (title) => `${title} (copy)`,
  });
  const script = scriptedAgent([...answers, ...Array.from({ length: 20 }, (_, index) => saying(`Answer ${index + 1}.`))]);
  let count = 0;
  const chat: Chat = new Chat({
    keeper: chats.keeper,
    findService: (id) => (id === deepseek.id ? deepseek : undefined),
    newId: () => `turn-${number}-${(count += 1)}`,
    connect: async () => ({ provider: deepseek, model: 'deepseek-v4-flash', agent: script }),
    clock,
    log: logs,
    store,
  });
  return {
    chats,
    chat,
    store,
    undo,
    told,
    logged,
    taken,
    memory,
    async ask(text) {
      await chat.ask(question(text), [], { mark: store.state.chat.draftMark });
      await clock.pass(500);
    },
    listed: () => store.state.chats?.entries.map(({ title, state }) => `${title} ${state}`) ?? [],
  };
}

/** The window as it is after it has been loaded again. */
export async function reload(window: ChatsWindow, { storage, clock }: Pick<WindowOptions, 'storage' | 'clock'>): Promise<ChatsWindow> {
  await window.chats.close();
  const next = openWindow({ storage, clock, memory: window.memory });
  void next.chats.start();
  await clock.pass(1000);
  return next;
}
