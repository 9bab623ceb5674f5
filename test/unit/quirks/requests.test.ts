import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { complete } from '../../../src/core/completions/complete.ts';
import { completionsUrl } from '../../../src/core/completions/endpoint.ts';
import { requestBody, type CompletionRequest } from '../../../src/core/completions/request.ts';
import type { Message } from '../../../src/core/conversation/message.ts';
import type { Json } from '../../../src/core/json.ts';
import type { Dialect } from '../../../src/core/providers/spec.ts';
import { tools } from '../../../src/core/tools/tools.ts';
import { wireSchema } from '../../../src/core/tools/wireSchema.ts';
import { aRequest, said } from '../support/conversation.ts';
import { collect, type Collected } from '../support/collect.ts';
import { event, eventStream, requestTo, startLoopback, type Loopback } from '../support/loopback.ts';

const never = new AbortController().signal;
const question: Message = { role: 'user', content: 'Go' };

type WireMessage = { readonly [name: string]: Json };

function messagesOf(messages: readonly Message[], dialect: Partial<Dialect> = {}): readonly WireMessage[] {
  const { provider } = aRequest();
  return requestBody(aRequest({ provider: { ...provider, dialect: { ...provider.dialect, ...dialect } }, messages }))['messages'] as readonly WireMessage[];
}

function rolesOf(messages: readonly Message[]): readonly Json[] {
  return messagesOf(messages).map((message) => message['role'] ?? null);
}

/** A strict old or new server: refuses what it does not know, and answers otherwise. */
type Refuse = (body: WireMessage, request: IncomingMessage) => readonly [status: number, body: string] | undefined;

async function ask(url: string, parts: Partial<CompletionRequest> = {}): Promise<Collected> {
  return collect(complete(requestTo(url, parts), never));
}

const named = (message: string): string => JSON.stringify({ error: { message, type: 'invalid_request_error' } });

const call = (id: string): { readonly id: string; readonly name: string; readonly arguments: string } => ({ id, name: 'f', arguments: '{}' });

describe('quirks of requests', () => {
  let server: Loopback | undefined;
  const bodies: WireMessage[] = [];
  const paths: (string | undefined)[] = [];

  afterEach(async () => {
    await server?.close();
    server = undefined;
    bodies.length = 0;
    paths.length = 0;
  });

  async function startStrict(refuse: Refuse): Promise<string> {
    server = await startLoopback((response: ServerResponse, request, text) => {
      const body = JSON.parse(text) as WireMessage;
      bodies.push(body);
      paths.push(request.url);
      const refusal = refuse(body, request);
      if (refusal === undefined) response.writeHead(200, eventStream).end(event({ content: 'High' }, 'stop'));
      else response.writeHead(refusal[0]).end(refusal[1]);
    });
    return server.url;
  }

  it('R1 leaves an empty list of tools out', () => {
    assert.equal('tools' in requestBody(aRequest({ tools: [] })), false);
  });

  it('R2 sends schemas without annotations, but keeps properties that are called like them', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'x',
      title: 'Input',
      type: 'object',
      properties: {
        title: { type: 'string', title: 'Title', description: 'Kept', examples: ['a'] },
        deprecated: { type: 'array', items: { anyOf: [{ type: 'string', deprecated: true }, { $ref: '#/$defs/title' }] }, default: [{ title: 'kept' }] },
        $id: { enum: [{ $id: 'kept' }], readOnly: true },
      },
      required: ['title', '$id'],
      $defs: { title: { type: 'number', $comment: 'x', const: { title: 1 } } },
      additionalProperties: false,
    };
    assert.deepEqual(wireSchema(schema), {
      type: 'object',
      properties: {
        title: { type: 'string', description: 'Kept' },
        deprecated: { type: 'array', items: { anyOf: [{ type: 'string' }, { $ref: '#/$defs/title' }] }, default: [{ title: 'kept' }] },
        $id: { enum: [{ $id: 'kept' }] },
      },
      required: ['title', '$id'],
      $defs: { title: { type: 'number', const: { title: 1 } } },
      additionalProperties: false,
    });
  });

  it('R2 sends parameters that are always an object, also where a tool has none', () => {
    for (const schema of [null, {}, true, 'x', [], { type: 'string' }]) assert.deepEqual(wireSchema(schema), { type: 'object', properties: {} });
    const sent = requestBody(aRequest({ tools: [{ name: 'now', description: 'Tells the time.', parameters: { $schema: 'x' } }] }))['tools'];
    assert.deepEqual(sent, [{ type: 'function', function: { name: 'now', description: 'Tells the time.', parameters: { type: 'object', properties: {} } } }]);
  });

  it("R2 changes nothing of the product's own tools", () => {
    for (const { parameters } of tools) assert.deepEqual(wireSchema(parameters), parameters);
  });

  const objections = ['Unrecognized request argument supplied: stream_options', "stream_options: Extra inputs are not permitted", 'Argument not supported: stream_options'];
  for (const [index, message] of objections.entries()) {
    it(`R3 repeats a request without stream_options when the server says "${message}", and remembers it`, async () => {
      const url = await startStrict((body) => ('stream_options' in body ? [index === 1 ? 422 : 400, named(message)] : undefined));
      assert.deepEqual((await ask(url)).deltas, [['text', 'High']]);
      assert.deepEqual(bodies.map((body) => 'stream_options' in body), [true, false]);
      await ask(url);
      assert.deepEqual(bodies.map((body) => 'stream_options' in body), [true, false, false], 'it is not tried again');
    });
  }

  it('R3 repeats it in silence, and only once', async () => {
    const url = await startStrict(() => [400, named('stream_options is not allowed')]);
    const types: string[] = [];
    await assert.rejects(async () => {
      for await (const { type } of complete(requestTo(url, { patience: { silenceMs: 60_000, waitingMs: 60_000, retries: 2 } }), never)) types.push(type);
    }, { status: 400 });
    assert.deepEqual([types, bodies.length], [[], 2]);
  });

  it('R3 takes another server for one that knows the field', async () => {
    const strict = await startStrict((body) => ('stream_options' in body ? [400, named('unknown field stream_options')] : undefined));
    await ask(strict);
    await server?.close();
    const other = await startStrict(() => undefined);
    await ask(other);
    assert.equal('stream_options' in (bodies.at(-1) ?? {}), true);
  });

  it('R4 names the limit max_completion_tokens when the server wants that', async () => {
    const message = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    const url = await startStrict((body) => ('max_tokens' in body ? [400, named(message)] : undefined));
    for (const _ of [1, 2]) assert.equal((await ask(url, { parameters: { max_tokens: 77 } })).end?.reason, 'stop');
    assert.deepEqual(bodies.map((body) => [body['max_tokens'], body['max_completion_tokens']]), [[77, undefined], [undefined, 77], [undefined, 77]]);
  });

  it('R4 names it max_tokens when the server does not know the other name', async () => {
    const { provider } = aRequest();
    const url = await startStrict((body) => ('max_completion_tokens' in body ? [400, named('Unrecognized request argument supplied: max_completion_tokens')] : undefined));
    const newer = { ...provider, baseUrl: url, dialect: { ...provider.dialect, outputLimit: 'max_completion_tokens' } as const };
    await ask(url, { provider: newer, parameters: { max_tokens: 77 } });
    assert.deepEqual(bodies.map((body) => [body['max_tokens'], body['max_completion_tokens']]), [[undefined, 77], [77, undefined]]);
  });

  it('R4 does not change the name when only the number is wrong, nor when both names are refused', async () => {
    for (const message of ['Invalid max_tokens value, the valid range of max_tokens is [1, 8192]', 'max_tokens or max_completion_tokens must be at most 8192']) {
      const tooLarge = await startStrict(() => [400, named(message)]);
      assert.equal((await ask(tooLarge, { parameters: { max_tokens: 77 } })).error?.kind, 'parameter-refused');
      assert.equal(bodies.splice(0).length, 1, message);
      await server?.close();
    }
    const neither = await startStrict((body) => [400, named(`${Object.keys(body).find((name) => name.startsWith('max_')) ?? ''} is not supported, use max_tokens or max_completion_tokens instead`)]);
    assert.equal((await ask(neither, { parameters: { max_tokens: 77 } })).error?.kind, 'parameter-refused');
    assert.equal(bodies.length, 2);
  });

  it('R5 takes a base address as a person may write it', () => {
    const expected = 'https://api.example/openai/v1/chat/completions';
    for (const base of ['', '/', '///', '/chat/completions', '/chat/completions/', '/chat/completions/chat/completions', '/v1', '/v1/', '/v1/v1', '/v1/chat/completions/']) {
      assert.equal(completionsUrl(`https://api.example/openai/v1${base}`)?.href, expected, base);
    }
    assert.equal(completionsUrl('https://api.example')?.href, 'https://api.example/chat/completions');
  });

  it('R5 finds out that /v1 is missing, and remembers it', async () => {
    const url = await startStrict((_, { url: path }) => (path === '/v1/chat/completions' ? undefined : [404, '404 page not found']));
    for (const _ of [1, 2]) assert.equal((await ask(url)).end?.reason, 'stop');
    assert.deepEqual(paths, ['/chat/completions', '/v1/chat/completions', '/v1/chat/completions']);
  });

  it('R5 says that nothing is there when it is not at /v1 either, and does not try that again', async () => {
    const url = await startStrict(() => [404, '404 page not found']);
    for (const _ of [1, 2]) assert.equal((await ask(url)).error?.kind, 'not-found');
    assert.deepEqual(paths, ['/chat/completions', '/v1/chat/completions', '/chat/completions']);
  });

  it('R5 does not look elsewhere for a model that is not there', async () => {
    const url = await startStrict(() => [404, '{"code":404,"reason":"MODEL_NOT_FOUND","message":"model not found"}']);
    assert.equal((await ask(url)).error?.kind, 'unknown-model');
    assert.equal(paths.length, 1);
  });

  it('R6 refuses a key that cannot stand in a header, with a sentence and without asking anybody', async () => {
    const url = await startStrict(() => undefined);
    for (const key of ['sk-a b', 'sk-a\n', '密钥', 'sk-ａｂｃ', '\u200bsk-abc', '']) {
      const { error } = await ask(url, { key });
      assert.equal(error?.kind, 'unusable-key', JSON.stringify(key));
      assert.ok(key === '' || !error.message.includes(key));
    }
    assert.equal(bodies.length, 0);
  });

  it('R7 sends no lone surrogates, wherever they stand', () => {
    const broken = 'a\uD83Cb';
    const request = aRequest({
      messages: [{ role: 'user', content: broken }, said({ text: broken, calls: [{ id: '1', name: 'f', arguments: broken }] }), { role: 'tool', callId: '1', content: broken }],
      parameters: { stop: [broken, '🌊'] },
    });
    const sent = JSON.stringify(requestBody(request));
    assert.ok(!/\\ud[89a-f]/i.test(sent), sent);
    assert.ok(sent.includes('🌊'));
  });

  it('R8 sends no assistant message with neither content nor calls', () => {
    const sent = messagesOf([question, said({ reasoning: { field: 'reasoning_content', text: 'Only thoughts' } }), question, said({ calls: [{ id: '1', name: 'f', arguments: '{}' }] })]);
    const assistants = sent.filter(({ role }) => role === 'assistant');
    assert.deepEqual(assistants.map(({ content }) => content), ['']);
    assert.ok('tool_calls' in (assistants[0] ?? {}));
  });

  it('R9 lets users and assistants take turns', () => {
    assert.deepEqual(rolesOf([question, question, said({ text: 'A' }), said({ text: 'B' }), question]), ['user', 'assistant', 'user']);
    assert.deepEqual(messagesOf([question, { role: 'user', content: 'And?' }])[0]?.['content'], 'Go\n\nAnd?');
  });

  it('R9 keeps the reasoning, all of it, with the calls that it led to', () => {
    const sent = messagesOf(
      [question, said({ text: 'A', reasoning: { field: 'reasoning_content', text: 'First' } }), said({ reasoning: { field: 'reasoning_content', text: 'Second' }, calls: [{ id: '1', name: 'f', arguments: '{}' }] })],
      { reasoningReplay: 'every-turn' },
    );
    assert.deepEqual([sent.length, sent[1]?.['content'], sent[1]?.['reasoning_content']], [3, 'A', 'First\n\nSecond']);
  });

  it('R10 leaves out answers that nobody asked for, and answers calls that nobody answered', () => {
    const sent = messagesOf([{ role: 'tool', callId: 'x', content: 'orphan' }, question, said({ calls: [call('1'), call('2')] }), { role: 'tool', callId: '2', content: 'two' }, question]);
    assert.deepEqual(sent.map(({ role, tool_call_id: id }) => [role, id].filter((part) => part !== undefined)), [['user'], ['assistant'], ['tool', '1'], ['tool', '2'], ['user']]);
  });
});
