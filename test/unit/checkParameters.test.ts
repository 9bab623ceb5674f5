import assert from 'node:assert/strict';
import { fillIn } from '../../src/protocol/localText.ts';
import type { Json } from '../../src/core/json.ts';
import { withListed } from '../../src/core/models/mergeModels.ts';
import { checkParameters } from '../../src/core/parameters/checkParameters.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { iflow } from '../../src/core/providers/iflow.ts';
import { jiekou } from '../../src/core/providers/jiekou.ts';
import { providers } from '../../src/core/providers/providers.ts';
import type { ProviderSpec } from '../../src/core/providers/spec.ts';

type Values = { readonly [name: string]: Json };

/** What is said against the values, without the page that is named with each. */
function problems(provider: ProviderSpec, model: string, values: Values): readonly string[] {
  return checkParameters(provider, model, { ...provider.defaults, ...values }).map(({ text }) => fillIn(text.message, text.args).replace(` (${provider.pageUrl ?? provider.label})`, ''));
}

const off = { thinking: { type: 'disabled' } };

describe('Parameters are checked against the table of their service', () => {
  it('has nothing against what the models send of themselves', () => {
    for (const provider of providers) {
      for (const model of provider.models) assert.deepEqual(problems(provider, model.id, { ...model.defaults }), [], `${provider.id} ${model.id}`);
    }
  });

  const cases: readonly (readonly [ProviderSpec, string, Values, string])[] = [
    [deepseek, 'deepseek-v4-flash', { ...off, temperature: 2.1 }, 'temperature must be ≥ 0, ≤ 2.'],
    [deepseek, 'deepseek-chat', { max_tokens: 8193 }, 'max_tokens must be ≥ 1, ≤ 8192.'],
    [deepseek, 'deepseek-chat', { thinking: { type: 'enabled' } }, 'deepseek-chat does not take the parameter thinking.'],
    [deepseek, 'deepseek-v4-pro', { stop: Array.from({ length: 17 }, (_, index) => `${index}`) }, 'stop may have at most 16 entries or characters.'],
    [deepseek, 'deepseek-v4-pro', { thinking: { type: 'perhaps' } }, 'thinking.type must be one of: enabled, disabled, adaptive.'],
    [deepseek, 'deepseek-v4-pro', { min_p: 0.1 }, 'DeepSeek does not know the parameter min_p.'],
    [deepseek, 'deepseek-v4-pro', { response_format: { type: 'text', schema: {} } }, 'DeepSeek does not know the parameter response_format.schema.'],
    [deepseek, 'deepseek-v4-pro', { thinking: {} }, 'DeepSeek requires the parameter thinking.type.'],
    [deepseek, 'deepseek-v4-pro', { messages: [] }, 'messages is filled in by Rivulet and cannot be set.'],
    [deepseek, 'deepseek-v4-pro', { messages: { role: 'system' } }, 'messages.role is filled in by Rivulet and cannot be set.'],
    [deepseek, 'deepseek-v4-pro', { model: 'another' }, 'model is filled in by Rivulet and cannot be set.'],
    [deepseek, 'deepseek-v4-pro', { user_id: 'a b' }, 'user_id must match [a-zA-Z0-9_-]+.'],
    [deepseek, 'deepseek-v4-pro', { tool_choice: 'required' }, 'While the model thinks, tool_choice may only be none or auto. Switch thinking off for the others.'],
    [deepseek, 'deepseek-v4-pro', { top_logprobs: 3 }, 'It needs logprobs: switch that on first.'],
    [jiekou, 'zai-org/glm-4.5', { response_format: { type: 'json_schema' } }, 'jiekou.ai requires the parameter response_format.json_schema.name.'],
    [iflow, 'deepseek-r1', { max_tokens: 8192 }, 'max_tokens must be > 1, < 8192.'],
    [iflow, 'deepseek-r1', { stop: 'null' }, 'stop must be of the kind: string list.'],
    [iflow, 'deepseek-r1', { temperature: null }, 'temperature must not be null.'],
    [jiekou, 'zai-org/glm-4.5', { temperature: 2 }, 'temperature must be > 0, < 2.'],
    [jiekou, 'zai-org/glm-4.5', { logit_bias: { 1024: 101 } }, 'logit_bias must be ≥ -100, ≤ 100.'],
    [jiekou, 'zai-org/glm-4.5', { logit_bias: { 1024: 0.5 } }, 'logit_bias must be of the kind: integer map, ≥ -100, ≤ 100.'],
    [jiekou, 'zai-org/glm-4.5', { separate_reasoning: true }, 'zai-org/glm-4.5 does not take the parameter separate_reasoning.'],
  ];
  for (const [provider, model, values, problem] of cases) {
    it(`refuses ${JSON.stringify(values).slice(0, 60)} for ${model}`, () => assert.deepEqual(problems(provider, model, values).slice(0, 1), [problem]));
  }

  it('takes the bounds themselves, null where the page allows it, and maps of integers', () => {
    assert.deepEqual(problems(deepseek, 'deepseek-v4-pro', { ...off, temperature: 0, top_p: null, stop: 'END', logprobs: true, top_logprobs: 20, tool_choice: { type: 'function', function: { name: 'f' } } }), []);
    assert.deepEqual(problems(jiekou, 'zai-org/glm-4.5', { temperature: 1.99, logit_bias: { 1: -100, 2: 100 }, n: 1, max_tokens: 5 }), []);
    assert.deepEqual(problems(iflow, 'tstars2.0', { max_tokens: 8191, stop: ['a'] }), []);
  });

  it('misses what the service requires', () => {
    assert.deepEqual(checkParameters(jiekou, 'zai-org/glm-4.5', {}).map(({ name }) => name), ['max_tokens']);
    assert.deepEqual(problems(jiekou, 'a/model-typed-in', {}), [], 'what is sent of itself has it, for models that are not listed too');
  });

  it('gives a model that is newer than the list the benefit of the doubt', () => {
    assert.deepEqual(problems(jiekou, 'zai-org/glm-9', { enable_thinking: false, max_tokens: 5 }), []);
  });

  it('gives it to a model that only the list of the service has, too', () => {
    const fromList: readonly (readonly [ProviderSpec, string, Values])[] = [
      [deepseek, 'deepseek-v5-pro', { max_tokens: 500_000, thinking: { type: 'enabled' } }],
      [jiekou, 'google/gemini-3-pro', { reasoning_effort: 'low' }],
      [jiekou, 'zai-org/glm-4.6', { enable_thinking: false }],
    ];
    for (const [provider, model, values] of fromList) {
      const listed = withListed(provider, [...provider.models.map(({ id }) => ({ id })), { id: model }]);
      assert.deepEqual(problems(listed, model, values), [], model);
      const [known = ''] = provider.models.map(({ id }) => id).filter((id) => problems(provider, id, values).length > 0);
      assert.ok(known !== '' && problems(listed, known, values).length > 0, 'what the table has, it still knows');
    }
  });

  it('knows of a family what its switches are, whatever the model is called', () => {
    assert.deepEqual(problems(jiekou, 'google/gemini-3-pro', { reasoning_effort: 'much' }), ['reasoning_effort must be one of: disable, none, low, medium, high.']);
    assert.deepEqual(problems(iflow, 'glm-4.6', { chat_template_kwargs: { enable_thinking: 'no' } }), ['chat_template_kwargs.enable_thinking must be of the kind: boolean.']);
    assert.deepEqual(problems(iflow, 'another-model', { chat_template_kwargs: { enable_thinking: 'no' } }), []);
    assert.deepEqual(problems(iflow, 'deepseek-r1', { reasoning_split: true }), ['deepseek-r1 does not take the parameter reasoning_split.']);
  });

  it('checks nothing for an endpoint without a table', () => {
    assert.deepEqual(problems({ ...deepseek, parameters: [] }, 'anything', { whatever: 1 }), []);
  });
});
