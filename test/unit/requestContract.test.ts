import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { requestBody } from '../../src/core/completions/request.ts';
import { providers } from '../../src/core/providers/providers.ts';
import { checkRequest } from '../simulator/checkRequest.ts';
import { deepseek } from '../simulator/services/deepseek.ts';
import { iflow } from '../simulator/services/iflow.ts';
import { jiekou } from '../simulator/services/jiekou.ts';
import { aRequest } from './support/conversation.ts';

const folder = new URL('../fixtures/requests/', import.meta.url);
const services = new Map([deepseek, iflow, jiekou].map((service) => [service.id as string, service]));

function fileOf(provider: string, model: string): string {
  return `${provider}.${model.replaceAll('/', '+')}.json`;
}

describe('the request body', () => {
  for (const provider of providers) {
    for (const { id: model } of provider.models) {
      const body = requestBody(aRequest({ provider, model }));

      it(`to ${provider.id} for ${model} is the one that is checked in, byte for byte`, () => {
        const snapshot = new URL(fileOf(provider.id, model), folder);
        const text = `${JSON.stringify(body, null, 2)}\n`;
        if (process.env['UPDATE_SNAPSHOTS'] === '1') writeFileSync(snapshot, text);
        assert.ok(existsSync(snapshot), 'there is no snapshot; look at the body and write it with UPDATE_SNAPSHOTS=1');
        assert.equal(text, readFileSync(snapshot, 'utf8'));
      });

      it(`to ${provider.id} for ${model} is accepted by its reference page's rules`, () => {
        const service = services.get(provider.id);
        assert.ok(service !== undefined, `the simulator does not know ${provider.id}`);
        // Models without tools are handed none by the chat; the history may still hold calls of another model.
        for (const stream of [true, false]) {
          const sent = JSON.parse(JSON.stringify(requestBody(aRequest({ provider, model, stream })))) as Record<string, unknown>;
          assert.equal(checkRequest(service, sent, { beta: false, retired: false }), undefined);
        }
      });
    }
  }

  it('says how long the answer may be where the service would cut it short or refuse', () => {
    for (const provider of providers.filter(({ id }) => id !== 'deepseek')) {
      for (const { id: model } of provider.models) assert.ok(Number(requestBody(aRequest({ provider, model }))['max_tokens']) > 8000, model);
    }
  });

  it('has no snapshot of a model that is no longer there', () => {
    const expected = providers.flatMap(({ id, models }) => models.map((model) => fileOf(id, model.id)));
    assert.deepEqual(readdirSync(folder).filter((file) => file.endsWith('.json')).sort(), expected.sort());
  });
});
