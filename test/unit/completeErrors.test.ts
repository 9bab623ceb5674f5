import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { complete } from '../../src/core/completions/complete.ts';
import type { CompletionError, CompletionErrorKind } from '../../src/core/completions/completionError.ts';
import { collect } from './support/collect.ts';
import { event, eventStream, requestTo, startLoopback, type Loopback } from './support/loopback.ts';

const never = new AbortController().signal;
const key = 'sk-CANARY-0123456789abcdef';
const servers: Loopback[] = [];

async function serve(handle: (response: ServerResponse) => void): Promise<Loopback> {
  const server = await startLoopback(handle);
  servers.push(server);
  return server;
}

async function failureAt(url: string): Promise<CompletionError> {
  const { error } = await collect(complete(requestTo(url, { key }), never));
  assert.ok(error !== undefined, 'it should have failed');
  return error;
}

describe('complete, when the service cannot answer', () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it('says that nothing answers at a port, and with which code', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const error = await failureAt(`http://127.0.0.1:${port}`);
    assert.equal(error.kind, 'refused');
    assert.match(error.message, /ECONNREFUSED/);
  });

  it('says so when TLS meets a port that does not speak it', async () => {
    const server = await serve((response) => response.end());
    const error = await failureAt(server.url.replace('http:', 'https:'));
    assert.equal(error.kind, 'not-https');
    assert.match(error.message, /SSL|TLS/i);
  });

  it('says so when the connection is closed before there is an answer', async () => {
    const server = await serve((response) => response.destroy());
    assert.equal((await failureAt(server.url)).kind, 'reset');
  });

  it('refuses an address that is none, without asking anybody', async () => {
    for (const url of ['ftp://example.invalid', 'not an address', 'https://user:secret@example.invalid']) assert.equal((await failureAt(url)).kind, 'not-found');
  });

  it('does not follow a redirect, so that the key does not travel with it (B17)', async () => {
    const elsewhere = await serve((response) => response.end());
    const server = await serve((response) => response.writeHead(307, { location: `${elsewhere.url}/v1/chat/completions` }).end());
    const error = await failureAt(server.url);
    assert.equal(error.kind, 'redirected');
    assert.ok(error.message.includes(elsewhere.url));
    assert.equal(elsewhere.exchanges.length, 0);
  });

  const answers: readonly (readonly [string, number, Record<string, string>, string, CompletionErrorKind, RegExp])[] = [
    ['a sign-in page with status 200', 200, { 'content-type': 'text/html' }, '\n<html><title>Guest Wi-Fi</title></html>', 'not-an-api', /Guest Wi-Fi/],
    ['a web page that calls itself an event stream', 200, eventStream, '<!doctype html><p>', 'not-an-api', /without a title/],
    ['a web page with status 500', 500, { 'content-type': 'text/html' }, '<html><title>Oops</title></html>', 'server', /Oops/],
    ['a plain text', 401, { 'content-type': 'text/plain' }, '"Invalid token"', 'bad-key', /^Invalid token$/],
    ['an error with the wrong content type', 400, { 'content-type': 'application/octet-stream' }, '{"error":{"message":"bad field","type":"invalid_request_error"}}', 'bad-request', /bad field/],
    ['a business error with status 200', 200, { 'content-type': 'application/json' }, '{"status":"434","msg":"Invalid apiKey","body":null}', 'bad-key', /Invalid apiKey/],
    ['nothing at all', 200, eventStream, '', 'empty', /without an answer/],
    ['status 204', 204, {}, '', 'empty', /without an answer/],
    ['an array-wrapped error', 403, {}, '[{"error":{"code":403,"message":"denied","status":"PERMISSION_DENIED"}}]', 'forbidden', /denied/],
  ];
  for (const [name, status, headers, body, kind, words] of answers) {
    it(`takes ${name} for ${kind}`, async () => {
      const server = await serve((response) => response.writeHead(status, headers).end(body));
      const error = await failureAt(server.url);
      assert.equal(error.kind, kind);
      assert.match(error.message, words);
    });
  }

  it('keeps the text that came before the socket broke', async () => {
    const server = await serve((response) => {
      response.writeHead(200, eventStream).write(event({ content: 'Half' }), () => setTimeout(() => response.destroy(), 20));
    });
    const { deltas, end, error } = await collect(complete(requestTo(server.url), never));
    assert.deepEqual([deltas, end, error?.kind], [[['text', 'Half']], undefined, 'cut']);
  });

  const echoes: readonly (readonly [string, (response: ServerResponse) => void])[] = [
    ['in an error body', (response) => response.writeHead(401).end(JSON.stringify({ error: { message: `Key ${key} is wrong` } }))],
    ['in a plain text', (response) => response.writeHead(500).end(`Authorization: Bearer ${key}`)],
    ['at the place where a plain text is cut', (response) => response.writeHead(500).end(`${'x'.repeat(480)}${key}`)],
    ['in the title of a page', (response) => response.writeHead(200).end(`<html><title>${key}</title></html>`)],
    ['in an error in mid-stream', (response) => response.writeHead(200, eventStream).end(`${event({ content: 'a' })}data: {"error":{"message":"${key}"}}\n\n`)],
    ['in an event that is not JSON', (response) => response.writeHead(200, eventStream).end(`data: oops ${key}\n\ndata: more\n\n`)],
    ['in the address of a redirect', (response) => response.writeHead(302, { location: `/login?token=${key}` }).end()],
  ];
  for (const [place, handle] of echoes) {
    it(`does not pass on a key that the server echoes ${place} (B30)`, async () => {
      const server = await serve(handle);
      const error = await failureAt(server.url);
      assert.match(error.message, /\[key\]/);
      for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) assert.ok(!`${cause.message}${cause.stack}`.includes('CANARY'));
    });
  }
});
