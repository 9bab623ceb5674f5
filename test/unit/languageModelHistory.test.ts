import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { requestBody } from '../../src/core/completions/request.ts';
import type { AssistantMessage, Message } from '../../src/core/conversation/message.ts';
import { answer, AnswerProblem } from '../../src/core/languageModel/answer.ts';
import type { ForeignMessage, ForeignPart } from '../../src/core/languageModel/foreignMessage.ts';
import { readHistory } from '../../src/core/languageModel/readHistory.ts';
import { createReasoningMemory, inputOf, type OwnMemory, type ReasoningMemory } from '../../src/core/languageModel/reasoningMemory.ts';
import { nameTools } from '../../src/core/languageModel/toolNames.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { jiekou } from '../../src/core/providers/jiekou.ts';
import { checkRequest } from '../simulator/checkRequest.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { asVsCodeKeepsIt, fakeFolder, type FakeFolder } from './support/foreignHistory.ts';
import { anyHistory, soundHistory } from './support/histories.ts';
import { simulatedBy } from './support/simulatedServices.ts';
import { aRequest } from './support/conversation.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const names = nameTools([]);
const weather = { name: 'weather', description: 'The weather of a place.', parameters: { type: 'object', properties: { place: { type: 'string' } } } };

type Memory = OwnMemory & Pick<ReasoningMemory, 'settled'>;

function open(files: FakeFolder): Memory {
  const memory = createReasoningMemory({ files, clock: { now: () => Date.now() }, log });
  return { ...memory.of({ requester: 'some.extension', service: 'deepseek', model: 'deepseek-flash' }), settled: async () => memory.settled() };
}

function numbered0(input: object): ForeignPart {
  return { kind: 'call', id: '0', name: 'weather', input };
}

/** The messages of a request, without the bracket that closes their list. */
function bytesOf(text: string): string {
  return JSON.stringify((JSON.parse(text) as { readonly messages: unknown }).messages).slice(0, -1);
}

/** VS Code knows no other arguments than objects, no videos, and no empty question; names are made fit for services. */
function isKnownToVsCode(history: readonly Message[]): boolean {
  return history.every((message) => {
    if (message.role === 'assistant') return message.calls.every((call) => inputOf(call.arguments) !== undefined && names.wire(call.name) === call.name);
    return message.role !== 'user' || ((message.content !== '' || message.media !== undefined) && (message.media ?? []).every(({ kind }) => kind === 'image'));
  });
}

describe('a history that VS Code hands back', () => {
  it('is what it was, whatever it was, reasoning and bytes of calls included', async () => {
    const usable = soundHistory.map((history) => history.map(withObjects)).filter(isKnownToVsCode);
    await fc.assert(
      fc.asyncProperty(usable, async (history) => {
        const files = fakeFolder();
        const first = open(files);
        const kept = asVsCodeKeepsIt(history, first);
        await first.settled();
        const expected = history.map((message) => (message.role === 'assistant' && message.calls.length === 0 ? { ...message, reasoning: undefined } : message));
        assert.deepEqual(await readHistory(kept, open(files), names), expected);
      }),
      { numRuns: 300 },
    );
  });

  it('is never refused by any service, whether its reasoning is remembered or not and whatever became of it', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, fc.boolean(), fc.constantFrom('deepseek', 'jiekou'), async (history, isForgotten, id) => {
        const provider = id === 'deepseek' ? deepseek : jiekou;
        const files = fakeFolder();
        const first = open(files);
        const kept = asVsCodeKeepsIt(history, first);
        await first.settled();
        if (isForgotten) files.kept.clear();
        const messages = await readHistory(kept, open(files), names);
        const model = provider.models[0]?.id ?? '';
        const body = requestBody({ ...aRequest({ provider, model }), messages });
        assert.equal(checkRequest(simulatedBy(provider), JSON.parse(JSON.stringify(body)) as Record<string, unknown>, { beta: false, retired: false }), undefined);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps two calls apart that an extension or a service has given one id', async () => {
    const history = await readHistory([{ role: 'assistant', parts: [numbered0({ a: 1 }), numbered0({ a: 2 })] }, { role: 'user', parts: [{ kind: 'result', callId: '0', text: 'sun', images: [] }] }], open(fakeFolder()), names);
    assert.deepEqual(history, [{ role: 'assistant', text: '', reasoning: undefined, calls: [{ id: '0', name: 'weather', arguments: '{"a":1}' }] }, { role: 'tool', callId: '0', content: 'sun' }]);
  });

  it('sends the pictures of a result with the words behind it, for services take none in results', async () => {
    const history = await readHistory([{ role: 'user', parts: [{ kind: 'result', callId: 'c', text: 'shot', images: ['data:image/png;base64,AA=='] }] }], open(fakeFolder()), names);
    assert.deepEqual(history, [{ role: 'tool', callId: 'c', content: 'shot' }, { role: 'user', content: '', media: [{ kind: 'image', url: 'data:image/png;base64,AA==' }] }]);
  });

  it('gives tools names that every service takes, each once, and answers with their own', () => {
    const odd = nameTools([{ ...weather, name: 'mcp.weather/now' }, { ...weather, name: 'mcp_weather_now' }, { ...weather, name: 'x'.repeat(80) }, weather, weather]);
    assert.deepEqual(odd.tools.map(({ name }) => name), ['mcp_weather_now_2', 'mcp_weather_now', 'x'.repeat(64), 'weather']);
    assert.equal(odd.original('mcp_weather_now_2'), 'mcp.weather/now');
    assert.equal(odd.wire('mcp.weather/now'), 'mcp_weather_now_2');
  });
});

/** The same message with arguments that are objects, written as no machine writes them. */
function withObjects(message: Message): Message {
  if (message.role !== 'assistant') return message;
  return { ...message, calls: message.calls.map((call) => ({ ...call, name: names.wire(call.name), arguments: `{ "value" :${JSON.stringify(call.arguments)}}` })) } satisfies AssistantMessage;
}

describe('a conversation through VS Code with a strict service that thinks', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());

  const ask = async (messages: readonly ForeignMessage[], memory: OwnMemory, { provider = deepseek, model = 'deepseek-flash' } = {}): Promise<readonly ForeignPart[]> => {
    const tools = nameTools([weather]);
    const service = provider.id as 'deepseek' | 'jiekou';
    const request = { provider: { ...provider, baseUrl: simulator.bases[service] }, model, key: simulator.keys[service], messages: await readHistory(messages, memory, tools), tools: tools.tools, parameters: {}, stream: true };
    const parts: ForeignPart[] = [];
    for await (const part of answer(request, new AbortController().signal, { memory, names: tools, follow: () => undefined })) parts.push(part);
    return parts;
  };

  /** Ten questions, each with a call; `between` happens before each request. */
  const converse = async (between: () => Promise<Memory>, whom = {}): Promise<void> => {
    const messages: ForeignMessage[] = [];
    for (let turn = 1; turn <= 10; turn += 1) {
      messages.push({ role: 'user', parts: [{ kind: 'text', text: `Question ${turn} [[simulate: call tool weather with { "place":  "Lübeck ${turn}" }]]` }] });
      const called = await ask(messages, await between(), whom);
      const calls = called.filter((part) => part.kind === 'call');
      assert.equal(calls.length, 1, JSON.stringify(called));
      messages.push({ role: 'assistant', parts: called }, { role: 'user', parts: calls.map(({ id }) => ({ kind: 'result', callId: id, text: 'rain', images: [] })) });
      const said = await ask(messages, await between(), whom);
      assert.ok(said.length > 0 && said.every(({ kind }) => kind === 'text'));
      messages.push({ role: 'assistant', parts: said });
    }
  };

  it('holds ten turns with tools without one refusal, over reloads, and each request begins with the one before', async () => {
    const files = fakeFolder();
    let memory = open(files);
    await converse(async () => {
      // The window is reloaded before each request.
      await memory.settled();
      memory = open(files);
      return memory;
    });
    const requests = simulator.requests.slice(-20);
    assert.deepEqual([...new Set(requests.map(({ verdict }) => verdict))], ['accepted']);
    for (const [index, { text }] of requests.entries()) {
      if (index > 0) assert.ok(bytesOf(text).startsWith(bytesOf(requests[index - 1]?.text ?? '')), `request ${index}`);
    }
    const { messages } = JSON.parse(requests.at(-1)?.text ?? '') as { readonly messages: readonly { readonly reasoning_content?: string; readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly arguments: string } }[] }[] };
    const calling = messages.filter(({ tool_calls: calls }) => calls !== undefined);
    assert.equal(calling.length, 10);
    assert.ok(calling.every(({ reasoning_content: reasoning }) => reasoning !== undefined && reasoning !== ''), 'the reasoning goes back');
    assert.equal(calling[0]?.tool_calls?.[0]?.function.arguments, '{ "place":  "Lübeck 1" }', 'byte for byte');
    assert.doesNotMatch(calling[0]?.tool_calls?.[0]?.id ?? '', /^rvl_/, 'under the service’s own id');
  });

  it('holds them too when everything is forgotten each time', async () => {
    const files = fakeFolder();
    await converse(async () => {
      files.kept.clear();
      return open(files);
    });
    assert.deepEqual([...new Set(simulator.requests.slice(-20).map(({ verdict }) => verdict))], ['accepted']);
  });

  it('holds them with a service that counts its calls from 0 in each turn', async () => {
    const memory = open(fakeFolder());
    await converse(async () => memory, { provider: jiekou, model: jiekou.models[0]?.id ?? '' });
    assert.deepEqual([...new Set(simulator.requests.slice(-20).map(({ verdict }) => verdict))], ['accepted']);
  });

  it('hands no call over whose arguments are no object, and says so', async () => {
    for (const text of ['{"place":', '[1]', '"Lübeck"']) {
      await assert.rejects(ask([{ role: 'user', parts: [{ kind: 'text', text: `Go [[simulate: call tool weather with ${text}]]` }] }], open(fakeFolder())), AnswerProblem, text);
    }
  });
});
