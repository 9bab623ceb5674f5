import assert from 'node:assert/strict';
import * as v from 'valibot';
import { loopLimits, run, type AgentEvent } from '../../src/core/agent/run.ts';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import type { Message } from '../../src/core/conversation/message.ts';
import { defineTool } from '../../src/core/tools/tool.ts';
import { say } from '../../src/protocol/localText.ts';
import { calling, echo, echoCall, echoThat, end, saying, scriptedAgent, untilAborted, type Answer, type ScriptedAgent } from './support/scriptedAgent.ts';

const history: readonly Message[] = [{ role: 'user', content: 'Go' }];
const never = new AbortController().signal;

async function eventsOf(agent: ScriptedAgent, signal = never): Promise<readonly AgentEvent[]> {
  const events: AgentEvent[] = [];
  for await (const event of run(agent, history, signal)) events.push(event);
  return events;
}

function resultsIn(events: readonly AgentEvent[]): readonly string[] {
  return events.flatMap((event) => (event.type === 'call-ended' ? [`${event.result.status}: ${event.result.text}`] : []));
}

function endOf(events: readonly AgentEvent[]): string | undefined {
  const last = events.at(-1);
  return last?.type === 'turn-end' ? last.reason : undefined;
}

const writing = (n: number): Answer => ({ events: [end({ calls: [{ id: `w${n}`, name: 'write', arguments: `{"n":${n}}` }] })] });

describe('run', () => {
  it('ends with the answer when the model calls nothing', async () => {
    const events = await eventsOf(scriptedAgent([saying('Hello')]));
    assert.deepEqual(events.map(({ type }) => type), ['asking', 'text-delta', 'text-delta', 'answered', 'message', 'turn-end']);
    assert.equal(endOf(events), 'stop');
  });

  it('runs calls one after another, answers each directly, and asks again with all of it', async () => {
    const agent = scriptedAgent([calling('a', 'b'), saying('Done')]);
    const events = await eventsOf(agent);
    assert.deepEqual(events.map(({ type }) => type), [
      'asking', 'call-delta', 'call-delta', 'answered', 'message', 'call-started', 'message', 'call-ended', 'call-started', 'message', 'call-ended', 'asking', 'text-delta', 'text-delta', 'answered', 'message', 'turn-end',
    ]);
    assert.deepEqual(agent.requests[1], [
      ...history,
      { role: 'assistant', text: '', reasoning: undefined, calls: [echoCall('a'), echoCall('b')] },
      { role: 'tool', callId: 'a', content: 'echo a' },
      { role: 'tool', callId: 'b', content: 'echo b' },
    ]);
  });

  it('tells the model which tools there are when it calls another', async () => {
    const stranger = { events: [end({ calls: [{ id: '1', name: `rm${'x'.repeat(200)}`, arguments: '{}' }] })] };
    const [result] = resultsIn(await eventsOf(scriptedAgent([stranger])));
    assert.match(result ?? '', /^refused: There is no tool named "rmx{98}"\. Available: echo\.$/);
    const [without] = resultsIn(await eventsOf(scriptedAgent([stranger], { tools: [] })));
    assert.match(without ?? '', /No tools are available; answer in words\.$/);
  });

  it('finds no tool under the names that every object has', async () => {
    for (const name of ['constructor', '__proto__', 'toString', '']) {
      const [result] = resultsIn(await eventsOf(scriptedAgent([{ events: [end({ calls: [{ id: '1', name, arguments: '{}' }] })] }])));
      assert.match(result ?? '', /There is no tool named/);
    }
  });

  it('answers bad JSON in words and goes on', async () => {
    const agent = scriptedAgent([{ events: [end({ calls: [{ id: '1', name: 'echo', arguments: '{"text":' }] })] }, saying('Sorry')]);
    const events = await eventsOf(agent);
    assert.match(resultsIn(events)[0] ?? '', /^refused: The arguments of echo must be one JSON object/);
    assert.equal(endOf(events), 'stop');
    const started = events.find((event) => event.type === 'call-started');
    assert.equal(started?.summary, undefined);
  });

  it('makes an answer of whatever a tool throws', async () => {
    const results = async (thrown: unknown): Promise<readonly string[]> =>
      resultsIn(await eventsOf(scriptedAgent([calling('a')], { tools: [echoThat(() => Promise.reject(thrown))] })));
    assert.deepEqual(await results(new TypeError('x is undefined')), ['refused: The tool failed: x is undefined']);
    assert.deepEqual(await results('text'), ['refused: The tool failed: text']);
    const thrower = { ...echo, check: () => ({ summary: { message: '', args: [] }, run: () => { throw new Error('at once'); } }) };
    assert.deepEqual(resultsIn(await eventsOf(scriptedAgent([calling('a')], { tools: [thrower] }))), ['refused: The tool failed: at once']);
  });

  it('does not wait for a tool that hangs when it is stopped, and leaves no rejection unhandled', async () => {
    const controller = new AbortController();
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    const agent = scriptedAgent([calling('a', 'b')], { tools: [echoThat(async (signal) => untilAborted(signal).catch(() => new Promise<never>(() => undefined)))] });
    const events = eventsOf(agent, controller.signal);
    setTimeout(() => controller.abort(new DOMException('stop', 'AbortError')), 10);
    await assert.rejects(events, { name: 'AbortError' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off('unhandledRejection', note);
    assert.deepEqual(unhandled, []);
    assert.equal(agent.requests.length, 1);
  });

  it('takes a tool that fails because of the stop for a stop, not for a failed tool', async () => {
    const controller = new AbortController();
    const agent = scriptedAgent([calling('a')], { tools: [echoThat(untilAborted)] });
    setTimeout(() => controller.abort(new DOMException('stop', 'AbortError')), 10);
    await assert.rejects(eventsOf(agent, controller.signal), { name: 'AbortError' });
  });

  it('runs no call of an answer that was cut', async () => {
    const events = await eventsOf(scriptedAgent([{ events: [{ type: 'call-delta', index: 0, name: 'echo', arguments: '{"text"' }, end({ reason: 'length', cutCalls: 1 })] }]));
    assert.deepEqual(events.map(({ type }) => type), ['asking', 'call-delta', 'answered', 'message', 'calls-cut', 'turn-end']);
    assert.equal(endOf(events), 'length');
  });

  it('ends the turn when the same call comes a third time, though others come in between', async () => {
    const agent = scriptedAgent([calling('a'), calling('b', 'a'), calling('a'), saying('never asked')]);
    const events = await eventsOf(agent);
    assert.equal(endOf(events), 'repetition');
    assert.equal(agent.requests.length, loopLimits.identicalCalls);
    assert.equal(resultsIn(events).length, 4);
  });

  it('ends the turn when the same call of somebody else\'s tool comes a third time, for nobody knows what it does', async () => {
    const other = { ...defineTool({ name: 'write', description: '', input: v.object({ n: v.number() }), risk: 'write', summary: () => say('Read {0}', 'x'), run: async () => ({ status: 'done', text: 'who knows' }) }), risk: 'unknown' } as const;
    const again = scriptedAgent([writing(1), calling('a'), writing(1), calling('a'), writing(1), saying('never asked')], { tools: [echo, other] });
    assert.equal(endOf(await eventsOf(again)), 'repetition');
    const between = scriptedAgent([calling('a'), writing(1), calling('a'), writing(2), calling('a'), writing(3), calling('a'), saying('Done')], { tools: [echo, other] });
    assert.equal(endOf(await eventsOf(between)), 'stop');
  });

  it('lets the same be asked again after something was changed', async () => {
    const write = defineTool({ name: 'write', description: '', input: v.object({ n: v.number() }), risk: 'write', summary: () => say('Read {0}', 'x'), run: async () => ({ status: 'done', text: 'changed' }) });
    const agent = scriptedAgent([calling('a'), writing(1), calling('a'), writing(2), calling('a'), writing(3), calling('a'), saying('Done')], { tools: [echo, write] });
    assert.equal(endOf(await eventsOf(agent)), 'stop');
  });

  it('ends the turn after 25 rounds of calls', async () => {
    const agent = scriptedAgent(Array.from({ length: 40 }, (_, index) => calling(`call ${index}`)));
    assert.equal(endOf(await eventsOf(agent)), 'rounds');
    assert.equal(agent.requests.length, 25);
  });

  it('pauses when the tools have returned a great deal, with every call answered', async () => {
    const big = echoThat(async () => 'x'.repeat(loopLimits.resultCharacters / 2));
    const agent = scriptedAgent([calling('a', 'b', 'c'), saying('never asked')], { tools: [big] });
    const events = await eventsOf(agent);
    assert.equal(endOf(events), 'volume');
    assert.equal(agent.requests.length, 1);
    assert.match(resultsIn(events)[2] ?? '', /^refused: Not run/);
  });

  it('tells the usage of each of its requests', async () => {
    const usage = { promptTokens: 10, completionTokens: 2, cachedTokens: undefined, reasoningTokens: undefined };
    const events = await eventsOf(scriptedAgent([{ events: [end({ calls: [echoCall('a')], usage })] }, { events: [end({ text: 'x', usage: { ...usage, cachedTokens: 8 } })] }]));
    assert.deepEqual(events.flatMap((event) => (event.type === 'answered' ? [event.end.usage] : [])), [usage, { ...usage, cachedTokens: 8 }]);
  });

  it('passes on what a completion throws, and takes a completion without an end for cut', async () => {
    await assert.rejects(eventsOf(scriptedAgent([{ events: [], next: new CompletionError('quota', 'x') }])), { kind: 'quota' });
    await assert.rejects(eventsOf(scriptedAgent([{ events: [{ type: 'text-delta', text: 'Half' }] }])), { kind: 'cut' });
  });

  it('does not change the history it is given', async () => {
    await eventsOf(scriptedAgent([calling('a'), saying('Done')]));
    assert.deepEqual(history, [{ role: 'user', content: 'Go' }]);
  });
});
