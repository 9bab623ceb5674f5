import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import { providers } from '../../src/core/providers/providers.ts';
import { chatWith, question, type ChatHarness } from './support/chatHarness.ts';
import { calling, echoCall, echoThat, end, saying, type Answer } from './support/scriptedAgent.ts';

const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.constantFrom<Answer>(saying('Hello there.'), calling('a'), calling('a', 'b', 'c')),
  fc.constantFrom<Answer>(
    { events: [end({ calls: [{ id: '0', name: 'unknown', arguments: '{}' }] })] },
    { events: [{ type: 'text-delta', text: 'x\uD83C' }, { type: 'call-delta', index: 0, name: 'echo', arguments: '{' }, end({ text: 'x\uD83C', calls: [{ id: '0', name: 'echo', arguments: '{' }] })] },
    { events: [{ type: 'reasoning-delta', text: 'only' }, end({ reason: 'stop' })] },
    { events: [{ type: 'call-delta', index: 0, name: 'echo', arguments: '' }, end({ reason: 'length', cutCalls: 1 })] },
    { events: [{ type: 'text-delta', text: 'half' }], next: new CompletionError('cut', 'x') },
    { events: [{ type: 'reasoning-delta', text: 'half' }, { type: 'call-delta', index: 0, name: '', arguments: '{' }], next: new CompletionError('server', 'x') },
    { events: [], next: new TypeError('a bug') },
    { events: [{ type: 'text-delta', text: 'hang' }], next: 'hang' },
    { events: [end({ text: 'no deltas', calls: [echoCall('late')] })] },
  ),
);

type Step = { readonly kind: 'ask' | 'retry' | 'retry-older' | 'resume' | 'switch' | 'clear' | 'ask-twice'; readonly stopAfter: number };
const step: fc.Arbitrary<Step> = fc.record({ kind: fc.constantFrom('ask', 'ask', 'ask', 'retry', 'retry-older', 'resume', 'resume', 'switch', 'switch', 'clear', 'ask-twice'), stopAfter: fc.integer({ min: 1, max: 30 }) });

async function act(harness: ChatHarness, { kind, stopAfter }: Step): Promise<void> {
  const { chat } = harness;
  const { turns } = chat.state;
  switch (kind) {
    case 'ask':
      return chat.ask(question(`Question ${turns.length}`));
    case 'ask-twice':
      await Promise.all([chat.ask(question('One')), chat.ask(question('Two'))]);
      return undefined;
    case 'retry':
      return chat.retry(turns.at(-1)?.id ?? '');
    case 'retry-older':
      return chat.retry(turns[0]?.id ?? '');
    case 'resume':
      return chat.resume(turns.at(-1)?.id ?? '');
    case 'switch': {
      const choices = providers.flatMap((provider) => provider.models.map(({ id }) => ({ provider, id })));
      const choice = choices[stopAfter % choices.length];
      if (choice !== undefined) harness.use(choice.provider, choice.id);
      return chat.ask(question('And what do you say?'));
    }
    case 'clear':
      return chat.clear();
  }
}

describe('a chat, whatever happens to it', () => {
  it('publishes changes that add up to its state, and only sends histories that a strict service accepts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { maxLength: 12 }), fc.array(step, { minLength: 1, maxLength: 6 }), async (answers, steps) => {
        let countdown = 0;
        const stops: Promise<void>[] = [];
        const tick = (): void => {
          countdown -= 1;
          if (countdown === 0) stops.push(harness.chat.stop());
        };
        const tools = [echoThat(async () => (tick(), await Promise.resolve(), tick(), 'echoed'))];
        const harness = chatWith(answers, { tick, tools });
        for (const each of steps) {
          countdown = each.stopAfter;
          const acted = act(harness, each);
          // A script may hang where nobody stops it: then the person does, later.
          const late = setTimeout(() => void harness.chat.stop(), 3);
          await acted;
          clearTimeout(late);
          await Promise.all(stops);
          assert.deepEqual(harness.chat.state.activity, { kind: 'idle' });
          assert.ok(harness.chat.state.turns.every(({ outcome }) => outcome !== 'running'));
          assert.ok(harness.chat.state.turns.every(({ items }) => items.every((item) => item.kind !== 'call' || (item.status !== 'running' && item.status !== 'arriving'))));
          harness.assertSound();
        }
        countdown = 0;
        const before = harness.agent.requests.length;
        const last = harness.chat.ask(question('And now?'));
        const late = setTimeout(() => void harness.chat.stop(), 3);
        await last;
        clearTimeout(late);
        assert.ok(harness.agent.requests.length > before, 'the next message was not sent');
        harness.assertSound();
      }),
      { numRuns: 250 },
    );
  }).timeout(60_000);

  it('stops wherever it waits: at every one of its steps in turn', async () => {
    const script: readonly Answer[] = [calling('a', 'b'), { events: [{ type: 'reasoning-delta', text: 'r' }, ...saying('Done.').events] }];
    let stoppedSomewhere = 0;
    for (let at = 1; at <= 20; at += 1) {
      let ticks = 0;
      const tick = (): void => {
        ticks += 1;
        if (ticks === at) void harness.chat.stop();
      };
      const harness = chatWith([...script, saying('Next.')], { tick, tools: [echoThat(async () => (tick(), await Promise.resolve(), tick(), 'x'))] });
      await harness.chat.ask(question('Go'));
      const { outcome } = harness.lastTurn();
      if (at <= ticks) {
        stoppedSomewhere += 1;
        // After the last event has come there is nothing left to stop.
        assert.ok(outcome === 'stopped' || at === ticks, `step ${at}: ${outcome}`);
      } else assert.equal(outcome, 'done');
      await harness.chat.ask(question('Next'));
      harness.assertSound();
    }
    assert.ok(stoppedSomewhere >= 10, String(stoppedSomewhere));
  });
});
