import assert from 'node:assert/strict';
import { createRefusals } from '../../src/core/otherAgents/refusals.ts';

const never = new AbortController().signal;

describe('questions of an agent that does not give up', () => {
  let time = 0;
  let asked: string[] = [];
  const question = (name: string, yes = false) => async () => (asked.push(name), yes);

  beforeEach(() => ((time = 0), (asked = [])));

  it('are answered with no after three No within a minute, and asked again when the first is a minute old', async () => {
    const refusals = createRefusals(() => time);
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      assert.equal(await refusals.ask(question(name), never), false);
      time += 1000;
    }
    assert.deepEqual(asked, ['a', 'b', 'c']);
    time = 59_999;
    assert.equal(await refusals.ask(question('f', true), never), false);
    time = 60_000;
    assert.equal(await refusals.ask(question('g', true), never), true);
    assert.deepEqual(asked, ['a', 'b', 'c', 'g']);
  });

  it('are all asked while a Yes comes between', async () => {
    const refusals = createRefusals(() => time);
    for (const yes of [false, false, true, false, false, true]) assert.equal(await refusals.ask(question('x', yes), never), yes);
    assert.equal(asked.length, 6);
  });

  it('come one after the other: those that wait are not asked either once it is enough', async () => {
    const refusals = createRefusals(() => time);
    const all = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(async (name) => refusals.ask(question(name), never)));
    assert.ok(all.every((yes) => !yes));
    assert.deepEqual(asked, ['a', 'b', 'c']);
  });

  it('are not asked when they have been taken back, and a Yes that comes later counts no more', async () => {
    const refusals = createRefusals(() => time);
    const controller = new AbortController();
    const first = refusals.ask(async () => (controller.abort(), true), controller.signal);
    assert.deepEqual([await first, await refusals.ask(question('b', true), controller.signal)], [false, false]);
    assert.deepEqual(asked, []);
  });

  it('that were taken back while they were asked do not count as one of the three No', async () => {
    const refusals = createRefusals(() => time);
    for (let count = 0; count < 3; count += 1) {
      const controller = new AbortController();
      assert.equal(await refusals.ask(async () => (controller.abort(), false), controller.signal), false);
    }
    assert.equal(await refusals.ask(question('a', true), never), true);
  });
});
