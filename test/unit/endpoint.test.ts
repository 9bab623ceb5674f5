import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readEndpoint } from '../../src/core/providers/endpoint.ts';
import { providers } from '../../src/core/providers/providers.ts';
import type { Dialect, ModelSpec, ParameterSpec, PeakHours, Prices, ProviderSpec } from '../../src/core/providers/spec.ts';
import { say } from '../../src/protocol/localText.ts';

/** Every member has a value, so the compiler names one that is missing here. */
type Whole<Value> = { readonly [Name in keyof Value]-?: Exclude<Value[Name], undefined> };

const dialect: Whole<Dialect> = {
  reasoningReplay: 'every-turn', reasoningField: 'reasoning_content', streamUsage: 'unasked', continuation: 'prefix-on-beta', outputLimit: 'max_completion_tokens', callArguments: 'snapshots', thinkTags: 'closing only',
  stopSequence: 'included',
};
const peak: Whole<PeakHours> = { times: 2, weekdays: [1, 5], hours: [[1, 4], [22, 24]] };
const prices: Whole<Prices> = { currency: 'CNY', input: 1, cachedInput: 0, output: 4, peak, asOf: '2026-11-15', source: 'a page' };
/** Without what comes of the service's own list only. */
const model: Whole<Omit<ModelSpec, 'isUnlisted' | 'isFromList'>> = {
  id: 'm', retired: { replacedBy: 'n' }, contextTokens: 1000, outputTokens: 100, thinking: 'switch', media: ['image', 'video'], prices, tools: false, defaults: { thinking: { type: 'enabled' } }, dialect,
};
const parameter: Whole<ParameterSpec> = {
  name: 'p', type: 'string', required: true, nullable: true, default: 'a', minimum: 1, maximum: 4, above: 0, below: 5, longest: 3, values: ['a', 'b'], pattern: '[a-z]+', models: ['m'], modelPattern: 'm.*',
  requiredWhen: { name: 'q', is: [true] }, managed: 'tools', limits: [{ when: { name: 'q', is: [null] }, allows: ['a'], reason: say('Why {0}.', 'not') }], documentation: say('What {0}.', 'for'),
};
const everything: Whole<ProviderSpec> = {
  id: 'own', label: 'Own', baseUrl: 'https://own.example/v1', auth: 'none', keyUrl: 'https://own.example/keys', keyVariable: 'OWN_API_KEY', topUpUrl: 'https://own.example/pay', statusUrl: 'https://own.example/status', notice: say('Take {0}.', 'care'),
  pageUrl: 'https://own.example/page', models: [model], media: [], modelList: { path: '/list', priceUnit: { currency: 'USD', amount: 0.0001 } }, balancePath: '/user/balance', defaults: { max_tokens: 7 }, parameters: [parameter], dialect,
};

interface Schema {
  readonly properties?: { readonly [name: string]: Schema };
  readonly items?: Schema;
  readonly additionalProperties?: boolean;
}

/** The members of a record that the schema of the manifest would underline, as paths. */
function unknownTo(schema: Schema | undefined, value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((entry: unknown) => unknownTo(schema?.items, entry, path));
  if (schema === undefined || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) => {
    const inner = schema.properties?.[name];
    if (inner === undefined) return schema.additionalProperties === false ? [`${path}.${name}`] : [];
    return unknownTo(inner, entry, `${path}.${name}`);
  });
}

function read(record: unknown): ProviderSpec {
  const result = readEndpoint(JSON.parse(JSON.stringify(record)));
  assert.ok('provider' in result, 'problem' in result ? result.problem : '');
  return result.provider;
}

function problemOf(parts: object): string {
  const result = readEndpoint({ id: 'own', baseUrl: 'https://own.example', models: [{ id: 'm' }], ...parts });
  return 'problem' in result ? result.problem : '';
}

const priced = (parts: object): object => ({ models: [{ id: 'm', prices: { ...prices, peak: { ...peak, ...parts } } }] });

describe('an endpoint of a person\'s own', () => {
  for (const provider of providers) {
    it(`may be the record of ${provider.label}, with all that stands in it`, () => {
      assert.deepEqual(read(provider), { ...provider, modelList: provider.modelList ?? { path: '/models' } });
    });
  }

  it('may have every member that a record can have', () => {
    assert.deepEqual(read(everything), everything);
  });

  it('is not underlined in the settings for what it may have', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly contributes: { readonly configuration: { readonly properties: { readonly [name: string]: Schema } } } };
    assert.deepEqual(unknownTo(manifest.contributes.configuration.properties['rivulet.endpoints'], [everything], 'endpoint'), []);
  });

  it('says what a parameter is for in plain words, which are shown as they are', () => {
    const [row] = read({ id: 'own', baseUrl: 'https://own.example', models: [{ id: 'm' }], parameters: [{ name: 'p', type: 'number', documentation: 'For {0} it is.' }] }).parameters;
    assert.deepEqual(row?.documentation, { message: 'For {0} it is.', args: [] });
  });

  it('is refused, with the place, for what would fail when it is used', () => {
    const row = { name: 'p', type: 'string' };
    assert.match(problemOf({ parameters: [{ ...row, pattern: '[' }] }), /^parameters\.0\.pattern: must be a regular expression/);
    assert.match(problemOf({ parameters: [{ ...row, modelPattern: '(' }] }), /^parameters\.0\.modelPattern: /);
    assert.match(problemOf(priced({ weekdays: [7] })), /^models\.0\.prices\.peak\.weekdays\.0: /);
    assert.match(problemOf(priced({ hours: [[4, 1]] })), /^models\.0\.prices\.peak\.hours\.0: must be an hour and a later one/);
    assert.match(problemOf(priced({ hours: [[4, 25]] })), /^models\.0\.prices\.peak\.hours\.0\.1: /);
    assert.match(problemOf(priced({ times: -1 })), /^models\.0\.prices\.peak\.times: /);
    assert.match(problemOf({ modelList: { path: '/models', priceUnit: { currency: 'dollars', amount: 1 } } }), /^modelList\.priceUnit\.currency: /);
  });
});
