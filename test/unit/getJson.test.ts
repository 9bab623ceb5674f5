import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import { fetchBalance } from '../../src/core/models/balance.ts';
import { getJson } from '../../src/core/models/getJson.ts';
import { readModelList } from '../../src/core/models/readModelList.ts';
import { jiekou } from '../../src/core/providers/jiekou.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { startLoopback } from './support/loopback.ts';

const key = 'sk-key-of-a-test-0123456789';
const never = new AbortController().signal;

/** What becomes of an answer, and of a second server's where the first one points there. */
async function answeredBy(handle: (response: ServerResponse) => void, base = ''): Promise<{ readonly value: unknown; readonly error: unknown; readonly seen: readonly string[] }> {
  const server = await startLoopback(handle);
  try {
    const [value, error] = await getJson({ baseUrl: server.url + base, path: '/models', key }, never).then((got) => [got, undefined], (failed: unknown) => [undefined, failed]);
    return { value, error, seen: server.exchanges.map(({ request }) => `${request.method} ${request.url} ${request.headers.authorization}`) };
  } finally {
    await server.close();
  }
}

describe('asking a service for what it has', () => {
  it('goes to the path behind the base, however the base was written, with the key', async () => {
    for (const base of ['/v1', '/v1/', '/v1/chat/completions']) {
      const { value, seen } = await answeredBy((response) => response.end('{"data":[]}'), base);
      assert.deepEqual([value, seen], [{ data: [] }, [`GET /v1/models Bearer ${key}`]]);
    }
  });

  const refused: readonly [string, number, string, string][] = [
    ['no such path', 404, 'Not Found', 'not-found'],
    ['a wrong key', 401, '{"error":{"message":"Authentication Fails"}}', 'bad-key'],
    ['a web page', 200, '<!doctype html><title>Sign in</title>', 'not-an-api'],
    ['words', 200, 'hello', 'unreadable'],
    ['nothing', 200, '', 'unreadable'],
    ['a complaint under HTTP 200', 200, '{"status":"434","msg":"Invalid apiKey","body":null}', 'bad-key'],
    ['more than anybody lists', 200, `["${'x'.repeat(4_194_304)}"]`, 'too-large'],
  ];
  for (const [name, status, body, kind] of refused) {
    it(`fails upon ${name}, and knows that somebody answered`, async () => {
      const { error } = await answeredBy((response) => response.writeHead(status).end(body));
      assert.ok(error instanceof CompletionError, String(error));
      assert.equal(error.kind, kind);
      assert.equal(error.status, status);
    });
  }

  it('takes the key to no other place, and keeps it out of what it says (B17, B30)', async () => {
    const other = await startLoopback((response) => response.end('{}'));
    const { error } = await answeredBy((response) => response.writeHead(307, { location: `${other.url}/?key=${key}` }).end());
    assert.ok(error instanceof CompletionError && error.kind === 'redirected' && !error.message.includes(key), String(error));
    assert.equal(other.exchanges.length, 0);
    await other.close();
    const echoed = await answeredBy((response) => response.writeHead(400).end(`what is ${key}?`));
    assert.ok(echoed.error instanceof CompletionError && echoed.error.message === 'what is [key]?', String(echoed.error));
  });

  it('tells by a missing status that nobody answered', async () => {
    const server = await startLoopback(() => undefined);
    await server.close();
    await assert.rejects(getJson({ baseUrl: server.url, path: '/models', key }, never), (error) => error instanceof CompletionError && error.status === undefined && !error.message.includes(key));
    await assert.rejects(getJson({ baseUrl: 'ftp://x', path: '/models', key }, never), { kind: 'not-found' });
  });

  it('ends at once when it is aborted, before the answer and in it', async () => {
    for (const begin of [(): void => undefined, (response: ServerResponse): void => void response.write('{"data":[')]) {
      const server = await startLoopback((response) => begin(response));
      const controller = new AbortController();
      const asking = getJson({ baseUrl: server.url, path: '/models', key }, controller.signal);
      const exchange = await server.next();
      controller.abort(new Error('enough'));
      await assert.rejects(asking, /enough/);
      await exchange.closed;
      await server.close();
    }
  });
});

describe('the services\' own words', () => {
  let simulator: Simulator;
  before(async () => (simulator = await startSimulator()));
  after(async () => simulator.close());

  it('list DeepSeek\'s models', async () => {
    const value = await getJson({ baseUrl: simulator.bases.deepseek, path: '/models', key: simulator.keys.deepseek }, never);
    assert.deepEqual(readModelList(value, { list: { path: '/models' }, source: '', asOf: '' })?.map(({ id }) => id).sort(), ['deepseek-flash', 'deepseek-v4-flash', 'deepseek-v4-flash-vision-exp', 'deepseek-v4-pro']);
  });

  it('list jiekou.ai\'s with context, talents and prices, without those that no chat reaches', async () => {
    const list = jiekou.modelList ?? { path: '' };
    const models = readModelList(await getJson({ baseUrl: simulator.bases.jiekou, path: list.path, key: simulator.keys.jiekou }, never), { list, source: 's', asOf: 'd' });
    assert.deepEqual(models?.find(({ id }) => id === 'zai-org/glm-4.5'), { id: 'zai-org/glm-4.5', contextTokens: 131_072, outputTokens: 32_768, tools: true, media: [], prices: { currency: 'USD', input: 0.6, output: 2.2, asOf: 'd', source: 's' } });
    assert.deepEqual(models.find(({ id }) => id === 'google/gemini-2.5-flash')?.prices, undefined);
    assert.ok(!models.some(({ id }) => id === 'gpt-5-codex' || id === 'baai/bge-m3'));
  });

  it('tell DeepSeek\'s balance', async () => {
    const balance = await fetchBalance({ baseUrl: simulator.bases.deepseek, path: '/user/balance', key: simulator.keys.deepseek }, never);
    assert.deepEqual(balance, { isEnough: true, accounts: [{ currency: 'CNY', total: 110, granted: 10, paidIn: 100 }] });
    await assert.rejects(fetchBalance({ baseUrl: simulator.bases.deepseek, path: '/user/balance', key }, never), { kind: 'bad-key' });
    await assert.rejects(fetchBalance({ baseUrl: simulator.bases.deepseek, path: '/models', key: simulator.keys.deepseek }, never), { kind: 'unreadable' });
  });

  it('are not there for iFlow\'s models', async () => {
    await assert.rejects(getJson({ baseUrl: simulator.bases.iflow, path: '/models', key: simulator.keys.iflow }, never), { kind: 'not-found', status: 404 });
  });
});
