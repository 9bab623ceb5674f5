import assert from 'node:assert/strict';
import { CompletionError, type CompletionErrorKind, type ErrorFacts } from '../../src/core/completions/completionError.ts';
import { explainError, type Explanation } from '../../src/core/completions/explainError.ts';
import { providers } from '../../src/core/providers/providers.ts';
import type { ProviderSpec } from '../../src/core/providers/spec.ts';
import { fillIn, type LocalText } from '../../src/protocol/localText.ts';
import { readIntent } from '../../src/protocol/readIntent.ts';

/** One of each: the compiler names a kind that is missing. */
const everyKind: { readonly [Kind in CompletionErrorKind]: true } = {
  'no-key': true, 'other-origin': true, 'unknown-service': true, 'unusable-key': true, 'bad-key': true, 'expired-key': true, 'blocked-key': true, forbidden: true, 'content-blocked': true,
  quota: true, 'rate-limit': true, 'context-length': true, 'bad-request': true, 'bad-parameter': true, 'parameter-refused': true, 'media-refused': true, 'tools-refused': true,
  'call-failed': true, 'thinking-history': true, 'unknown-model': true, 'reserved-model': true, 'responses-only': true, 'not-found': true, server: true, loading: true,
  unreachable: true, 'cross-origin': true, 'no-such-host': true, refused: true, reset: true, proxy: true, 'not-https': true, certificate: true, 'certificate-expired': true, 'certificate-untrusted': true,
  'certificate-name': true, timeout: true, 'gateway-timeout': true, redirected: true, 'not-an-api': true, unreadable: true, 'too-large': true, cut: true, empty: true,
};
const kinds = Object.keys(everyKind) as readonly CompletionErrorKind[];

const bare: ProviderSpec = { id: 'own', label: 'Own', baseUrl: 'http://127.0.0.1:8000/v1', auth: 'none', models: [{ id: 'm' }], parameters: [], dialect: { reasoningReplay: 'never', reasoningField: 'as received', streamUsage: 'ask', continuation: 'instruction', outputLimit: 'max_tokens' } };
/** No button is left out for want of a place to lead to. */
const paid: ProviderSpec = { ...bare, auth: 'bearer', keyUrl: 'https://a.example/', topUpUrl: 'https://b.example/', statusUrl: 'https://c.example/' };

function placesOf(text: LocalText): readonly number[] {
  return [...new Set([...text.message.matchAll(/\{(\d+)\}/g)].map((match) => Number(match[1])))].sort((left, right) => left - right);
}

function actionsOf(kind: CompletionErrorKind, provider: ProviderSpec): readonly string[] {
  return explainError(new CompletionError(kind, 'x'), provider, 'm').actions;
}

const goesOn = (facts: ErrorFacts, turn?: { readonly kept: boolean }): readonly string[] =>
  kinds.filter((kind) => explainError(new CompletionError(kind, 'x', { facts }), paid, 'm', turn).actions[0] === 'continue');

/** What passes by itself or has nothing to do with what was asked: the same answer can be gone on with. */
const goingOn: readonly CompletionErrorKind[] = [
  'no-key', 'rate-limit', 'call-failed', 'server', 'loading', 'unreachable', 'cross-origin', 'no-such-host', 'refused', 'reset', 'proxy', 'not-https', 'certificate', 'certificate-expired', 'certificate-untrusted',
  'certificate-name', 'timeout', 'gateway-timeout', 'not-an-api', 'unreadable', 'too-large', 'cut', 'empty',
];

const explain = (clock: 'silence' | 'waiting', kept: boolean): Explanation =>
  explainError(new CompletionError('timeout', 'x', { facts: { kept, timeout: { clock, seconds: 120, phase: 'answer' } } }), bare, 'm');

describe('explainError', () => {
  for (const kind of kinds) {
    it(`has a sentence, advice and buttons for ${kind}`, () => {
      for (const provider of [...providers, bare]) {
        const { title, advice, actions } = explainError(new CompletionError(kind, 'x'), provider, 'the-model');
        for (const text of [title, advice]) {
          assert.deepEqual(placesOf(text), [...text.args.keys()], 'each argument has its place and each place its argument');
          assert.match(fillIn(text.message, text.args), /^\S.*\.$/);
        }
        assert.ok(title.args.includes(provider.label) || title.args.includes('the-model'), 'the title names the service or the model');
        assert.ok(actions.length > 0, 'there is a button');
        assert.equal(new Set(actions).size, actions.length);
        for (const action of actions) assert.ok(!('refused' in readIntent({ type: 'act', action, turnId: 't' })), action);
      }
    });
  }

  it('says another thing for each kind', () => {
    const titles = kinds.map((kind) => explainError(new CompletionError(kind, 'x'), bare, 'm').title.message);
    assert.equal(new Set(titles).size, kinds.length);
  });

  it('leaves out a button that leads nowhere', () => {
    assert.deepEqual(actionsOf('bad-key', bare), ['retry']);
    assert.deepEqual(actionsOf('quota', bare), ['retry', 'choose-model']);
    assert.deepEqual(actionsOf('server', bare), ['retry', 'choose-model']);
    const [deepseek] = providers;
    assert.ok(deepseek !== undefined);
    assert.deepEqual(actionsOf('bad-key', deepseek), ['set-key', 'retry', 'open-key-page']);
    assert.deepEqual(actionsOf('quota', deepseek), ['top-up', 'retry', 'choose-model']);
    assert.deepEqual(actionsOf('server', deepseek), ['retry', 'status-page', 'choose-model']);
  });

  it('offers to go on only where a part of the answer is kept', () => {
    assert.deepEqual(goesOn({ kept: true }), goingOn);
    assert.deepEqual(goesOn({ kept: false }), []);
    assert.deepEqual(goesOn({}), ['cut'], 'only what has begun can be cut');
  });

  it('offers to go on where the turn has text of an earlier attempt, of which the error knows nothing', () => {
    assert.deepEqual(goesOn({ kept: false }, { kept: true }), goingOn);
    assert.deepEqual(goesOn({}, { kept: true }), goingOn);
    assert.deepEqual(goesOn({ kept: true }, { kept: false }), goingOn, 'what came in this attempt is kept whatever came before it');
    for (const kind of ['bad-key', 'expired-key', 'quota', 'unknown-model', 'not-found', 'parameter-refused'] as const) {
      const { actions } = explainError(new CompletionError(kind, 'x'), bare, 'm', { kept: true });
      assert.ok(actions.includes('continue') && actions.indexOf('continue') < actions.indexOf('retry'), `${kind}: what has to be done first, then going on, then asking anew`);
    }
  });

  it('says of no turn that has text that nothing had come of it', () => {
    const denials = /had come|before an answer|did not begin|question is sent/;
    const denying = (kept: boolean): readonly CompletionErrorKind[] =>
      kinds.filter((kind) => {
        const timeout = { clock: 'waiting', seconds: 120, phase: 'answer' } as const;
        const { title, advice } = explainError(new CompletionError(kind, 'x', { facts: { kept: false, timeout } }), bare, 'm', { kept });
        return denials.test(`${title.message} ${advice.message}`);
      });
    assert.deepEqual(denying(false), ['no-key', 'reset', 'timeout', 'cut']);
    assert.deepEqual(denying(true), []);
  });

  it('says which clock ran out, after how long, and which setting that is', () => {
    for (const kept of [true, false]) {
      const silence = explain('silence', kept);
      assert.equal(fillIn(silence.title.message, silence.title.args), 'Nothing at all came from Own for 120 seconds.');
      assert.match(silence.advice.message, /rivulet\.timeouts\.silence/);
      const waiting = explain('waiting', kept);
      assert.equal(fillIn(waiting.title.message, waiting.title.args), `Own kept the connection alive but did not ${kept ? 'go on with its answer' : 'begin to answer'} for 120 seconds.`);
      assert.match(waiting.advice.message, /rivulet\.timeouts\.waiting/);
    }
  });

  const particulars: readonly (readonly [string, CompletionError, string])[] = [
    ['the models that the service has', new CompletionError('unknown-model', 'x', { facts: { offered: ['a', 'b'] } }), 'It offers a, b. Choose one of them, then try again.'],
    ['the tokens that fit', new CompletionError('context-length', 'x', { facts: { context: { limit: 512, asked: undefined } } }), 'It takes 512 tokens. Start a new chat, or choose a model that takes more.'],
    ['the tokens that fit and those asked for', new CompletionError('context-length', 'x', { facts: { context: { limit: 512, asked: 2009 } } }), 'It takes 512 tokens, and the request has 2009. Start a new chat, or choose a model that takes more.'],
    ['the parameter that was refused', new CompletionError('parameter-refused', 'x', { facts: { parameter: 'top_k' } }), 'It objects to top_k. Change or reset it in the model settings, then try again.'],
    ['a short wait in seconds', new CompletionError('rate-limit', 'x', { retryAfterMs: 90_400 }), 'It asks you to wait 91 seconds, then try again.'],
    ['a long wait in minutes', new CompletionError('server', 'x', { retryAfterMs: 3_600_000 }), 'It asks you to wait 60 minutes, then try again.'],
    ['that a 403 for the balance may be a limit', new CompletionError('quota', 'x', { status: 403 }), 'Top up your account there. If it has money left, the service may be limiting how fast you ask: wait a minute, then try again.'],
    ['that nothing of a cut answer is there', new CompletionError('cut', 'x', { facts: { kept: false } }), 'Nothing of the answer had come yet. Try again.'],
  ];
  for (const [what, error, sentence] of particulars) {
    it(`tells ${what}`, () => {
      const { advice } = explainError(error, bare, 'm');
      assert.equal(fillIn(advice.message, advice.args), sentence);
    });
  }
});
