import assert from 'node:assert/strict';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import { chatWith, itemsOf, question } from './support/chatHarness.ts';
import { calling, echoCall, end, nothingMore, saying, type Answer } from './support/scriptedAgent.ts';
import { said } from './support/conversation.ts';

const usage = { promptTokens: 100, completionTokens: 10, cachedTokens: undefined, reasoningTokens: undefined };
const tooLong: Answer = { events: [{ type: 'reasoning-delta', text: 'Hm.' }, { type: 'text-delta', text: 'One, two, ' }, end({ text: 'One, two, ', reason: 'length', usage })] };
const broken: Answer = { events: [{ type: 'reasoning-delta', text: 'Hm.' }, { type: 'text-delta', text: 'One, two, ' }], next: new CompletionError('cut', 'x') };

describe('an answer that was cut off', () => {
  for (const [name, first] of [['by its length', tooLong], ['by the connection', broken]] as const) {
    it(`${name} goes on in its place: no seam in what is shown, nor in what the model is told later`, async () => {
      const harness = chatWith([first, saying('three.'), saying('Yes.')]);
      await harness.chat.ask(question('Count'));
      await harness.chat.resume('turn-1');
      assert.deepEqual([harness.chat.state.turns.length, harness.lastTurn().outcome, ...itemsOf(harness.lastTurn())], [1, 'done', 'reasoning Hm.', 'text One, two, three.']);
      const continued = harness.agent.requests[1]?.at(-1);
      assert.ok(continued?.role === 'assistant' && continued.text === 'One, two, ', 'the request ends in what there is');
      await harness.chat.ask(question('Sure?'));
      const told = harness.agent.requests[2]?.filter((message) => message.role === 'assistant');
      assert.deepEqual(told?.map((message) => message.text), ['One, two, three.']);
      harness.assertSound();
    });
  }

  it('can be cut again, and again goes on', async () => {
    const harness = chatWith([broken, { events: [{ type: 'text-delta', text: 'three, ' }], next: new CompletionError('cut', 'x') }, saying('four.')]);
    await harness.chat.ask(question('Count'));
    await harness.chat.resume('turn-1');
    assert.equal(harness.lastTurn().outcome, 'failed');
    await harness.chat.resume('turn-1');
    assert.deepEqual(itemsOf(harness.lastTurn()), ['reasoning Hm.', 'text One, two, three, four.']);
    harness.assertSound();
  });

  it('adds new reasoning to the old, and may go on to call tools', async () => {
    const harness = chatWith([tooLong, { events: [{ type: 'reasoning-delta', text: 'More.' }, { type: 'text-delta', text: 'three. ' }, ...calling('a').events.map((event) => (event.type === 'end' ? { ...event, message: { ...event.message, text: 'three. ' } } : event))] }, saying('Done.')]);
    await harness.chat.ask(question('Count'));
    await harness.chat.resume('turn-1');
    assert.deepEqual(itemsOf(harness.lastTurn()), ['reasoning Hm.\n\nMore.', 'text One, two, three. ', 'call echo done', 'text Done.']);
    harness.assertSound();
  });

  it('goes on after tools whose results it never got to answer', async () => {
    const harness = chatWith([calling('a'), { events: [], next: new CompletionError('cut', 'x') }, saying('Done.')]);
    await harness.chat.ask(question('Go'));
    await harness.chat.resume('turn-1');
    assert.deepEqual(itemsOf(harness.lastTurn()), ['call echo done', 'text Done.']);
    assert.equal(harness.agent.requests[2]?.at(-1)?.role, 'tool');
    harness.assertSound();
  });

  it('is the last turn or none, and not one that runs', async () => {
    const harness = chatWith([broken, saying('x')]);
    await harness.chat.ask(question('A'));
    await harness.chat.ask(question('B'));
    await harness.chat.resume('turn-1');
    assert.equal(harness.agent.requests.length, 2);
  });

  it('adds up the tokens and the cost of all its parts; what broke off has an unknown cost', async () => {
    const prices = { currency: 'USD', input: 1, output: 10, asOf: '2026-11-01', source: 'a test' };
    const whole = chatWith([tooLong, { events: [{ type: 'text-delta', text: 'three.' }, end({ text: 'three.', usage })] }], { prices });
    await whole.chat.ask(question('Count'));
    await whole.chat.resume('turn-1');
    assert.deepEqual(whole.lastTurn().usage, { ...usage, promptTokens: 200, completionTokens: 20, cost: { amount: 0.0004, currency: 'USD', pricesOf: '2026-11-01' } });
    const cut = chatWith([broken, { events: [{ type: 'text-delta', text: 'three.' }, end({ text: 'three.', usage })] }], { prices });
    await cut.chat.ask(question('Count'));
    assert.equal(cut.lastTurn().usage, undefined);
    await cut.chat.resume('turn-1');
    assert.deepEqual(cut.lastTurn().usage, { ...usage, cost: undefined }, 'what broke off was not told, so the sum is not known');
    const inCall = chatWith([{ events: [end({ calls: [echoCall('a')], usage })] }, { events: [{ type: 'call-delta', index: 0, name: 'echo', arguments: '{' }], next: new CompletionError('cut', 'x') }], { prices });
    await inCall.chat.ask(question('Go'));
    assert.deepEqual(inCall.lastTurn().usage, { ...usage, cost: undefined });
  });

  it('counts what a request that failed had used, where the service told it', async () => {
    const prices = { currency: 'USD', input: 1, output: 10, asOf: '2026-11-01', source: 'a test' };
    const error = new CompletionError('empty', 'nothing', { facts: { usage } });
    const harness = chatWith([{ events: [{ type: 'retrying', attempt: 1, of: 2, delayMs: 1, error }], next: error }], { prices });
    await harness.chat.ask(question('Go'));
    assert.deepEqual(harness.lastTurn().usage, { ...usage, promptTokens: 200, completionTokens: 20, cost: { amount: 0.0004, currency: 'USD', pricesOf: '2026-11-01' } });
  });

  it('gives a service the thoughts from before and after the cut, with the calls they led to', async () => {
    const more = { ...end({ calls: [echoCall('a')] }), message: said({ text: 'three.', reasoning: { field: 'reasoning_content', text: 'More.' }, calls: [echoCall('a')] }) };
    const harness = chatWith([broken, { events: [{ type: 'reasoning-delta', text: 'More.' }, { type: 'text-delta', text: 'three.' }, more] }, saying('Done.')]);
    await harness.chat.ask(question('Count'));
    await harness.chat.resume('turn-1');
    const told = harness.agent.requests[2]?.find((message) => message.role === 'assistant');
    assert.ok(told?.role === 'assistant');
    assert.deepEqual([told.text, told.reasoning?.text], ['One, two, three.', 'Hm.\n\nMore.']);
    harness.assertSound();
  });
});

describe('what else an answer may bring', () => {
  it('shows further answers beside the first', async () => {
    const harness = chatWith([{ events: [{ type: 'text-delta', text: 'A' }, { ...end({ text: 'A' }), alternatives: [said({ text: 'B' }), said({ text: 'C' })] }] }]);
    await harness.chat.ask(question('Go'));
    assert.deepEqual(itemsOf(harness.lastTurn()), ['text A', 'alternative 2 B', 'alternative 3 C']);
  });

  it('shows a tool call that was written as text as one that was not run, and says so', async () => {
    const markup = '<tool_call>{"name": "echo", "arguments": {}}</tool_call>';
    const harness = chatWith([{ events: [{ type: 'text-delta', text: 'I look. ' }, { type: 'leaked-call-delta', text: markup.slice(0, 20) }, { type: 'leaked-call-delta', text: markup.slice(20) }, { type: 'end', reason: 'stop', message: said({ text: `I look. ${markup}` }), cutCalls: 0, usage: undefined, ...nothingMore }] }]);
    await harness.chat.ask(question('Go'));
    assert.deepEqual(itemsOf(harness.lastTurn()), ['text I look. ', 'call echo not-run', 'notice The model wrote a tool call into its answer as text. It was not run.']);
    assert.equal(harness.agent.requests.length, 1);
  });

  it('shows how probable its tokens were, where that was asked for', async () => {
    const logprobs = [{ token: 'High', logprob: Math.log(0.75), alternatives: [{ token: 'Low', logprob: -9999 }] }];
    const harness = chatWith([{ events: [{ type: 'text-delta', text: 'High' }, { ...end({ text: 'High' }), logprobs }] }]);
    await harness.chat.ask(question('Go'));
    const item = harness.lastTurn().items.at(-1);
    assert.ok(item?.kind === 'probabilities');
    assert.deepEqual(item.tokens, [{ token: 'High', percent: 75, alternatives: [{ token: 'Low', percent: 0 }] }]);
  });

  it('puts what streamed as text under its right name once that is known', async () => {
    const whole = 'I ponder\n</think>\n\nAnswer';
    const split = { ...end({ text: '\n\nAnswer' }), relabelled: { reasoning: 'I ponder', text: '\n\nAnswer' } };
    const harness = chatWith([{ events: [{ type: 'text-delta', text: whole }, split] }]);
    await harness.chat.ask(question('Go'));
    assert.deepEqual(itemsOf(harness.lastTurn()), ['reasoning I ponder', 'text \n\nAnswer']);
    const [reasoning] = harness.lastTurn().items;
    assert.ok(reasoning?.kind === 'reasoning' && reasoning.durationMs !== undefined);
    harness.assertSound();
  });

  it('leaves out further answers that say nothing', async () => {
    const harness = chatWith([{ events: [{ type: 'text-delta', text: 'A' }, { ...end({ text: 'A' }), alternatives: [said({ calls: [] })] }] }]);
    await harness.chat.ask(question('Go'));
    assert.deepEqual(itemsOf(harness.lastTurn()), ['text A']);
  });

  it('offers to go on when an attempt to go on fails before anything comes', async () => {
    const harness = chatWith([broken, { events: [], next: new CompletionError('refused', 'connect ECONNREFUSED') }]);
    await harness.chat.ask(question('Count'));
    await harness.chat.resume('turn-1');
    const card = harness.lastTurn().items.at(-1);
    assert.ok(card?.kind === 'error');
    assert.ok(card.actions.includes('continue'), card.actions.join());
  });

  it('says what it waits for: the queue, silence, a repetition', async () => {
    const error = new CompletionError('rate-limit', 'slow down', { status: 429 });
    const harness = chatWith([{ events: [{ type: 'retrying', attempt: 1, of: 2, delayMs: 500, error }, { type: 'retrying', attempt: 2, of: 2, delayMs: 900, error }, { type: 'liveness', state: 'queued' }, { type: 'liveness', state: 'silent' }, { type: 'liveness', state: 'flowing' }, ...saying('Hi.').events] }]);
    await harness.chat.ask(question('Go'));
    const running = harness.changes.flatMap((change) => (change.type === 'activity-changed' && change.activity.kind === 'running' ? [change.activity] : []));
    assert.deepEqual(running.map(({ phase, retry }) => (retry === undefined ? phase : `${phase} ${retry.attempt} of ${retry.of}`)), ['waiting', 'waiting', 'retrying 1 of 2', 'retrying 2 of 2', 'queued', 'silent', 'answering']);
    assert.deepEqual(running[2]?.retry?.reason, { message: '{0} is limiting how fast you may ask.', args: ['DeepSeek'] });
    const [queued, silent] = [running[4], running[5]];
    assert.ok(queued !== undefined && silent !== undefined && silent.since < queued.since - 9000, 'silence is counted from when it began');
    assert.ok(running.slice(1).every(({ serviceLabel }) => serviceLabel === 'DeepSeek'));
  });
});

describe('a question whose pictures a service refuses', () => {
  const picture = { kind: 'image', url: 'data:image/png;base64,AAAA' } as const;
  const chip = { id: 'm1', kind: 'image', label: 'a.png', bytes: 3, problem: undefined } as const;

  it('is asked again without them, in its place, and none goes out again from older questions', async () => {
    const harness = chatWith([saying('Seen.'), { events: [], next: new CompletionError('media-refused', 'unknown variant') }, saying('Without.'), saying('Again.')]);
    await harness.chat.ask({ ...question('What is this?'), media: [chip] }, [picture]);
    await harness.chat.ask({ ...question('And this?'), media: [chip] }, [picture]);
    await harness.chat.retry('turn-2', { withoutMedia: true });
    const users = harness.agent.requests[2]?.filter((message) => message.role === 'user');
    assert.deepEqual(users?.map(({ content, media }) => [content, media]), [['What is this?', undefined], ['And this?', undefined]]);
    assert.deepEqual([harness.chat.state.turns.length, harness.lastTurn().question.media], [2, []]);
    assert.deepEqual(harness.chat.state.turns[0]?.question.media, [chip], 'what went along then is still told');
    await harness.chat.retry('turn-1');
    assert.deepEqual(harness.lastTurn().question.media, [], 'asked anew it goes without');
    assert.ok(harness.agent.requests[3]?.every((message) => message.role !== 'user' || message.media === undefined));
    harness.assertSound();
  });
});

describe('a question that a service refused', () => {
  it('does not go out again with the next one, which would be refused with it', async () => {
    const harness = chatWith([{ events: [], next: new CompletionError('bad-request', 'content') }, saying('Yes.'), { ...broken }, saying('And?')]);
    await harness.chat.ask(question('Bad'));
    await harness.chat.ask(question('Good'));
    await harness.chat.ask(question('Cut'));
    await harness.chat.ask(question('On'));
    const asked = harness.agent.requests.map((messages) => messages.flatMap((message) => (message.role === 'user' ? [message.content] : [])));
    assert.deepEqual(asked, [['Bad'], ['Good'], ['Good', 'Cut'], ['Good', 'Cut', 'On']]);
    harness.assertSound();
  });

  it('is asked by itself when it is tried again', async () => {
    const harness = chatWith([{ events: [], next: new CompletionError('quota', 'empty') }, saying('Yes.')]);
    await harness.chat.ask(question('Rich?'));
    await harness.chat.retry('turn-1');
    assert.deepEqual(harness.agent.requests[1], harness.agent.requests[0]);
    assert.equal(harness.lastTurn().outcome, 'done');
    await harness.chat.ask(question('Sure?'));
    assert.deepEqual(harness.agent.requests[2]?.map(({ role }) => role), ['system', 'user', 'assistant', 'user']);
  });
});
