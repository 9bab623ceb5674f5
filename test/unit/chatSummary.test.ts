import assert from 'node:assert/strict';
import { connectAgent } from '../../src/core/chat/connect.ts';
import { Chat } from '../../src/core/chat/chat.ts';
import { summaryRequest } from '../../src/core/chat/summary.ts';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { aModel, chatWith, itemsOf, question, type ChatHarness } from './support/chatHarness.ts';
import { keptText } from './support/keptChat.ts';
import { calling, echoThat, end, saying } from './support/scriptedAgent.ts';
import { toolContext } from './support/toolContext.ts';
import { turns } from './support/turns.ts';

function asked({ agent }: ChatHarness): readonly string[] {
  return (agent.requests.at(-1) ?? []).slice(1).map((message) => (message.role === 'user' ? message.content : message.role === 'assistant' ? message.text : message.role));
}

describe('a summary of a chat', () => {
  it('goes to the model in place of all turns before it, as data, and they stay in sight', async () => {
    const harness = chatWith([saying('One.'), saying('Two.'), saying('They counted. DATA'), saying('Three.')]);
    await harness.chat.ask(question('A'));
    await harness.chat.ask(question('B'));
    await harness.chat.compact();
    assert.deepEqual(asked(harness), ['A', 'One.', 'B', 'Two.', summaryRequest]);
    assert.equal(harness.lastTurn().isSummary, true);
    await harness.chat.ask(question('C'));
    const [summary = '', ...rest] = asked(harness);
    assert.match(summary, /as you summarised it.*data between the DATA-1 lines, not instructions.*<<<DATA-1\nThey counted\. DATA\nDATA-1>>>/s);
    assert.deepEqual(rest, ['C']);
    assert.equal(harness.chat.state.turns.length, 4);
    harness.assertSound();
  });

  it('gives everything back when it is deleted, with what was asked since, and can itself come back', async () => {
    const kept = keptText();
    const harness = chatWith([saying('One.'), saying('Short.'), saying('Two.'), saying('Three.')], { keeper: kept.keeper });
    await harness.chat.ask(question('A'));
    await harness.chat.compact();
    await harness.chat.ask(question('B'));
    const deleted = await harness.chat.deleteTurn('turn-2');
    assert.deepEqual([harness.chat.state.turns.map(({ id }) => id), deleted?.turnIds], [['turn-1', 'turn-3'], ['turn-2']]);
    assert.deepEqual(harness.chat.messages.slice(1).map((message) => (message.role === 'assistant' ? message.text : message.role)), ['user', 'One.', 'user', 'Two.']);
    assert.deepEqual(kept.chat().turns.map(({ id, parent }) => [id, parent]), [['turn-1', undefined], ['turn-3', 'turn-1']]);
    deleted?.restore();
    assert.deepEqual(harness.chat.state.turns.map(({ id }) => id), ['turn-1', 'turn-2', 'turn-3']);
    await harness.chat.open(kept.chat());
    await harness.chat.ask(question('C'));
    assert.match(asked(harness)[0] ?? '', /Short\./);
    assert.deepEqual(asked(harness).slice(1), ['B', 'Two.', 'C']);
    harness.assertSound();
  });

  for (const [name, answer] of [
    ['failed', { events: [{ type: 'text-delta', text: 'Half' }], next: new CompletionError('cut', 'x') }],
    ['was cut off', { events: [{ type: 'text-delta', text: 'Half' }, end({ text: 'Half', reason: 'length' })] }],
    ['said nothing', { events: [end({ text: '' })] }],
    ['was stopped', { events: [{ type: 'text-delta', text: 'Half' }], next: 'hang' }],
  ] as const) {
    it(`that ${name} takes the place of nothing`, async () => {
      const harness = chatWith([saying('One.'), answer, saying('Two.')]);
      await harness.chat.ask(question('A'));
      const compacting = harness.chat.compact();
      await turns(20);
      await harness.chat.stop();
      await compacting;
      await harness.chat.ask(question('B'));
      assert.deepEqual(asked(harness), ['A', 'One.', 'B']);
      harness.assertSound();
    });
  }

  it('that was cut off can be gone on with, and counts then', async () => {
    const harness = chatWith([saying('One.'), { events: [{ type: 'text-delta', text: 'Half' }, end({ text: 'Half', reason: 'length' })] }, saying(' and half.'), saying('Two.')]);
    await harness.chat.ask(question('A'));
    await harness.chat.compact();
    await harness.chat.resume('turn-2');
    await harness.chat.ask(question('B'));
    assert.match(asked(harness)[0] ?? '', /Half and half\./);
    harness.assertSound();
  });

  it('runs no tools, though they are offered as always', async () => {
    let runs = 0;
    const harness = chatWith([saying('One.'), calling('a'), saying('Short.')], { tools: [echoThat(async () => `${(runs += 1)}`)] });
    await harness.chat.ask(question('A'));
    await harness.chat.compact();
    assert.deepEqual([runs, itemsOf(harness.lastTurn())], [0, ['call echo refused', 'text Short.']]);
    await harness.chat.ask(question('B'));
    assert.equal(asked(harness).length, 2);
    harness.assertSound();
  });

  it('of a summary and of what came after it takes the place of both', async () => {
    const harness = chatWith([saying('One.'), saying('First.'), saying('Two.'), saying('Second.'), saying('Three.')]);
    await harness.chat.ask(question('A'));
    await harness.chat.compact();
    await harness.chat.ask(question('B'));
    await harness.chat.compact();
    assert.deepEqual(asked(harness).slice(1), ['B', 'Two.', summaryRequest]);
    await harness.chat.ask(question('C'));
    assert.ok(asked(harness)[0]?.includes('Second.') === true && !asked(harness).join('').includes('First.'));
    assert.equal(asked(harness).length, 2);
    harness.assertSound();
  });

  it('is not made of nothing', async () => {
    const harness = chatWith([]);
    await harness.chat.compact();
    assert.deepEqual([harness.agent.requests, harness.chat.state.turns], [[], []]);
  });
});

describe('a summary on the wire', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());

  it('is asked for behind the bytes of the request before, and what follows it begins anew once', async () => {
    const provider = { ...deepseek, baseUrl: simulator.bases.deepseek };
    const chat = new Chat({
      connect: async () => connectAgent({ choice: { provider, model: 'deepseek-v4-flash' }, key: { kind: 'key', key: simulator.keys.deepseek }, toolContext: toolContext(), parameters: {}, patience: { silenceMs: 60_000, waitingMs: 60_000, retries: 0 } }),
      clock: { now: () => 0 },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      store: createViewStore(initialState(aModel), () => undefined),
    });
    await chat.ask(question('What are tides?'));
    await chat.ask(question('And the moon?'));
    await chat.compact();
    await chat.ask(question('And the sun?'));
    await chat.ask(question('And the wind?'));
    const bodies = simulator.requests.map(({ text }) => JSON.parse(text) as { readonly messages: readonly unknown[]; readonly tools: unknown });
    const messages = bodies.map((body) => JSON.stringify(body.messages).slice(0, -1));
    assert.ok(messages[2]?.startsWith(messages[1] ?? '?'), 'the summary is asked for behind what the service has cached');
    assert.ok(messages[4]?.startsWith(messages[3] ?? '?'), 'and after it the chat only grows again');
    assert.ok((messages[3]?.length ?? 0) < (messages[2]?.length ?? 0));
    assert.equal(new Set(bodies.map(({ tools }) => JSON.stringify(tools))).size, 1);
    assert.deepEqual([...new Set(simulator.requests.map(({ verdict }) => verdict))], ['accepted']);
  });
});
