import assert from 'node:assert/strict';
import { probe } from '../../src/core/probe/probe.ts';
import { probesCostAtMost } from '../../src/core/probe/questions.ts';
import { dialectFrom, probeIds, type FoundDialect, type ProbeId, type ProbeResult } from '../../src/core/probe/result.ts';
import { createTransport } from '../../src/core/probe/transport.ts';
import { llamaCpp, portal, strict, thinkTags, vllm } from '../simulator/odd/behaviours.ts';
import { startOdd, whole, type Behaviour, type OddEndpoint } from '../simulator/odd/server.ts';
import { startSimulator } from '../simulator/server.ts';
import { startLoopback } from './support/loopback.ts';

const key = 'sk-CANARY-0123456789abcdef';

interface Check {
  readonly results: readonly ProbeResult[];
  readonly verdicts: Readonly<Partial<Record<ProbeId, string>>>;
}

async function check(baseUrl: string, options: { readonly model: string; readonly key?: string }): Promise<Check> {
  const transport = createTransport({ baseUrl, key: options.key, timeoutMs: 10_000, signal: new AbortController().signal });
  const results: ProbeResult[] = [];
  for await (const result of probe(transport, { model: options.model, hasKey: options.key !== undefined })) results.push(result);
  return { results, verdicts: Object.fromEntries(results.map(({ id, verdict }) => [id, verdict])) };
}

describe('the endpoint check', () => {
  let endpoint: OddEndpoint | undefined;
  afterEach(() => endpoint?.close());

  async function checkOdd(behave: Behaviour, ownKey?: string): Promise<Check> {
    endpoint = await startOdd(behave);
    return check(endpoint.base, { model: 'odd', ...(ownKey !== undefined && { key: ownKey }) });
  }

  const dialects: readonly (readonly [string, Behaviour, FoundDialect])[] = [
    ['llama.cpp', llamaCpp, { reasoningReplay: 'tool-calls', outputLimit: 'max_tokens', callArguments: 'fragments', stopSequence: 'left out' }],
    ['vLLM', vllm, { reasoningReplay: 'tool-calls', streamUsage: 'ask', outputLimit: 'max_tokens', stopSequence: 'left out' }],
    ['a gateway with think tags and snapshots', thinkTags, { reasoningReplay: 'never', outputLimit: 'max_tokens', callArguments: 'snapshots', thinkTags: 'both', stopSequence: 'included' }],
    ['a gateway that refuses what it does not know', strict, { reasoningReplay: 'every-turn', reasoningField: 'reasoning_content', streamUsage: 'unasked', outputLimit: 'max_completion_tokens', callArguments: 'fragments' }],
  ];
  for (const [name, behave, expected] of dialects) {
    it(`finds the dialect of ${name}, in as few requests as it says`, async () => {
      const { results } = await checkOdd(behave, behave === vllm ? key : undefined);
      assert.deepEqual(dialectFrom(results), expected);
      assert.deepEqual(results.map(({ id }) => id).sort(), [...probeIds].sort());
      assert.ok((endpoint?.requests.length ?? 0) <= probesCostAtMost.requests, `${endpoint?.requests.length} requests`);
    });
  }

  it('tells reasoning that only a closing tag ends', async () => {
    const { results } = await checkOdd((request) => (request.path === 'models' || request.body['stream'] === true ? llamaCpp(request) : whole({ content: 'One word.\n</think>\ntide' })));
    assert.equal(dialectFrom(results).thinkTags, 'closing only');
  });

  it('sends limits that together are no more than it says', async () => {
    await checkOdd(strict);
    const limits = endpoint?.requests.map(({ body }) => Number(body['max_tokens'] ?? body['max_completion_tokens'] ?? 0)) ?? [];
    assert.ok(limits.slice(1).every((limit) => limit > 0));
    assert.ok(limits.reduce((sum, limit) => sum + limit, 0) <= probesCostAtMost.completionTokens, limits.join());
  });

  it('tells names, spaces, ends and keys', async () => {
    const odd = await checkOdd(thinkTags);
    assert.deepEqual([odd.verdicts.spacing, odd.verdicts.done, odd.verdicts['think-tags'], odd.verdicts.models, odd.verdicts.authorisation], ['not found', 'not found', 'found', 'not found', 'not found']);
    await endpoint?.close();
    const served = await checkOdd(vllm, key);
    assert.deepEqual([served.verdicts.spacing, served.verdicts.done, served.verdicts['think-tags'], served.verdicts.models, served.verdicts.authorisation], ['found', 'found', 'not found', 'found', 'found']);
    assert.equal(served.results.find(({ id }) => id === 'reasoning')?.value, 'reasoning');
    assert.equal(served.results.find(({ id }) => id === 'tool-call')?.value, 'whole');
  });

  it('ends with what came when a web page comes instead of answers', async () => {
    const { results } = await checkOdd(portal);
    assert.deepEqual(results.map(({ id, verdict }) => [id, verdict]), [['models', 'not found'], ['answer', 'not found']]);
    assert.match(results[1]?.evidence ?? '', /Sign in to the harbour network/);
    assert.deepEqual(dialectFrom(results), {});
    assert.equal(endpoint?.requests.length, 2);
  });

  it('ends when nobody is there, and when the key is wrong', async () => {
    endpoint = await startOdd(llamaCpp);
    await endpoint.close();
    const nobody = await check(endpoint.base, { model: 'odd' });
    assert.match(nobody.results.at(-1)?.evidence ?? '', /ECONNREFUSED/);
    const simulator = await startSimulator();
    try {
      const { results } = await check(simulator.bases.deepseek, { model: 'deepseek-v4-flash', key: 'sk-wrong-0123456789' });
      assert.deepEqual(results.map(({ id }) => id), ['models', 'answer']);
      assert.match(results[1]?.evidence ?? '', /^HTTP 401/);
    } finally {
      await simulator.close();
    }
  });

  it('does not let a redirect have the key, nor an echo show it', async () => {
    const thief = await startOdd(llamaCpp);
    const redirecting = await startLoopback((response) => response.writeHead(307, { location: `${thief.base}/chat/completions` }).end());
    try {
      const redirected = await check(redirecting.url, { model: 'odd', key });
      assert.match(redirected.results.at(-1)?.evidence ?? '', /^HTTP 307/);
      assert.equal(thief.requests.length, 0);
    } finally {
      await Promise.all([thief.close(), redirecting.close()]);
    }
    const { results } = await checkOdd(() => ({ status: 401, type: 'text/plain', body: `The key ${key} is not known.` }), key);
    assert.ok(results.length > 0 && !JSON.stringify(results).includes('CANARY'), JSON.stringify(results));
  });

  it('finds what the simulator of DeepSeek\'s dialect does', async () => {
    const simulator = await startSimulator();
    try {
      const { results, verdicts } = await check(simulator.bases.open, { model: 'simulated-reasoner' });
      assert.deepEqual(dialectFrom(results).reasoningReplay, 'every-turn');
      assert.equal(results.find(({ id }) => id === 'reasoning')?.value, 'reasoning_content');
      assert.deepEqual([verdicts.models, verdicts.answer, verdicts.streaming, verdicts['max_tokens']], ['found', 'found', 'found', 'found']);
      assert.equal(verdicts['max_completion_tokens'], 'refused');
    } finally {
      await simulator.close();
    }
  });

  it('gives up on what takes too long, and keeps what had come', async () => {
    const silent = await startLoopback(() => undefined);
    const stuck = await startLoopback((response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {"choices":[]}\n\n'));
    const options = { key: undefined, timeoutMs: 50, signal: new AbortController().signal };
    try {
      await assert.rejects(createTransport({ ...options, baseUrl: silent.url })({ path: 'models' }), { name: 'CompletionError', kind: 'timeout' });
      const answer = await createTransport({ ...options, timeoutMs: 500, baseUrl: stuck.url })({ path: 'models' });
      assert.deepEqual([answer.text, answer.isWhole], ['data: {"choices":[]}\n\n', false]);
    } finally {
      await Promise.all([silent.close(), stuck.close()]);
    }
  });

  it('stops when it is aborted', async () => {
    endpoint = await startOdd(llamaCpp);
    const controller = new AbortController();
    const running = probe(createTransport({ baseUrl: endpoint.base, key: undefined, timeoutMs: 10_000, signal: controller.signal }), { model: 'odd', hasKey: false });
    assert.equal((await running.next()).done, false);
    controller.abort(new Error('enough'));
    await assert.rejects(async () => running.next(), /enough/);
    assert.equal(endpoint.requests.length, 1);
  });
});
