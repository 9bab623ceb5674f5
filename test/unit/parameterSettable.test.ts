import assert from 'node:assert/strict';
import { fillIn } from '../../src/protocol/localText.ts';
import { requestBody } from '../../src/core/completions/request.ts';
import type { Json } from '../../src/core/json.ts';
import { accept } from '../../src/core/parameters/modelSettings.ts';
import { withValue } from '../../src/core/parameters/resolve.ts';
import { sheetOf } from '../../src/core/parameters/sheet.ts';
import { personParameters, readStored, type ModelKey } from '../../src/core/parameters/stored.ts';
import { containersOf, valueAt } from '../../src/core/parameters/table.ts';
import { providers } from '../../src/core/providers/providers.ts';
import type { ParameterValues } from '../../src/core/providers/spec.ts';
import { checkRequest } from '../simulator/checkRequest.ts';
import { deepseek } from '../simulator/services/deepseek.ts';
import { iflow } from '../simulator/services/iflow.ts';
import { jiekou } from '../simulator/services/jiekou.ts';
import { aRequest, fixedConversation } from './support/conversation.ts';
import { legalValues, outsideValues, usualModels } from './support/legalValues.ts';
import { besides, pages } from './support/referencePages.ts';

const services = new Map([deepseek, iflow, jiekou].map((service) => [service.id as string, service]));

/** The question asks for JSON by name, as JSON mode needs it. */
const messages = [...fixedConversation.slice(0, -1), { role: 'user', content: 'As JSON, please.' } as const];

type Body = { readonly [name: string]: Json };

function bodyFor(key: ModelKey, parameters: ParameterValues): Body {
  return JSON.parse(JSON.stringify(requestBody(aRequest({ ...key, messages, parameters })))) as Body;
}

/** What the strict simulator says against the request; undefined when it takes it. */
function objection({ provider }: ModelKey, body: Body): string | undefined {
  const service = services.get(provider.id);
  assert.ok(service !== undefined);
  return checkRequest(service, body, { beta: false, retired: false })?.message;
}

/** The setting after values were typed into the sheet, one after the other. */
function typed(key: ModelKey, values: { readonly [name: string]: Json }): unknown {
  let setting: unknown = {};
  for (const [name, value] of Object.entries(values)) {
    const result = accept(setting, key, { name, text: JSON.stringify(value) });
    assert.ok('setting' in result, `${name}: ${'problem' in result ? fillIn(result.problem.message, result.problem.args) : ''}`);
    setting = result.setting;
  }
  return setting;
}

/** The values at a parameter's place, which may be in each user message or in each tool. */
function valuesAt(body: Body, name: string): readonly unknown[] {
  const [first = '', ...rest] = name.split('.');
  const list = body[first];
  if (!Array.isArray(list) || rest.length === 0) return [valueAt(body, name)];
  const entries = (list as readonly Body[]).filter((entry) => first !== 'messages' || entry['role'] === 'user');
  return entries.map((entry) => valueAt(entry, rest.join('.')));
}

for (const provider of providers) {
  const named = [...(pages[provider.id] ?? []), ...(besides[provider.id] ?? [])];
  const containers = containersOf(provider);

  describe(`the parameters of ${provider.id}`, () => {
    it('are all known from the page or from what was seen on the wire', () => {
      assert.deepEqual([...new Set(provider.parameters.map(({ name }) => name))].filter((name) => !named.includes(name)), []);
    });

    for (const name of named) {
      const legal = legalValues[provider.id]?.[name];
      const row = provider.parameters.find((each) => each.name === name);
      if (legal === undefined) {
        it(`${name} comes from elsewhere in the interface, or from its parts`, () => {
          const parts = named.filter((other) => other.startsWith(`${name}.`));
          assert.ok(row?.managed !== undefined || (containers.has(name) && parts.some((part) => legalValues[provider.id]?.[part] !== undefined)), `${name} can be set nowhere`);
          if (row?.managed !== undefined) assert.ok(['composer', 'model picker', 'tools'].includes(row.managed));
          assert.ok(sheetOf({ provider, model: usualModels[provider.id] ?? '' }, readStored({}, { provider, model: '' })).rows.every((shown) => shown.name !== name));
        });
        continue;
      }
      const key = { provider, model: legal.model ?? usualModels[provider.id] ?? '' };

      it(`${name} goes from the model settings to exactly its place in the request, and the service takes it`, () => {
        const before = typed(key, legal.first ?? {});
        const setting = typed(key, { ...legal.first, [name]: legal.value });
        const shown = sheetOf(key, readStored(setting, key)).rows.find((each) => each.name === name);
        assert.deepEqual([shown?.value, shown?.origin, shown?.disabled, shown?.problem], [JSON.stringify(legal.sent ?? legal.value), 'person', undefined, undefined]);
        const body = bodyFor(key, personParameters(setting, key));
        const values = valuesAt(body, name);
        assert.ok(values.length > 0);
        for (const value of values) assert.deepEqual(value, legal.sent ?? legal.value);
        assert.equal(objection(key, body), undefined);
        const [top = ''] = name.split('.');
        const rest = (whole: Body): Body => Object.fromEntries(Object.entries(whole).filter(([each]) => each !== top && !(name === 'stream' && each === 'stream_options')));
        assert.deepEqual(rest(body), rest(bodyFor(key, personParameters(before, key))), 'nothing else changes');
      });
    }

    for (const [name, { says, values, model = usualModels[provider.id] ?? '', first = {} }] of Object.entries(outsideValues[provider.id] ?? {})) {
      it(`${name} outside of what the page allows is refused before it is sent, naming ${says} and the page`, () => {
        const key = { provider, model };
        const setting = typed(key, first);
        for (const value of values) {
          const result = accept(setting, key, { name, text: JSON.stringify(value) });
          assert.ok('problem' in result, `${JSON.stringify(value)} was stored`);
          const words = fillIn(result.problem.message, result.problem.args);
          assert.ok(words.startsWith(name) && words.includes(says) && words.includes(provider.pageUrl ?? '-'), words);
          // The page's own rules, as the simulator has them, agree.
          const body = withValue(bodyFor(key, personParameters(setting, key)), name, value);
          assert.ok(objection(key, body) !== undefined, `the simulator takes ${JSON.stringify(value)}`);
        }
      });
    }

    it('have a case for every range, list of values and length of the table', () => {
      const bounded = provider.parameters.filter((row) => row.managed === undefined && [row.minimum, row.maximum, row.above, row.below, row.longest].some((bound) => bound !== undefined));
      const cases = outsideValues[provider.id] ?? {};
      assert.deepEqual([...new Set(bounded.map(({ name }) => name))].filter((name) => cases[name] === undefined), []);
    });
  });
}
