import assert from 'node:assert/strict';
import { chatBody, post, readFileTool } from '../simulator/client.ts';
import type { JsonObject } from '../simulator/json.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { onePixel } from './support/pictures.ts';

const user = { role: 'user', content: 'Hello' };
const call = { id: 'call_1', type: 'function', function: { name: 'read_file', arguments: '{}' } };
const asked = { role: 'assistant', content: '', reasoning_content: '', tool_calls: [call] };
const answered = { role: 'tool', tool_call_id: 'call_1', content: 'text' };
const withTools = (parameters: JsonObject): JsonObject => ({ tools: [{ type: 'function', function: { name: 'f', parameters } }] });
const strictTool = (parameters: JsonObject): JsonObject => ({ tools: [{ type: 'function', function: { name: 'f', strict: true, parameters } }] });
const off = { thinking: { type: 'disabled' } };

const accepted: readonly [string, JsonObject][] = [
  ['the least', {}],
  ['every parameter of the page', { frequency_penalty: -2, presence_penalty: 2, max_tokens: 2, response_format: { type: 'text' }, stop: ['a', 'b'], stream: true, stream_options: { include_usage: true }, temperature: 2, top_p: 1, tools: [readFileTool], tool_choice: 'auto', logprobs: true, top_logprobs: 20 }],
  ['null where the page says nullable', { frequency_penalty: null, presence_penalty: null, max_tokens: null, response_format: null, stop: null, stream: null, stream_options: null, temperature: null, top_p: null, tools: null, tool_choice: null, logprobs: null, top_logprobs: null }],
  ['what V4 has besides', { thinking: { type: 'enabled' }, reasoning_effort: 'max', user_id: 'a-1_B', max_tokens: 393_216, n: 2, seed: 7, top_k: 40 }],
  ['a forced tool when thinking is off', { ...off, tools: [readFileTool], tool_choice: 'required' }],
  ['a named tool when thinking is off', { ...off, tools: [readFileTool], tool_choice: { type: 'function', function: { name: 'read_file' } } }],
  ['a tool round trip with empty reasoning', { messages: [user, asked, answered] }],
  ['a tool round trip with null content', { messages: [user, { ...asked, content: null }, answered, user] }],
  ['a tool round trip without reasoning when thinking is off', { ...off, messages: [user, { role: 'assistant', content: '', tool_calls: [call] }, answered] }],
  ['the same call id in a later turn', { messages: [user, asked, answered, user, asked, answered] }],
  ['a name and text parts', { messages: [{ role: 'system', content: 'Be kind.', name: 'a' }, { role: 'user', content: [{ type: 'text', text: 'Hello' }] }] }],
  ['JSON mode with the word in the prompt', { response_format: { type: 'json_object' }, messages: [{ role: 'user', content: 'Give JSON' }] }],
  ['a retired name', { model: 'deepseek-chat', max_tokens: 8192 }],
  ['an image for the vision model', { model: 'deepseek-v4-flash-vision-exp', messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: onePixel } }, { type: 'image_url', image_url: { url: 'https://example.com/a.png' } }, { type: 'file', file_id: 'file-1' }] }] }],
  ['one stop string', { stop: 'end' }],
  ['a whole surrogate pair', { messages: [{ role: 'user', content: '🧪' }] }],
];

const refused: readonly [string, JsonObject, number, RegExp][] = [
  ['no messages', { messages: undefined }, 400, /messages is required/],
  ['empty messages', { messages: [] }, 422, /messages must not be empty/],
  ['no model', { model: undefined }, 400, /model is required/],
  ['an unknown model', { model: 'deepseek-v9-nonexistent' }, 400, /^The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but you passed deepseek-v9-nonexistent\.$/],
  ['an unknown parameter', { max_completion_tokens: 5 }, 422, /max_completion_tokens is not a parameter/],
  ['temperature out of range', { temperature: 2.1 }, 422, /temperature must be at most 2/],
  ['temperature below its range', { temperature: -0.1 }, 422, /temperature must be at least 0/],
  ['temperature as text', { temperature: '1' }, 400, /temperature must be a number/],
  ['top_p out of range', { top_p: 1.5 }, 422, /top_p/],
  ['a penalty out of range', { presence_penalty: 3 }, 422, /presence_penalty/],
  ['max_tokens of nothing', { max_tokens: 0 }, 422, /max_tokens/],
  ['max_tokens that is no integer', { max_tokens: 1.5 }, 400, /max_tokens must be an integer/],
  ['too many tokens for a retired name', { model: 'deepseek-chat', max_tokens: 8193 }, 422, /8192/],
  ['17 stop strings', { stop: Array.from({ length: 17 }, String) }, 422, /stop/],
  ['stream_options without stream', { stream_options: { include_usage: true } }, 400, /stream_options/],
  ['an unknown stream option', { stream: true, stream_options: { usage: true } }, 422, /stream_options\.usage/],
  ['top_logprobs alone', { top_logprobs: 3 }, 400, /logprobs: true/],
  ['too many top_logprobs', { logprobs: true, top_logprobs: 21 }, 422, /top_logprobs/],
  ['a response format it does not have', { response_format: { type: 'json_schema' } }, 422, /response_format\.type/],
  ['JSON mode without the word', { response_format: { type: 'json_object' } }, 400, /word 'json'/],
  ['an unknown thinking type', { thinking: { type: 'on' } }, 422, /thinking\.type/],
  ['an unknown effort', { reasoning_effort: 'hardest' }, 422, /reasoning_effort/],
  ['a user_id with spaces', { user_id: 'a b' }, 422, /user_id/],
  ['an unknown role', { messages: [{ role: 'developer', content: 'x' }] }, 422, /messages\[0\]\.role/],
  ['an unknown message field', { messages: [{ ...user, id: '1' }] }, 422, /messages\[0\]\.id/],
  ['a user message without content', { messages: [{ role: 'user' }] }, 400, /messages\[0\]\.content/],
  ['a tool message that answers nothing', { messages: [user, answered] }, 400, /no tool call "call_1" waits/],
  ['a tool message for another call', { messages: [user, asked, { ...answered, tool_call_id: 'x' }] }, 400, /no tool call "x" waits/],
  ['a tool answered twice', { messages: [user, asked, answered, answered] }, 400, /waits/],
  ['a call that is not answered', { messages: [user, asked, user] }, 400, /must be followed by tool messages/],
  ['a call that is not answered at the end', { messages: [user, asked] }, 400, /not answered/],
  ['a tool message whose content is a list', { messages: [user, asked, { ...answered, content: [{ type: 'text', text: 'x' }] }] }, 400, /messages\[2\]\.content must be a string/],
  ['an empty assistant message', { messages: [user, { role: 'assistant', content: '' }, user] }, 400, /content or tool_calls must be set/],
  ['an assistant message of null', { messages: [user, { role: 'assistant', content: null }, user] }, 400, /content or tool_calls must be set/],
  ['an assistant message of parts', { messages: [user, { role: 'assistant', content: [{ type: 'text', text: 'x' }] }, user] }, 400, /messages\[1\]\.content must be a string/],
  ['tool_calls that are empty', { messages: [user, { role: 'assistant', content: 'x', tool_calls: [] }, user] }, 400, /tool_calls/],
  ['arguments that are an object', { messages: [user, { ...asked, tool_calls: [{ ...call, function: { name: 'f', arguments: {} } }] }, answered] }, 400, /arguments must be a string/],
  ['an assistant message at the end', { messages: [user, { role: 'assistant', content: 'x' }] }, 400, /last message/],
  ['a prefix outside /beta', { messages: [user, { role: 'assistant', content: 'x', prefix: true }] }, 422, /prefix/],
  ['a call without its reasoning', { messages: [user, { role: 'assistant', content: '', tool_calls: [call] }, answered] }, 400, /^The reasoning_content in the thinking mode must be passed back to the API\.$/],
  ['a call without its reasoning many turns ago', { messages: [user, { role: 'assistant', content: '', tool_calls: [call] }, answered, { role: 'assistant', content: 'x' }, user] }, 400, /^The reasoning_content/],
  ['reasoning sent to the old reasoner', { model: 'deepseek-reasoner', messages: [user, { role: 'assistant', content: 'x', reasoning_content: 'y' }, user] }, 400, /must not be sent to deepseek-reasoner/],
  ['a forced tool while thinking', { tools: [readFileTool], tool_choice: 'required' }, 400, /^Thinking mode does not support this tool_choice$/],
  ['a named tool while thinking', { tools: [readFileTool], tool_choice: { type: 'function', function: { name: 'read_file' } } }, 400, /^Thinking mode does not support this tool_choice$/],
  ['a named tool that is not there', { ...off, tools: [readFileTool], tool_choice: { type: 'function', function: { name: 'other' } } }, 400, /other/],
  ['a required tool without tools', { ...off, tool_choice: 'required' }, 400, /needs tools/],
  ['129 tools', { tools: Array.from({ length: 129 }, (_, index) => ({ type: 'function', function: { name: `f${index}` } })) }, 422, /128/],
  ['a tool name with a dot', { tools: [{ type: 'function', function: { name: 'a.b' } }] }, 422, /name must match/],
  ['a tool name of 65 characters', { tools: [{ type: 'function', function: { name: 'a'.repeat(65) } }] }, 422, /name must match/],
  ['two tools of one name', { tools: [readFileTool, readFileTool] }, 400, /twice/],
  ['a tool whose parameters are a list', withTools({ type: 'array' }), 400, /describe an object/],
  ['a tool without a function', { tools: [{ type: 'function' }] }, 400, /function is required/],
  ['a tool of another type', { tools: [{ type: 'code', function: { name: 'f' } }] }, 400, /type must be function/],
  ['a strict tool outside /beta', { tools: [{ type: 'function', function: { name: 'f', strict: true } }] }, 422, /strict/],
  ['half of a surrogate pair', { messages: [{ role: 'user', content: 'a\uD83D' }] }, 400, /body\.messages\[0\]\.content holds half of a surrogate pair/],
  ['an image for a text model', { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:,' } }] }] }, 400, /^Failed to deserialize the JSON body into the target type: messages\[0\]: unknown variant `image_url`, expected `text`/],
  ['logprobs of the old reasoner', { model: 'deepseek-reasoner', logprobs: true }, 400, /logprobs/],
];

describe('The simulated DeepSeek', () => {
  let simulator: Simulator;
  before(async () => { simulator = await startSimulator(); });
  after(() => simulator.close());

  for (const [name, more] of accepted) {
    it(`accepts ${name}`, async () => {
      const reply = await post(simulator, 'deepseek', chatBody('deepseek', 'Hello', more));
      assert.equal(reply.status, 200, reply.text);
      assert.equal(simulator.requests.at(-1)?.verdict, 'accepted');
    });
  }

  for (const [name, more, status, message] of refused) {
    it(`refuses ${name}`, async () => {
      const reply = await post(simulator, 'deepseek', chatBody('deepseek', 'Hello', more));
      const body = JSON.parse(reply.text) as { error: Record<string, unknown> };
      assert.equal(reply.status, status, reply.text);
      assert.match(String(body.error['message']), message);
      assert.deepEqual(Object.keys(body.error).sort(), ['code', 'message', 'param', 'type']);
      assert.equal(reply.contentType, status === 400 ? 'application/octet-stream' : 'application/json');
      assert.equal(simulator.requests.at(-1)?.verdict, body.error['message']);
    });
  }

  it('refuses a body that is not JSON, or is said to be something else', async () => {
    assert.match((await post(simulator, 'deepseek', '{"model":')).text, /parse/);
    assert.match((await post(simulator, 'deepseek', '[]')).text, /must be a JSON object/);
    const plain = await post(simulator, 'deepseek', chatBody('deepseek', 'Hello'), { headers: { 'content-type': 'text/plain' } });
    assert.match(plain.text, /Content-Type/);
    assert.equal(plain.status, 400);
  });

  it('refuses a wrong or missing key with 401, and shows no more of it than its end', async () => {
    const wrong = await post(simulator, 'deepseek', chatBody('deepseek', 'Hello'), { headers: { authorization: 'Bearer sk-abcdefghij-key' } });
    assert.equal(wrong.status, 401);
    assert.deepEqual(JSON.parse(wrong.text), {
      error: { message: 'Authentication Fails, Your api key: ****-key is invalid', type: 'authentication_error', param: null, code: 'invalid_request_error' },
    });
    for (const authorization of ['', 'Basic abc', simulator.keys.deepseek]) {
      const reply = await post(simulator, 'deepseek', chatBody('deepseek', 'Hello'), { headers: { authorization } });
      assert.equal(reply.status, 401, authorization);
      assert.equal(simulator.requests.at(-1)?.authorization, 'absent');
    }
  });

  it('takes a prefix and strict tools on /beta, and holds strict tools to their rules', async () => {
    const beta = { path: '/deepseek/beta' };
    const prefix = chatBody('deepseek', 'x', { messages: [user, { role: 'assistant', content: '```ts\n', prefix: true }] });
    assert.equal((await post(simulator, 'deepseek', prefix, beta)).status, 200);
    const good = strictTool({ type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false });
    assert.equal((await post(simulator, 'deepseek', chatBody('deepseek', 'Hello', good), beta)).status, 200);
    const open = strictTool({ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] });
    assert.match((await post(simulator, 'deepseek', chatBody('deepseek', 'Hello', open), beta)).text, /additionalProperties/);
    const optional = strictTool({ type: 'object', properties: { a: { type: 'string' } }, required: [], additionalProperties: false });
    assert.match((await post(simulator, 'deepseek', chatBody('deepseek', 'Hello', optional), beta)).text, /must require a/);
  });

  it('answers with and without /v1, but not at a doubled path', async () => {
    const body = chatBody('deepseek', 'Hello');
    assert.equal((await post(simulator, 'deepseek', body, { path: '/deepseek/v1' })).status, 200);
    assert.equal((await post(simulator, 'deepseek', body, { path: '/deepseek/v1/v1' })).status, 404);
    assert.equal((await post(simulator, 'deepseek', body, { path: '/deepseek/chat/completions' })).status, 404);
  });

  it('lists models and a balance for the right key only', async () => {
    const headers = { authorization: `Bearer ${simulator.keys.deepseek}` };
    const models = (await (await fetch(`${simulator.bases.deepseek}/models`, { headers })).json()) as { object: string; data: { id: string }[] };
    assert.equal(models.object, 'list');
    assert.ok(models.data.some((model) => model.id === 'deepseek-v4-pro'));
    const balance = (await (await fetch(`${simulator.bases.deepseek}/user/balance`, { headers })).json()) as { balance_infos: { total_balance: string }[] };
    assert.equal(balance.balance_infos[0]?.total_balance, '110.00');
    assert.equal((await fetch(`${simulator.bases.deepseek}/models`)).status, 401);
  });

  it('refuses the retired names when it is told to', async () => {
    const today = await startSimulator({ retired: true });
    try {
      const reply = await post(today, 'deepseek', chatBody('deepseek', 'Hello', { model: 'deepseek-chat' }));
      assert.equal(reply.status, 400);
      assert.match(reply.text, /but you passed deepseek-chat\./);
    } finally {
      await today.close();
    }
  });

  it('needs no key at the open base, and has one model there', async () => {
    const reply = await post(simulator, 'open', chatBody('open', 'Hello'), { headers: { authorization: 'Nonsense' } });
    assert.equal(reply.status, 200);
    assert.match((await post(simulator, 'open', chatBody('open', 'Hello', { model: 'deepseek-v4-pro' }))).text, /simulated-reasoner/);
    const models = (await (await fetch(`${simulator.bases.open}/models`)).json()) as { data: { id: string }[] };
    assert.deepEqual(models.data.map((model) => model.id), ['simulated-reasoner']);
  });
});
