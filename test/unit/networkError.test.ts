import assert from 'node:assert/strict';
import type { CompletionErrorKind } from '../../src/core/completions/completionError.ts';
import { networkError } from '../../src/core/completions/networkError.ts';

function failure(code: string, message = 'it went wrong'): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
}

const codes: readonly (readonly [string, CompletionErrorKind])[] = [
  ['ECONNREFUSED', 'unreachable'],
  ['ENOTFOUND', 'unreachable'],
  ['EAI_AGAIN', 'unreachable'],
  ['ECONNRESET', 'unreachable'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'unreachable'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['CERT_HAS_EXPIRED', 'certificate'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
];

describe('networkError', () => {
  for (const [code, kind] of codes) {
    it(`takes ${code} for ${kind} and names it`, () => {
      const error = networkError(failure(code));
      assert.equal(error.kind, kind);
      assert.equal(error.message, `fetch failed ← it went wrong ${code}`);
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
