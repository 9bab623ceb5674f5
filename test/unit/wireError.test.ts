import assert from 'node:assert/strict';
import type { CompletionErrorKind } from '../../src/core/completions/completionError.ts';
import { errorInBody, errorOfResponse } from '../../src/core/completions/wireError.ts';

function errorOf(status: number, body: unknown, headers: Record<string, string> = {}): ReturnType<typeof errorOfResponse> {
  return errorOfResponse(status, new Headers(headers), typeof body === 'string' ? body : JSON.stringify(body));
}

function wait(headers: Record<string, string>): number | undefined {
  return errorOf(429, '', headers).retryAfterMs;
}

/** Status, body, kind, and a part of the message: the shapes of wire.md §1.3, §2.6, §3 and §4. */
const responses: readonly (readonly [number, unknown, CompletionErrorKind, string])[] = [
  [401, { error: { code: 'invalid_request_error', message: 'Authentication Fails, Your api key: ****-key is invalid', param: null, type: 'authentication_error' } }, 'bad-key', 'Authentication Fails'],
  [400, { error: { code: 'invalid_request_error', message: 'The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but you passed x.', param: null, type: 'invalid_request_error' } }, 'unknown-model', 'supported API model names'],
  [400, { error: { message: 'The reasoning_content in the thinking mode must be passed back to the API.', type: 'invalid_request_error', param: null, code: 'invalid_request_error' } }, 'bad-request', 'passed back'],
  [402, { error: { message: 'Insufficient Balance', type: 'unknown_error', param: null, code: 'invalid_request_error' } }, 'quota', 'Insufficient Balance'],
  [402, '', 'quota', 'HTTP 402'],
  [422, { error: { message: 'top_k: not allowed', type: 'invalid_request_error' } }, 'bad-request', 'top_k'],
  [429, { error: { message: 'Too many requests' } }, 'rate-limit', 'Too many'],
  [429, { error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' } }, 'quota', 'quota'],
  [500, { error: { message: 'Server Error' } }, 'server', 'Server Error'],
  [503, 'overloaded', 'server', 'overloaded'],
  [502, '<html><head><title>502 Bad Gateway</title></head></html>', 'server', '502 Bad Gateway'],
  [504, '', 'timeout', 'HTTP 504'],
  [408, '', 'timeout', 'HTTP 408'],
  [403, { code: 403, reason: 'INVALID_API_KEY', message: 'invalid api-key', metadata: {} }, 'bad-key', 'invalid api-key'],
  [401, { code: 401, reason: 'FAILED_TO_AUTH', message: 'failed' }, 'bad-key', 'failed'],
  [403, { code: 403, reason: 'NOT_ENOUGH_BALANCE', message: 'not enough balance' }, 'quota', 'not enough'],
  [403, { code: 403, reason: 'ACCESS_DENY', message: 'no access' }, 'forbidden', 'no access'],
  [404, { code: 404, reason: 'MODEL_NOT_FOUND', message: 'model not found' }, 'unknown-model', 'model not found'],
  [400, { code: 400, reason: 'INVALID_REQUEST_BODY', message: 'max_tokens is required' }, 'bad-request', 'max_tokens'],
  [429, { code: 429, reason: 'RATE_LIMIT_EXCEEDED', message: 'RPM limit exceeded' }, 'rate-limit', 'RPM'],
  [429, { code: 429, reason: 'TOKEN_LIMIT_EXCEEDED', message: 'TPM limit exceeded' }, 'rate-limit', 'TPM'],
  [503, { code: 503, reason: 'SERVICE_NOT_AVAILABLE', message: 'down' }, 'server', 'down'],
  [404, { error: '当前 API 不支持所选模型 glm-4.7', type: 'error' }, 'unknown-model', 'glm-4.7'],
  [406, '', 'forbidden', 'HTTP 406'],
  [404, '404 page not found', 'not-found', '404 page not found'],
  [401, '"Invalid token"', 'bad-key', 'Invalid token'],
  [400, { code: 20012, message: 'Model does not exist. Please check it carefully.', data: null }, 'unknown-model', 'Model does not exist'],
  [400, { error: { code: 400, message: 'request (2009 tokens) exceeds the available context size (512 tokens), try increasing it', type: 'exceed_context_size_error' } }, 'context-length', '2009 tokens'],
  [400, { error: { message: "This model's maximum context length is 65536 tokens.", code: 'context_length_exceeded' } }, 'context-length', 'maximum context'],
  [413, '', 'context-length', 'HTTP 413'],
  [404, { error: { message: 'model "r1" not found, try pulling it first', type: 'not_found_error', param: null, code: null } }, 'unknown-model', 'try pulling'],
  [400, { object: 'error', message: 'bad things', type: 'BadRequestError', code: 400 }, 'bad-request', 'bad things'],
  [400, '<!DOCTYPE html><title>Proxy</title>', 'not-an-api', 'Proxy'],
  [407, '<title>Proxy</title>', 'unreachable', 'Proxy'],
  [418, '{"half":', 'bad-request', '{"half":'],
];

describe('errorOfResponse', () => {
  for (const [status, body, kind, words] of responses) {
    it(`reads HTTP ${status} ${JSON.stringify(body).slice(0, 70)} as ${kind}`, () => {
      const error = errorOf(status, body);
      assert.equal(error.kind, kind);
      assert.ok(error.message.includes(words), error.message);
      assert.equal(error.status, status);
    });
  }

  it('shows 500 characters of a plain text at most', () => {
    assert.equal(errorOf(500, 'x'.repeat(10_000)).message.length, 500);
  });

  it('reads how long to wait in seconds, in milliseconds and as a date', () => {
    assert.equal(wait({ 'retry-after': '20' }), 20_000);
    assert.equal(wait({ 'retry-after': '0.5' }), 500);
    assert.equal(wait({ 'retry-after-ms': '1500', 'retry-after': '20' }), 1500);
    const date = wait({ 'retry-after': new Date(Date.now() + 60_000).toUTCString() });
    assert.ok(date !== undefined && date > 50_000 && date <= 60_000, String(date));
  });

  it('takes a wait that is absent, past, negative or no time at all for none', () => {
    for (const header of ['', '0', '-5', 'soon', new Date(Date.now() - 60_000).toUTCString()]) {
      assert.equal(errorOf(429, '', { 'retry-after': header }).retryAfterMs, undefined, header);
    }
    assert.equal(errorOf(429, '').retryAfterMs, undefined);
  });
});

describe('errorInBody', () => {
  const healthy: readonly unknown[] = [
    { choices: [] },
    { choices: [{ index: 0, delta: {}, finish_reason: null }], usage: null },
    { choices: [], error: null },
    { choices: [{ index: 0, delta: { content: 'code 500, error' } }], type: 'chat', code: 0 },
    { id: 'x', object: 'chat.completion.chunk' },
    { base_resp: { status_code: 0, status_msg: 'success' } },
    { usage: { prompt_tokens: 1, completion_tokens: 1 } },
    {},
  ];
  for (const value of healthy) {
    it(`finds nothing wrong with ${JSON.stringify(value)}`, () => assert.equal(errorInBody(value as Record<string, unknown>), undefined));
  }

  const broken: readonly (readonly [unknown, CompletionErrorKind])[] = [
    [{ error: { message: 'x', code: 429 } }, 'rate-limit'],
    [{ error: { message: 'x', code: 401 } }, 'bad-key'],
    [{ error: { message: 'x', type: 'overloaded_error' } }, 'server'],
    [{ error: {} }, 'server'],
    [{ error: 'text' }, 'server'],
    [{ choices: [{ index: 0, error: { code: 502, message: 'x' }, finish_reason: 'error' }] }, 'server'],
    [{ status: '434', msg: 'x', body: null }, 'bad-key'],
    [{ status: 449, msg: 'x' }, 'rate-limit'],
    [{ status: '400', msg: 'x' }, 'bad-request'],
    [{ base_resp: { status_code: 2013, status_msg: 'invalid params' } }, 'server'],
  ];
  for (const [value, kind] of broken) {
    it(`reads ${JSON.stringify(value)} as ${kind}`, () => assert.equal(errorInBody(value as Record<string, unknown>)?.kind, kind));
  }
});
