import assert from 'node:assert/strict';
import type { AgentEvent } from '../../src/core/agent/run.ts';
import { createProgress } from '../../src/core/chat/progress.ts';
import type { Json } from '../../src/core/json.ts';
import { createSpentToday, type SpentMemory, type SpentToday } from '../../src/core/chat/today.ts';
import { createViewStore, initialState, type ViewStore } from '../../src/core/chat/viewStore.ts';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import { aModel, chatWith, question } from './support/chatHarness.ts';
import { calling, end, type Answer } from './support/scriptedAgent.ts';

const usd = (amount: number): { readonly amount: number; readonly currency: string; readonly pricesOf: string } => ({ amount, currency: 'USD', pricesOf: '2026-11-01' });
const cny = (amount: number): ReturnType<typeof usd> => ({ ...usd(amount), currency: 'CNY' });

function memoryOf(at: { value: Json }): SpentMemory {
  return { read: () => structuredClone(at.value), write: (value) => void (at.value = structuredClone(value)) };
}

function windowOf(name: string, memory: SpentMemory, now: () => number): { readonly today: SpentToday; readonly store: ViewStore } {
  const store = createViewStore(initialState(aModel), () => undefined);
  return { store, today: createSpentToday({ store, memory, window: name, clock: { now } }) };
}

describe('what was spent today', () => {
  const noon = new Date(2026, 10, 22, 12).getTime();

  it('adds up for each currency, and counts the answers whose cost nobody knows', () => {
    const { today, store } = windowOf('a', memoryOf({ value: null }), () => noon);
    today.add(usd(0.5));
    today.add(cny(2));
    today.add(usd(0.25));
    today.count('known');
    today.count('unknown');
    today.count('known');
    assert.deepEqual(store.state.today, { costs: [usd(0.75), cny(2)], known: 2, unknown: 1 });
  });

  it('is that of all windows, and none takes away from another', () => {
    const file = { value: null as Json };
    const [a, b] = [windowOf('a', memoryOf(file), () => noon), windowOf('b', memoryOf(file), () => noon)];
    a.today.add(usd(1));
    b.today.add(usd(2));
    assert.deepEqual(b.store.state.today.costs, [usd(3)]);
    // The editor of one window wrote what it had read before the other did.
    const old = structuredClone(file.value);
    b.today.add(usd(4));
    file.value = old;
    a.today.add(usd(8));
    b.today.count('known');
    a.today.refresh();
    assert.deepEqual([a.store.state.today.costs, b.store.state.today.costs], [[usd(15)], [usd(15)]]);
  });

  it('is still there when the window is opened again, and is gone the next day', () => {
    const file = { value: null as Json };
    let now = noon;
    windowOf('a', memoryOf(file), () => now).today.add(usd(1));
    const again = windowOf('b', memoryOf(file), () => now);
    again.today.refresh();
    assert.deepEqual(again.store.state.today.costs, [usd(1)]);
    now = new Date(2026, 10, 23, 0, 0, 1).getTime();
    again.today.refresh();
    assert.deepEqual(again.store.state.today, { costs: [], known: 0, unknown: 0 });
    again.today.add(usd(4));
    assert.deepEqual(again.store.state.today.costs, [usd(4)]);
  });

  it('begins with nothing where what was kept is not what it should be', () => {
    for (const value of [null, 1, 'x', [], { day: '2026-11-22' }, { day: '2026-11-22', windows: { x: { costs: [{ amount: 'NaN' }], known: 1, unknown: 0 }, y: null } }] as const) {
      const { today, store } = windowOf('a', memoryOf({ value }), () => noon);
      today.refresh();
      assert.deepEqual(store.state.today, { costs: [], known: 0, unknown: 0 }, JSON.stringify(value));
    }
  });
});

describe('what a turn adds to what was spent today', () => {
  const prices = { currency: 'USD', input: 1, output: 10, asOf: '2026-11-01', source: 'a test' };
  const usage = { promptTokens: 100, completionTokens: 10, cachedTokens: undefined, reasoningTokens: undefined };
  const round: Answer = { events: calling('a').events.map((event) => (event.type === 'end' ? { ...event, usage } : event)) };
  const words: Answer = { events: [{ type: 'text-delta', text: 'x' }, end({ text: 'x', usage })] };

  async function spentOn(answers: readonly Answer[], known = true): Promise<{ readonly sum: number; readonly counts: readonly string[] }> {
    let sum = 0;
    const counts: string[] = [];
    const harness = chatWith(answers, { ...(known && { prices }), today: { add: ({ amount }) => void (sum += amount * 1e6), count: (kind) => void counts.push(kind) } });
    await harness.chat.ask(question('Go'));
    return { sum: Math.round(sum), counts };
  }

  it('is every request of it, and it counts once', async () => {
    assert.deepEqual(await spentOn([round, words]), { sum: 400, counts: ['known'] });
  });

  it('is of unknown cost when that of a part is, and what is known counts all the same', async () => {
    assert.deepEqual(await spentOn([round, { events: [{ type: 'text-delta', text: 'x' }], next: new CompletionError('cut', 'x') }]), { sum: 200, counts: ['unknown'] });
    assert.deepEqual(await spentOn([words], false), { sum: 0, counts: ['unknown'] });
  });

  it('is nothing when the service never answered', async () => {
    assert.deepEqual(await spentOn([{ events: [], next: new CompletionError('refused', 'x') }]), { sum: 0, counts: [] });
  });
});

describe('how fast an answer came', () => {
  const usage = { promptTokens: 100, completionTokens: 50, cachedTokens: undefined, reasoningTokens: undefined };

  it('is told of the last answer: to its first word, and tokens per second behind it', () => {
    let time = 0;
    const progress = createProgress({ before: undefined, isBegun: false, prices: undefined, now: () => time });
    const at = (now: number, event: AgentEvent): void => {
      time = now;
      progress.note(event);
    };
    const answered = { type: 'answered', end: end({ text: 'x', usage }) } as const;
    at(1000, { type: 'asking' });
    at(9000, { type: 'text-delta', text: 'x' });
    at(9500, answered);
    assert.deepEqual(progress.timing(), { firstTokenMs: 8000, tokensPerSecond: 100 });
    at(10_000, { type: 'asking' });
    at(10_200, { type: 'liveness', state: 'queued' });
    at(10_400, { type: 'reasoning-delta', text: 'Hm' });
    at(11_000, { type: 'text-delta', text: 'x' });
    at(12_400, answered);
    assert.deepEqual(progress.timing(), { firstTokenMs: 400, tokensPerSecond: 25 });
  });

  it('is shown with the turn, which says when it was asked', async () => {
    const harness = chatWith([{ events: [{ type: 'text-delta', text: 'x' }, end({ text: 'x', usage })] }]);
    const before = harness.moment().now;
    await harness.chat.ask(question('Go'));
    const { timing, askedAt } = harness.lastTurn();
    assert.ok(timing !== undefined && askedAt !== undefined && askedAt > before && askedAt < harness.moment().now);
    harness.assertSound();
  });

  it('counts from the request that was answered, not from those that were made before it', async () => {
    const error = new CompletionError('rate-limit', 'slow', { status: 429 });
    const harness = chatWith([{ events: [{ type: 'retrying', attempt: 1, of: 2, delayMs: 1, error }, { type: 'text-delta', text: 'x' }, end({ text: 'x', usage })] }]);
    await harness.chat.ask(question('Go'));
    const { timing } = harness.lastTurn();
    assert.ok(timing !== undefined && timing.firstTokenMs <= 7 * 4, JSON.stringify(timing));
  });

  it('says no speed of what was over in an instant, or of what nobody counted', async () => {
    for (const answer of [[{ type: 'text-delta', text: 'x' }, end({ text: 'x', usage })], [{ type: 'text-delta', text: 'x' }, end({ text: 'x' })]] as const) {
      const harness = chatWith([{ events: answer }]);
      await harness.chat.ask(question('Go'));
      assert.equal(harness.lastTurn().timing?.tokensPerSecond, undefined);
    }
    const silent = chatWith([{ events: [], next: new CompletionError('refused', 'x') }]);
    await silent.chat.ask(question('Go'));
    assert.equal(silent.lastTurn().timing, undefined);
  });
});
