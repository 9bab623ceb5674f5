import assert from 'node:assert/strict';
import { manyAtOnce } from '../../src/core/manyAtOnce.ts';

describe('manyAtOnce', () => {
  it('does everything once, in order of beginning, at most sixteen at the same time', async () => {
    const items = Array.from({ length: 100 }, (_, index) => index);
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    await manyAtOnce(items, async (item, index) => {
      assert.equal(item, index);
      begun.push(item);
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    });
    assert.deepEqual(begun, items);
    assert.equal(most, 16);
  });

  it('fails with the first failure, and begins nothing after it', async () => {
    const begun: number[] = [];
    const items = Array.from({ length: 100 }, (_, index) => index);
    await assert.rejects(manyAtOnce(items, async (item) => {
      begun.push(item);
      await new Promise((resolve) => setImmediate(resolve));
      if (item === 3) throw new Error('three');
    }), /three/);
    assert.ok(begun.length < 40, `${begun.length} were begun`);
  });

  it('has nothing to do for nothing', async () => {
    await manyAtOnce([], async () => assert.fail());
  });
});
