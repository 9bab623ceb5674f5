import assert from 'node:assert/strict';
import { createToolWatch } from '../../src/host/toolWatch.ts';
import type { ToolPicker } from '../../src/protocol/toolsView.ts';

const picker: ToolPicker = { groups: [], on: 0, most: 128, access: 'on', refusal: undefined };

describe('the choice of tools', () => {
  it('is looked at again and again while it is open, and never once it is closed', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let count = 0;
    const watch = createToolWatch(() => {
      count += 1;
      resolve();
    });
    watch.note({ type: 'tool-picker-changed', picker });
    watch.note({ type: 'tool-picker-changed', picker });
    await promise;
    watch.note({ type: 'tool-picker-changed', picker: undefined });
    await new Promise((done) => setTimeout(done, 1500));
    assert.equal(count, 1);
    watch.dispose();
    // One that is over would keep the process.
    watch.note({ type: 'tool-picker-changed', picker });
  });
});
