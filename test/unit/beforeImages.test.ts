import assert from 'node:assert/strict';
import { createBeforeImages, type BeforeImage } from '../../src/core/reviews/beforeImages.ts';
import { place, proposed, reviewHarness } from './support/reviewHarness.ts';

function image(before: number, after: number): BeforeImage {
  return { origin: place('a.txt'), current: place('a.txt'), before: { kind: 'text', text: 'x'.repeat(before) }, after: 'x'.repeat(after) };
}

describe('what files were before a turn', () => {
  it('is given up for the first turns when there is no more room, and never for the last', () => {
    const forgotten: (readonly [string, number])[] = [];
    const images = createBeforeImages({ most: 100, forgot: (turnId, files) => void forgotten.push([turnId, files]) });
    images.set('1', [image(20, 20), image(5, 5)]);
    images.set('2', [image(20, 20)]);
    assert.deepEqual(forgotten, []);
    images.set('3', [image(10, 10)]);
    assert.deepEqual([forgotten, images.of('1'), images.of('2').length], [[['1', 2]], [], 1]);
    images.set('4', [image(500, 0)]);
    assert.deepEqual([forgotten.slice(1), images.of('4').length], [[['2', 1], ['3', 1]], 1]);
  });

  it('counts what a turn has now, not what it had, and bytes too', () => {
    const forgotten: string[] = [];
    const images = createBeforeImages({ most: 100, forgot: (turnId) => void forgotten.push(turnId) });
    for (let step = 0; step < 10; step += 1) images.set('1', [image(20, 20)]);
    images.set('2', []);
    assert.deepEqual(forgotten, []);
    images.clear();
    images.set('3', [image(30, 30)]);
    images.set('4', [{ ...image(0, 0), before: { kind: 'bytes', bytes: new Uint8Array(60), text: undefined } }]);
    assert.deepEqual(forgotten, ['3']);
  });

  it('is shown as gone with the turn, which then cannot be reverted', async () => {
    const harness = reviewHarness({});
    harness.answer = () => true;
    const create = async (turnId: string, count: number): Promise<void> => {
      const changes = Array.from({ length: count }, (_, index) => ({ kind: 'create' as const, place: place(`${turnId}-${index}.ts`, { missing: true }), after: 'x'.repeat(16 * 1024 * 1024) }));
      const outcome = harness.reviews.forTurn(turnId).review({ changes }, new AbortController().signal);
      await proposed(harness);
      await harness.reviews.decide({ token: harness.card(turnId).token, decision: 'accept' });
      assert.equal((await outcome).decision, 'accepted');
    };
    await create('turn-1', 1);
    assert.deepEqual(harness.turnChanges('turn-1'), { files: 1, state: 'kept' });
    await create('turn-2', 8);
    assert.deepEqual(harness.turnChanges('turn-1'), { files: 1, state: 'forgotten' });
    await harness.reviews.revert('turn-1');
    assert.notEqual(harness.documents.bytesOf('/w/turn-1-0.ts'), undefined);
  }).timeout(60_000);
});
