import assert from 'node:assert/strict';
import { connectAgent } from '../../src/core/chat/connect.ts';
import { Chat } from '../../src/core/chat/chat.ts';
import { createSpentToday } from '../../src/core/chat/today.ts';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import type { Recorder } from '../../src/core/completions/request.ts';
import { providers } from '../../src/core/providers/providers.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import type { ServiceId } from '../simulator/service.ts';
import { aModel, question } from './support/chatHarness.ts';
import { memoryFiles } from './support/memoryFiles.ts';
import { toolContext } from './support/toolContext.ts';
import { workspaceOf } from './support/workspaces.ts';

interface WireUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number };
  readonly prompt_cache_hit_tokens?: number;
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number };
}

/** The usage that an answer ends with, read from its bytes by other means than the product's. */
function usageIn(body: string): WireUsage {
  const found = [...body.matchAll(/"usage":(\{(?:[^{}]|\{[^{}]*\})*\})/g)].at(-1)?.[1];
  assert.ok(found !== undefined, 'the answer tells no usage');
  return JSON.parse(found) as WireUsage;
}

describe('the tokens and costs of a chat', () => {
  let simulator: Simulator;
  /** What came from the service, answer by answer. */
  const bodies: string[] = [];
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());
  beforeEach(() => void (bodies.length = 0));

  function record(): Recorder {
    const decoder = new TextDecoder();
    const index = bodies.push('') - 1;
    return { request: () => undefined, response: () => undefined, bytes: ({ bytes }) => void (bodies[index] += decoder.decode(bytes, { stream: true })), end: () => undefined };
  }

  const counted = (): readonly WireUsage[] => bodies.splice(0).map(usageIn);

  for (const service of providers) {
    it(`agree to the token with what the service told, over tools, a new version and a summary: ${service.label}`, async () => {
      const provider = { ...service, baseUrl: simulator.bases[service.id as ServiceId] };
      const model = provider.models.find(({ prices }) => prices !== undefined)?.id ?? provider.models[0]?.id ?? '';
      const store = createViewStore(initialState(aModel), () => undefined);
      const clock = { now: () => new Date(2026, 10, 22, 12).getTime() };
      const chat = new Chat({
        connect: async () => connectAgent({ choice: { provider, model }, key: { kind: 'key', key: simulator.keys[service.id as keyof typeof simulator.keys] }, toolContext: toolContext({ workspace: workspaceOf('/w'), files: memoryFiles({ '/w/a.ts': 'const a = 1;\n' }) }), parameters: {}, patience: { silenceMs: 60_000, waitingMs: 60_000, retries: 0 }, record }),
        clock,
        today: createSpentToday({ store, clock, window: 'a', memory: { read: () => null, write: () => undefined } }),
        log: { info: () => undefined, warn: () => undefined, error: () => undefined },
        store,
      });
      const turns: (typeof chat.state.turns)[number][] = [];
      const noted = (): void => void turns.push(chat.state.turns.at(-1) ?? assert.fail('there is no turn'));
      const told: (readonly WireUsage[])[] = [];
      await chat.ask(question('What is in it? [[simulate: call tool read_file with {"path":"a.ts"}]]'));
      noted();
      told.push(counted());
      await chat.edit(chat.state.turns[0]?.id ?? '', 'What are tides?');
      noted();
      told.push(counted());
      await chat.compact();
      noted();
      told.push(counted());
      assert.equal(told[0]?.length, 2);
      for (const [index, usages] of told.entries()) {
        const sum = (of: (usage: WireUsage) => number): number => usages.reduce((all, usage) => all + of(usage), 0);
        const shown = turns[index]?.usage;
        assert.deepEqual([shown?.promptTokens, shown?.completionTokens], [sum((usage) => usage.prompt_tokens), sum((usage) => usage.completion_tokens)]);
        assert.equal(shown?.cachedTokens ?? 0, sum((usage) => usage.prompt_cache_hit_tokens ?? usage.prompt_tokens_details?.cached_tokens ?? 0));
        assert.equal(shown?.reasoningTokens ?? 0, sum((usage) => usage.completion_tokens_details?.reasoning_tokens ?? 0));
      }
      const amounts = turns.map(({ usage }) => usage?.cost?.amount);
      const { today } = chat.state;
      if (amounts.every((amount) => amount !== undefined)) {
        assert.ok(Math.abs((today.costs[0]?.amount ?? 0) - amounts.reduce((all, amount) => all + amount, 0)) < 1e-12);
        assert.deepEqual([today.costs.length, today.known, today.unknown], [1, 3, 0]);
      } else assert.deepEqual([today.costs, today.known, today.unknown], [[], 0, 3]);
    });
  }
});
