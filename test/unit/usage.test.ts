import assert from 'node:assert/strict';
import { readUsage, usageIn } from '../../src/core/completions/usage.ts';

const none = { cachedTokens: undefined, reasoningTokens: undefined };

function counted(prompt: number): object {
  return { prompt_tokens: prompt };
}

describe('usage', () => {
  it('is none where there are no counts of the prompt or the answer', () => {
    for (const value of [null, undefined, 5, 'many', true, [], [{ prompt_tokens: 1 }], {}, { total_tokens: 9 }, { prompt_tokens: '3', completion_tokens: null }, { prompt_tokens: Number.NaN }]) {
      assert.equal(readUsage(value), undefined, JSON.stringify(value));
    }
  });

  it('takes a count that is missing for 0 when the other one is there', () => {
    assert.deepEqual(readUsage({ prompt_tokens: 3 }), { ...none, promptTokens: 3, completionTokens: 0 });
    assert.deepEqual(readUsage({ completion_tokens: 4 }), { ...none, promptTokens: 0, completionTokens: 4 });
    assert.deepEqual(readUsage({ prompt_tokens: 0, completion_tokens: 0 }), { ...none, promptTokens: 0, completionTokens: 0 });
  });

  it('has a total and missed tokens only where the service counted them, be it 0', () => {
    assert.deepEqual(readUsage({ prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 }), { ...none, promptTokens: 3, completionTokens: 4, totalTokens: 7 });
    assert.deepEqual(readUsage({ prompt_tokens: 3, prompt_cache_miss_tokens: 0, total_tokens: null }), { ...none, promptTokens: 3, completionTokens: 0, missedTokens: 0 });
  });

  it('reads cached tokens under each of their names and never adds them up', () => {
    const cases: readonly (readonly [object, number | undefined])[] = [
      [{ prompt_tokens_details: { cached_tokens: 2 } }, 2],
      [{ prompt_cache_hit_tokens: 3 }, 3],
      [{ cached_tokens: 4 }, 4],
      [{ prompt_tokens_details: { cached_tokens: 0 }, prompt_cache_hit_tokens: 3, cached_tokens: 4 }, 0],
      [{ prompt_tokens_details: null, prompt_cache_hit_tokens: 3, cached_tokens: 4 }, 3],
      [{ prompt_tokens_details: {}, cached_tokens: 4 }, 4],
      [{ prompt_tokens_details: 'none' }, undefined],
    ];
    for (const [given, cachedTokens] of cases) assert.equal(readUsage({ prompt_tokens: 9, ...given })?.cachedTokens, cachedTokens, JSON.stringify(given));
  });

  it('reads the tokens of the reasoning', () => {
    assert.equal(readUsage({ completion_tokens: 9, completion_tokens_details: { reasoning_tokens: 5 } })?.reasoningTokens, 5);
    assert.equal(readUsage({ completion_tokens: 9, completion_tokens_details: null })?.reasoningTokens, undefined);
  });

  it('stands in the chunk, its choice or x_groq, and the first that counts wins (C10)', () => {
    assert.equal(usageIn({ usage: counted(1), x_groq: { usage: counted(3) } }, { usage: counted(2) })?.promptTokens, 1);
    assert.equal(usageIn({ usage: null, x_groq: { usage: counted(3) } }, { usage: counted(2) })?.promptTokens, 2);
    assert.equal(usageIn({ usage: {}, x_groq: { usage: counted(3) } }, {})?.promptTokens, 3);
    assert.equal(usageIn({ x_groq: { id: 'x' } }, undefined), undefined);
    assert.equal(usageIn({}, undefined), undefined);
  });
});
