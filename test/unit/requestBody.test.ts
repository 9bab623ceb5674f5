import assert from 'node:assert/strict';
import { requestBody } from '../../src/core/completions/request.ts';
import type { Message } from '../../src/core/conversation/message.ts';
import type { Json } from '../../src/core/json.ts';
import { providers } from '../../src/core/providers/providers.ts';
import { dialectOf, findModel, type Dialect } from '../../src/core/providers/spec.ts';
import { aRequest, fixedConversation, said } from './support/conversation.ts';

type WireMessage = { readonly [name: string]: Json };

function messagesOf(messages: readonly Message[], dialect: Partial<Dialect>): readonly WireMessage[] {
  const { provider } = aRequest();
  return requestBody(aRequest({ provider: { ...provider, dialect: { ...provider.dialect, ...dialect } }, messages }))['messages'] as readonly WireMessage[];
}

const question: Message = { role: 'user', content: 'Go' };

describe('requestBody', () => {
  it('begins with the bytes of the request before it, at every step of a conversation and for every service', () => {
    for (const provider of providers) {
      for (const { id: model } of provider.models) {
        let before = '';
        // A request goes out when the person or a tool has spoken last.
        for (const length of [2, 5, 7]) {
          const sent = JSON.stringify(requestBody(aRequest({ provider, model, messages: fixedConversation.slice(0, length) }))['messages']);
          assert.ok(sent.startsWith(before.slice(0, -1)), `${model}: message ${length} changes what went before`);
          assert.ok(sent.length > before.length);
          before = sent;
        }
      }
    }
  });

  it('puts nothing that changes in front of the messages', () => {
    assert.deepEqual(Object.keys(requestBody(aRequest())).slice(0, 2), ['model', 'messages']);
  });

  it('leaves tools out when there are none, or when the model cannot call any', () => {
    assert.equal('tools' in requestBody(aRequest({ tools: [] })), false);
    assert.equal('tools' in requestBody(aRequest({ model: 'deepseek-reasoner' })), false);
    assert.equal('tools' in requestBody(aRequest()), true);
  });

  it('asks for usage only in a stream and only where it has to be asked for', () => {
    const { provider } = aRequest();
    const unasked = { ...provider, dialect: { ...provider.dialect, streamUsage: 'unasked' } as const };
    assert.deepEqual(requestBody(aRequest())['stream_options'], { include_usage: true });
    assert.equal('stream_options' in requestBody(aRequest({ stream: false })), false);
    assert.equal('stream_options' in requestBody(aRequest({ provider: unasked })), false);
  });

  it('sends the reasoning back on every turn, as an empty text where there was none', () => {
    const history = [question, said({ text: 'A' }), question, said({ text: 'B', reasoning: { field: 'reasoning_content', text: 'Hm' } }), question];
    const reasoning = messagesOf(history, { reasoningReplay: 'every-turn' }).filter(({ role }) => role === 'assistant');
    assert.deepEqual(reasoning.map((message) => message['reasoning_content']), ['', 'Hm']);
  });

  it('sends the reasoning back with tool calls only, under the name it came with', () => {
    const history = [
      question,
      said({ text: 'A', reasoning: { field: 'reasoning', text: 'no calls' } }),
      question,
      said({ reasoning: { field: 'reasoning', text: 'calls' }, calls: [{ id: '1', name: 'read_file', arguments: '{}' }] }),
    ];
    const sent = messagesOf(history, { reasoningReplay: 'tool-calls', reasoningField: 'as received' }).filter(({ role }) => role === 'assistant');
    assert.deepEqual(sent.map((message) => message['reasoning']), [undefined, 'calls']);
    assert.ok(sent.every((message) => !('reasoning_content' in message)));
  });

  it('sends it back as reasoning_content to a service that knows no other name, whoever sent it', () => {
    const history = [question, said({ reasoning: { field: 'reasoning', text: 'from another service' }, calls: [{ id: '1', name: 'read_file', arguments: '{}' }] })];
    const [, sent] = messagesOf(history, { reasoningReplay: 'every-turn', reasoningField: 'reasoning_content' });
    assert.equal(sent?.['reasoning_content'], 'from another service');
    assert.ok(!('reasoning' in (sent ?? {})));
  });

  it('makes a tool name that no service would take back into one it takes', () => {
    const history = [question, said({ calls: [{ id: '1', name: '', arguments: '{}' }, { id: '2', name: 'read file!', arguments: '{}' }] })];
    const calls = messagesOf(history, {})[1]?.['tool_calls'] as readonly { readonly function: { readonly name: string } }[];
    assert.deepEqual(calls.map((call) => call.function.name), ['unnamed', 'read_file_']);
  });

  it('never sends reasoning to a service that refuses it', () => {
    const sent = JSON.stringify(messagesOf(fixedConversation, { reasoningReplay: 'never' }));
    assert.ok(!sent.includes('reasoning'));
    assert.ok(!sent.includes('may say so'));
  });

  it('names the limit of the output as the service does, and lets the person overrule the default', () => {
    const { provider } = aRequest();
    const renamed = { ...provider, dialect: { ...provider.dialect, outputLimit: 'max_completion_tokens' } as const };
    const body = requestBody(aRequest({ provider: renamed, model: 'deepseek-chat', parameters: { max_tokens: 100 } }));
    assert.equal(body['max_completion_tokens'], 100);
    assert.equal('max_tokens' in body, false);
  });

  it('puts what the person set over the defaults of the model', () => {
    const body = requestBody(aRequest({ parameters: { thinking: { type: 'disabled' }, temperature: 0.2 } }));
    assert.deepEqual([body['thinking'], body['temperature']], [{ type: 'disabled' }, 0.2]);
  });

  it('turns lone surrogates into U+FFFD wherever they stand, and keeps whole pairs', () => {
    const broken = 'a\uD83Cb';
    const history: readonly Message[] = [
      { role: 'system', content: broken },
      { role: 'user', content: broken },
      said({ text: broken, reasoning: { field: 'reasoning_content', text: broken }, calls: [{ id: '1', name: 'f', arguments: broken }] }),
      { role: 'tool', callId: '1', content: `${broken}🌊` },
    ];
    const sent = JSON.stringify(messagesOf(history, { reasoningReplay: 'every-turn' }));
    assert.ok(!/\\ud[89a-f]/i.test(sent), sent);
    assert.equal(sent.split('a\uFFFDb').length - 1, 6);
    assert.ok(sent.includes('🌊'));
  });

  it('gives an assistant that only calls tools an empty text, and an empty result words of its own', () => {
    const sent = messagesOf([question, said({ calls: [{ id: '1', name: 'f', arguments: '' }] }), { role: 'tool', callId: '1', content: '' }], {});
    assert.equal(sent[1]?.['content'], '');
    assert.equal(sent[2]?.['content'], '(no output)');
  });

  it('replays the arguments of a call byte for byte, JSON or not', () => {
    const odd = '{"path" :  "a" , oops';
    const sent = messagesOf([question, said({ calls: [{ id: '1', name: 'f', arguments: odd }] })], {});
    assert.deepEqual(sent[1]?.['tool_calls'], [{ id: '1', type: 'function', function: { name: 'f', arguments: odd } }]);
  });

  it('speaks to an unlisted model of a service as the service does', () => {
    const { provider } = aRequest();
    assert.deepEqual(dialectOf(provider, findModel(provider, 'deepseek-v5')), provider.dialect);
    assert.equal(requestBody(aRequest({ model: 'deepseek-v5' }))['model'], 'deepseek-v5');
  });
});
