import assert from 'node:assert/strict';
import { Chat } from '../../src/core/chat/chat.ts';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import { readCompletion } from '../../src/core/completions/readCompletion.ts';
import { requestBody } from '../../src/core/completions/request.ts';
import type { Message } from '../../src/core/conversation/message.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { checkRequest } from '../simulator/checkRequest.ts';
import { brokenOff, inPieces } from './support/bytes.ts';
import { aModel, question } from './support/chatHarness.ts';
import { aRequest } from './support/conversation.ts';
import { echoThat } from './support/scriptedAgent.ts';
import { simulatedBy } from './support/simulatedServices.ts';
import { toolContext } from './support/toolContext.ts';

function chunk(delta: object, finish: string | null = null): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

const words = 'Let me look.';
/** Its first fragment of arguments parses by itself: what is cut behind it looks whole, and is not. */
const wire = [
  chunk({ role: 'assistant', content: null, reasoning_content: '' }),
  chunk({ reasoning_content: 'A file says it.' }),
  chunk({ content: words }),
  chunk({ tool_calls: [{ index: 0, id: 'call_00', type: 'function', function: { name: 'echo', arguments: '{"text":"a"}' } }] }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: ' ' } }] }),
  chunk({ content: '' }, 'tool_calls'),
  'data: [DONE]\n\n',
].join('');
const answer = chunk({ content: 'Done.' }, 'stop');
const finish = wire.indexOf('"tool_calls"}]');

/** A chat whose first answer is the given body, and what has come of it. */
async function chatOver(body: AsyncIterable<Uint8Array>): Promise<{ readonly chat: Chat; readonly executions: () => number; readonly requests: readonly (readonly Message[])[] }> {
  let executions = 0;
  const requests: (readonly Message[])[] = [];
  const tools = [echoThat(async () => ((executions += 1), 'echoed'))];
  const agent = {
    tools,
    toolContext: toolContext(),
    complete(messages: readonly Message[]) {
      requests.push(structuredClone(messages));
      return readCompletion(requests.length === 1 ? body : inPieces(new TextEncoder().encode(answer)));
    },
  };
  const chat = new Chat({
    connect: async () => ({ provider: deepseek, model: 'deepseek-flash', agent }),
    clock: { now: () => 0 },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    store: createViewStore(initialState(aModel), () => undefined),
  });
  await chat.ask(question('What does it say?'));
  return { chat, executions: () => executions, requests };
}

function isAccepted(messages: readonly Message[]): void {
  const body = JSON.parse(JSON.stringify(requestBody(aRequest({ model: 'deepseek-flash', messages })))) as Record<string, unknown>;
  assert.equal(checkRequest(simulatedBy(deepseek), body, { beta: false, retired: true }), undefined);
}

describe('a stream with a tool call, cut at every byte', () => {
  for (const how of ['ended', 'broken'] as const) {
    it(`runs no tool, keeps the text and leaves a chat that goes on, when it is ${how} there`, async () => {
      let whole = 0;
      for (let length = 0; length < wire.length; length += 1) {
        const part = wire.slice(0, length);
        const { chat, executions, requests } = await chatOver(how === 'ended' ? inPieces(new TextEncoder().encode(part)) : brokenOff(part, new TypeError('terminated')));
        const [turn] = chat.state.turns;
        if (turn?.outcome === 'done') {
          // Only where the finish reason had come with all of its chunk: the rest carries nothing.
          assert.ok(length > finish, `an end after ${length} bytes`);
          whole += 1;
          continue;
        }
        assert.equal(executions(), 0, `the tool ran after ${length} bytes`);
        assert.equal(turn?.outcome, 'failed');
        const text = turn.items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])).join('');
        assert.ok(text === '' ? length < wire.indexOf(words) + words.length + 60 : text === words, `after ${length} bytes the text is "${text}"`);
        await chat.ask(question('And now?'));
        assert.equal(chat.state.turns[1]?.outcome, 'done');
        isAccepted(requests.at(-1) ?? []);
      }
      assert.ok(whole < 40, `${whole} of the cuts were ends`);
    });
  }

  it('runs it once when nothing is cut', async () => {
    const { chat, executions } = await chatOver(inPieces(new TextEncoder().encode(wire)));
    assert.deepEqual([executions(), chat.state.turns[0]?.outcome], [1, 'done']);
  });
});
