import assert from 'node:assert/strict';
import { complete } from '../../src/core/completions/complete.ts';
import type { CompletionEnd } from '../../src/core/completions/completion.ts';
import { readOptionsOf } from '../../src/core/completions/readOptions.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { readEndpoint } from '../../src/core/providers/endpoint.ts';
import { jiekou } from '../../src/core/providers/jiekou.ts';
import type { Dialect } from '../../src/core/providers/spec.ts';
import { collect } from './support/collect.ts';
import { aRequest } from './support/conversation.ts';
import { startLoopback } from './support/loopback.ts';
import { chunk, done, events } from './support/wire.ts';

/** What a person's own endpoint with these switches makes of the stream. */
async function endOf(dialect: Partial<Dialect>, stream: string, stop?: string): Promise<CompletionEnd | undefined> {
  const server = await startLoopback((response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(stream));
  try {
    const endpoint = readEndpoint({ id: 'own', baseUrl: server.url, auth: 'none', models: [{ id: 'm' }], dialect });
    if (!('provider' in endpoint)) throw new Error(endpoint.problem);
    const request = aRequest({ provider: endpoint.provider, model: 'm', key: undefined, parameters: stop === undefined ? {} : { stop } });
    return (await collect(complete(request, new AbortController().signal))).end;
  } finally {
    await server.close();
  }
}

describe('the dialect switches for reading', () => {
  it('callArguments: snapshots are told from fragments', async () => {
    const stream = events(...['{"a":', '{"a":1}'].map((text) => chunk({ tool_calls: [{ index: 0, id: 'x', function: { name: 'f', arguments: text } }] })), chunk({}, 'tool_calls'), done);
    assert.equal((await endOf({ callArguments: 'snapshots' }, stream))?.message.calls[0]?.arguments, '{"a":1}');
    assert.equal((await endOf({}, stream))?.message.calls[0]?.arguments, '{"a":{"a":1}');
  });

  it('thinkTags: a content may begin in the middle of reasoning', async () => {
    const stream = events(chunk({ content: 'Hm.</think>hi' }, 'stop'), done);
    assert.deepEqual((await endOf({ thinkTags: 'closing only' }, stream))?.message.reasoning?.text, 'Hm.');
    assert.deepEqual((await endOf({}, stream))?.message.text, 'Hm.</think>hi');
  });

  it('stopSequence: one that is left in the text is taken away when it was asked for', async () => {
    const stream = events(chunk({ content: 'one END' }, 'stop'), done);
    assert.equal((await endOf({ stopSequence: 'included' }, stream, 'END'))?.message.text, 'one ');
    assert.equal((await endOf({ stopSequence: 'included' }, stream))?.message.text, 'one END');
    assert.equal((await endOf({}, stream, 'END'))?.message.text, 'one END');
  });

  it('say of jiekou.ai that it leaves them in, as its page does, and of DeepSeek that it does not', () => {
    const parameters = { stop: ['a', 'b'], max_tokens: 10 };
    assert.deepEqual(readOptionsOf(aRequest({ provider: jiekou, model: 'x', parameters })).stopSequences, ['a', 'b']);
    assert.deepEqual(readOptionsOf(aRequest({ provider: deepseek, parameters })).stopSequences, []);
  });
});
