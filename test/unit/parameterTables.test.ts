import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { requestBody } from '../../src/core/completions/request.ts';
import { providers } from '../../src/core/providers/providers.ts';
import type { ParameterSpec, ProviderSpec } from '../../src/core/providers/spec.ts';
import { aRequest } from './support/conversation.ts';
import { pages } from './support/referencePages.ts';

/** Defaults that the pages state. */
const defaults: { readonly [provider: string]: { readonly [name: string]: unknown } } = {
  deepseek: { frequency_penalty: 0, max_tokens: 4096, presence_penalty: 0, 'response_format.type': 'text', temperature: 1, top_p: 1 },
  iflow: { model: 'deepseek-r1', frequency_penalty: 0.5, max_tokens: 512, n: 1, stream: false, temperature: 0.7, 'tools.function.strict': false, top_k: 50, top_p: 0.7 },
  jiekou: { stream: false, n: 1, frequency_penalty: 0, presence_penalty: 0, temperature: 1, logprobs: false, separate_reasoning: false, enable_thinking: true },
};

/** Whether the row lets the value through; the table is the only source. */
function fits(row: ParameterSpec, value: unknown): boolean {
  switch (row.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
    case 'number': {
      if (typeof value !== 'number' || (row.type === 'integer' && !Number.isInteger(value))) return false;
      return value >= (row.minimum ?? value) && value <= (row.maximum ?? value) && value > (row.above ?? value - 1) && value < (row.below ?? value + 1);
    }
    case 'string':
      return typeof value === 'string' && (row.values === undefined || row.values.includes(value));
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return true;
  }
}

function rowOf(provider: ProviderSpec, name: string): ParameterSpec {
  const row = provider.parameters.find((candidate) => candidate.name === name);
  assert.ok(row !== undefined, `${provider.id} has no row for ${name}`);
  return row;
}

for (const provider of providers) {
  describe(`the parameter table of ${provider.id}`, () => {
    it('has every parameter of its reference page', () => {
      const names = new Set(provider.parameters.map(({ name }) => name));
      assert.deepEqual(pages[provider.id]?.filter((name) => !names.has(name)), []);
    });

    it('has no row twice, and one line of documentation in each', () => {
      // A parameter may have a row for some models and another for the rest.
      const names = provider.parameters.flatMap(({ name, models }) => (models ?? provider.models.map(({ id }) => id)).map((model) => `${name} of ${model}`));
      assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), []);
      for (const { name, documentation } of provider.parameters) assert.match(documentation.message, /^(?:[A-Z]|json_|disable).{8,200}\.$/, name);
    });

    it('has the defaults of the page, and each lies within its own range', () => {
      for (const [name, value] of Object.entries(defaults[provider.id] ?? {})) assert.equal(rowOf(provider, name).default, value, name);
      for (const row of provider.parameters) {
        if (row.default !== undefined) assert.ok(fits(row, row.default), `${row.name}: ${JSON.stringify(row.default)}`);
      }
    });

    it('has a parent row for each row with a dot in its name', () => {
      for (const { name } of provider.parameters) {
        const dot = name.lastIndexOf('.');
        if (dot !== -1) rowOf(provider, name.slice(0, dot));
      }
    });

    it('names only models of the service', () => {
      const models = new Set(provider.models.map(({ id }) => id));
      for (const row of provider.parameters) assert.deepEqual(row.models?.filter((model) => !models.has(model)) ?? [], [], row.name);
    });

    it('restricts no row to nothing: there are models, or a family, that take it', () => {
      for (const { name, models, modelPattern } of provider.parameters) {
        assert.notEqual(models?.length, 0, name);
        if (modelPattern !== undefined) assert.doesNotThrow(() => new RegExp(modelPattern), name);
      }
    });

    it('allows what each model sends by default, and what is managed for it', () => {
      for (const { id: model } of provider.models) {
        for (const [name, value] of Object.entries(requestBody(aRequest({ provider, model })))) {
          const row = rowOf(provider, name);
          assert.ok(fits(row, value), `${model}: ${name} ${JSON.stringify(value).slice(0, 80)}`);
          assert.ok(row.models === undefined || row.models.includes(model), `${model} does not take ${name}`);
        }
      }
    });
  });
}

describe('the services', () => {
  it('begin with DeepSeek, and iFlow, which is discontinued, is never the default', () => {
    assert.equal(providers[0]?.id, 'deepseek');
    assert.deepEqual(providers.filter(({ notice }) => notice !== undefined).map(({ id }) => id), ['iflow']);
  });

  it('keep the names of the reference pages selectable, marked retired where they are dead', () => {
    const retired = providers.flatMap(({ models }) => models.filter((model) => model.retired !== undefined).map(({ id }) => id));
    assert.deepEqual(retired, ['deepseek-v4-flash', 'deepseek-v4-flash-vision-exp', 'deepseek-chat', 'deepseek-reasoner']);
    for (const { models } of providers) {
      assert.equal(models[0]?.retired, undefined);
      for (const model of models) assert.ok(model.retired === undefined || models.some(({ id, retired }) => id === model.retired?.replacedBy && retired === undefined));
    }
  });

  it('are plain JSON, so that an endpoint in settings can be the same record', () => {
    for (const provider of providers) assert.deepEqual(JSON.parse(JSON.stringify(provider)), structuredClone(provider));
  });
});

/** What the files of a folder of src/core import. */
function importsOf(folder: string): readonly string[] {
  const root = new URL(`../../src/core/${folder}/`, import.meta.url);
  return readdirSync(root).flatMap((file) => [...readFileSync(new URL(file, root), 'utf8').matchAll(/ from '([^']+)'/g)].map((match) => match[1] ?? ''));
}

describe('the parameters, the service records and the chat', () => {
  it('know each other in one direction only', () => {
    assert.ok(importsOf('parameters').some((path) => path.startsWith('../providers/')));
    assert.deepEqual(importsOf('providers').filter((path) => path.startsWith('../parameters/') || path.startsWith('../chat/')), []);
    assert.deepEqual(importsOf('parameters').filter((path) => path.startsWith('../chat/') || path.startsWith('../completions/')), []);
  });
});
