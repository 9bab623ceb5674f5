import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { findLocalServers } from '../../src/core/probe/localServers.ts';
import { probe } from '../../src/core/probe/probe.ts';
import { probesCostAtMost } from '../../src/core/probe/questions.ts';
import { reportOf } from '../../src/core/probe/report.ts';
import { dialectFrom, probeIds, type FoundDialect, type ProbeId, type ProbeResult } from '../../src/core/probe/result.ts';
import { createTransport } from '../../src/core/probe/transport.ts';
import { fillIn } from '../../src/protocol/localText.ts';
import { llamaCpp, portal, strict, thinkTags, vllm } from '../simulator/odd/behaviours.ts';
import { startOdd, whole, type Behaviour, type OddEndpoint } from '../simulator/odd/server.ts';
import { startSimulator } from '../simulator/server.ts';
import { startLoopback } from './support/loopback.ts';

const key = 'sk-CANARY-0123456789abcdef';

interface ServerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Check {
  readonly results: readonly ProbeResult[];
  readonly verdicts: Readonly<Partial<Record<ProbeId, string>>>;
}

async function check(baseUrl: string, options: { readonly model: string; readonly key?: string }): Promise<Check> {
  const transport = createTransport({ baseUrl, key: options.key, timeoutMs: 10_000, signal: new AbortController().signal });
  const results: ProbeResult[] = [];
  for await (const result of probe(transport, { model: options.model, key: options.key })) results.push(result);
  return { results, verdicts: Object.fromEntries(results.map(({ id, verdict }) => [id, verdict])) };
}

function events(...deltas: readonly object[]): string {
  return [...deltas.map((delta) => ({ choices: [{ index: 0, delta }] })), { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }].map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
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

  const pieces = [key.slice(0, 9), key.slice(9, 17), key.slice(17)];
  const spelled = `\\u0073${key.slice(1)}`;
  const echoes: readonly (readonly [string, ServerAnswer])[] = [
    ['where it redirects to', { status: 302, headers: { location: `https://evil.invalid/?k=${key}` }, body: '' }],
    ['where it redirects to, as addresses have it', { status: 302, headers: { location: `https://evil.invalid/?k=${encodeURIComponent(key)}` }, body: '' }],
    ['in an error, spelled with numbers', { status: 400, headers: { 'content-type': 'application/json' }, body: `{"error":{"message":"bad ${spelled}"}}` }],
    ['in a list, spelled with numbers', { status: 200, headers: { 'content-type': 'application/json' }, body: `{"data":[{"id":"${spelled}"}],"choices":[{"message":{"content":"x"}}]}` }],
    ['token by token', { status: 200, headers: { 'content-type': 'text/event-stream' }, body: events(...pieces.map((content) => ({ content }))) }],
    ['as a name that grows', { status: 200, headers: { 'content-type': 'text/event-stream' }, body: events({ content: 'x' }, ...pieces.map((text) => ({ tool_calls: [{ index: 0, id: 'c', function: { arguments: text } }] }))) }],
    ['as pieces of arguments and an id', { status: 200, headers: { 'content-type': 'text/event-stream' }, body: events({ content: 'x', tool_calls: [{ index: 0, id: key, function: { name: 'note', arguments: '{"text":"' } }] }, ...pieces.map((text) => ({ tool_calls: [{ index: 0, id: key, function: { arguments: text } }] }))) }],
    ['as a code of an error', { status: 400, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error: { message: 'no', param: key, code: key } }) }],
  ];
  for (const [name, { status, headers, body }] of echoes) {
    it(`shows no key that the endpoint says ${name}`, async () => {
      const loopback = await startLoopback((response) => response.writeHead(status, headers).end(body));
      try {
        const { results } = await check(loopback.url, { model: 'odd', key });
        const report = reportOf({ label: 'L', baseUrl: loopback.url, model: 'odd', at: 0 }, results, ({ message, args }) => fillIn(message, args));
        assert.ok(results.length > 0 && report.includes('[key]'), report);
        for (const text of [report, JSON.stringify(results)]) assert.ok(![...pieces, key.slice(1)].some((piece) => text.includes(piece)), text);
      } finally {
        await loopback.close();
      }
    });
  }

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
    const running = probe(createTransport({ baseUrl: endpoint.base, key: undefined, timeoutMs: 10_000, signal: controller.signal }), { model: 'odd', key: undefined });
    assert.equal((await running.next()).done, false);
    controller.abort(new Error('enough'));
    await assert.rejects(async () => running.next(), /enough/);
    assert.equal(endpoint.requests.length, 1);
  });
});

async function found(answer: (response: ServerResponse) => void): Promise<readonly string[] | undefined> {
  const loopback = await startLoopback(answer);
  try {
    const options = { timeoutMs: 2000, signal: new AbortController().signal };
    return (await findLocalServers([{ id: 'a', label: 'A', port: Number(new URL(loopback.url).port) }], options))[0]?.models;
  } finally {
    await loopback.close();
  }
}

describe('the search for servers on this machine', () => {
  it('takes names only that a setting and a line of a list can hold', async () => {
    const ids = ['qwen3:8b', '', 'gpt\u202Etxt.exe', 'a\n\u0007', '\u200B', 'a\u3164', ' b', 'c'.repeat(201), 7, 'llama'];
    assert.deepEqual(await found((response) => response.end(JSON.stringify({ data: ids.map((id) => ({ id })) }))), ['qwen3:8b', 'llama']);
  });

  it('reads at most a megabyte', async () => {
    let written = 0;
    const models = await found((response) => {
      const piece = `{"id":"${'x'.repeat(65_520)}"},`;
      response.write('{"data":[{"id":"a"},');
      const more = (): void => {
        while (!response.destroyed && written < 64 * 1024 * 1024) {
          written += piece.length;
          if (!response.write(piece)) return;
        }
        if (!response.destroyed) response.end('{"id":"b"}]}');
      };
      response.on('drain', more);
      more();
    });
    assert.equal(models, undefined);
    // The socket's buffers hold some megabytes that nobody reads.
    assert.ok(written < 32 * 1024 * 1024, `${written}`);
  });
});
