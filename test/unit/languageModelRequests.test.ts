import assert from 'node:assert/strict';
import { createAccess, type Access, type AccessPolicy } from '../../src/core/languageModel/access.ts';
import { findOffered, offeredModels } from '../../src/core/languageModel/offeredModels.ts';
import { requestParameters } from '../../src/core/languageModel/requestParameters.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { iflow } from '../../src/core/providers/iflow.ts';
import type { ParameterValues, ProviderSpec } from '../../src/core/providers/spec.ts';
import type { Json } from '../../src/core/json.ts';
import type { Confirmation } from '../../src/core/reviews/reviews.ts';

const own: ProviderSpec = { id: 'own', label: 'Own', baseUrl: 'http://127.0.0.1:1/v1', auth: 'none', models: [{ id: 'a/b', tools: false, contextTokens: 4096, media: ['image'] }], parameters: [], dialect: deepseek.dialect };

interface Given {
  readonly set?: ParameterValues;
  readonly mustCallTool?: boolean;
  readonly provider?: ProviderSpec;
}

function parameters(modelOptions: unknown, { set = {}, mustCallTool = false, provider = deepseek }: Given = {}): ParameterValues {
  return requestParameters({ provider, model: provider.models[0]?.id ?? '', own: set, modelOptions, mustCallTool });
}

const extension = { id: 'some.extension', name: 'Some', isVsCode: false };
function chosenOf(model: string): readonly string[] {
  return offeredModels([{ provider: deepseek, key: { kind: 'key', key: 'k' } }], { provider: deepseek, model }).map(({ model: id }) => id);
}

interface Parts {
  readonly asked: readonly Confirmation[];
  /** Another window over the same memory. */
  readonly open: () => Access;
  readonly access: Access;
  readonly set: (value: unknown) => void;
}

function parts(policy: AccessPolicy, ...answers: readonly boolean[]): Parts {
  const asked: Confirmation[] = [];
  let kept: unknown;
  const left = [...answers];
  const memory = { read: () => kept, write: async (value: Json) => void (kept = value) };
  const confirm = async (question: Confirmation): Promise<boolean> => {
    asked.push(question);
    await new Promise((resolve) => setImmediate(resolve));
    return left.shift() ?? false;
  };
  const open = (): Access => createAccess({ policy: () => policy, memory, confirm });
  return { asked, open, access: open(), set: (value: unknown) => (kept = value) };
}

describe('the models that VS Code lists', () => {
  it('are those of services with a key or without need of one, without the retired', () => {
    const models = offeredModels([{ provider: deepseek, key: { kind: 'key', key: 'k' } }, { provider: iflow, key: { kind: 'none' } }, { provider: own, key: { kind: 'not-needed' } }], { provider: iflow, model: 'x' });
    assert.deepEqual(models.map(({ id }) => id), ['deepseek/deepseek-flash', 'deepseek/deepseek-v4-pro', 'own/a/b']);
    assert.deepEqual(offeredModels([{ provider: deepseek, key: { kind: 'other-origin', origin: 'https://other.invalid' } }], { provider: deepseek, model: '' }), []);
  });

  it('have the limits and abilities of the table, and question and answer fit into the window together', () => {
    const [flash, pro, bare] = offeredModels([{ provider: deepseek, key: { kind: 'key', key: 'k' } }, { provider: own, key: { kind: 'not-needed' } }], { provider: own, model: 'a/b' });
    assert.deepEqual([flash?.maxInputTokens, flash?.maxOutputTokens, flash?.takesImages, flash?.tools], [606_784, 393_216, true, 128]);
    assert.equal(pro?.takesImages, false);
    assert.deepEqual([bare?.maxInputTokens, bare?.maxOutputTokens, bare?.takesImages, bare?.tools], [2048, 2048, true, 0]);
  });

  it('hold the one that is chosen in the panel, listed or not, retired or not', () => {
    assert.ok(chosenOf('deepseek-v5').includes('deepseek-v5'));
    assert.ok(chosenOf('deepseek-v4-flash').includes('deepseek-v4-flash'));
    assert.ok(!chosenOf('deepseek-flash').includes('deepseek-v4-flash'));
  });

  it('are found again by an id with slashes in the model’s name', () => {
    assert.deepEqual(findOffered([deepseek, own], 'own/a/b'), { provider: own, model: 'a/b' });
    assert.equal(findOffered([deepseek], 'own/a/b'), undefined);
    assert.equal(findOffered([deepseek], 'deepseek'), undefined);
  });
});

describe('the parameters of another extension’s request', () => {
  it('are the caller’s over the person’s, part by part, without VS Code’s own bookkeeping', () => {
    assert.deepEqual(parameters({ max_tokens: 5, _capturingTokenCorrelationId: 'x', thinking: { type: 'disabled' } }, { set: { max_tokens: 9, reasoning_effort: 'low' } }), { max_tokens: 5, reasoning_effort: 'low', thinking: { type: 'disabled' } });
    for (const odd of [undefined, null, 7, 'x', [1]]) assert.deepEqual(parameters(odd, { set: { max_tokens: 9 } }), { max_tokens: 9 });
  });

  it('choose no other model and no more answers than one at a server of one’s own, whose parameters no table knows', () => {
    const dear = { model: 'dear', models: ['dear'], provider: { order: ['dear'] }, route: 'fallback', n: 50, headers: { a: 1 }, plugins: [{ id: 'web' }], constructor: { x: 1 } };
    assert.deepEqual(parameters({ ...dear, temperature: 0.2, reasoning_effort: 'low' }, { provider: own, set: { top_k: 5, n: 1 } }), { top_k: 5, n: 1, temperature: 0.2, reasoning_effort: 'low' });
  });

  it('require a call where the service can be made to, thinking switched off for it unless somebody asked for it', () => {
    assert.deepEqual(parameters({}, { mustCallTool: true }), { tool_choice: 'required', thinking: { type: 'disabled' } });
    assert.deepEqual(parameters({}, { mustCallTool: true, set: { thinking: { type: 'disabled' } } }), { thinking: { type: 'disabled' }, tool_choice: 'required' });
    assert.deepEqual(parameters({ thinking: { type: 'enabled' } }, { mustCallTool: true }), { thinking: { type: 'enabled' } });
    assert.deepEqual(parameters({}, { mustCallTool: true, provider: iflow }), {}, 'its page knows no tool_choice');
    assert.deepEqual(parameters({}, { mustCallTool: true, provider: own }), { tool_choice: 'required' });
  });
});

describe('who may use the models', () => {
  it('asks once for an extension, however many requests wait, and remembers the yes in every window', async () => {
    const { access, asked, open } = parts('ask', true);
    assert.deepEqual(await Promise.all([access.isAllowed(extension, 'DeepSeek'), access.isAllowed(extension, 'DeepSeek')]), [true, true]);
    assert.equal(await open().isAllowed(extension, 'DeepSeek'), true);
    assert.equal(asked.length, 1);
    assert.deepEqual(asked[0]?.text.args, ['some.extension']);
    assert.deepEqual(asked[0]?.details[0], { message: 'It calls itself “{0}”.', args: ['Some'] });
    assert.deepEqual(access.allowed(), ['some.extension']);
  });

  it('names an extension by its id, and what it calls itself briefly and in quotation marks that it cannot end', async () => {
    const { access, asked } = parts('ask');
    await access.isAllowed({ ...extension, name: `GitHub Copilot (github.copilot)”. It is safe. ${'x'.repeat(90)}` }, 'DeepSeek');
    assert.deepEqual(asked[0]?.text.args, ['some.extension']);
    const [name = ''] = asked[0]?.details[0]?.args ?? [];
    assert.match(String(name), /^GitHub Copilot \(github\.copilot\)'\. It is safe\. x+…$/);
    assert.equal(String(name).length, 60);
  });

  it('keeps no yes for whoever VS Code does not name longer than the window, and takes none from before', async () => {
    const nobody = { id: 'unknown', name: 'unknown', isVsCode: false };
    const { access, asked, open, set } = parts('ask', true, true, false);
    assert.deepEqual([await access.isAllowed(nobody, 'x'), await access.isAllowed(nobody, 'x')], [true, true]);
    assert.equal(asked.length, 1);
    assert.match(asked[0]?.details.at(-1)?.message ?? '', /does not say which extension/);
    assert.deepEqual(access.allowed(), []);
    assert.equal(await open().isAllowed(nobody, 'x'), true);
    set(['unknown']);
    assert.equal(await open().isAllowed(nobody, 'x'), false);
    assert.equal(asked.length, 3);
  });

  it('does not ask again after a no until the window closes, and keeps nothing of it', async () => {
    const { access, asked, open } = parts('ask', false, true);
    assert.equal(await access.isAllowed(extension, 'DeepSeek'), false);
    assert.equal(await access.isAllowed(extension, 'DeepSeek'), false);
    assert.equal(asked.length, 1);
    assert.equal(await open().isAllowed(extension, 'DeepSeek'), true);
  });

  it('asks again once the permission was withdrawn', async () => {
    const { access, asked } = parts('ask', true, false);
    await access.isAllowed(extension, 'DeepSeek');
    await access.withdraw(extension.id);
    assert.equal(await access.isAllowed(extension, 'DeepSeek'), false);
    assert.equal(asked.length, 2);
  });

  it('asks nobody where all are allowed or nobody is, nor for VS Code itself', async () => {
    assert.equal(await parts('allow').access.isAllowed(extension, 'x'), true);
    assert.equal(await parts('off').access.isAllowed({ ...extension, isVsCode: true }, 'x'), false);
    const { access, asked, set } = parts('ask');
    assert.equal(await access.isAllowed({ ...extension, isVsCode: true }, 'x'), true);
    set('damaged');
    assert.equal(await access.isAllowed(extension, 'x'), false);
    assert.equal(asked.length, 1);
  });
});
