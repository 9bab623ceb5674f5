import assert from 'node:assert/strict';
import type { CompletionErrorKind } from '../../src/core/completions/completionError.ts';
import { networkError } from '../../src/core/completions/networkError.ts';

function failure(code: string, message = 'it went wrong'): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
}

const codes: readonly (readonly [string, CompletionErrorKind])[] = [
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'no-such-host'],
  ['EAI_AGAIN', 'no-such-host'],
  ['ECONNRESET', 'reset'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'not-https'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EPROTO', 'not-https'],
  ['CERT_NOT_YET_VALID', 'certificate-expired'],
  ['CERT_REVOKED', 'certificate'],
  ['ERR_PROXY_TUNNEL', 'proxy'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['CERT_HAS_EXPIRED', 'certificate-expired'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-untrusted'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate-untrusted'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-name'],
];

describe('networkError', () => {
  for (const [code, kind] of codes) {
    it(`takes ${code} for ${kind} and names it`, () => {
      const error = networkError(failure(code));
      assert.equal(error.kind, kind);
      assert.equal(error.message, `fetch failed ← it went wrong ${code}`);
    });
  }

  const messages: readonly (readonly [string, CompletionErrorKind])[] = [
    ['Proxy response (407) !== 200 when HTTP Tunneling', 'proxy'],
    ['tunneling socket could not be established, statusCode=403', 'proxy'],
    ['net::ERR_TUNNEL_CONNECTION_FAILED', 'proxy'],
    ['net::ERR_PROXY_CONNECTION_FAILED', 'proxy'],
    ['net::ERR_NAME_NOT_RESOLVED', 'no-such-host'],
    ['net::ERR_CONNECTION_REFUSED', 'refused'],
    ['net::ERR_CONNECTION_RESET', 'reset'],
    ['net::ERR_CONNECTION_TIMED_OUT', 'timeout'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'certificate-untrusted'],
    ['net::ERR_CERT_DATE_INVALID', 'certificate-expired'],
    ['net::ERR_CERT_COMMON_NAME_INVALID', 'certificate-name'],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'not-https'],
    ['net::ERR_INTERNET_DISCONNECTED', 'unreachable'],
  ];
  for (const [message, kind] of messages) {
    it(`takes a cause without a code, "${message}", for ${kind}`, () => {
      assert.equal(networkError(new TypeError('fetch failed', { cause: new Error(message) })).kind, kind);
    });
  }

  for (const message of ['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed']) {
    it(`takes what a browser says of everything, "${message}", for an answer that it kept back`, () => {
      assert.equal(networkError(new TypeError(message)).kind, 'cross-origin');
      assert.equal(networkError(new TypeError(message, { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })).kind, 'refused');
    });
  }

  it('looks at the first of several causes, as of an address with many IPs', () => {
    const several = Object.assign(new AggregateError([Object.assign(new Error('connect ECONNREFUSED ::1:9'), { code: 'ECONNREFUSED' })]), { code: 'ECONNREFUSED' });
    assert.equal(networkError(new TypeError('fetch failed', { cause: several })).message, 'fetch failed ← ECONNREFUSED ← connect ECONNREFUSED ::1:9');
  });

  it('does not follow causes in a circle, and takes whatever is thrown', () => {
    const circle = new Error('round');
    circle.cause = circle;
    assert.equal(networkError(circle).message.split(' ← ').length, 8);
    for (const thrown of ['text', 7, undefined, null, Symbol('s')]) assert.equal(networkError(thrown).kind, 'unreachable');
  });
});
