import type { Json } from '../json.ts';
import type { CostView } from '../../protocol/viewState.ts';
import type { SpentView } from '../../protocol/chatsView.ts';
import type { Clock } from '../ports.ts';
import { addCost } from '../models/cost.ts';
import type { ViewStore } from './viewStore.ts';

/** Where the sums of a day are kept, for all windows: numbers and a date. */
export interface SpentMemory {
  read(): unknown;
  write(value: Json): void;
}

/** What was spent today in all chats and windows; it starts anew at midnight, by the clock of the machine. */
export interface SpentToday {
  /** What a request has cost. */
  add(cost: CostView): void;
  /** Another answer, with a cost that is known or not. */
  count(kind: 'known' | 'unknown'): void;
  /** Looks again what other windows have spent, and whether it is another day. */
  refresh(): void;
}

export interface SpentTodayOptions {
  readonly store: ViewStore;
  readonly clock: Clock;
  readonly memory: SpentMemory;
  /** Another name for each window: each writes its own sums only, so none takes away from another. */
  readonly window: string;
}

type Windows = Readonly<Record<string, SpentView>>;

const nothing: SpentView = { costs: [], known: 0, unknown: 0 };

export function createSpentToday({ store, clock, memory, window }: SpentTodayOptions): SpentToday {
  let day = dayOf(clock.now());
  let own = nothing;

  function others(): Windows {
    const { [window]: _, ...rest } = readDay(memory.read(), day);
    return rest;
  }

  function refresh(): void {
    const now = dayOf(clock.now());
    if (now !== day) own = nothing;
    day = now;
    const today = Object.values(others()).reduce(together, own);
    if (JSON.stringify(today) !== JSON.stringify(store.state.today)) store.publish({ type: 'today-changed', today });
  }

  function change(spent: SpentView): void {
    refresh();
    own = together(own, spent);
    memory.write({ day, windows: { ...others(), [window]: own } } as unknown as Json);
    refresh();
  }

  return {
    refresh,
    add: (cost) => change({ ...nothing, costs: [cost] }),
    count: (kind) => change({ ...nothing, [kind]: 1 }),
  };
}

/** `2026-11-22`, where the person is. */
function dayOf(now: number): string {
  const date = new Date(now);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** An amount for each currency. */
export function together(one: SpentView, other: SpentView): SpentView {
  const costs = [...one.costs];
  for (const cost of other.costs) {
    const at = costs.findIndex(({ currency }) => currency === cost.currency);
    const sum = at === -1 ? undefined : addCost(costs[at], cost);
    if (sum === undefined) costs.push(cost);
    else costs[at] = sum;
  }
  return { costs, known: one.known + other.known, unknown: one.unknown + other.unknown };
}

/** What was kept of this day; nothing of another, or of what is not a day's sums. */
function readDay(kept: unknown, day: string): Windows {
  if (!isRecord(kept) || kept['day'] !== day || !isRecord(kept['windows'])) return {};
  return Object.fromEntries(Object.entries(kept['windows']).filter((entry): entry is [string, SpentView] => isSpent(entry[1])));
}

function isSpent(value: unknown): value is SpentView {
  return isRecord(value) && isAmount(value['known']) && isAmount(value['unknown']) && Array.isArray(value['costs']) && value['costs'].every((cost: unknown) => isRecord(cost) && isAmount(cost['amount']) && typeof cost['currency'] === 'string' && typeof cost['pricesOf'] === 'string');
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
