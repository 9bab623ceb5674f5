import assert from 'node:assert/strict';
import type { Media, Message } from '../../src/core/conversation/message.ts';
import { mediaTaken, wireContent } from '../../src/core/conversation/media.ts';
import { requestBody } from '../../src/core/completions/request.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { readEndpoint } from '../../src/core/providers/endpoint.ts';
import { iflow } from '../../src/core/providers/iflow.ts';
import { jiekou } from '../../src/core/providers/jiekou.ts';
import { providers } from '../../src/core/providers/providers.ts';
import type { ProviderSpec } from '../../src/core/providers/spec.ts';
import { checkRequest } from '../simulator/checkRequest.ts';
import { deepseek as deepseekSimulated } from '../simulator/services/deepseek.ts';
import { iflow as iflowSimulated } from '../simulator/services/iflow.ts';
import { jiekou as jiekouSimulated } from '../simulator/services/jiekou.ts';
import { aRequest, said } from './support/conversation.ts';
import { fileOf, onePixel } from './support/pictures.ts';

const picture: Media = { kind: 'image', url: onePixel };
const film: Media = { kind: 'video', url: `data:video/mp4;base64,${Buffer.from(fileOf('mp4')).toString('base64')}` };
const vision = 'deepseek-v4-flash-vision-exp';
const look = (...media: readonly Media[]): Message => ({ role: 'user', content: 'Look.', media });

function contentsOf(provider: ProviderSpec, model: string, messages: readonly Message[]): readonly unknown[] {
  const sent = requestBody(aRequest({ provider, model, messages }))['messages'] as readonly { readonly content: unknown }[];
  return sent.map(({ content }) => content);
}

describe('pictures and videos on the wire', () => {
  it('are parts behind the text for a model that takes them', () => {
    assert.deepEqual(contentsOf(deepseek, vision, [look(picture)]), [[{ type: 'text', text: 'Look.' }, { type: 'image_url', image_url: { url: onePixel } }]]);
    assert.deepEqual(contentsOf(jiekou, 'some/model', [look(film, picture)]), [
      [{ type: 'text', text: 'Look.' }, { type: 'video_url', video_url: { url: film.url } }, { type: 'image_url', image_url: { url: onePixel } }],
    ]);
  });

  it('are left out for a model that is known not to take them, and the text says so', () => {
    assert.deepEqual(contentsOf(deepseek, 'deepseek-v4-pro', [look(picture)]), ['Look.\n\n[1 picture was not sent: this model takes text only]']);
    assert.deepEqual(contentsOf(iflow, 'deepseek-r1', [look(picture, film, picture)]), ['Look.\n\n[2 pictures and 1 video were not sent: this model takes text only]']);
    assert.deepEqual(contentsOf(iflow, 'a-model-that-is-not-listed', [look(film)]), ['Look.\n\n[1 video was not sent: this model takes text only]']);
  });

  it('go out by kind: what is taken goes, what is not is said', () => {
    assert.deepEqual(contentsOf(deepseek, vision, [look(film, picture)]), [
      [{ type: 'text', text: 'Look.\n\n[1 video was not sent: this model takes no videos]' }, { type: 'image_url', image_url: { url: onePixel } }],
    ]);
    assert.equal(wireContent({ role: 'user', content: '', media: [picture, picture] }, ['video']), '[2 pictures were not sent: this model takes no pictures]');
  });

  it('are sent where nothing is known of the model', () => {
    assert.equal(mediaTaken(deepseek, 'deepseek-v9'), undefined);
    assert.ok(Array.isArray(contentsOf(deepseek, 'deepseek-v9', [look(picture, film)])[0]));
  });

  it('leave a message without them a plain string, and one without words without a part for them', () => {
    assert.equal(wireContent({ role: 'user', content: 'Look.', media: [] }, undefined), 'Look.');
    assert.deepEqual(wireContent({ role: 'user', content: '', media: [picture] }, ['image']), [{ type: 'image_url', image_url: { url: onePixel } }]);
    assert.equal(wireContent({ role: 'user', content: 'a\uD83Cb' }, undefined), 'a\uFFFDb');
  });

  it('stay when two questions of the person become one', () => {
    assert.deepEqual(contentsOf(deepseek, vision, [look(picture), { role: 'user', content: 'And?' }, look(picture)]), [
      [{ type: 'text', text: 'Look.\n\nAnd?\n\nLook.' }, { type: 'image_url', image_url: { url: onePixel } }, { type: 'image_url', image_url: { url: onePixel } }],
    ]);
  });

  it('are the same bytes in every later request, so that the prefix stays cached', () => {
    for (const model of [vision, 'deepseek-v4-pro', 'deepseek-v9']) {
      let history: readonly Message[] = [{ role: 'system', content: 'You see.' }];
      let before = '';
      for (let step = 0; step < 5; step += 1) {
        history = [...history, step % 2 === 0 ? look(picture) : { role: 'user', content: 'And?' }];
        const sent = JSON.stringify(requestBody(aRequest({ model, messages: history }))['messages']).slice(0, -1);
        assert.ok(sent.startsWith(before), `${model}, step ${step}`);
        before = sent;
        history = [...history, said({ text: `Answer ${step}.`, reasoning: { field: 'reasoning_content', text: 'Hm.' } })];
      }
    }
  });

  it('break no model of any service when the chat is taken there', () => {
    const services = new Map([deepseekSimulated, iflowSimulated, jiekouSimulated].map((service) => [service.id as string, service]));
    for (const provider of providers) {
      for (const { id: model } of provider.models) {
        // A video goes to no service that nobody knows to take it but where its own page documents the part.
        const messages = [look(picture), said({ text: 'I see.' }), look(...(provider.id === 'jiekou' ? [film] : [])), said({ text: 'Yes.' }), { role: 'user', content: 'Good.' } as const];
        const service = services.get(provider.id);
        assert.ok(service !== undefined);
        const body = JSON.parse(JSON.stringify(requestBody(aRequest({ provider, model, messages })))) as Record<string, unknown>;
        assert.equal(checkRequest(service, body, { beta: false, retired: false }), undefined, `${provider.id} ${model}`);
      }
    }
  });

  it('are described by a person\'s own endpoint, for a model or for all', () => {
    const read = readEndpoint({ id: 'mine', baseUrl: 'http://127.0.0.1:1/v1', media: ['image'], models: [{ id: 'a' }, { id: 'b', media: [] }] });
    assert.ok('provider' in read);
    assert.deepEqual(['a', 'b', 'c'].map((model) => mediaTaken(read.provider, model)), [['image'], [], ['image']]);
    assert.ok('problem' in readEndpoint({ id: 'mine', baseUrl: 'http://127.0.0.1:1/v1', models: [{ id: 'a', media: ['sound'] }] }));
  });
});
