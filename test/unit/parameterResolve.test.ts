import assert from 'node:assert/strict';
import { requestBody } from '../../src/core/completions/request.ts';
import type { Json } from '../../src/core/json.ts';
import { sentParameters, without, withValue } from '../../src/core/parameters/resolve.ts';
import { personParameters, unusableEntries, withoutParameters, withParameter } from '../../src/core/parameters/stored.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { jiekou } from '../../src/core/providers/jiekou.ts';
import type { ParameterValues, ProviderSpec } from '../../src/core/providers/spec.ts';
import { aRequest } from './support/conversation.ts';

const pro = { provider: deepseek, model: 'deepseek-v4-pro' };

function sent(parameters: ParameterValues, parts: { readonly provider?: ProviderSpec; readonly model?: string; readonly stream?: boolean } = {}): ParameterValues {
  return sentParameters({ ...pro, stream: true, ...parts, parameters });
}

describe('The parameters that go out', () => {
  it('are those of the service, the model, the person for the service, and the person for the model, each over the one before', () => {
    const provider: ProviderSpec = {
      ...deepseek,
      defaults: { max_tokens: 1, seed: 1, n: 1, user_id: 'a' },
      models: [{ id: 'm', defaults: { seed: 2, n: 2, user_id: 'b' } }],
      parameters: [],
    };
    const setting = { deepseek: { n: 3, user_id: 'c' }, 'deepseek/m': { user_id: 'd' }, 'deepseek/other': { n: 9 }, jiekou: { n: 9 } };
    assert.deepEqual(sentParameters({ provider, model: 'm', parameters: personParameters(setting, { provider, model: 'm' }), stream: true }), {
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 1,
      seed: 2,
      n: 3,
      user_id: 'd',
    });
  });

  it('are merged part by part where the table has parts, and replaced as a whole where it has none', () => {
    const setting = {
      jiekou: { response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'object', title: 'old' } } }, logit_bias: { 1: 1 } },
      'jiekou/zai-org/glm-4.5': { response_format: { json_schema: { schema: { type: 'array' } } }, logit_bias: { 2: 2 } },
    };
    const parameters = personParameters(setting, { provider: jiekou, model: 'zai-org/glm-4.5' });
    assert.deepEqual(parameters, { response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'array' } } }, logit_bias: { 2: 2 } });
  });

  it('lack what the person set to null, also what Rivulet sends of itself, and what consisted of that alone', () => {
    assert.deepEqual(sent({})['thinking'], { type: 'enabled' });
    for (const thinking of [null, { type: null }]) assert.equal('thinking' in sent({ thinking }), false);
    assert.equal('stream_options' in sent({ stream_options: null }), false);
    assert.equal('stream' in requestBody(aRequest({ parameters: { stream: null } })), false);
    assert.equal('max_tokens' in requestBody(aRequest({ provider: jiekou, model: 'x', parameters: { max_tokens: null } })), false);
  });

  it('let the model answer for itself where a null of the service is overruled', () => {
    const setting = { deepseek: { thinking: null }, 'deepseek/deepseek-v4-pro': { thinking: { type: 'disabled' } } };
    assert.deepEqual(sent(personParameters(setting, pro))['thinking'], { type: 'disabled' });
  });

  it('lack what has no effect while the model thinks, and have it when thinking is switched off', () => {
    const sampling = { temperature: 0.1, top_p: 0.2, presence_penalty: 1, frequency_penalty: 1 };
    assert.deepEqual(Object.keys(sent(sampling)).filter((name) => name in sampling), []);
    assert.deepEqual(Object.keys(sent({ ...sampling, thinking: { type: 'adaptive' } })).filter((name) => name in sampling), []);
    for (const model of ['deepseek-v4-pro', 'deepseek-chat', 'deepseek-v9']) {
      const values = model === 'deepseek-v4-pro' ? { ...sampling, thinking: { type: 'disabled' } } : sampling;
      assert.deepEqual(Object.keys(sent(values, { model })).filter((name) => name in sampling).length, 4, model);
    }
    // What the service does when nothing is said counts too.
    assert.equal('temperature' in sent({ temperature: 0.1, thinking: null }), false);
    assert.equal('reasoning_effort' in sent({ reasoning_effort: 'max', thinking: { type: 'disabled' } }), false);
    assert.equal(sent({ reasoning_effort: 'max' })['reasoning_effort'], 'max');
  });

  it('have top_p where it has an effect: docs/servers.md §2.1 tells the models of DeepSeek apart', () => {
    const off = { thinking: { type: 'disabled' } };
    const cases: readonly (readonly [string, ParameterValues, boolean])[] = [
      ['deepseek-v4-pro', {}, false],
      ['deepseek-v4-pro', off, true],
      ['deepseek-flash', {}, true],
      ['deepseek-flash', { thinking: { type: 'adaptive' } }, true],
      ['deepseek-flash', off, false],
      ['deepseek-v4-flash', {}, true],
      ['deepseek-v4-flash-vision-exp', off, false],
      ['deepseek-chat', {}, true],
      ['deepseek-v9', {}, true],
      ['deepseek-v9', off, true],
    ];
    for (const [model, values, isSent] of cases) assert.equal(sent({ top_p: 0.97, ...values }, { model })['top_p'], isSent ? 0.97 : undefined, `${model} ${JSON.stringify(values)}`);
  });

  it('have options of the stream only with a stream, whoever wished for either', () => {
    assert.deepEqual([sent({ stream: false })['stream'], sent({ stream: false })['stream_options']], [false, undefined]);
    assert.equal('stream_options' in sent({ stream: false, stream_options: { include_usage: true } }), false);
    assert.equal('stream_options' in sent({}, { stream: false }), false);
    assert.deepEqual(sent({ stream: true }, { stream: false })['stream_options'], { include_usage: true });
    assert.deepEqual(sent({ stream_options: { include_usage: false } })['stream_options'], { include_usage: false });
    const unknown: ProviderSpec = { ...deepseek, parameters: [], models: [] };
    assert.equal('stream_options' in sent({ stream: false }, { provider: unknown }), false);
  });

  it('reach each message of the person and each tool, and tool_choice goes only where there are tools', () => {
    const body = requestBody(aRequest({ provider: jiekou, model: 'zai-org/glm-4.5', parameters: { messages: { name: 'Ann' }, tools: { function: { strict: true } } } }));
    const messages = body['messages'] as readonly { readonly role: string; readonly name?: string }[];
    assert.deepEqual(messages.map(({ role, name }) => name ?? role), ['system', 'Ann', 'assistant', 'tool', 'tool', 'assistant', 'Ann']);
    assert.ok((body['tools'] as readonly { readonly function: { readonly strict?: boolean } }[]).every((tool) => tool.function.strict === true));
    const choice = { tool_choice: 'none' };
    assert.equal(requestBody(aRequest({ parameters: choice }))['tool_choice'], 'none');
    assert.equal('tool_choice' in requestBody(aRequest({ parameters: choice, tools: [] })), false);
  });

  it('cannot take the place of the model or the messages', () => {
    const provider: ProviderSpec = { ...deepseek, parameters: [] };
    const body = requestBody(aRequest({ provider, parameters: { model: 'another', messages: 'none', tools: 7 } }));
    assert.equal(body['model'], 'deepseek-v4-flash');
    assert.deepEqual([body['messages'], body['tools']], [requestBody(aRequest())['messages'], requestBody(aRequest())['tools']]);
  });
});

describe('The setting rivulet.parameters', () => {
  const key = { provider: jiekou, model: 'a/b' };

  it('is changed for the one model, at the one place', () => {
    const setting = { jiekou: { seed: 1 }, 'deepseek/x': { n: 1 } };
    const first = withParameter(setting, key, { name: 'response_format.type', value: 'text' });
    assert.deepEqual(first, { ...setting, 'jiekou/a/b': { response_format: { type: 'text' } } });
    const second = withParameter(first, key, { name: 'seed', value: null });
    assert.deepEqual(second['jiekou/a/b'], { response_format: { type: 'text' }, seed: null });
    assert.deepEqual(withParameter(second, key, { name: 'response_format.type', value: undefined })['jiekou/a/b'], { seed: null });
    assert.deepEqual(withoutParameters(second, key), setting);
  });

  it('leaves out for a model what is set for its whole service and the model does not take', () => {
    const setting = { jiekou: { enable_thinking: false, seed: 1 }, deepseek: { thinking: { type: 'disabled' }, user_id: 'a' } };
    const turbo = { provider: jiekou, model: 'deepseek/deepseek-r1-turbo' };
    assert.deepEqual(personParameters(setting, turbo), { seed: 1 });
    assert.deepEqual(personParameters(setting, { provider: jiekou, model: 'zai-org/glm-4.5' }), { enable_thinking: false, seed: 1 });
    assert.deepEqual(personParameters(setting, { provider: jiekou, model: 'a/model-typed-in' }), { enable_thinking: false, seed: 1 });
    assert.deepEqual(personParameters(setting, { provider: deepseek, model: 'deepseek-chat' }), {});
    // What is set for the model itself is not passed over in silence.
    assert.deepEqual(personParameters({ 'jiekou/deepseek/deepseek-r1-turbo': { enable_thinking: true } }, turbo), { enable_thinking: true });
    assert.deepEqual(personParameters({ jiekou: { not_a_parameter: 1 } }, turbo), { not_a_parameter: 1 });
  });

  it('counts as empty where it is no object, and says which entries are none', () => {
    for (const setting of [undefined, null, 7, 'x', []]) assert.deepEqual(personParameters(setting, key), {});
    assert.deepEqual(personParameters({ jiekou: 'fast', 'jiekou/a/b': [1] }, key), {});
    assert.deepEqual(unusableEntries({ jiekou: 'fast', 'jiekou/a/b': {} }), ['jiekou']);
  });

  it('takes names that objects have of themselves for names', () => {
    const hostile = JSON.parse('{"jiekou": {"__proto__": {"seed": 1}, "constructor": 1}}') as Json;
    const values = personParameters(hostile, key);
    assert.deepEqual(Object.keys(values).sort(), ['__proto__', 'constructor']);
    assert.equal(values['seed'], undefined);
    assert.equal(({} as { readonly seed?: unknown }).seed, undefined);
  });

  it('gains and loses values at any depth', () => {
    assert.deepEqual(withValue({ a: { b: 1 } }, 'a.c.d', 2), { a: { b: 1, c: { d: 2 } } });
    assert.deepEqual(without({ a: { c: { d: 2 } }, e: 1 }, 'a.c.d'), { e: 1 });
    assert.deepEqual(without({ a: 1 }, 'b.c'), { a: 1 });
  });
});
