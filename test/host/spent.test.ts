import assert from 'node:assert/strict';
import { createContext, fired, reset } from './fakeVscode.ts';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import { createSpent } from '../../src/host/spent.ts';
import { aModel } from '../unit/support/chatHarness.ts';

const cost = { amount: 1, currency: 'USD', pricesOf: '2026-11-01' };

describe('what was spent today, in the editor', () => {
  beforeEach(reset);

  it('is kept for the next window, and is told only when the window is ready for it', () => {
    const context = createContext() as never as { readonly globalState: never; readonly subscriptions: Parameters<typeof createSpent>[1] };
    const log = { info: assert.fail, warn: assert.fail, error: assert.fail };
    const clock = { now: () => Date.now() };
    const open = (): { readonly store: ReturnType<typeof createViewStore>; readonly today: ReturnType<typeof createSpent> } => {
      const store = createViewStore(initialState(aModel), () => undefined);
      return { store, today: createSpent({ store, clock, memento: context.globalState, log }, context.subscriptions) };
    };
    const first = open();
    first.today.add(cost);
    const second = open();
    assert.deepEqual(second.store.state.today.costs, []);
    second.today.refresh();
    assert.deepEqual(second.store.state.today.costs, [cost]);
    second.today.add(cost);
    fired.focused.fire({ focused: true, active: true });
    assert.deepEqual(first.store.state.today.costs, [{ ...cost, amount: 2 }], 'whoever comes back to a window sees what the others have spent');
    for (const subscription of context.subscriptions) subscription.dispose();
  });
});
