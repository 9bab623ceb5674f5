import assert from 'node:assert/strict';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import { redact, redactError } from '../../src/core/completions/redact.ts';

const key = 'sk-CANARY-0123456789abcdef';

describe('redact', () => {
  it('takes the key out wherever it stands, as often as it stands', () => {
    assert.equal(redact(`a ${key} b ${key}`, key), 'a [key] b [key]');
    assert.equal(redact(key, key), '[key]');
    assert.equal(redact(key + key, key), '[key][key]');
  });

  it('takes out the beginning of a key that was cut off', () => {
    assert.equal(redact(`…token ${key.slice(0, 15)}`, key), '…token [key]');
    assert.equal(redact(`"${key.slice(0, 12)}".`, key), '"[key]".');
  });

  it('takes out a key as an address spells it', () => {
    assert.equal(redact('https://a/?k=ab%2Fcd%2Bef%3D%3D', 'ab/cd+ef=='), 'https://a/?k=[key]');
  });

  it('leaves a text without the key as it is', () => {
    assert.equal(redact('Your api key: ****cdef is invalid; sk-CAN', key), 'Your api key: ****cdef is invalid; sk-CAN');
    assert.equal(redact('text', undefined), 'text');
  });

  it('does not take a word for a key', () => {
    assert.equal(redact('none of it', 'none'), 'none of it');
    assert.equal(redact('a [key] $& $1', 'secret-with-$&'), 'a [key] $& $1');
  });

  it('keeps what else is known of an error, and drops the causes, which may hold the key too', () => {
    const error = redactError(new CompletionError('bad-key', `Key ${key} is wrong`, { status: 401, retryAfterMs: 5, cause: new Error(key) }), key);
    assert.deepEqual([error.kind, error.message, error.status, error.retryAfterMs, error.cause], ['bad-key', 'Key [key] is wrong', 401, 5, undefined]);
    assert.ok(!JSON.stringify(error, Object.getOwnPropertyNames(error)).includes('CANARY'));
  });
});
