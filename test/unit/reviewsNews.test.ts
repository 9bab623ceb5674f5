import assert from 'node:assert/strict';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import type { FileChange } from '../../src/core/edits/change.ts';
import { chatWith, question } from './support/chatHarness.ts';
import { edit, place, proposed, reviewHarness, type ReviewHarness } from './support/reviewHarness.ts';
import { saying } from './support/scriptedAgent.ts';

const never = new AbortController().signal;

async function propose(harness: ReviewHarness, change: FileChange, decision: 'accept' | 'later'): Promise<void> {
  const outcome = harness.reviews.forTurn('turn-1').review({ changes: [change] }, never);
  await proposed(harness);
  await harness.reviews.decide({ token: harness.card().token, decision });
  await outcome;
}

describe('what becomes of changes after their calls were answered', () => {
  it('is told once when something put off was accepted', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await propose(harness, edit('a.txt', 'a\n', 'A\n'), 'later');
    assert.deepEqual(harness.reviews.news(), [], 'nothing has been decided');
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    const [told = '', ...more] = harness.reviews.news();
    assert.match(told, /had been put off, and has been decided since\. Applied: a\.txt\./);
    assert.deepEqual(more, []);
    assert.deepEqual(harness.reviews.news(), []);
  });

  it('is told when something put off was rejected', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await propose(harness, edit('a.txt', 'a\n', 'A\n'), 'later');
    await harness.reviews.decide({ token: harness.card().token, decision: 'reject' });
    assert.match(harness.reviews.news().join(), /The person rejected this, and nothing was changed: a\.txt/);
  });

  it('is not told of what the call itself was answered with', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await propose(harness, edit('a.txt', 'a\n', 'A\n'), 'accept');
    assert.deepEqual(harness.reviews.news(), []);
  });

  it('is told when a turn was reverted, with its files', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await propose(harness, edit('a.txt', 'a\n', 'A\n'), 'accept');
    await harness.reviews.revert('turn-1');
    assert.match(harness.reviews.news().join(), /taken back what was changed before: a\.txt\./);
  });

  it('is forgotten with the chat', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await propose(harness, edit('a.txt', 'a\n', 'A\n'), 'later');
    harness.reviews.clear();
    assert.deepEqual(harness.reviews.news(), []);
  });

  it('has a name of its own in a turn that goes on after the editor was started again', async () => {
    const before = reviewHarness({ 'a.txt': 'a\n' });
    await propose(before, edit('a.txt', 'a\n', 'A\n'), 'accept');
    const after = reviewHarness({ 'a.txt': 'A\n' });
    after.store.publish({ type: 'item-added', turnId: 'turn-1', item: before.card() });
    await propose(after, edit('a.txt', 'A\n', 'B\n'), 'accept');
    const names = after.store.state.turns[0]?.items.map(({ id }) => id) ?? [];
    assert.deepEqual([names.length, new Set(names).size], [2, 2]);
  });

  it('goes with the next question, where the person can see it', async () => {
    const news = [{ label: 'What became of changes', text: 'It was accepted.' }];
    const harness = chatWith([saying('One'), saying('Two')], { news: () => news.splice(0) });
    const { chat, agent } = harness;
    await chat.ask(question('Hello'));
    await chat.ask(question('And now?'));
    assert.deepEqual(agent.requests.map((messages) => messages.at(-1)), [{ role: 'user', content: 'It was accepted.\n\nHello' }, { role: 'user', content: 'And now?' }]);
    assert.deepEqual(chat.state.turns[0]?.question.attachments, [{ label: 'What became of changes', text: 'It was accepted.' }]);
    assert.deepEqual(harness.lastTurn().question.attachments, []);
  });
});

describe('news that go with a question', () => {
  const piece = { label: 'What became of changes', text: 'It was accepted.' };

  it('go with the next one too when the service refused it', async () => {
    const news = [piece];
    const refused = { events: [], next: new CompletionError('quota', 'x') };
    const { chat, agent } = chatWith([refused, saying('Two'), saying('Three')], { news: () => news.splice(0) });
    await chat.ask(question('One'));
    await chat.ask(question('Two'));
    await chat.ask(question('Three'));
    const told = agent.requests.map((messages) => JSON.stringify(messages).split(piece.text).length - 1);
    assert.deepEqual(told, [1, 1, 1], 'once in each request');
    assert.deepEqual(agent.requests[1]?.at(-1), { role: 'user', content: `${piece.text}\n\nTwo` });
  });

  it('are not told anew when an older question is asked again', async () => {
    const news = [piece];
    const { chat, agent } = chatWith([saying('One'), saying('Two'), saying('Again')], { news: () => news.splice(0) });
    await chat.ask(question('One'));
    await chat.ask(question('Two'));
    await chat.retry('turn-1');
    assert.deepEqual(agent.requests[2]?.at(-1), { role: 'user', content: 'One' });
  });
});

const lines = (harness: ReviewHarness): readonly string[] => harness.card().files.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines.map(({ kind, text }) => `${kind} ${text}`)));

describe('the card of a file that comes or goes whole', () => {
  for (const [name, after, shown] of [['with a line end at its end', '{\n}\n', ['added {', 'added }']], ['without one', '{}', ['added {}']], ['with an empty line at its end', 'a\n\n', ['added a', 'added ']]] as const) {
    it(`shows nothing taken out of a new file ${name}`, async () => {
      const harness = reviewHarness({});
      await propose(harness, { kind: 'create', place: place('new.json', { missing: true }), after }, 'later');
      assert.deepEqual(lines(harness), shown);
      assert.deepEqual(harness.card().files.map(({ added, removed }) => [added, removed]), [[shown.length, 0]]);
    });
  }

  it('shows nothing put into a deleted one', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\nb' });
    await propose(harness, { kind: 'delete', place: place('a.txt'), before: 'a\nb' }, 'later');
    assert.deepEqual(lines(harness), ['removed a', 'removed b']);
  });
});
