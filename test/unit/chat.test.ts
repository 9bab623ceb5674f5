import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import { chatWith, itemsOf, question } from './support/chatHarness.ts';
import { calling, echoCall, echoThat, end, nothingMore, saying, type Answer } from './support/scriptedAgent.ts';
import { turns } from './support/turns.ts';

const half: Answer = { events: [{ type: 'reasoning-delta', text: 'Hm' }, { type: 'text-delta', text: 'Half ' }] };

describe('Chat', () => {
  it('shows reasoning, text and calls in the order in which they came', async () => {
    const harness = chatWith([
      { events: [{ type: 'reasoning-delta', text: 'I ' }, { type: 'reasoning-delta', text: 'look.' }, { type: 'text-delta', text: '\n\n' }, ...calling('a').events] },
      saying('Done.'),
    ]);
    await harness.chat.ask(question('Go'));
    const turn = harness.lastTurn();
    assert.deepEqual(itemsOf(turn), ['reasoning I look.', 'call echo done', 'text Done.']);
    assert.equal(turn.outcome, 'done');
    const [reasoning, call] = turn.items;
    assert.ok(reasoning?.kind === 'reasoning' && reasoning.durationMs !== undefined && reasoning.durationMs > 0);
    assert.ok(call?.kind === 'call');
    assert.deepEqual([call.arguments, call.result, call.summary], ['{"text":"a"}', 'echo a', { message: 'Read {0}', args: ['a'] }]);
    harness.assertSound();
  });

  it('says what it is doing, phase by phase', async () => {
    const harness = chatWith([{ events: [{ type: 'reasoning-delta', text: 'r' }, ...calling('a').events] }, saying('Done.')]);
    await harness.chat.ask(question('Go'));
    const phases = harness.changes.flatMap((change) => (change.type === 'activity-changed' ? [change.activity.kind === 'running' ? change.activity.phase : 'idle'] : []));
    // Whom it waits for is told as soon as it is known: the same phase twice.
    assert.deepEqual(phases.filter((phase, index) => phase !== phases[index - 1]), ['waiting', 'reasoning', 'answering', 'tool', 'waiting', 'answering', 'idle']);
  });

  it('sends attachments in front of the words, and the whole conversation with the next question', async () => {
    const harness = chatWith([saying('One.'), saying('Two.')]);
    await harness.chat.ask({ text: 'What is it?', attachments: [{ label: 'a.ts:1', text: 'const a = 1;' }] });
    await harness.chat.ask(question('And then?'));
    const [system, ...rest] = harness.agent.requests[1] ?? [];
    assert.equal(system?.role, 'system');
    assert.deepEqual(rest.map((message) => (message.role === 'assistant' ? message.text : message.role === 'user' ? message.content : message.role)), ['const a = 1;\n\nWhat is it?', 'One.', 'And then?']);
  });

  it('takes no second question while a turn runs', async () => {
    const harness = chatWith([{ ...half, next: 'hang' }, saying('never')]);
    const first = harness.chat.ask(question('One'));
    await turns(20);
    await harness.chat.ask(question('Two'));
    await harness.chat.retry('turn-1');
    assert.deepEqual(harness.chat.state.turns.map((turn) => turn.question.text), ['One']);
    assert.equal(harness.agent.requests.length, 1);
    await harness.chat.stop();
    await first;
  });

  it('stops a long answer, keeps what had come, and says it to the model the next time', async () => {
    const harness = chatWith([{ ...half, next: 'hang' }, saying('Whole.')]);
    const asked = harness.chat.ask(question('Go'));
    await turns(20);
    assert.equal(await Promise.race([harness.chat.stop().then(() => 'stopped'), turns(50).then(() => 'still running')]), 'stopped');
    await asked;
    assert.deepEqual([harness.lastTurn().outcome, ...itemsOf(harness.lastTurn())], ['stopped', 'reasoning Hm', 'text Half ']);
    assert.deepEqual(harness.chat.state.activity, { kind: 'idle' });
    await harness.chat.ask(question('Go on'));
    assert.deepEqual(harness.agent.requests[1]?.slice(1).map((message) => message.role), ['user', 'assistant', 'user']);
    harness.assertSound();
  });

  it('marks calls that did not get to run, and stops during a tool at once', async () => {
    const harness = chatWith([calling('a', 'b'), saying('Next.')], { tools: [echoThat(() => new Promise<never>(() => undefined))] });
    const asked = harness.chat.ask(question('Go'));
    await turns(20);
    await harness.chat.stop();
    await asked;
    assert.deepEqual(itemsOf(harness.lastTurn()), ['call echo not-run', 'call echo not-run']);
    await harness.chat.ask(question('Next'));
    harness.assertSound();
  });

  it('shows an error as a card with its details, keeps the text, and works the next time', async () => {
    const harness = chatWith([{ ...half, next: new CompletionError('rate-limit', 'slow down', { status: 429 }) }, saying('Fine.')]);
    await harness.chat.ask(question('Go'));
    const turn = harness.lastTurn();
    assert.equal(turn.outcome, 'failed');
    assert.deepEqual(itemsOf(turn), ['reasoning Hm', 'text Half ', 'error {0} is limiting how fast you may ask.']);
    const card = turn.items.at(-1);
    assert.ok(card?.kind === 'error');
    assert.equal(card.details, 'HTTP 429\nslow down');
    assert.match(harness.logged.join('\n'), /deepseek deepseek-v4-flash: rate-limit \(HTTP 429\): slow down/);
    await harness.chat.ask(question('Again'));
    assert.equal(harness.lastTurn().outcome, 'done');
    harness.assertSound();
  });

  it('says so when something fails in Rivulet itself, and works the next time', async () => {
    let connects = 0;
    const harness = chatWith([saying('Fine.')], { connect: async () => ((connects += 1), Promise.reject(new TypeError('a bug'))) });
    await harness.chat.ask(question('Go'));
    assert.deepEqual(itemsOf(harness.lastTurn()), ['error Something went wrong inside Rivulet.']);
    await harness.chat.ask(question('Again'));
    assert.equal(connects, 2);
  });

  it('is not blocked for ever by a connect that throws at once', async () => {
    const harness = chatWith([], { connect: () => { throw new Error('at once'); } });
    await harness.chat.ask(question('One'));
    await harness.chat.ask(question('Two'));
    assert.equal(harness.chat.state.turns.length, 2);
  });

  it('stops while the key store has not answered yet', async () => {
    const harness = chatWith([], { connect: () => new Promise<never>(() => undefined) });
    const asked = harness.chat.ask(question('Go'));
    assert.equal(await Promise.race([harness.chat.stop().then(() => 'stopped'), sleep(200, 'still running')]), 'stopped');
    await asked;
    assert.equal(harness.lastTurn().outcome, 'stopped');
  });

  it('starts the last turn over on retry when nothing had been said in it', async () => {
    const harness = chatWith([{ events: [], next: new CompletionError('empty', 'x') }, saying('Whole.')]);
    await harness.chat.ask(question('Go'));
    await harness.chat.retry('turn-1');
    assert.deepEqual([harness.chat.state.turns.length, harness.lastTurn().outcome, ...itemsOf(harness.lastTurn())], [1, 'done', 'text Whole.']);
    assert.deepEqual(harness.agent.requests[1], harness.agent.requests[0]);
    harness.assertSound();
  });

  it('asks anew at the end on retry when half an answer would be lost by starting over', async () => {
    const harness = chatWith([{ ...half, next: new CompletionError('cut', 'x') }, { events: [], next: new CompletionError('unreachable', 'x') }]);
    await harness.chat.ask(question('Go'));
    const kept = itemsOf(harness.lastTurn());
    await harness.chat.retry('turn-1');
    assert.equal(harness.chat.state.turns.length, 2);
    const [first] = harness.chat.state.turns;
    assert.deepEqual(first && itemsOf(first), kept, 'what came is kept, as the card says');
    harness.assertSound();
  });

  it('does not forget on retry what its tools did before it failed, and offers to go on', async () => {
    const harness = chatWith([calling('a'), { events: [], next: new CompletionError('unreachable', 'x') }, { events: [], next: new CompletionError('unreachable', 'x') }, saying('Done.')]);
    await harness.chat.ask(question('Go'));
    const error = harness.lastTurn().items.at(-1);
    assert.ok(error?.kind === 'error' && error.actions.includes('continue'), JSON.stringify(error));
    await harness.chat.retry('turn-1');
    assert.equal(harness.chat.state.turns.length, 2, 'the turn with the call is still there');
    assert.ok(harness.agent.requests[2]?.some(({ role }) => role === 'tool'));
    harness.assertSound();
  });

  it('goes on from what its tools returned', async () => {
    const harness = chatWith([calling('a'), { events: [], next: new CompletionError('unreachable', 'x') }, saying('Done.')]);
    await harness.chat.ask(question('Go'));
    await harness.chat.resume('turn-1');
    assert.deepEqual(itemsOf(harness.lastTurn()), ['call echo done', 'text Done.']);
    assert.equal(harness.agent.requests[2]?.at(-1)?.role, 'tool');
    harness.assertSound();
  });

  it('asks an older turn again as another version of it on retry, and nothing for a turn that is not there', async () => {
    const harness = chatWith([saying('One.'), saying('Two.'), saying('Three.')]);
    await harness.chat.ask(question('A'));
    await harness.chat.ask(question('B'));
    await harness.chat.retry('turn-1');
    await harness.chat.retry('turn-99');
    assert.deepEqual(harness.chat.state.turns.map(({ question: { text }, branch }) => [text, branch]), [['A', { number: 2, of: 2 }]]);
    assert.equal(harness.agent.requests.length, 3);
    harness.chat.showBranch(harness.lastTurn().id, 1);
    assert.deepEqual(harness.chat.state.turns.map(({ question: { text } }) => text), ['A', 'B'], 'what followed the first version is still there');
  });

  it('clears the chat while a turn runs: it stops, and nothing of it comes after', async () => {
    const harness = chatWith([{ ...half, next: 'hang' }, saying('New.')]);
    const asked = harness.chat.ask(question('Go'));
    await turns(20);
    await harness.chat.clear();
    await asked;
    assert.deepEqual(harness.chat.state.turns, []);
    assert.equal(harness.changes.at(-1)?.type, 'chat-cleared');
    await harness.chat.ask(question('Fresh'));
    assert.equal(harness.agent.requests[1]?.length, 2);
    harness.assertSound();
  });

  it('does not use the id of a turn again after the chat was cleared', async () => {
    const harness = chatWith([saying('One.'), saying('Two.')]);
    await harness.chat.ask(question('A'));
    await harness.chat.clear();
    await harness.chat.ask(question('B'));
    assert.equal(harness.lastTurn().id, 'turn-2');
  });

  const notices: readonly (readonly [string, Answer, string, RegExp])[] = [
    ['the limit on its length', { events: [{ type: 'text-delta', text: 'x' }, end({ text: 'x', reason: 'length' })] }, 'cut', /limit on its length/],
    ['the content filter', { events: [{ type: 'text-delta', text: 'x' }, end({ text: 'x', reason: 'content-filter' })] }, 'cut', /content filter/],
    ['a lack of capacity', { events: [{ type: 'text-delta', text: 'x' }, end({ text: 'x', reason: 'overloaded' })] }, 'cut', /capacity/],
    ['a reason nobody knows', { events: [{ type: 'text-delta', text: 'x' }, { ...end({ text: 'x', reason: 'other' }), details: { ...nothingMore.details, finishReason: 'tired' } }] }, 'done', /reason that Rivulet does not know/],
    ['a call that was cut off', { events: [{ type: 'call-delta', index: 0, name: 'echo', arguments: '{"te' }, end({ reason: 'length', cutCalls: 1 })] }, 'cut', /cut off while it was calling a tool/],
  ];
  for (const [name, answer, outcome, words] of notices) {
    it(`says in a notice that an answer ended because of ${name}, and works the next time`, async () => {
      const harness = chatWith([answer, saying('Fine.')]);
      await harness.chat.ask(question('Go'));
      assert.equal(harness.lastTurn().outcome, outcome);
      assert.match(itemsOf(harness.lastTurn()).join('\n'), words);
      assert.ok(!itemsOf(harness.lastTurn()).some((item) => item.endsWith('arriving')));
      await harness.chat.ask(question('Continue'));
      harness.assertSound();
    });
  }

  it('keeps what the service said of its answer', async () => {
    const details = { id: 'x-1', model: 'deepseek-v4-pro', created: 1_790_000_000, systemFingerprint: 'fp_1', serviceTier: 'default', finishReason: 'stop' };
    const harness = chatWith([{ events: [{ type: 'text-delta', text: 'x' }, { ...end({ text: 'x' }), details }] }]);
    await harness.chat.ask(question('Go'));
    assert.deepEqual(harness.lastTurn().details, details);
    harness.assertSound();
  });

  it('tells the tokens of the whole turn', async () => {
    const usage = { promptTokens: 1, completionTokens: 2, cachedTokens: undefined, reasoningTokens: undefined };
    const harness = chatWith([{ events: [end({ calls: [echoCall('a')], usage })] }, { events: [{ type: 'text-delta', text: 'x' }, end({ text: 'x', usage })] }]);
    await harness.chat.ask(question('Go'));
    assert.deepEqual(harness.lastTurn().usage, { ...usage, promptTokens: 2, completionTokens: 4, cost: undefined });
  });
});
