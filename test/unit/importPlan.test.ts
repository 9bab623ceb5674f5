import assert from 'node:assert/strict';
import type { Found } from '../../src/core/import/found.ts';
import { tailOf } from '../../src/core/import/found.ts';
import { planImport, type Present } from '../../src/core/import/plan.ts';
import { buildCatalogue } from '../../src/core/providers/catalogue.ts';
import { fillIn } from '../../src/protocol/localText.ts';

const key = 'sk-CANARY-0123456789abcdef';
const nothing: Found = { services: [], prompts: [], problems: [] };
const own = { id: 'openrouter', baseUrl: 'https://elsewhere.example/v1', models: [{ id: 'm' }] };

function present(changes: Partial<Present> = {}): Present {
  return { providers: buildCatalogue({ endpoints: [own], baseUrls: {} }).providers, hasKey: async () => false, parameters: {}, prompts: new Map(), ...changes };
}

async function plan(found: Partial<Found>, there = present()): Promise<{ readonly steps: readonly unknown[]; readonly told: readonly string[] }> {
  const { steps, problems } = await planImport({ ...nothing, ...found }, there);
  return {
    steps: steps.map((step) => {
      switch (step.kind) {
        case 'service':
          return ['service', step.entry];
        case 'key':
          return ['key', step.provider.id, step.origin, step.key];
        case 'model':
          return ['model', step.provider.id, step.model];
        case 'parameters':
          return ['parameters', step.name, step.values];
        case 'prompt':
          return ['prompt', step.prompt.name];
      }
    }),
    told: problems.map(({ message, args }) => fillIn(message, args)),
  };
}

describe('the plan of what is taken over from another tool', () => {
  it('makes an entry with an id that no service has, and a key for its origin', async () => {
    const { steps } = await plan({ services: [{ baseUrl: 'https://openrouter.ai/api/v1', label: 'OpenRouter', models: [{ id: 'a/b', contextTokens: 1000, defaults: { temperature: 0.2 } }], key: { kind: 'written', key } }], chosen: { baseUrl: 'https://openrouter.ai/api/v1', model: 'a/b' } });
    assert.deepEqual(steps, [
      ['service', { id: 'openrouter-2', label: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1', auth: 'bearer', models: [{ id: 'a/b', contextTokens: 1000, defaults: { temperature: 0.2 } }] }],
      ['key', 'openrouter-2', 'https://openrouter.ai', key],
      ['model', 'openrouter-2', 'a/b'],
    ]);
  });

  it('takes a built-in service for what answers at its origin, its parameters going to their setting', async () => {
    const deepseek = { baseUrl: 'https://api.deepseek.com/v1', label: 'DeepSeek', models: [{ id: 'deepseek-chat', defaults: { temperature: 0.4, nonsense: 1 } }], key: { kind: 'written', key } } as const;
    const { steps, told } = await plan({ services: [deepseek] });
    assert.deepEqual(steps, [['key', 'deepseek', 'https://api.deepseek.com', key], ['parameters', 'deepseek/deepseek-chat', { temperature: 0.4 }]]);
    assert.deepEqual(told, ['DeepSeek is among your services already; its entry stays as it is.']);
  });

  it('gives a built-in service nothing of one that only calls itself so', async () => {
    const { steps } = await plan({ services: [{ baseUrl: 'https://api.deepseek.com.attacker.example', label: 'api.deepseek.com.attacker.example', models: [{ id: 'm' }], key: { kind: 'written', key } }] });
    assert.deepEqual(steps, [
      ['service', { id: 'api-deepseek-com-attacker-example', label: 'api.deepseek.com.attacker.example', baseUrl: 'https://api.deepseek.com.attacker.example', auth: 'bearer', models: [{ id: 'm' }] }],
      ['key', 'api-deepseek-com-attacker-example', 'https://api.deepseek.com.attacker.example', key],
    ]);
  });

  it('leaves what is there: keys, parameters, services and prompts', async () => {
    const found: Partial<Found> = {
      services: [
        { baseUrl: 'https://api.deepseek.com', label: 'DeepSeek', models: [{ id: 'deepseek-chat', defaults: { temperature: 0.4 } }], key: { kind: 'written', key } },
        { baseUrl: 'https://elsewhere.example/v1', label: 'elsewhere.example', models: [{ id: 'n' }], key: undefined },
      ],
      prompts: [{ kind: 'prompt', name: 'same', text: 'As it is.\n' }, { kind: 'prompt', name: 'Other', text: 'Mine.\n' }, { kind: 'prompt', name: 'fix', text: 'A command has this name.\n' }],
    };
    const { steps, told } = await plan(found, present({ hasKey: async ({ id }) => id === 'deepseek', parameters: { 'deepseek/deepseek-chat': { temperature: 1 } }, prompts: new Map([['same', 'As it is.\n'], ['other', 'Theirs.\n']]) }));
    assert.deepEqual(steps, [['prompt', 'Other-2'], ['prompt', 'fix-2']]);
    assert.deepEqual(told, [
      'DeepSeek is among your services already; its entry stays as it is.',
      'openrouter is among your services already; its entry stays as it is.',
      'There is a key for DeepSeek already; it stays.',
      'There are parameters for deepseek/deepseek-chat already; they stay.',
      'The prompt /same is there already.',
    ]);
  });

  it('takes the name of a variable, not what is in it', async () => {
    const { steps, told } = await plan({ services: [{ baseUrl: 'https://api.x.ai/v1', label: 'xAI', models: [{ id: 'grok' }], key: { kind: 'variable', name: 'XAI_API_KEY' } }] });
    assert.deepEqual(steps, [['service', { id: 'xai', label: 'xAI', baseUrl: 'https://api.x.ai/v1', auth: 'bearer', keyVariable: 'XAI_API_KEY', models: [{ id: 'grok' }] }]]);
    assert.deepEqual(told, ['The key of xAI is in the variable XAI_API_KEY; Rivulet offers to use it where you choose a model.']);
  });

  it('takes a server of this machine without a key for one that needs none', async () => {
    const { steps } = await plan({ services: [{ baseUrl: 'http://localhost:11434/v1', label: 'localhost:11434', models: [{ id: 'm' }], key: undefined }] });
    assert.deepEqual(steps, [['service', { id: 'localhost-11434', label: 'localhost:11434', baseUrl: 'http://localhost:11434/v1', auth: 'none', models: [{ id: 'm' }] }]]);
  });

  it('shows no more of a key than its owner needs', () => {
    assert.equal(tailOf(key), '…cdef');
    assert.equal(tailOf('short-key'), '…');
  });
});
