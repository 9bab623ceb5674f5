import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import type { CompletionEvent } from '../../src/core/completions/completion.ts';
import { createGaugeWatch } from '../../src/host/context/gaugeWatch.ts';
import type { ForeignTool } from '../../src/core/foreignTools/foreignTools.ts';
import { createToolbox } from '../../src/core/foreignTools/toolbox.ts';
import type { Tool } from '../../src/core/tools/tool.ts';
import type { GaugeView } from '../../src/protocol/contextView.ts';
import { aModel } from '../unit/support/chatHarness.ts';
import { nothingMore } from '../unit/support/scriptedAgent.ts';
import { toolContext } from '../unit/support/toolContext.ts';

const words = 'The tide comes in twice a day. '.repeat(100);

async function* complete(): AsyncGenerator<CompletionEvent> {
  yield { type: 'text-delta', text: 'Yes.' };
  yield { type: 'end', reason: 'stop', message: { role: 'assistant', text: 'Yes.', reasoning: undefined, calls: [] }, cutCalls: 0, usage: { promptTokens: 1111, completionTokens: 2, cachedTokens: undefined, reasoningTokens: undefined }, ...nothingMore };
}

describe('Watching how full the window is', () => {
  it('tells of it once after many changes, not again while nothing is different, and never with the words of an answer', async () => {
    const told: (GaugeView | undefined)[] = [];
    let looks = 0;
    const store = createViewStore(initialState(aModel), (change) => {
      if (change.type === 'gauge-changed') told.push(change.gauge);
    });
    const watch = createGaugeWatch({ store, request: () => ((looks += 1), { messages: [{ role: 'user', content: words }], tools: [], reasoningReplay: 'never', limit: 1000 }) });
    for (let index = 0; index < 50; index += 1) watch.note({ type: 'item-extended', turnId: 'a', itemId: 'b', text: words });
    watch.note({ type: 'activity-changed', activity: { kind: 'idle' } });
    await sleep(450);
    assert.deepEqual([looks, told], [0, []]);
    for (let index = 0; index < 50; index += 1) watch.note({ type: 'context-changed', context: [] });
    await sleep(450);
    assert.deepEqual([looks, told.length, told[0]?.limit], [1, 1, 1000]);
    watch.note({ type: 'model-changed', model: aModel });
    await sleep(450);
    assert.deepEqual([looks, told.length], [2, 1]);
    watch.note({ type: 'chat-cleared' });
    watch.dispose();
    await sleep(450);
    assert.equal(looks, 2, 'once it has ended, nothing is looked at');
  });

  it('counts the tools that were chosen, once they were', async () => {
    const store = createViewStore(initialState(aModel), (change) => watch.note(change));
    let tools: readonly Tool[] = [];
    const watch = createGaugeWatch({ store, request: () => ({ messages: [], tools, reasoningReplay: 'never', limit: 1000 }) });
    const other: ForeignTool = { name: 'echo', description: words, inputSchema: {}, source: { kind: 'server', label: '' } };
    const toolbox = createToolbox({ store, port: { list: () => [other], invoke: async () => [] }, isUsable: () => true, access: () => 'on', keep: () => undefined, log: { info: () => undefined, warn: () => undefined, error: () => undefined } });
    toolbox.choose(['other.echo'], true);
    tools = toolbox.offered().foreign;
    await sleep(450);
    const counted = store.state.gauge?.parts.find(({ kind }) => kind === 'tools')?.tokens ?? 0;
    assert.ok(counted > 300, String(counted));
    watch.dispose();
  });

  it('hears what the service counted of a request, and hands every event on', async () => {
    const store = createViewStore(initialState(aModel), () => undefined);
    const messages = [{ role: 'user', content: words }] as const;
    const watch = createGaugeWatch({ store, request: () => ({ messages, tools: [], reasoningReplay: 'never', limit: undefined }) });
    const agent = watch.observe({ complete, tools: [], toolContext: toolContext() }, 'never');
    const events: string[] = [];
    for await (const event of agent.complete(messages, [], { signal: new AbortController().signal, continuesLast: false })) events.push(event.type);
    await sleep(450);
    assert.deepEqual(events, ['text-delta', 'end']);
    assert.ok(Math.abs((store.state.gauge?.used ?? 0) - 1111) < 3, String(store.state.gauge?.used));
    watch.dispose();
  });
});
