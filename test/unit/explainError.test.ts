import assert from 'node:assert/strict';
import { CompletionError, type CompletionErrorKind } from '../../src/core/completions/completionError.ts';
import { explainError } from '../../src/core/completions/explainError.ts';
import { providers } from '../../src/core/providers/providers.ts';
import type { ProviderSpec } from '../../src/core/providers/spec.ts';
import { fillIn, type LocalText } from '../../src/protocol/localText.ts';
import { readIntent } from '../../src/protocol/readIntent.ts';

/** One of each: the compiler names a kind that is missing. */
const everyKind: { readonly [Kind in CompletionErrorKind]: true } = {
  'no-key': true, 'bad-parameter': true, 'other-origin': true, 'unknown-service': true, 'bad-key': true, forbidden: true, quota: true, 'rate-limit': true, 'context-length': true, 'bad-request': true,
  'unknown-model': true, 'not-found': true, server: true, unreachable: true, certificate: true, timeout: true, redirected: true,
  'not-an-api': true, unreadable: true, 'too-large': true, cut: true, empty: true,
};
const kinds = Object.keys(everyKind) as readonly CompletionErrorKind[];

const bare: ProviderSpec = { id: 'own', label: 'Own', baseUrl: 'http://127.0.0.1:8000/v1', auth: 'none', models: [{ id: 'm' }], parameters: [], dialect: { reasoningReplay: 'never', reasoningField: 'as received', streamUsage: 'ask', continuation: 'instruction', outputLimit: 'max_tokens' } };

function placesOf(text: LocalText): readonly number[] {
  return [...new Set([...text.message.matchAll(/\{(\d+)\}/g)].map((match) => Number(match[1])))].sort((left, right) => left - right);
}

function actionsOf(kind: CompletionErrorKind, provider: ProviderSpec): readonly string[] {
  return explainError(new CompletionError(kind, 'x'), provider, 'm').actions;
}

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
    const going = kinds.filter((kind) => explainError(new CompletionError(kind, 'x'), bare, 'm').actions.includes('continue'));
    assert.deepEqual(going, ['cut']);
  });
});
