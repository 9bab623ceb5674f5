import assert from 'node:assert/strict';
import { Chat } from '../../src/core/chat/chat.ts';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import { readCompletion } from '../../src/core/completions/readCompletion.ts';
import { requestBody } from '../../src/core/completions/request.ts';
import type { Message } from '../../src/core/conversation/message.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { checkRequest } from '../simulator/checkRequest.ts';
import { brokenOff, inPieces } from './support/bytes.ts';
import type { Tool, ToolContext } from '../../src/core/tools/tool.ts';
import { editFile } from '../../src/core/tools/editFile.ts';
import { aModel, question } from './support/chatHarness.ts';
import { aRequest } from './support/conversation.ts';
import { memoryDocuments } from './support/memoryDocuments.ts';
import { memoryFiles } from './support/memoryFiles.ts';
import { scriptedPerson } from './support/scriptedPerson.ts';
import { echoThat } from './support/scriptedAgent.ts';
import { simulatedBy } from './support/simulatedServices.ts';
import { toolContext } from './support/toolContext.ts';

function chunk(delta: object, finish: string | null = null): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

const words = 'Let me look.';
/** The first fragment of the arguments parses by itself: what is cut behind it looks whole, and is not. */
function callOf(name: string, fragments: readonly string[]): string {
  return [
    chunk({ role: 'assistant', content: null, reasoning_content: '' }),
    chunk({ reasoning_content: 'A file says it.' }),
    chunk({ content: words }),
    chunk({ tool_calls: [{ index: 0, id: 'call_00', type: 'function', function: { name, arguments: fragments[0] } }] }),
    ...fragments.slice(1).map((fragment) => chunk({ tool_calls: [{ index: 0, function: { arguments: fragment } }] })),
    chunk({ content: '' }, 'tool_calls'),
    'data: [DONE]\n\n',
  ].join('');
}

const answer = chunk({ content: 'Done.' }, 'stop');

interface Outcome {
  readonly chat: Chat;
  readonly executions: () => number;
  readonly requests: readonly (readonly Message[])[];
}

interface Case {
  readonly wire: string;
  readonly chatOver: (body: AsyncIterable<Uint8Array>) => Promise<Outcome>;
}

const cases: { readonly [name: string]: Case } = {
  'a tool call': { wire: callOf('echo', ['{"text":"a"}', ' ']), chatOver: echoOver },
  'a call that edits a file (B25)': { wire: callOf('edit_file', ['{"path":"a.ts","edits":[{"search":"one","replace":"two"}]}', ' ']), chatOver: editOver },
};

/** A chat whose first answer is the given body, and what has come of it: how often its tool ran. */
async function echoOver(body: AsyncIterable<Uint8Array>): Promise<Outcome> {
  let executions = 0;
  const tools = [echoThat(async () => ((executions += 1), 'echoed'))];
  return { ...(await chatOver(body, tools, toolContext())), executions: () => executions };
}

/** The same with a file that may be changed, by a person who says yes to everything: how often it was proposed to be. */
async function editOver(body: AsyncIterable<Uint8Array>): Promise<Outcome> {
  const documents = memoryDocuments({ '/w/a.ts': 'one\n' });
  const person = scriptedPerson(documents);
  const context = toolContext({ files: memoryFiles({ '/w/a.ts': 'one\n' }), documents, person });
  return { ...(await chatOver(body, [editFile], context)), executions: () => person.proposals.length };
}

async function chatOver(body: AsyncIterable<Uint8Array>, tools: readonly Tool[], context: ToolContext): Promise<Omit<Outcome, 'executions'>> {
  const requests: (readonly Message[])[] = [];
  const agent = {
    tools,
    toolContext: context,
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
  return { chat, requests };
}

function isAccepted(messages: readonly Message[]): void {
  const body = JSON.parse(JSON.stringify(requestBody(aRequest({ model: 'deepseek-flash', messages })))) as Record<string, unknown>;
  assert.equal(checkRequest(simulatedBy(deepseek), body, { beta: false, retired: true }), undefined);
}

for (const [name, { wire, chatOver }] of Object.entries(cases)) describe(`a stream with ${name}, cut at every byte`, () => {
  const finish = wire.indexOf('"tool_calls"}]');

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
    }).timeout(60_000);
  }

  it('runs it once when nothing is cut', async () => {
    const { chat, executions } = await chatOver(inPieces(new TextEncoder().encode(wire)));
    assert.deepEqual([executions(), chat.state.turns[0]?.outcome], [1, 'done']);
  });
});
