import assert from 'node:assert/strict';
import { chatBody, post, readFileTool } from '../simulator/client.ts';
import type { JsonObject } from '../simulator/json.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { onePixel } from './support/pictures.ts';

const user = { role: 'user', content: 'Hello' };
const calls = { role: 'assistant', content: '', tool_calls: [{ id: '0', type: 'function', function: { name: 'read_file', arguments: '{}' } }] };
const answered = { role: 'tool', tool_call_id: '0', content: 'text' };
const turbo = 'deepseek/deepseek-r1-turbo';
const schema = { type: 'object', properties: {} };

const iflowAccepted: readonly [string, JsonObject][] = [
  ['the page\'s example', { model: 'deepseek-r1', stream: false, max_tokens: 512, stop: ['null'], temperature: 0.7, top_p: 0.7, top_k: 50, frequency_penalty: 0.5, n: 1, response_format: { type: 'text' }, tools: [{ type: 'function', function: { description: 'x', name: 'x', parameters: {}, strict: false } }] }],
  ['the older page\'s model and one stop string', { model: 'tstars2.0', stop: 'null' }],
  ['what clients were seen to send', { stream: true, stream_options: { include_usage: true }, chat_template_kwargs: { enable_thinking: true, clear_thinking: false }, seed: 1 }],
  ['other thinking switches', { model: 'kimi-k2.5', thinking: { type: 'disabled' }, reasoning_split: true }],
  ['a tool round trip with its reasoning', { messages: [user, { ...calls, reasoning_content: 'x' }, answered], tools: [readFileTool] }],
  ['strict that is null', { tools: [{ type: 'function', function: { name: 'f', strict: null } }] }],
  ['the largest max_tokens', { max_tokens: 8191 }],
];

const iflowRefused: readonly [string, JsonObject, RegExp][] = [
  ['an empty list of tools', { tools: [] }, /tools must not be empty/],
  ['max_tokens at either bound', { max_tokens: 8192 }, /less than 8192/],
  ['max_tokens of one', { max_tokens: 1 }, /more than 1/],
  ['tool_choice', { tools: [readFileTool], tool_choice: 'auto' }, /tool_choice is not a parameter/],
  ['presence_penalty', { presence_penalty: 0 }, /presence_penalty is not a parameter/],
  ['logprobs', { logprobs: true }, /logprobs is not a parameter/],
  ['temperature of null', { temperature: null }, /temperature must be a number/],
  ['stream as text', { stream: 'true' }, /stream must be/],
  ['stream_options without stream', { stream_options: { include_usage: true } }, /stream_options/],
  ['parts other than text', { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] }, /image_url is not supported/],
  ['an unanswered call', { messages: [user, calls, user] }, /must be followed/],
  ['a name with spaces', { tools: [{ type: 'function', function: { name: 'a b' } }] }, /name must match/],
];

const jiekouAccepted: readonly [string, JsonObject][] = [
  ['every parameter of the page', { stream: true, stream_options: { include_usage: true }, n: 1, seed: 3, frequency_penalty: 1.9, presence_penalty: -1.9, repetition_penalty: 1.2, stop: 'x', temperature: 1, top_p: 1, top_k: 127, min_p: 0, logit_bias: { 1024: 6 }, logprobs: true, top_logprobs: 20, tools: [readFileTool], response_format: { type: 'text' }, enable_thinking: true }],
  ['null where the page says so', { stream: null, stream_options: null, n: null, seed: null, stop: null, temperature: null, tools: null, response_format: null }],
  ['four stop sequences', { stop: ['a', 'b', 'c', 'd'] }],
  ['separate_reasoning for its model', { model: turbo, separate_reasoning: true }],
  ['an answer after a schema', { response_format: { type: 'json_schema', json_schema: { name: 'x', description: 'y', strict: true, schema } } }],
  ['images and films', { messages: [{ role: 'user', content: [{ type: 'text', text: 'x' }, { type: 'image_url', image_url: { url: onePixel } }, { type: 'video_url', video_url: { url: 'https://example.com/a.mp4' } }] }] }],
  ['cache_control for Claude', { model: 'anthropic/claude-sonnet-4', messages: [{ role: 'user', content: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }] }] }],
  ['an effort for Gemini', { model: 'google/gemini-2.5-flash', reasoning_effort: 'low' }],
  ['the id "0" in every turn', { messages: [user, calls, answered, user, calls, answered] }],
];

const jiekouRefused: readonly [string, JsonObject, RegExp][] = [
  ['no max_tokens', { max_tokens: undefined }, /max_tokens is required/],
  ['n of 128', { n: 128 }, /n must be less than 128/],
  ['a penalty of 2', { frequency_penalty: 2 }, /frequency_penalty must be less than 2/],
  ['temperature of 0', { temperature: 0 }, /temperature must be more than 0/],
  ['top_p of 0', { top_p: 0 }, /top_p must be more than 0/],
  ['top_k of 1', { top_k: 1 }, /top_k must be more than 1/],
  ['min_p above 1', { min_p: 1.1 }, /min_p must be at most 1/],
  ['five stop sequences', { stop: ['a', 'b', 'c', 'd', 'e'] }, /stop must have at most 4/],
  ['a bias beyond its range', { logit_bias: { 1: 101 } }, /logit_bias\.1 must be at most 100/],
  ['a bias with a fraction', { logit_bias: { 1: 0.5 } }, /must be an integer/],
  ['top_logprobs alone', { top_logprobs: 1 }, /top_logprobs needs/],
  ['tool_choice', { tools: [readFileTool], tool_choice: 'auto' }, /tool_choice is not a parameter/],
  ['parallel_tool_calls', { parallel_tool_calls: true }, /parallel_tool_calls is not a parameter/],
  ['separate_reasoning for another model', { separate_reasoning: true }, /separate_reasoning is not a parameter of the model/],
  ['enable_thinking for another model', { model: turbo, enable_thinking: true }, /enable_thinking is not a parameter of the model/],
  ['a schema without a name', { response_format: { type: 'json_schema', json_schema: { schema } } }, /json_schema\.name is required/],
  ['a strict schema it cannot hold', { response_format: { type: 'json_schema', json_schema: { name: 'x', strict: true, schema: { type: 'array' } } } }, /not a supported schema/],
  ['content as one object', { messages: [{ role: 'user', content: { type: 'text', text: 'x' } }] }, /content must be a string or a list/],
  ['a film that is a picture', { messages: [{ role: 'user', content: [{ type: 'video_url', video_url: { url: onePixel } }] }] }, /must hold a whole video/],
  ['a picture under another name', { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: onePixel.replace('png', 'gif') } }] }] }, /is no image\/gif/],
  ['a picture of a kind that is not known', { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: onePixel.replace('png', 'tiff') } }] }] }, /image\/tiff is not supported/],
  ['a picture that is no base64', { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,*' } }] }] }, /data: URL in base64/],
  ['a field beside the address', { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: onePixel, detail: 'low' } }] }] }, /detail is not a field/],
  ['an image of the system', { messages: [{ role: 'system', content: [{ type: 'image_url', image_url: { url: onePixel } }] }, user] }, /only a user message/],
  ['a picture by its address for Claude', { model: 'anthropic/claude-sonnet-4', messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] }] }, /base64 only/],
  ['an image without its address', { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 'x' }] }] }, /image_url\.url is required/],
  ['cache_control for another model', { messages: [{ role: 'user', content: [{ type: 'text', text: 'x', cache_control: {} }] }] }, /cache_control/],
];

describe('The simulated iFlow', () => {
  let simulator: Simulator;
  before(async () => { simulator = await startSimulator(); });
  after(() => simulator.close());

  for (const [name, more] of iflowAccepted) {
    it(`accepts ${name}`, async () => {
      const reply = await post(simulator, 'iflow', chatBody('iflow', 'Hello', more));
      assert.equal(simulator.requests.at(-1)?.verdict, 'accepted', reply.text);
      assert.ok(!reply.text.includes('"status"'), reply.text);
    });
  }

  for (const [name, more, message] of iflowRefused) {
    it(`refuses ${name} with HTTP 200 and a business status`, async () => {
      const reply = await post(simulator, 'iflow', chatBody('iflow', 'Hello', more));
      const body = JSON.parse(reply.text) as Record<string, unknown>;
      assert.equal(reply.status, 200);
      assert.deepEqual({ ...body, msg: '' }, { status: '400', msg: '', body: null });
      assert.match(String(body['msg']), message);
    });
  }

  it('refuses a wrong key and a missing one with status 434, also when a stream was asked for', async () => {
    for (const authorization of ['Bearer sk-wrong', '']) {
      const reply = await post(simulator, 'iflow', chatBody('iflow', 'Hello', { stream: true }), { headers: { authorization } });
      assert.equal(reply.status, 200);
      assert.match(reply.contentType, /^application\/json/);
      assert.equal(reply.text, '{"status":"434","msg":"Invalid apiKey，get your apiKey: https://iflow.cn/","body":null}');
    }
  });

  it('says in Chinese that a model is not served, has no list of models, and answers nothing at all for the CLI\'s own', async () => {
    const unknown = await post(simulator, 'iflow', chatBody('iflow', 'Hello', { model: 'glm-4.7' }));
    assert.equal(unknown.status, 404);
    assert.equal(unknown.text, '{"error":"当前 API 不支持所选模型 glm-4.7","type":"error"}');
    const models = await fetch(`${simulator.bases.iflow}/models`, { headers: { authorization: `Bearer ${simulator.keys.iflow}` } });
    assert.equal(models.status, 404);
    simulator.faults.push({ kind: 'refuse', reason: 'cli-only' });
    const reserved = await post(simulator, 'iflow', chatBody('iflow', 'Hello'));
    assert.deepEqual([reserved.status, reserved.text], [406, '']);
  });

  it('stops after its default of 512 tokens', async () => {
    const reply = await post(simulator, 'iflow', chatBody('iflow', 'Give me a long answer'));
    const body = JSON.parse(reply.text) as { choices: { finish_reason: string }[]; usage: { completion_tokens: number } };
    assert.equal(body.choices[0]?.finish_reason, 'length');
    assert.equal(body.usage.completion_tokens, 512);
  });
});

describe('The simulated jiekou.ai', () => {
  let simulator: Simulator;
  before(async () => { simulator = await startSimulator(); });
  after(() => simulator.close());

  for (const [name, more] of jiekouAccepted) {
    it(`accepts ${name}`, async () => {
      const reply = await post(simulator, 'jiekou', chatBody('jiekou', 'Hello', more['enable_thinking'] === undefined ? more : { ...more, model: 'zai-org/glm-4.5' }));
      assert.equal(reply.status, 200, reply.text);
    });
  }

  for (const [name, more, message] of jiekouRefused) {
    it(`refuses ${name} with its flat body`, async () => {
      const reply = await post(simulator, 'jiekou', chatBody('jiekou', 'Hello', more));
      const body = JSON.parse(reply.text) as Record<string, unknown>;
      assert.equal(reply.status, 400);
      assert.deepEqual({ ...body, message: '' }, { code: 400, reason: 'INVALID_REQUEST_BODY', message: '' });
      assert.match(String(body['message']), message);
    });
  }

  it('refuses a wrong key with 403, a missing one with 401 and an unknown model with 404', async () => {
    const wrong = await post(simulator, 'jiekou', chatBody('jiekou', 'Hello'), { headers: { authorization: 'Bearer sk-wrong' } });
    assert.equal(wrong.status, 403);
    assert.equal(wrong.text, '{"code":403,"reason":"INVALID_API_KEY","message":"invalid api-key"}');
    const missing = await post(simulator, 'jiekou', chatBody('jiekou', 'Hello'), { headers: { authorization: '' } });
    assert.deepEqual([missing.status, (JSON.parse(missing.text) as { reason: string }).reason], [401, 'FAILED_TO_AUTH']);
    const unknown = await post(simulator, 'jiekou', chatBody('jiekou', 'Hello', { model: 'x/nonexistent' }));
    assert.deepEqual([unknown.status, (JSON.parse(unknown.text) as { reason: string }).reason], [404, 'MODEL_NOT_FOUND']);
    const other = await post(simulator, 'jiekou', chatBody('jiekou', 'Hello', { model: 'openai/gpt-5.1' }));
    assert.equal(other.status, 400);
  });

  it('answers at both of its bases and lists its models', async () => {
    assert.equal((await post(simulator, 'jiekou', chatBody('jiekou', 'Hello'), { path: '/jiekou/openai' })).status, 200);
    assert.equal((await post(simulator, 'jiekou', chatBody('jiekou', 'Hello'), { path: '/jiekou/openai/v1/v1' })).status, 404);
    const models = await fetch(`${simulator.bases.jiekou}/models`, { headers: { authorization: `Bearer ${simulator.keys.jiekou}` } });
    const { data } = (await models.json()) as { data: { id: string; context_size: number }[] };
    assert.ok(data.some((model) => model.id === turbo && model.context_size > 0));
  });
});
