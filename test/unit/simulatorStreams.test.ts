import assert from 'node:assert/strict';
import { chatBody, eventsOf, joined, post, readFileTool } from '../simulator/client.ts';
import type { JsonObject } from '../simulator/json.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';

interface Chunk {
  readonly object: string;
  readonly choices: readonly {
    readonly index: number;
    readonly delta: Readonly<Record<string, unknown>>;
    readonly logprobs?: { readonly content: readonly { readonly token: string; readonly bytes: readonly number[]; readonly top_logprobs: readonly unknown[] }[] } | null;
    readonly finish_reason: string | null;
  }[];
  readonly usage?: Readonly<Record<string, unknown>> | null;
}

function chunksOf(text: string): readonly Chunk[] {
  return eventsOf(text) as unknown as readonly Chunk[];
}

interface CallDelta {
  readonly index: number;
  readonly id?: string;
  readonly function: { readonly name?: string; readonly arguments: string };
}

function callsOf(text: string): readonly CallDelta[] {
  return chunksOf(text).flatMap((chunk) => (chunk.choices[0]?.delta['tool_calls'] ?? []) as readonly CallDelta[]);
}

const streamed = { stream: true };
const asksForFile = { stream: true, tools: [readFileTool] };

describe('The simulator\'s answers', () => {
  let simulator: Simulator;
  before(async () => { simulator = await startSimulator(); });
  after(() => simulator.close());

  async function askWithin(tokens: number, question: string, more: JsonObject = {}): Promise<ReturnType<typeof joined> & { readonly text: string }> {
    const reply = await post(simulator, 'deepseek', chatBody('deepseek', question, { ...streamed, max_tokens: tokens, ...more }));
    const usage = chunksOf(reply.text).at(-1)?.usage;
    assert.ok(Number(usage?.['completion_tokens']) <= tokens);
    return { ...joined(reply.text), text: reply.text };
  }

  async function askWithSeed(seed: number): Promise<string> {
    return joined((await post(simulator, 'jiekou', chatBody('jiekou', 'Hello', { ...streamed, seed }))).text).content;
  }

  it('begin at DeepSeek with a role chunk, go through reasoning and text, and end with usage and [DONE]', async () => {
    const reply = await post(simulator, 'deepseek', chatBody('deepseek', 'Hello', streamed));
    const chunks = chunksOf(reply.text);
    assert.match(reply.contentType, /^text\/event-stream/);
    assert.deepEqual(chunks[0]?.choices[0], { index: 0, delta: { role: 'assistant', content: null, reasoning_content: '' }, logprobs: null, finish_reason: null });
    const kinds = chunks.slice(1, -1).map((chunk) => (chunk.choices[0]?.delta['content'] === null ? 'reasoning' : 'text'));
    assert.ok(kinds.lastIndexOf('reasoning') < kinds.indexOf('text') && kinds.includes('reasoning'));
    assert.ok(chunks.slice(0, -1).every((chunk) => chunk.usage === null && chunk.object === 'chat.completion.chunk'));
    assert.deepEqual(chunks.at(-1)?.choices[0]?.delta, { content: '', reasoning_content: null });
    assert.equal(chunks.at(-1)?.choices[0]?.finish_reason, 'stop');
    assert.ok(reply.text.endsWith('\n\ndata: [DONE]\n\n'));
  });

  it('have no reasoning at DeepSeek when thinking is off, and none from deepseek-chat', async () => {
    for (const more of [{ thinking: { type: 'disabled' } }, { model: 'deepseek-chat' }]) {
      const reply = await post(simulator, 'deepseek', chatBody('deepseek', 'Hello', { ...streamed, ...more }));
      assert.equal(joined(reply.text).reasoning, '');
      assert.ok(!reply.text.includes('reasoning_content'));
    }
    const reasoner = await post(simulator, 'deepseek', chatBody('deepseek', 'Hello', { ...streamed, model: 'deepseek-reasoner' }));
    assert.match(joined(reasoner.text).reasoning, /Hello/);
  });

  it('count tokens so that the sums are right', async () => {
    const reply = await post(simulator, 'deepseek', chatBody('deepseek', 'Count', { ...streamed, stream_options: { include_usage: true } }));
    const chunks = chunksOf(reply.text);
    assert.deepEqual(chunks.at(-1)?.choices, []);
    const usage = chunks.at(-1)?.usage as Record<string, number> & { completion_tokens_details: { reasoning_tokens: number } };
    assert.deepEqual(chunks.at(-2)?.usage, usage);
    assert.equal(usage['total_tokens'], Number(usage['prompt_tokens']) + Number(usage['completion_tokens']));
    assert.equal(usage['prompt_tokens'], Number(usage['prompt_cache_hit_tokens']) + Number(usage['prompt_cache_miss_tokens']));
    assert.ok(usage.completion_tokens_details.reasoning_tokens > 0);
    assert.ok(usage.completion_tokens_details.reasoning_tokens < Number(usage['completion_tokens']));
  });

  it('hit the cache by the prefix that a conversation has in common with its last request', async () => {
    const own = await startSimulator();
    try {
      const hits: number[] = [];
      const sizes: number[] = [];
      const ask = async (messages: readonly unknown[], more: JsonObject = {}): Promise<void> => {
        const reply = await post(own, 'deepseek', { model: 'deepseek-v4-pro', messages, ...more });
        const { usage } = JSON.parse(reply.text) as { usage: { prompt_cache_hit_tokens: number; prompt_tokens: number } };
        hits.push(usage.prompt_cache_hit_tokens);
        sizes.push(usage.prompt_tokens);
      };
      const first = { role: 'user', content: 'The first question' };
      await ask([first]);
      await ask([first, { role: 'assistant', content: 'An answer' }, { role: 'user', content: 'More' }]);
      await ask([{ role: 'system', content: 'New' }, first]);
      await ask([first], { user_id: 'someone-else' });
      assert.equal(hits[0], 0);
      assert.equal(hits[1], sizes[0]);
      assert.ok(Number(hits[2]) < Number(sizes[0]));
      assert.equal(hits[3], 0);
    } finally {
      await own.close();
    }
  });

  it('break a call at DeepSeek into a named start and pieces of arguments', async () => {
    const reply = await post(simulator, 'deepseek', chatBody('deepseek', 'What does notes.txt say?', asksForFile));
    const calls = callsOf(reply.text);
    assert.deepEqual({ ...calls[0], id: '' }, { index: 0, id: '', type: 'function', function: { name: 'read_file', arguments: '' } });
    assert.match(String(calls[0]?.id), /^call_00_/);
    assert.ok(calls.length > 2);
    assert.ok(calls.slice(1).every((call) => call.id === undefined));
    assert.equal(calls.map((call) => call.function.arguments).join(''), '{"path":"notes.txt"}');
    assert.equal(joined(reply.text).finish, 'tool_calls');
  });

  it('come from iFlow without a space after data:, with whole calls, and end with eos', async () => {
    const text = await post(simulator, 'iflow', chatBody('iflow', 'Hello', streamed));
    assert.ok(text.text.split('\n\n').slice(0, -1).every((event) => event.startsWith('data:') && !event.startsWith('data: ')));
    assert.equal(joined(text.text).finish, 'eos');
    assert.match(joined(text.text).reasoning, /Hello/);
    const reply = await post(simulator, 'iflow', chatBody('iflow', 'What do a.txt and b.txt say?', asksForFile));
    const calls = callsOf(reply.text);
    assert.deepEqual(calls.map((call) => [call.index, call.function.arguments]), [[0, '{"path":"a.txt"}'], [1, '{"path":"b.txt"}']]);
  });

  it('put tool calls beside the choices when iFlow answers whole', async () => {
    const reply = await post(simulator, 'iflow', chatBody('iflow', 'What does notes.txt say?', { tools: [readFileTool] }));
    const body = JSON.parse(reply.text) as { choices: { index?: number; message: Record<string, unknown>; finish_reason: string }[]; tool_calls: { function: { name: string } }[] };
    assert.equal(body.tool_calls[0]?.function.name, 'read_file');
    assert.equal(body.choices[0]?.finish_reason, 'tool_calls');
    assert.deepEqual(Object.keys(body.choices[0]?.message ?? {}), ['role', 'content', 'reasoning_content']);
    assert.equal(body.choices[0]?.index, undefined);
  });

  it('call every object chat.completion at jiekou.ai and number calls from "0" in each turn', async () => {
    const reply = await post(simulator, 'jiekou', chatBody('jiekou', 'What do a.txt and b.txt say?', asksForFile));
    const chunks = chunksOf(reply.text);
    assert.ok(chunks.every((chunk) => chunk.object === 'chat.completion'));
    const ids = callsOf(reply.text).map((call) => call.id).filter((id) => id !== undefined);
    assert.deepEqual(ids, ['0', '1']);
    assert.ok((chunks.at(-1)?.usage?.['total_tokens'] as number) > 0);
    const asked = await post(simulator, 'jiekou', chatBody('jiekou', 'Hello', { ...streamed, stream_options: { include_usage: true } }));
    assert.ok(chunksOf(asked.text).slice(0, -1).every((chunk) => chunk.usage === null));
    assert.deepEqual(chunksOf(asked.text).at(-1)?.choices, []);
  });

  it('keep reasoning inside the text of deepseek-r1-turbo unless it is asked to be separate', async () => {
    const model = 'deepseek/deepseek-r1-turbo';
    const inside = joined((await post(simulator, 'jiekou', chatBody('jiekou', 'Hello', { ...streamed, model }))).text);
    assert.match(inside.content, /^<think>\nThe user says[\s\S]*<\/think>\n\n## Answer/);
    assert.equal(inside.reasoning, '');
    const apart = joined((await post(simulator, 'jiekou', chatBody('jiekou', 'Hello', { ...streamed, model, separate_reasoning: true }))).text);
    assert.match(apart.content, /^## Answer/);
    assert.match(apart.reasoning, /^The user says/);
    const off = joined((await post(simulator, 'jiekou', chatBody('jiekou', 'Hello', { ...streamed, enable_thinking: false }))).text);
    assert.equal(off.reasoning, '');
  });

  it('stop before a stop sequence, but after it at jiekou.ai', async () => {
    const deepseek = await post(simulator, 'deepseek', chatBody('deepseek', '[[simulate: say one two three]]', { ...streamed, stop: ['three', 'two'] }));
    assert.equal(joined(deepseek.text).content, 'one ');
    const jiekou = await post(simulator, 'jiekou', chatBody('jiekou', '[[simulate: say one two three]]', { ...streamed, stop: 'two' }));
    assert.equal(joined(jiekou.text).content, 'one two');
    assert.equal(joined(jiekou.text).finish, 'stop');
  });

  it('are cut at max_tokens in reasoning, in text and inside the arguments of a call', async () => {
    const early = await askWithin(3, 'Hello');
    assert.deepEqual([early.content, early.reasoning, early.finish], ['', 'The user says', 'length']);
    const off = { thinking: { type: 'disabled' } };
    const late = await askWithin(2, '[[simulate: say one two three four]]', off);
    assert.deepEqual([late.content, late.finish], ['one two', 'length']);
    const named = await askWithin(1, 'Read notes.txt', { ...off, tools: [readFileTool] });
    assert.match(named.text, /"name":"read_file","arguments":""/);
    assert.equal(named.finish, 'length');
    const partial = await askWithin(4, 'Read notes.txt', { ...off, tools: [readFileTool] });
    assert.match(partial.text, /"arguments":"\{\\"path"/);
    assert.ok(!partial.text.includes('notes.txt'));
  });

  it('hold the log probabilities of each token when they are asked for', async () => {
    const more = { ...streamed, logprobs: true, top_logprobs: 2, thinking: { type: 'disabled' } };
    const chunks = chunksOf((await post(simulator, 'deepseek', chatBody('deepseek', '[[simulate: say 一二 x]]', more))).text);
    const tokens = chunks.flatMap((chunk) => chunk.choices[0]?.logprobs?.content ?? []);
    assert.deepEqual(tokens.slice(0, 3).map((token) => token.token), ['一', '二', ' x']);
    assert.deepEqual(tokens[0]?.bytes, [0xe4, 0xb8, 0x80]);
    assert.equal(tokens[0]?.top_logprobs.length, 2);
  });

  it('come n times where the service has n, and once at DeepSeek', async () => {
    const three = JSON.parse((await post(simulator, 'jiekou', chatBody('jiekou', 'Hello', { n: 3 }))).text) as { choices: { message: { content: string } }[] };
    assert.equal(new Set(three.choices.map((choice) => choice.message.content)).size, 3);
    const streams = chunksOf((await post(simulator, 'iflow', chatBody('iflow', 'Hello', { ...streamed, n: 2 }))).text);
    assert.deepEqual([...new Set(streams.map((chunk) => chunk.choices[0]?.index))], [0, 1]);
    const one = JSON.parse((await post(simulator, 'deepseek', chatBody('deepseek', 'Hello', { n: 3 }))).text) as { choices: unknown[] };
    assert.equal(one.choices.length, 1);
  });

  it('are the same for the same seed', async () => {
    assert.equal(await askWithSeed(1), await askWithSeed(1));
    assert.notEqual(await askWithSeed(1), await askWithSeed(2));
  });

  it('are JSON when JSON is asked for', async () => {
    const object = joined((await post(simulator, 'deepseek', chatBody('deepseek', 'Answer in JSON', { ...streamed, response_format: { type: 'json_object' } }))).text);
    assert.ok('answer' in (JSON.parse(object.content) as JsonObject));
    const schema = { type: 'object', properties: { name: { type: 'string' }, count: { type: 'integer', minimum: 4 }, kind: { enum: ['a', 'b'] } } };
    const format = { response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } };
    const shaped = joined((await post(simulator, 'jiekou', chatBody('jiekou', 'Hello', { ...streamed, ...format }))).text);
    assert.deepEqual(JSON.parse(shaped.content), { name: 'simulated', count: 4, kind: 'a' });
  });

  it('say in a header and in the fingerprint that they are simulated', async () => {
    const reply = await fetch(`${simulator.bases.open}/models`);
    assert.match(reply.headers.get('x-rivulet-simulator') ?? '', /development and test tool/);
    assert.equal(reply.headers.get('access-control-allow-origin'), null);
    assert.match((await post(simulator, 'open', chatBody('open', 'Hello'))).text, /"system_fingerprint":"fp_simulator"/);
  });
});
