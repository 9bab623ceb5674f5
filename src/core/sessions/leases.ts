import * as v from 'valibot';
import type { Clock } from '../ports.ts';
import { leaseFile } from './paths.ts';
import { readIfThere } from './readChatFolder.ts';
import type { Storage } from './storage.ts';
import { fromBytes, toBytes } from './storedSchemas.ts';

/** This window, among those that may have the same chats before them. */
export interface Owner {
  /** Random, and another in each window. */
  readonly id: string;
  /** The process that this is, and the machine that it runs on, where they are known. */
  readonly process: number | undefined;
  readonly machine: string | undefined;
  /** Whether a process of this machine has ended: what a killed one leaves need not be waited for. */
  isGone(process: number): boolean;
}

/** Which window writes to a chat: one at a time, as long as it says so again and again. */
export interface Leases {
  /** Takes the chat for this window; false when another has it. Taken again, it is renewed. */
  take(chatId: string): Promise<boolean>;
  release(chatId: string): Promise<void>;
  isElsewhere(chatId: string): Promise<boolean>;
}

/** Milliseconds for which a chat is taken, and after which that is said again. */
export const leaseMs = 8000;
export const renewMs = 2000;

const lease = v.object({ owner: v.string(), process: v.optional(v.number()), machine: v.optional(v.string()), until: v.number() });

export interface LeaseOptions {
  readonly storage: Storage;
  readonly owner: Owner;
  readonly clock: Clock;
}

export function createLeases({ storage, owner, clock }: LeaseOptions): Leases {
  /** Who has the chat, as its file says; one that cannot be read says nothing, and whoever has the chat writes it anew. */
  async function holder(chatId: string): Promise<string | undefined> {
    const bytes = await readIfThere(storage, leaseFile(chatId));
    const read = bytes && v.safeParse(lease, fromBytes(bytes));
    if (read?.success !== true) return undefined;
    const { owner: id, process, machine, until } = read.output;
    if (id === owner.id) return id;
    const now = clock.now();
    // One that ends far in the future was written by a clock that has been put back since.
    if (until <= now || until > now + 2 * leaseMs) return undefined;
    return process !== undefined && machine !== undefined && machine === owner.machine && owner.isGone(process) ? undefined : id;
  }

  async function isElsewhere(chatId: string): Promise<boolean> {
    const id = await holder(chatId);
    return id !== undefined && id !== owner.id;
  }

  return {
    isElsewhere,
    async take(chatId) {
      if (await isElsewhere(chatId)) return false;
      await storage.write(leaseFile(chatId), toBytes({ owner: owner.id, process: owner.process, machine: owner.machine, until: clock.now() + leaseMs }));
      // Two that come at the same moment: the later has written over the earlier, which finds so here.
      return !(await isElsewhere(chatId));
    },
    async release(chatId) {
      if ((await holder(chatId)) === owner.id) await storage.delete(leaseFile(chatId));
    },
  };
}
