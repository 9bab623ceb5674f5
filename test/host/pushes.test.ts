import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createPushes, type Pushes } from '../../src/host/pushes.ts';
import type { Push } from '../../src/protocol/messages.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { initialState } from '../../src/core/chat/viewStore.ts';
import { aModel } from '../unit/support/chatHarness.ts';

const state: ViewState = initialState(aModel);

describe('pushes', () => {
  let posted: Push[] = [];
  let pushes: Pushes;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    posted = [];
    pushes = createPushes((push) => posted.push(push));
  });
  afterEach(() => mock.timers.reset());

  function extend(itemId: string, text: string): void {
    pushes.add({ type: 'item-extended', turnId: 't', itemId, text });
  }

  /** So much in each of two frames. */
  function rush(length: number): void {
    for (let time = 0; time < 2; time += 1) {
      extend('1', 'x'.repeat(length));
      mock.timers.tick(33);
    }
  }

  it('gather the changes of a frame and join neighbours that extend the same item', () => {
    for (const text of ['a', 'b', 'c']) extend('1', text);
    extend('2', 'x');
    extend('1', 'd');
    pushes.add({ type: 'composer-focused' });
    mock.timers.tick(32);
    assert.deepEqual(posted, []);
    mock.timers.tick(1);
    assert.deepEqual(posted, [
      {
        revision: 1,
        changes: [
          { type: 'item-extended', turnId: 't', itemId: '1', text: 'abc' },
          { type: 'item-extended', turnId: 't', itemId: '2', text: 'x' },
          { type: 'item-extended', turnId: 't', itemId: '1', text: 'd' },
          { type: 'composer-focused' },
        ],
      },
    ]);
  });

  it('do not join the same item of another turn', () => {
    extend('1', 'a');
    pushes.add({ type: 'item-extended', turnId: 'u', itemId: '1', text: 'b' });
    mock.timers.tick(33);
    assert.equal(posted[0]?.changes.length, 2);
  });

  it('are numbered without a gap, so that a page can tell that it missed one', () => {
    for (let round = 0; round < 3; round += 1) {
      extend('1', 'a');
      mock.timers.tick(33);
    }
    mock.timers.tick(1000);
    assert.deepEqual(posted.map(({ revision }) => revision), [1, 2, 3]);
  });

  it('drop what is gathered when a snapshot goes out, for it is in there already', () => {
    extend('1', 'a');
    pushes.snapshot(state);
    mock.timers.tick(100);
    assert.deepEqual(posted, [{ revision: 1, changes: [{ type: 'snapshot', state: { ...state, revision: 1 } }] }]);
    extend('1', 'b');
    mock.timers.tick(33);
    assert.deepEqual(posted[1], { revision: 2, changes: [{ type: 'item-extended', turnId: 't', itemId: '1', text: 'b' }] });
  });

  describe('of text that comes too fast to be read', () => {
    it('are gathered for longer from the third on', () => {
      rush(132);
      extend('1', 'x'.repeat(660));
      mock.timers.tick(164);
      assert.equal(posted.length, 2);
      mock.timers.tick(1);
      assert.equal(posted.length, 3);
      extend('1', 'x');
      mock.timers.tick(33);
      assert.equal(posted.length, 3);
    });

    it('are a frame apart while it can be read', () => {
      rush(131);
      extend('1', 'x');
      mock.timers.tick(33);
      assert.equal(posted.length, 3);
    });

    it('are a frame apart after a single burst', () => {
      extend('1', 'x'.repeat(5000));
      mock.timers.tick(33);
      extend('1', 'x');
      mock.timers.tick(33);
      assert.equal(posted.length, 2);
    });

    it('are a frame apart again once it has become slower', () => {
      rush(132);
      extend('1', 'x'.repeat(659));
      mock.timers.tick(165);
      extend('1', 'x');
      mock.timers.tick(33);
      assert.equal(posted.length, 4);
    });

    it('keep nothing else waiting', () => {
      rush(132);
      extend('1', 'x'.repeat(660));
      mock.timers.tick(20);
      pushes.add({ type: 'composer-focused' });
      mock.timers.tick(32);
      assert.equal(posted.length, 2);
      mock.timers.tick(1);
      assert.deepEqual(posted[2]?.changes.map(({ type }) => type), ['item-extended', 'composer-focused']);
    });
  });

  it('post nothing after they were disposed of', () => {
    extend('1', 'a');
    pushes.dispose();
    mock.timers.tick(100);
    assert.deepEqual(posted, []);
  });
});
