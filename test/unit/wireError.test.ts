import assert from 'node:assert/strict';
import type { CompletionError, CompletionErrorKind } from '../../src/core/completions/completionError.ts';
import { explainError } from '../../src/core/completions/explainError.ts';
import { errorInBody, errorOfResponse } from '../../src/core/completions/wireError.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import type { ProviderSpec } from '../../src/core/providers/spec.ts';
import type { Action } from '../../src/protocol/viewState.ts';

function errorOf(status: number, body: unknown, headers: Record<string, string> = {}): ReturnType<typeof errorOfResponse> {
  return errorOfResponse(status, new Headers(headers), typeof body === 'string' ? body : JSON.stringify(body));
}

function wait(headers: Record<string, string>): number | undefined {
  return errorOf(429, '', headers).retryAfterMs;
}

/** Where it is told of in docs/servers.md, status, body, kind, a part of the message, and the buttons that the card has to have. */
type Shape = readonly [source: string, status: number, body: unknown, kind: CompletionErrorKind, words: string, buttons: readonly Action[]];

function nested(message: string, rest: object = {}): unknown {
  return { error: { message, type: 'invalid_request_error', param: null, code: 'invalid_request_error', ...rest } };
}

const shapes: readonly Shape[] = [
  ['§2.6', 401, nested('Authentication Fails, Your api key: ****-key is invalid', { type: 'authentication_error' }), 'bad-key', 'Authentication Fails', ['set-key', 'retry', 'open-key-page']],
  ['§0.1', 400, nested('The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but you passed x.'), 'unknown-model', 'supported API model names', ['choose-model', 'retry']],
  ['§0.3', 400, nested('The reasoning_content in the thinking mode must be passed back to the API.'), 'thinking-history', 'passed back', ['new-chat', 'model-settings']],
  ['§0.3', 400, nested('Missing reasoning_content field in the assistant message at message index 2.'), 'thinking-history', 'index 2', ['new-chat', 'model-settings']],
  ['§2.1', 400, nested('Thinking mode does not support this tool_choice'), 'parameter-refused', 'tool_choice', ['model-settings', 'retry']],
  ['§2.2', 400, nested('Failed to deserialize the JSON body into the target type: messages[0]: unknown variant `image_url`, expected `text` at line 1 column 216'), 'media-refused', 'image_url', ['resend-without-media', 'choose-model']],
  ['§2.2', 400, 'Failed to deserialize the JSON body into the target type: messages[0]: unknown variant `video_url`, expected `text` at line 1 column 216', 'media-refused', 'video_url', ['resend-without-media', 'choose-model']],
  ['§2.2', 400, nested('messages[0]: unknown variant `file`, expected `text`'), 'media-refused', '`file`', ['resend-without-media', 'choose-model']],
  ['§2.3', 400, nested('content or tool_calls must be set'), 'bad-request', 'must be set', ['new-chat', 'retry']],
  ['§2.6', 400, nested('Content Exists Risk'), 'content-blocked', 'Risk', ['new-chat', 'retry']],
  ['§2.6', 402, { error: { message: 'Insufficient Balance', type: 'unknown_error', param: null, code: 'invalid_request_error' } }, 'quota', 'Insufficient Balance', ['top-up', 'retry']],
  ['§2.6', 402, '', 'quota', 'HTTP 402', ['top-up', 'retry']],
  ['§2.6', 422, nested('top_k: not allowed'), 'parameter-refused', 'top_k', ['model-settings', 'retry']],
  ['§2.6', 422, nested('missing field `messages`'), 'bad-request', 'missing field', ['new-chat', 'retry']],
  ['§2.6', 429, { error: { message: 'Too many requests' } }, 'rate-limit', 'Too many', ['retry', 'choose-model']],
  ['§2.6', 500, { error: { message: 'Server Error' } }, 'server', 'Server Error', ['retry', 'status-page', 'choose-model']],
  ['§2.6', 503, 'overloaded', 'server', 'overloaded', ['retry', 'status-page']],
  ['§6', 429, nested('You exceeded your current quota', { type: 'insufficient_quota', code: 'insufficient_quota' }), 'quota', 'quota', ['top-up', 'retry']],
  ['§6', 408, '', 'timeout', 'HTTP 408', ['retry', 'status-page']],
  ['§6', 413, '', 'context-length', 'HTTP 413', ['new-chat', 'choose-model']],
  ['§6', 404, '404 page not found', 'not-found', '404 page not found', ['open-settings', 'retry']],
  ['S17', 502, '<html><head><title>502 Bad Gateway</title></head></html>', 'server', '502 Bad Gateway', ['retry', 'status-page']],
  ['S17', 400, '<!DOCTYPE html><title>Proxy</title>', 'not-an-api', 'Proxy', ['retry', 'open-settings']],
  ['S17', 401, '<html><title>Sign in</title></html>', 'not-an-api', 'Sign in', ['retry', 'open-settings']],
  ['S17', 403, '<!DOCTYPE html><title>Just a moment...</title>', 'not-an-api', 'Just a moment', ['retry', 'open-settings']],
  ['S17', 406, '<title>Gateway</title>', 'not-an-api', 'Gateway', ['retry', 'open-settings']],
  ['S17', 404, '<title>Not found</title>', 'not-found', 'Not found', ['open-settings', 'retry']],
  ['§6', 429, { message: 'Too many tokens, please wait before trying again.' }, 'rate-limit', 'please wait', ['retry', 'choose-model']],
  ['§6', 429, nested('Too many tokens per day, please wait before trying again.'), 'rate-limit', 'per day', ['retry', 'choose-model']],
  ['§6', 400, nested('Input is too long: too many tokens.'), 'context-length', 'too many', ['new-chat', 'choose-model']],
  ['§6', 400, nested("Invalid 'response_format': the schema is invalid: model not found in schema"), 'parameter-refused', 'in schema', ['model-settings', 'retry']],
  ['§6', 400, nested('The schema is invalid: model not found in the schema.'), 'bad-request', 'in the schema', ['new-chat', 'retry']],
  ['S17', 407, '<title>Proxy</title>', 'proxy', 'Proxy', ['retry', 'show-log']],
  ['C13', 418, '{"half":', 'bad-request', '{"half":', ['retry']],
  ['§3', 504, '', 'gateway-timeout', 'HTTP 504', ['retry', 'status-page']],
  ['§3', 504, '<html><title>504 Gateway Time-out</title></html>', 'gateway-timeout', '504 Gateway', ['retry', 'status-page']],
  ['§3', 403, { code: 403, reason: 'INVALID_API_KEY', message: 'invalid api-key', metadata: {} }, 'bad-key', 'invalid api-key', ['set-key', 'retry']],
  ['§3', 401, { code: 401, reason: 'FAILED_TO_AUTH', message: 'failed' }, 'bad-key', 'failed', ['set-key', 'retry']],
  ['§3', 401, { error: { message: '无效令牌' } }, 'bad-key', '无效令牌', ['set-key', 'retry']],
  ['§3', 403, { code: 403, reason: 'NOT_ENOUGH_BALANCE', message: 'not enough balance' }, 'quota', 'not enough', ['top-up', 'retry']],
  ['§3', 403, 'insufficient balance', 'quota', 'insufficient', ['top-up', 'retry']],
  ['§3', 403, { code: 403, reason: 'ACCESS_DENY', message: 'no access' }, 'forbidden', 'no access', ['choose-model', 'set-key']],
  ['§3', 404, { code: 404, reason: 'MODEL_NOT_FOUND', message: 'model not found' }, 'unknown-model', 'model not found', ['choose-model', 'retry']],
  ['§3', 400, { code: 400, reason: 'INVALID_REQUEST_BODY', message: 'max_tokens is required' }, 'parameter-refused', 'max_tokens', ['model-settings', 'retry']],
  ['§3', 429, { code: 429, reason: 'RATE_LIMIT_EXCEEDED', message: 'RPM limit exceeded' }, 'rate-limit', 'RPM', ['retry', 'choose-model']],
  ['§3', 429, { code: 429, reason: 'TOKEN_LIMIT_EXCEEDED', message: 'TPM limit exceeded' }, 'rate-limit', 'TPM', ['retry', 'choose-model']],
  ['§3', 429, 'server overload', 'rate-limit', 'overload', ['retry', 'choose-model']],
  ['§3', 503, { code: 503, reason: 'SERVICE_NOT_AVAILABLE', message: 'down' }, 'server', 'down', ['retry', 'choose-model']],
  ['§3', 404, nested('This model is only supported in v1/responses and not in v1/chat/completions.', { param: 'model', code: null }), 'responses-only', 'v1/responses', ['choose-model', 'retry']],
  ['§3', 400, nested('The model gpt-5.1-codex is not supported in the v1/chat/completions endpoint.'), 'responses-only', 'codex', ['choose-model', 'retry']],
  ['§3', 400, nested('messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `text`. When `thinking` is enabled, a final assistant message must start with a thinking block.'), 'thinking-history', 'Expected', ['new-chat', 'model-settings']],
  ['§1.3', 404, { error: '当前 API 不支持所选模型 glm-4.7', type: 'error' }, 'unknown-model', 'glm-4.7', ['choose-model', 'retry']],
  ['§1.3', 406, '', 'reserved-model', 'HTTP 406', ['choose-model']],
  ['§1.3', 406, 'Not Acceptable', 'forbidden', 'Not Acceptable', ['choose-model', 'set-key']],
  ['§4 SiliconFlow', 401, '"Invalid token"', 'bad-key', 'Invalid token', ['set-key', 'retry']],
  ['§4 SiliconFlow', 400, { code: 20012, message: 'Model does not exist. Please check it carefully.', data: null }, 'unknown-model', 'Model does not exist', ['choose-model']],
  ['§4 llama.cpp', 400, { error: { code: 400, message: 'request (2009 tokens) exceeds the available context size (512 tokens), try increasing it', n_ctx: 512, n_prompt_tokens: 2009, type: 'exceed_context_size_error' } }, 'context-length', '2009 tokens', ['new-chat', 'choose-model']],
  ['§4 llama.cpp', 503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }, 'loading', 'Loading', ['retry', 'choose-model']],
  ['§4 llama.cpp', 401, { error: { code: 401, message: 'Invalid API Key', type: 'authentication_error' } }, 'bad-key', 'Invalid', ['set-key', 'retry']],
  ['§4 llama.cpp', 500, { error: { code: 500, message: 'tools param requires --jinja flag', type: 'server_error' } }, 'tools-refused', '--jinja', ['choose-model', 'open-settings']],
  ['§4 vLLM', 400, { object: 'error', message: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set', type: 'BadRequestError', code: 400 }, 'tools-refused', '--enable', ['choose-model', 'open-settings']],
  ['§4 vLLM', 400, { object: 'error', message: 'bad things', type: 'BadRequestError', code: 400 }, 'bad-request', 'bad things', ['retry']],
  ['§4 vLLM', 400, { error: { message: "This model's maximum context length is 65536 tokens.", code: 'context_length_exceeded' } }, 'context-length', 'maximum context', ['new-chat', 'choose-model']],
  ['§4 Ollama', 404, nested('model "r1" not found, try pulling it first', { type: 'not_found_error', code: null }), 'unknown-model', 'try pulling', ['choose-model']],
  ['§4 Ollama', 400, nested('registry.ollama.ai/library/gemma:2b does not support tools', { type: 'api_error', code: null }), 'tools-refused', 'gemma', ['choose-model']],
  ['§4 OpenAI', 400, nested("Unsupported value: 'temperature' does not support 0.2 with this model.", { param: 'temperature', code: 'unsupported_value' }), 'parameter-refused', 'temperature', ['model-settings', 'retry']],
  ['§4 Kimi', 400, { error: { message: 'invalid temperature: only 1 is allowed for this model', type: 'invalid_request_error' } }, 'parameter-refused', 'only 1', ['model-settings', 'retry']],
  ['§4 OpenRouter', 404, { error: { message: 'No endpoints found that support image input', code: 404 } }, 'media-refused', 'image input', ['resend-without-media']],
  ['§4 OpenRouter', 402, { error: { message: 'Prompt tokens limit exceeded', code: 402, metadata: {} } }, 'quota', 'limit', ['top-up', 'retry']],
  ['§4 Gemini', 400, [{ error: { code: 400, message: 'API key not valid. Please pass a valid API key.', status: 'INVALID_ARGUMENT' } }], 'bad-key', 'not valid', ['set-key', 'retry']],
  ['§4 Groq', 400, nested("Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.", { code: 'tool_use_failed', failed_generation: '<function=x', status_code: 400 }), 'call-failed', 'Failed to call', ['retry']],
  ['§4 DashScope', 400, { code: 'InvalidParameter', message: 'Range of top_p should be (0, 1.0]', request_id: 'x' }, 'parameter-refused', 'top_p', ['model-settings', 'retry']],
];

/** A service with a page for everything, so that no button is left out. */
const served: ProviderSpec = { ...deepseek, keyUrl: 'https://a.example/', topUpUrl: 'https://b.example/', statusUrl: 'https://c.example/' };

function assertButtons(error: CompletionError, buttons: readonly Action[]): void {
  const { actions } = explainError(error, served, 'm');
  for (const button of buttons) assert.ok(actions.includes(button), `${button} is not among ${actions.join(', ')}`);
}

describe('errorOfResponse', () => {
  for (const [source, status, body, kind, words, buttons] of shapes) {
    it(`${source}: reads HTTP ${status} ${JSON.stringify(body).slice(0, 90)} as ${kind}`, () => {
      const error = errorOf(status, body);
      assert.equal(error.kind, kind);
      assert.ok(error.message.includes(words), error.message);
      assert.equal(error.status, status);
      assertButtons(error, buttons);
    });
  }

  it('tells which models the service says it has', () => {
    assert.deepEqual(errorOf(400, nested('The supported API model names are a-1, b/2 or c.3, but you passed x.')).facts.offered, ['a-1', 'b/2', 'c.3']);
    assert.equal(errorOf(404, nested('Model does not exist.')).facts.offered, undefined);
  });

  it('tells how many tokens fit and how many were asked for, in fields or in words', () => {
    const exceeded = { code: 400, message: 'request exceeds the available context size', n_ctx: 512, n_prompt_tokens: 2009, type: 'exceed_context_size_error' };
    assert.deepEqual(errorOf(400, { error: exceeded }).facts.context, { limit: 512, asked: 2009 });
    assert.deepEqual(errorOf(400, nested('request (2009 tokens) exceeds the available context size (512 tokens), try increasing it')).facts.context, { limit: 512, asked: 2009 });
    assert.deepEqual(errorOf(400, nested("This model's maximum context length is 65536 tokens. However, you requested 70000 tokens.")).facts.context, { limit: 65_536, asked: 70_000 });
    assert.equal(errorOf(413, '').facts.context, undefined);
  });

  it('tells which parameter was refused, but not a field that no person sets', () => {
    assert.equal(errorOf(400, nested('no', { param: 'stop' })).facts.parameter, 'stop');
    const ofMessages = errorOf(400, nested('no', { param: 'messages.0.content' }));
    assert.deepEqual([ofMessages.kind, ofMessages.facts.parameter], ['bad-request', undefined]);
  });

  it('reads whether the service wants the request repeated', () => {
    for (const [header, wanted] of [['true', true], ['false', false], ['maybe', undefined]] as const) {
      assert.equal(errorOf(500, '', { 'x-should-retry': header }).facts.shouldRetry, wanted);
    }
  });

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
    { code: 0, message: 'success', data: [] },
    { code: '0', msg: 'ok', data: null },
    { code: 200, message: 'Success', data: { id: 'x' } },
    { status: 200, success: true, message: 'OK' },
    { status: 'success', message: 'Done.' },
    {},
  ];
  for (const value of healthy) {
    it(`finds nothing wrong with ${JSON.stringify(value)}`, () => assert.equal(errorInBody(value as Record<string, unknown>), undefined));
  }

  const broken: readonly (readonly [source: string, value: unknown, kind: CompletionErrorKind, buttons: readonly Action[]])[] = [
    ['§1.3', { status: '434', msg: 'Invalid apiKey，get your apiKey: https://iflow.cn/', body: null }, 'bad-key', ['set-key', 'open-key-page']],
    ['§1.3', { status: '434', msg: 'Invalid apiKey or apiKey has expired' }, 'expired-key', ['set-key', 'open-key-page']],
    ['§1.3', { status: '434', msg: 'Access to the current AK has been blocked due to unauthorized requests', body: null }, 'blocked-key', ['set-key', 'choose-model']],
    ['§1.3', { status: '449', msg: 'You exceeded your current rate limit', body: null }, 'rate-limit', ['retry']],
    ['§1.3', { status: 449, message: 'x' }, 'rate-limit', ['retry']],
    ['§1.3', { status: '400', msg: 'x' }, 'bad-request', ['retry']],
    ['§1.3', { code: 60400, message: 'x' }, 'quota', ['top-up']],
    ['§1.3', { code: 90402, message: 'x' }, 'bad-key', ['set-key']],
    ['§1.3', { code: 40303, message: 'x' }, 'rate-limit', ['retry']],
    ['§4 OpenRouter', { error: { message: 'x', code: 429 } }, 'rate-limit', ['retry']],
    ['§4 OpenRouter', { error: { message: 'x', code: 401 } }, 'bad-key', ['set-key']],
    ['§4 OpenRouter', { choices: [{ index: 0, error: { code: 502, message: 'x' }, finish_reason: 'error' }] }, 'server', ['retry', 'status-page']],
    ['§4 OpenRouter', { error: { code: 504, message: 'x' } }, 'gateway-timeout', ['retry']],
    ['§4 MiniMax', { base_resp: { status_code: 1004, status_msg: 'login fail' } }, 'bad-key', ['set-key']],
    ['§4 MiniMax', { base_resp: { status_code: 1002, status_msg: 'rate limit' } }, 'rate-limit', ['retry']],
    ['§4 MiniMax', { base_resp: { status_code: 1008, status_msg: 'x' } }, 'quota', ['top-up']],
    // GLM's numbers are its own.
    ['§4 GLM', { error: { code: '1002', message: 'x' } }, 'server', ['retry']],
    ['§4 MiniMax', { base_resp: { status_code: 2013, status_msg: 'invalid params' } }, 'server', ['retry']],
    ['§4 Groq', { error: { message: 'x', code: 'tool_use_failed', status_code: 400 } }, 'call-failed', ['retry']],
    ['§4 GLM', { error: { code: 'model_context_window_exceeded', message: 'x' } }, 'context-length', ['new-chat']],
    ['C13', { error: { message: 'x', type: 'overloaded_error' } }, 'server', ['retry']],
    ['C13', { error: {} }, 'server', ['retry']],
    ['C13', { error: 'text' }, 'server', ['retry']],
    ['C13', { object: 'error', message: 'x' }, 'server', ['retry']],
    ['C13', nested('messages: at least one is needed'), 'bad-request', ['new-chat', 'retry']],
    ['C13', { error: { message: 'x', type: 'BadRequestError' } }, 'bad-request', ['retry']],
    ['C13', nested('The model `x` does not exist'), 'unknown-model', ['choose-model']],
    ['C13', nested('x', { type: 'authentication_error' }), 'bad-key', ['set-key']],
    ['C13', nested('x', { code: 429 }), 'rate-limit', ['retry']],
    ['C13', nested('x', { code: 503 }), 'server', ['retry']],
    ['C13', nested('top_k: not allowed'), 'parameter-refused', ['model-settings']],
    ['C13', { code: 403, reason: 'NOT_ENOUGH_BALANCE', message: 'x' }, 'quota', ['top-up']],
  ];
  for (const [source, value, kind, buttons] of broken) {
    it(`${source}: reads ${JSON.stringify(value)} as ${kind}`, () => {
      const error = errorInBody(value as Record<string, unknown>);
      assert.equal(error?.kind, kind);
      assertButtons(error, buttons);
    });
  }
});
