import assert from 'node:assert/strict';
import { describeModel, inThousands } from '../../src/core/models/describeModel.ts';
import { mergeModels, withListed } from '../../src/core/models/mergeModels.ts';
import { readModelList } from '../../src/core/models/readModelList.ts';
import { noticeOf } from '../../src/core/providers/catalogue.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { providers } from '../../src/core/providers/providers.ts';
import type { ModelSpec } from '../../src/core/providers/spec.ts';
import { fillIn } from '../../src/protocol/localText.ts';

const origin = { list: { path: '/models', priceUnit: { currency: 'USD', amount: 0.0001 } }, source: 'https://x.invalid/models', asOf: '2026-11-22' };

function read(value: unknown): readonly ModelSpec[] | undefined {
  return readModelList(value, origin);
}

function price(input: unknown, output: unknown): unknown {
  return read({ data: [{ id: 'a', input_token_price_per_m: input, output_token_price_per_m: output }] })?.[0]?.prices;
}

function line(model: Partial<ModelSpec>, language = 'en'): string {
  return describeModel({ id: 'm', ...model }, language).map(({ message, args }) => fillIn(message, args)).join(' · ');
}

describe('the records of models', () => {
  const all = providers.flatMap((provider) => provider.models.map((model) => ({ provider, model })));

  it('tell where each price is from and of which day, and are never for nothing', () => {
    const priced = all.flatMap(({ model }) => model.prices ?? []);
    assert.ok(priced.length >= 5);
    for (const { currency, input, cachedInput, output, asOf, source } of priced) {
      assert.match(currency, /^[A-Z]{3}$/);
      assert.match(asOf, /^20\d\d-[01]\d-[0-3]\d$/);
      assert.ok(Date.parse(asOf) <= Date.UTC(2026, 10, 22) && source.startsWith('https://'), source);
      assert.ok(input > 0 && output > 0 && (cachedInput === undefined || (cachedInput > 0 && cachedInput <= input)));
    }
  });

  it('are the figures of DeepSeek\'s pricing page of 2026-11-15', () => {
    const figures = deepseek.models.map(({ id, prices }) => [id, prices?.input, prices?.cachedInput, prices?.output, prices?.peak?.times]);
    assert.deepEqual(figures, [
      ['deepseek-flash', 1, 0.02, 4, 2],
      ['deepseek-v4-pro', 4.5, 0.15, 13.5, 2],
      ['deepseek-v4-flash', 1, 0.02, 4, 2],
      ['deepseek-v4-flash-vision-exp', 1, 0.02, 4, 2],
      ['deepseek-chat', undefined, undefined, undefined, undefined],
      ['deepseek-reasoner', undefined, undefined, undefined, undefined],
    ]);
  });

  it('never claim to be missing from a list or to stand in nothing else, which only merging can tell', () => {
    for (const { model } of all) assert.deepEqual([model.isUnlisted, model.isFromList], [undefined, undefined]);
  });

  it('name the path of a list where there is one: iFlow has none', () => {
    assert.deepEqual(providers.map(({ id, modelList, balancePath }) => [id, modelList?.path, balancePath]), [['deepseek', '/models', '/user/balance'], ['jiekou', '/models', undefined], ['iflow', undefined, undefined]]);
  });
});

describe('a list of models', () => {
  it('is read in the shape of OpenAI, of jiekou.ai and of vLLM', () => {
    assert.deepEqual(read({ object: 'list', data: [{ id: 'deepseek-flash', object: 'model', owned_by: 'deepseek' }] }), [{ id: 'deepseek-flash' }]);
    assert.deepEqual(read([{ id: 'qwen3', max_model_len: 40_960 }]), [{ id: 'qwen3', contextTokens: 40_960 }]);
    const whole = { id: 'a/b', context_size: 131_072, max_output_tokens: 98_304, features: ['function-calling', 'reasoning'], input_modalities: ['text', 'image', 'audio', 'video'], endpoints: ['chat/completions'], model_type: 'chat', status: 1, input_token_price_per_m: 2700, output_token_price_per_m: '10000', pricing: { input_cache_read: { price_per_m: 270 } } };
    assert.deepEqual(read({ data: [whole] }), [{ id: 'a/b', contextTokens: 131_072, outputTokens: 98_304, tools: true, media: ['image', 'video'], prices: { currency: 'USD', input: 0.27, output: 1, cachedInput: 0.027, asOf: '2026-11-22', source: 'https://x.invalid/models' } }]);
    assert.deepEqual(read({ data: [{ id: 'a', features: [], input_modalities: ['text'] }] }), [{ id: 'a', tools: false, thinking: 'never', media: [] }]);
  });

  it('takes no price where it is zero, halved or of an unknown unit', () => {
    for (const [input, output] of [[0, 0], [100, 0], [100, undefined], [-1, 5], ['', '7'], ['x', 7], [null, 7], [Infinity, 7]]) assert.equal(price(input, output), undefined, `${String(input)} ${String(output)}`);
    assert.ok(price(1, 2) !== undefined);
    assert.equal(readModelList({ data: [{ id: 'a', input_token_price_per_m: 1, output_token_price_per_m: 2 }] }, { ...origin, list: { path: '/models' } })?.[0]?.prices, undefined);
  });

  it('leaves out what cannot be asked: embeddings, drawing, the Responses API, models that are off', () => {
    const entries = [{ id: 'e', model_type: 'embedding' }, { id: 'r', endpoints: ['responses'] }, { id: 'o', status: 2 }, { id: 'ok', model_type: 'chat', endpoints: ['anthropic', 'chat/completions'], status: 1 }];
    assert.deepEqual(read({ data: entries })?.map(({ id }) => id), ['ok']);
  });

  it('is none when there is no model in it, whatever came', () => {
    for (const value of [undefined, null, 7, 'x', {}, [], { data: [] }, { data: 'x' }, { data: [null, 7, {}, { id: '' }, { id: 7 }] }, { error: 'x' }]) assert.equal(read(value), undefined, JSON.stringify(value));
  });

  it('takes a name once, and only names that a line and a setting can hold', () => {
    const names = ['a', 'a', ' b', 'c\n', 'd\u202Ee', 'x'.repeat(201), '__proto__', 'constructor', 'ä/ö:free'];
    assert.deepEqual(read({ data: names.map((id) => ({ id })) })?.map(({ id }) => id), ['a', '__proto__', 'constructor', 'ä/ö:free']);
    assert.equal(read({ data: Array.from({ length: 5000 }, (_, index) => ({ id: `m${index}` })) })?.length, 2000);
  });
});

describe('the table and the list together', () => {
  const table: readonly ModelSpec[] = [
    { id: 'first', contextTokens: 1000, thinking: 'always', defaults: { max_tokens: 5 }, dialect: { reasoningReplay: 'never' } },
    { id: 'gone', tools: true },
    { id: 'old', retired: { replacedBy: 'first' } },
  ];
  const live: readonly ModelSpec[] = [{ id: 'new', contextTokens: 9 }, { id: 'first', contextTokens: 2000, tools: false }];

  it('keep the table\'s order and switches, take the list\'s facts, and put its other models behind', () => {
    assert.deepEqual(mergeModels(table, live), [
      { id: 'first', contextTokens: 2000, tools: false, thinking: 'always', defaults: { max_tokens: 5 }, dialect: { reasoningReplay: 'never' } },
      { id: 'gone', tools: true, isUnlisted: true },
      { id: 'old', retired: { replacedBy: 'first' }, isUnlisted: true },
      { id: 'new', contextTokens: 9, isFromList: true },
    ]);
  });

  it('are the table alone, untouched, when there is no list', () => {
    assert.equal(mergeModels(table, undefined), table);
    assert.equal(withListed(deepseek, undefined), deepseek);
  });

  it('say what is gone from the list, and of a retired name what to take instead', () => {
    const provider = withListed({ ...deepseek, models: table }, live);
    const notice = (model: string): string | undefined => {
      const text = noticeOf({ provider, model });
      return text && fillIn(text.message, text.args);
    };
    assert.equal(notice('gone'), 'DeepSeek does not list gone among its models.');
    assert.equal(notice('old'), 'old is retired. Choose first instead.');
    assert.deepEqual([notice('first'), notice('new'), notice('typed by hand')], [undefined, undefined, undefined]);
  });
});

describe('a model in one line', () => {
  it('tells its context, prices and talents, and nothing that is not known', () => {
    assert.equal(line(deepseek.models[0] ?? {}), '1M context · thinking · tools · pictures · CN¥1 in, CN¥4 out · × 2 at peak hours');
    assert.equal(line(deepseek.models[0] ?? {}, 'zh-cn'), '1M context · thinking · tools · pictures · ¥1 in, ¥4 out · × 2 at peak hours');
    assert.equal(line({}), '');
    assert.equal(line({ tools: false, thinking: 'always', media: ['video'] }), 'always thinks · no tools · videos');
    assert.equal(line({ prices: { currency: 'USD', input: 0.6, output: 2.2, asOf: '2026-06-15', source: '' } }), '$0.6 in, $2.2 out');
  });

  it('counts tokens as the services do', () => {
    assert.deepEqual([999, 8192, 32_000, 128_000, 131_072, 163_840, 393_216, 1_000_000, 1_048_576, 1_500_000].map(inThousands), ['999', '8K', '32K', '128K', '128K', '160K', '384K', '1M', '1M', '1.5M']);
  });
});
