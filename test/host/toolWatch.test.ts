import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createToolWatch } from '../../src/host/toolWatch.ts';
import type { ToolPicker } from '../../src/protocol/toolsView.ts';

const picker: ToolPicker = { groups: [], on: 0, most: 128, access: 'on', refusal: undefined };

describe('the choice of tools', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setInterval'] }));
  afterEach(() => mock.timers.reset());

  it('is looked at again and again while it is open, and never once it is closed or the window goes', () => {
    let count = 0;
    const looks = (milliseconds: number): number => {
      count = 0;
      mock.timers.tick(milliseconds);
      return count;
    };
    const watch = createToolWatch(() => (count += 1));
    const open = (): void => watch.note({ type: 'tool-picker-changed', picker });
    assert.equal(looks(10_000), 0);
    open();
    open();
    assert.equal(looks(3000), 3);
    watch.note({ type: 'tool-picker-changed', picker: undefined });
    assert.equal(looks(10_000), 0);
    open();
    assert.equal(looks(1000), 1);
    watch.dispose();
    assert.equal(looks(10_000), 0);
    open();
    assert.equal(looks(10_000), 0, 'one that is over keeps the process');
  });
});
