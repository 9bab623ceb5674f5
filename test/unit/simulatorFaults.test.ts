import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chatBody, eventsOf, joined, post } from '../simulator/client.ts';
import { parseFault, type Fault } from '../simulator/faults.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { until } from '../support/until.ts';

const streamed = { stream: true };

describe('The simulator\'s faults', () => {
  let simulator: Simulator;
  before(async () => { simulator = await startSimulator(); });
  after(() => simulator.close());
  afterEach(() => simulator.faults.clear());

  async function askWith(...faults: readonly Fault[]): Promise<Awaited<ReturnType<typeof post>>> {
    simulator.faults.push({ faults });
    return await post(simulator, 'deepseek', chatBody('deepseek', 'Hello', streamed));
  }

  it('cut the body at a byte and destroy the socket', async () => {
    const reply = await askWith({ kind: 'cut', at: 500 });
    assert.equal(reply.isWhole, false);
    assert.equal(Buffer.byteLength(reply.text), 500);
    assert.equal(simulator.requests.at(-1)?.outcome, 'cut');
    assert.equal(simulator.requests.at(-1)?.bytesSent, 500);
  });

  it('end the body at a byte as if it were whole', async () => {
    const reply = await askWith({ kind: 'end', at: 501 });
    assert.equal(reply.isWhole, true);
    assert.equal(Buffer.byteLength(reply.text), 501);
  });

  it('cut before the first byte of the body', async () => {
    const reply = await askWith({ kind: 'cut', at: 0 });
    assert.deepEqual([reply.isWhole, reply.text], [false, '']);
  });

  it('stall at a byte, with or without comments, until the client goes', async () => {
    for (const keepAliveEveryMs of [undefined, 5]) {
      simulator.faults.push({ kind: 'stall', at: 300, ...(keepAliveEveryMs === undefined ? {} : { keepAliveEveryMs }) });
      const stop = new AbortController();
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${simulator.keys.deepseek}` };
      const reply = await fetch(`${simulator.bases.deepseek}/chat/completions`, { method: 'POST', headers, body: JSON.stringify(chatBody('deepseek', 'Hello', streamed)), signal: stop.signal });
      let text = '';
      const reading = (async () => {
        for await (const piece of reply.body ?? []) text += Buffer.from(piece).toString('utf8');
      })();
      await until(() => text.length >= 300 && (keepAliveEveryMs === undefined || text.includes(': keep-alive')));
      await sleep(20);
      stop.abort();
      await assert.rejects(reading);
      assert.equal(text.includes(': keep-alive'), keepAliveEveryMs !== undefined);
      assert.equal(Buffer.byteLength(text.replaceAll(': keep-alive\n\n', '')), 300);
      await until(() => simulator.requests.at(-1)?.outcome === 'stalled');
    }
  });

  it('wait before the headers', async () => {
    const start = performance.now();
    const reply = await askWith({ kind: 'delay', milliseconds: 60 });
    assert.ok(performance.now() - start >= 55);
    assert.equal(joined(reply.text).finish, 'stop');
  });

  it('send comments while a stream waits, and blank lines while JSON waits', async () => {
    const stream = await askWith({ kind: 'keep-alive', milliseconds: 40, everyMs: 10 });
    assert.match(stream.text, /^(?:: keep-alive\n\n){3,}data: /);
    simulator.faults.push({ kind: 'keep-alive', milliseconds: 40, everyMs: 10 });
    const whole = await post(simulator, 'deepseek', chatBody('deepseek', 'Hello'));
    assert.match(whole.text, /^\n{3,}\{"id"/);
  });

  it('answer with any status, body and headers', async () => {
    const reply = await askWith({ kind: 'answer', status: 502, body: '<h1>Bad</h1>', headers: { 'content-type': 'text/html', 'retry-after': '1' } });
    assert.deepEqual([reply.status, reply.contentType, reply.text], [502, 'text/html', '<h1>Bad</h1>']);
  });

  it('answer with a sign-in page, one JSON object, a redirect or a refusal in the service\'s words', async () => {
    const page = await askWith({ kind: 'html' });
    assert.deepEqual([page.status, page.contentType], [200, 'text/html; charset=utf-8']);
    const whole = await askWith({ kind: 'json-answer' });
    assert.equal(whole.contentType, 'application/json');
    assert.equal((JSON.parse(whole.text) as { object: string }).object, 'chat.completion');
    const redirect = await askWith({ kind: 'redirect', location: 'https://example.invalid/' });
    assert.equal(redirect.status, 307);
    assert.equal((await askWith({ kind: 'refuse', reason: 'balance' })).status, 402);
    assert.equal((await askWith({ kind: 'refuse', reason: 'rate-limit' })).status, 429);
    assert.match((await askWith({ kind: 'retired' })).text, /but you passed deepseek-v4-flash\./);
    simulator.faults.push({ kind: 'refuse', reason: 'rate-limit' });
    assert.match((await post(simulator, 'iflow', chatBody('iflow', 'Hello', streamed))).text, /^\{"status":"449"/);
    simulator.faults.push({ kind: 'refuse', reason: 'balance' });
    assert.match((await post(simulator, 'jiekou', chatBody('jiekou', 'Hello', streamed))).text, /^\{"code":403,"reason":"NOT_ENOUGH_BALANCE"/);
  });

  it('send one line of 2 MB and go on', async () => {
    const reply = await askWith({ kind: 'huge-line' });
    assert.ok(reply.text.split('\n').some((line) => line.length > 2_000_000));
    assert.equal(joined(reply.text).finish, 'stop');
  });

  it('write the body in small pieces', async () => {
    const reply = await askWith({ kind: 'split', size: 7 }, { kind: 'end', at: 700 });
    assert.ok(reply.pieces.length > 50, String(reply.pieces.length));
    assert.equal(Buffer.concat(reply.pieces).length, 700);
  });

  it('change line ends, the last blank line, [DONE], the finish reason and the data: prefix', async () => {
    const crlf = (await askWith({ kind: 'crlf' })).text;
    assert.ok(crlf.includes('\r\n\r\n') && !/[^\r]\n/.test(crlf));
    assert.ok((await askWith({ kind: 'no-last-blank-line' })).text.endsWith('data: [DONE]'));
    const undone = (await askWith({ kind: 'no-done' })).text;
    assert.ok(!undone.includes('[DONE]') && joined(undone).finish === 'stop');
    assert.equal(joined((await askWith({ kind: 'no-finish-reason' })).text).finish, undefined);
    assert.equal(joined((await askWith({ kind: 'finish-reason', value: 'content_filter' })).text).finish, 'content_filter');
    const bare = (await askWith({ kind: 'bare-lines' })).text.split('\n').filter((line) => line !== '' && line !== '[DONE]');
    assert.ok(bare.every((line) => line.startsWith('{')));
    const failing = eventsOf((await askWith({ kind: 'error-event', after: 3 })).text);
    assert.equal(failing.length, 4);
    assert.ok('error' in (failing.at(-1) ?? {}));
  });

  it('reset the connection before any header', async () => {
    await assert.rejects(askWith({ kind: 'reset' }), { code: 'ECONNRESET' });
  });

  it('are used once, by the first request that fits, unless they repeat', async () => {
    simulator.faults.push({ kind: 'html', match: { service: 'iflow' } }, { kind: 'html', match: { body: 'second' } }, { kind: 'crlf', match: { stream: true } });
    assert.equal((await post(simulator, 'open', chatBody('open', 'first'))).contentType, 'application/json');
    assert.match((await post(simulator, 'open', chatBody('open', 'second'))).contentType, /html/);
    assert.equal((await post(simulator, 'open', chatBody('open', 'second'))).contentType, 'application/json');
    assert.equal(simulator.faults.pending(), 2);
    simulator.faults.clear();
    simulator.faults.push({ kind: 'html', repeat: true });
    await post(simulator, 'open', chatBody('open', 'x'));
    assert.match((await post(simulator, 'open', chatBody('open', 'x'))).contentType, /html/);
    simulator.faults.clear();
    simulator.faults.push({ kind: 'answer', status: 500, match: { path: '/models' } });
    assert.equal((await post(simulator, 'open', chatBody('open', 'x'))).status, 200);
    assert.equal((await fetch(`${simulator.bases.open}/models`)).status, 500);
  });

  it('can be asked for in the message, for each request or only the first', async () => {
    const cut = chatBody('open', 'Hello [[fault: cut 100]]', streamed);
    assert.equal((await post(simulator, 'open', cut)).isWhole, false);
    assert.equal((await post(simulator, 'open', cut)).isWhole, false);
    const once = chatBody('open', 'Hello [[fault once: status 503]] [[fault once: answer 503 {"error":{"message":"busy"}}]]', streamed);
    assert.match((await post(simulator, 'open', once)).text, /There is no fault status/);
    const busy = chatBody('open', 'Hello [[fault once: answer 503 {"error":{"message":"busy"}}]]', streamed);
    const first = await post(simulator, 'open', busy);
    assert.deepEqual([first.status, first.text], [503, '{"error":{"message":"busy"}}']);
    const second = await post(simulator, 'open', busy);
    assert.equal(second.status, 200);
    assert.ok(!joined(second.text).content.includes('fault'));
  });

  it('never hide a request that is wrong', async () => {
    simulator.faults.push({ kind: 'html' });
    assert.equal((await post(simulator, 'open', chatBody('open', 'Hello', { temperature: 9 }))).status, 422);
    assert.equal(simulator.faults.pending(), 1);
  });

  it('are read from words, and wrong ones are refused in words', () => {
    assert.deepEqual(parseFault('stall 30 5'), { kind: 'stall', at: 30, keepAliveEveryMs: 5 });
    assert.deepEqual(parseFault('answer 418 a  b'), { kind: 'answer', status: 418, body: 'a  b' });
    assert.throws(() => parseFault('explode'), /There is no fault explode/);
    assert.throws(() => parseFault('cut'), /needs at/);
    assert.throws(() => simulator.faults.push({ kind: 'refuse', reason: 'mood' }), /one of no-key/);
  });

  it('can be asked for over HTTP, and requests are listed there without keys', async () => {
    const control = `${simulator.origin}/_simulator`;
    await fetch(`${control}/requests`, { method: 'DELETE' });
    const pushed = await fetch(`${control}/faults`, { method: 'POST', body: JSON.stringify([{ kind: 'cut', at: 9, match: { service: 'jiekou' } }, { faults: [{ kind: 'crlf' }] }]) });
    assert.deepEqual(await pushed.json(), { pending: 2 });
    const key = simulator.keys.jiekou;
    assert.equal((await post(simulator, 'jiekou', chatBody('jiekou', `My key is ${key}`, streamed))).isWhole, false);
    await post(simulator, 'jiekou', chatBody('jiekou', 'x'), { headers: { authorization: 'Bearer sk-someone-else' } });
    const listed = await (await fetch(`${control}/requests`)).text();
    const { requests } = JSON.parse(listed) as { requests: { path: string; authorization: string; verdict: string; outcome: string; faults: string[] }[] };
    assert.deepEqual(requests.map((request) => request.authorization), ['accepted', 'refused']);
    assert.deepEqual([requests[0]?.verdict, requests[0]?.outcome, requests[0]?.faults], ['accepted', 'cut', ['cut']]);
    assert.ok(!listed.includes(key) && !listed.includes('sk-someone-else'));
    assert.equal((await fetch(`${control}/faults`, { method: 'POST', body: '{"kind":"explode"}' })).status, 400);
    assert.deepEqual(await (await fetch(`${control}/faults`, { method: 'DELETE' })).json(), { pending: 0 });
    assert.equal((await fetch(`${control}/other`)).status, 404);
  });

  it('can be had from the command line too, where the simulator says what it is', async () => {
    const main = fileURLToPath(new URL('../simulator/main.ts', import.meta.url));
    const child = spawn(process.execPath, [main, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [first] = (await once(child.stdout, 'data')) as [Buffer];
      const text = first.toString('utf8');
      assert.match(text, /development and test tool/);
      const base = /http:\/\/127\.0\.0\.1:\d+\/open\/v1/.exec(text)?.[0] ?? '';
      assert.equal((await fetch(`${base}/models`)).status, 200);
    } finally {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      assert.equal((await ended)[0], 0);
    }
  }).timeout(60_000);

  it('leave time to stop a long answer, and note that the client has gone', async () => {
    const stop = new AbortController();
    const headers = { 'content-type': 'application/json' };
    const reply = await fetch(`${simulator.bases.open}/chat/completions`, { method: 'POST', headers, body: JSON.stringify(chatBody('open', 'A long answer', streamed)), signal: stop.signal });
    const reader = reply.body?.getReader();
    await reader?.read();
    stop.abort();
    await assert.rejects(async () => { while ((await reader?.read())?.done === false); });
    await until(() => simulator.requests.at(-1)?.outcome === 'closed by client');
  });
});
