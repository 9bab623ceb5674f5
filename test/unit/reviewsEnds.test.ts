import assert from 'node:assert/strict';
import { normalise } from '../../src/core/conversation/normalise.ts';
import type { FileChange } from '../../src/core/edits/change.ts';
import { reviewResult } from '../../src/core/tools/reviewResult.ts';
import { defineTool } from '../../src/core/tools/tool.ts';
import { say } from '../../src/protocol/localText.ts';
import { Chat } from '../../src/core/chat/chat.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import * as v from 'valibot';
import { question } from './support/chatHarness.ts';
import { edit, proposed, reviewHarness, sensitivePlace, settled, words, type ReviewHarness } from './support/reviewHarness.ts';
import { end, saying, scriptedAgent } from './support/scriptedAgent.ts';
import { toolContext } from './support/toolContext.ts';

const never = new AbortController().signal;
const change = edit('a.txt', 'a\n', 'A\n');

async function propose(harness: ReviewHarness, changes: readonly FileChange[], signal = never): Promise<{ readonly outcome: Promise<string> }> {
  const outcome = harness.reviews.forTurn('turn-1').review({ changes }, signal).then(({ decision }) => decision, () => 'stopped');
  await settled();
  return { outcome };
}

async function putOff(harness: ReviewHarness): Promise<void> {
  await propose(harness, [change]);
  await harness.reviews.decide({ token: harness.card().token, decision: 'later' });
}

/** Accepts, and stays in the middle of applying until told to go on. */
async function applying(harness: ReviewHarness, when: 'before' | 'after'): Promise<{ readonly goOn: () => Promise<void> }> {
  const gate = Promise.withResolvers<void>();
  if (when === 'before') harness.beforeApply = async () => gate.promise;
  else harness.afterApply = async () => gate.promise;
  const decided = harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
  await settled();
  return {
    async goOn() {
      gate.resolve();
      await decided;
      await settled();
    },
  };
}

describe('a turn that is stopped while something is being applied', () => {
  it('has the model told with the next question what came of it, when it was too late', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    const controller = new AbortController();
    const { outcome } = await propose(harness, [change], controller.signal);
    const { goOn } = await applying(harness, 'after');
    controller.abort(new Error('stopped'));
    assert.equal(await outcome, 'stopped');
    await goOn();
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'A\n');
    const [told = '', ...more] = harness.reviews.news();
    assert.match(told, /stopped the turn while a change .* was being made.* Applied: a\.txt\./);
    assert.deepEqual(more, []);
  });

  it('has nothing to tell when nothing was changed', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    const controller = new AbortController();
    await propose(harness, [change], controller.signal);
    const { goOn } = await applying(harness, 'before');
    controller.abort(new Error('stopped'));
    await goOn();
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'a\n');
    assert.deepEqual(harness.reviews.news(), []);
  });

  it('leaves a chat whose history says what happened', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' }, []);
    const write = defineTool({
      name: 'write',
      description: 'Writes.',
      input: v.object({}),
      risk: 'write',
      summary: () => say('{0}', 'writes'),
      run: async (_, context) => reviewResult(await context.person.review({ changes: [change] }, context.signal)),
    });
    const agent = scriptedAgent([{ events: [end({ calls: [{ id: 'c1', name: 'write', arguments: '{}' }] })] }, saying('Well.')], { tools: [write] });
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    let ids = 0;
    const chat = new Chat({
      newId: () => `turn-${(ids += 1)}`,
      clock: { now: () => 1 },
      log: silent,
      store: harness.store,
      news: () => harness.reviews.news().map((text) => ({ label: 'News', text })),
      connect: async (turnId) => ({ provider: deepseek, model: 'm', agent: { ...agent, toolContext: toolContext({ person: harness.reviews.forTurn(turnId) }) } }),
    });
    const asked = chat.ask(question('Write.'));
    await proposed(harness);
    const gate = Promise.withResolvers<void>();
    harness.afterApply = async () => gate.promise;
    void harness.reviews.decide({ token: harness.card('turn-1').token, decision: 'accept' });
    await settled();
    await chat.stop();
    await asked;
    gate.resolve();
    await settled();
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'A\n');
    await chat.ask(question('And now?'));
    const request = normalise(agent.requests.at(-1) ?? []);
    assert.match(request.at(-1)?.role === 'user' ? JSON.stringify(request.at(-1)) : '', /Applied: a\.txt\..*And now\?/);
    const answer = request.find(({ role }) => role === 'tool');
    assert.doesNotMatch(JSON.stringify(answer), /was not run|nothing was changed/i);
  });
});

describe('a closed panel', () => {
  it('leaves what was put off without a decision, which the model does not take for a no', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await putOff(harness);
    harness.reviews.declineAll();
    assert.equal(harness.card().status, 'unanswered');
    const told = harness.reviews.news().join();
    assert.match(told, /was put off, and its question has ended with no decision\. .*nothing was changed: a\.txt/);
    assert.doesNotMatch(told, /rejected/);
  });

  it('leaves a question without a decision also while the host asks, and shows nothing as accepted', async () => {
    const harness = reviewHarness({ '.npmrc': 'a\n' });
    const dialog = Promise.withResolvers<boolean>();
    harness.answer = async () => dialog.promise;
    const { outcome } = await propose(harness, [{ kind: 'edit', place: sensitivePlace('.npmrc'), before: 'a\n', after: 'A\n' }]);
    void harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    await settled();
    harness.reviews.declineAll();
    dialog.resolve(true);
    assert.equal(await outcome, 'unanswered');
    assert.deepEqual(harness.card().files[0]?.hunks.map(({ decision }) => decision), ['open']);
    assert.deepEqual(harness.documents.applied, []);
  });

  it('leaves a permission unanswered', async () => {
    const harness = reviewHarness({});
    const allowed = harness.reviews.forTurn('turn-1').allows({ text: say('{0}', '?'), reasons: [] }, never);
    await settled();
    harness.reviews.declineAll();
    assert.equal(await allowed, false);
    assert.equal(harness.permission().status, 'unanswered');
  });

  it('ends the edits that were allowed: the turn that goes on is asked again', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    harness.answer = () => true;
    await harness.reviews.allowEdits(true);
    assert.equal(harness.store.state.edits, 'allowed');
    harness.reviews.declineAll();
    assert.equal(harness.store.state.edits, 'ask');
    await propose(harness, [change]);
    assert.equal(harness.card().status, 'open');
    assert.deepEqual(harness.documents.applied, []);
  });
});

describe('news of a chat that is over', () => {
  it('do not get into the next one, when something put off was still being applied', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await putOff(harness);
    const { goOn } = await applying(harness, 'after');
    harness.store.publish({ type: 'chat-cleared' });
    harness.reviews.clear();
    await goOn();
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'A\n');
    assert.deepEqual(harness.reviews.news(), []);
  });

  it('do not get into the next one, when a turn was still being reverted', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await propose(harness, [change]);
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    const gate = Promise.withResolvers<void>();
    harness.afterApply = async () => gate.promise;
    const reverted = harness.reviews.revert('turn-1');
    await settled();
    harness.reviews.clear();
    gate.resolve();
    await reverted;
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'a\n');
    assert.deepEqual(harness.reviews.news(), []);
  });

  it('do not tell of a proposal of a turn that has begun anew', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await putOff(harness);
    harness.reviews.declineAll('turn-1');
    assert.deepEqual(harness.reviews.pending(), []);
    assert.deepEqual(harness.reviews.news(), []);
  });
});

describe('many files that are not ordinary', () => {
  const paths = Array.from({ length: 30 }, (_, index) => `f${index}.env`);
  const changes = paths.map((path): FileChange => ({ kind: 'edit', place: sensitivePlace(path), before: 'a\n', after: 'b\n' }));

  it('are all refused with the first no, which the card says, and those allowed before it are applied', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', ...Object.fromEntries(paths.map((path) => [path, 'a\n'])) });
    harness.answer = () => harness.asked.length < 3;
    const { outcome } = await propose(harness, [...changes, change]);
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal(harness.asked.length, 3);
    assert.equal(await outcome, 'partly');
    assert.deepEqual([...paths, 'a.txt'].filter((path) => harness.documents.bytesOf(`/w/${path}`) !== 'a\n'), ['f0.env', 'f1.env', 'a.txt']);
    assert.match(words(harness.card().note ?? say('{0}', '')), /After your no to one file/);
  });

  it('say nothing of others when only the last one was refused', async () => {
    const harness = reviewHarness(Object.fromEntries(paths.map((path) => [path, 'a\n'])));
    harness.answer = () => harness.asked.length < 2;
    await propose(harness, changes.slice(0, 2));
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal(harness.card().note, undefined);
  });
});

describe('a permission whose dialog waits behind another one', () => {
  it('is not asked about any more once its turn was stopped', async () => {
    const harness = reviewHarness({});
    const first = Promise.withResolvers<boolean>();
    harness.answer = async (asked) => (asked.includes('ordinary') ? first.promise : true);
    const controller = new AbortController();
    void harness.reviews.allowEdits(true);
    const allowed = harness.reviews.forTurn('turn-1').allows({ text: say('{0}', 'Read .env?'), reasons: [] }, controller.signal).catch(() => 'stopped');
    await settled();
    void harness.reviews.permit(harness.permission().token, true);
    await settled();
    controller.abort();
    assert.equal(await allowed, 'stopped');
    first.resolve(false);
    await settled();
    assert.equal(harness.asked.length, 1);
  });
});
