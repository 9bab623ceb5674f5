import assert from 'node:assert/strict';
import { connectAgent } from '../../src/core/chat/connect.ts';
import { Chat } from '../../src/core/chat/chat.ts';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import type { Json } from '../../src/core/json.ts';
import { providers } from '../../src/core/providers/providers.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import type { ServiceId } from '../simulator/service.ts';
import { aModel, question } from './support/chatHarness.ts';
import { toolContext } from './support/toolContext.ts';

const asked = question('[[simulate: long 12]] Tell me of the tides.');

function answerOf(chat: Chat): string {
  return (chat.state.turns.at(-1)?.items ?? []).flatMap((item) => (item.kind === 'text' ? [item.text] : [])).join('|');
}

describe('an answer that was cut off on the wire', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ pace: { longAnswerDelayMs: 0 } });
  });
  afterEach(() => simulator.close());

  function chatOf(id: string, parameters: () => { readonly [name: string]: Json }): Chat {
    const record = providers.find((each) => each.id === id);
    assert.ok(record !== undefined);
    const provider = { ...record, baseUrl: simulator.bases[id as ServiceId] };
    const key = { kind: 'key', key: simulator.keys[id as keyof typeof simulator.keys] } as const;
    return new Chat({
      connect: async () =>
        connectAgent({ choice: { provider, model: provider.models[0]?.id ?? '' }, key, toolContext: toolContext(), parameters: parameters(), patience: { silenceMs: 60_000, waitingMs: 60_000, retries: 0 } }),
      clock: { now: () => 0 },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      store: createViewStore(initialState(aModel), () => undefined),
    });
  }

  for (const { id, label } of providers) {
    it(`by its length is whole after going on, and the next question is accepted: ${label}`, async () => {
      const whole = chatOf(id, () => ({}));
      await whole.ask(asked);
      let limit: { readonly max_tokens?: number } = { max_tokens: 150 };
      const chat = chatOf(id, () => limit);
      await chat.ask(asked);
      assert.equal(chat.state.turns[0]?.outcome, 'cut');
      assert.ok(answerOf(chat).length > 40 && answerOf(whole).startsWith(answerOf(chat)));
      limit = {};
      await chat.resume(chat.state.turns[0]?.id ?? '');
      assert.equal(answerOf(chat), answerOf(whole));
      await chat.ask(question('Thank you.'));
      assert.deepEqual(simulator.requests.map(({ verdict }) => verdict), ['accepted', 'accepted', 'accepted', 'accepted']);
      assert.deepEqual(chat.state.turns.map(({ outcome }) => outcome), ['done', 'done']);
    });

    it(`by the connection is whole after going on: ${label}`, async () => {
      const whole = chatOf(id, () => ({}));
      await whole.ask(asked);
      const chat = chatOf(id, () => ({}));
      const sent = simulator.requests[0]?.bytesSent ?? 0;
      simulator.faults.push({ kind: 'cut', at: Math.floor(sent * 0.8) });
      await chat.ask(asked);
      assert.equal(chat.state.turns[0]?.outcome, 'failed');
      assert.ok(answerOf(chat) !== '' && answerOf(whole).startsWith(answerOf(chat)));
      await chat.resume(chat.state.turns[0]?.id ?? '');
      assert.equal(answerOf(chat), answerOf(whole));
      assert.equal(simulator.requests.at(-1)?.verdict, 'accepted');
    });
  }

  it('goes on in words, without a seam, at a gateway that has no beta address', async () => {
    const whole = chatOf('deepseek', () => ({}));
    await whole.ask(asked);
    let limit: { readonly max_tokens?: number } = { max_tokens: 150 };
    const chat = chatOf('deepseek', () => limit);
    await chat.ask(asked);
    limit = {};
    simulator.faults.push({ kind: 'answer', status: 404, body: '{"error":"no such route"}', match: { path: '/beta/' } });
    await chat.resume(chat.state.turns[0]?.id ?? '');
    assert.equal(answerOf(chat), answerOf(whole));
    assert.deepEqual(simulator.requests.slice(-2).map(({ path, status }) => [path.includes('/beta/'), status]), [[true, 404], [false, 200]]);
  });

  it('goes on by prefix on the beta address of DeepSeek, and in words elsewhere', async () => {
    for (const { id } of providers) {
      const chat = chatOf(id, () => ({ max_tokens: 150 }));
      await chat.ask(asked);
      await chat.resume(chat.state.turns[0]?.id ?? '');
      const { path = '', body } = simulator.requests.at(-1) ?? {};
      const last = (body as { readonly messages: readonly { readonly role: string; readonly prefix?: boolean }[] }).messages.at(-1);
      assert.deepEqual([path.includes('/beta/'), last?.role, last?.prefix], id === 'deepseek' ? [true, 'assistant', true] : [false, 'user', undefined]);
    }
  });
});
