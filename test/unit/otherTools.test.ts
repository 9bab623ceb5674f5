import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import * as fc from 'fast-check';
import { readClineProviders, readClineState } from '../../src/core/import/cline.ts';
import { readContinueJson, readContinueYaml } from '../../src/core/import/continueDev.ts';
import { originOf } from '../../src/core/completions/endpoint.ts';
import { promptName } from '../../src/core/context/ownPrompts.ts';
import { isSameAddress, serviceAddress, type Found } from '../../src/core/import/found.ts';
import { mergeFound, readChosenFile } from '../../src/core/import/merge.ts';
import { readPromptFile } from '../../src/core/import/promptFile.ts';
import { readRooCode } from '../../src/core/import/rooCode.ts';
import { fillIn } from '../../src/protocol/localText.ts';

function sample(name: string): string {
  return readFileSync(new URL(`../fixtures/otherTools/${name}`, import.meta.url), 'utf8');
}

function told({ problems }: Found): readonly string[] {
  return problems.map(({ message, args }) => fillIn(message, args));
}

function services({ services: all }: Found): readonly unknown[] {
  return all.map(({ label, baseUrl, models, key }) => [label, baseUrl, models.map(({ id }) => id), key]);
}

function counts(name: string, file: string): readonly number[] {
  const { services: all, prompts } = readChosenFile(name, sample(file));
  return [all.length, prompts.length];
}

function yaml(models: string): Found {
  return readContinueYaml(`models:\n${models}`);
}

describe('what is read of Continue', () => {
  it('is its config.yaml: one service for each address, with the models that chat', () => {
    const found = readContinueYaml(sample('continue-config.yaml'));
    assert.deepEqual(services(found), [
      ['DeepSeek', 'https://api.deepseek.com', ['deepseek-reasoner'], { kind: 'written', key: 'sk-CANARY-continue-deepseek-0001' }],
      ['OpenRouter', 'https://openrouter.ai/api/v1', ['anthropic/claude-sonnet-4.5'], { kind: 'variable', name: 'OPENROUTER_API_KEY' }],
      ['127.0.0.1:9797', 'http://127.0.0.1:9797/v1', ['qwen3-coder'], undefined],
      ['localhost:11434', 'http://localhost:11434/v1', ['llama3.1:8b'], undefined],
    ]);
    assert.deepEqual(found.services.map(({ models }) => models[0]), [
      { id: 'deepseek-reasoner', defaults: { temperature: 0.3, max_tokens: 8000 } },
      { id: 'anthropic/claude-sonnet-4.5', contextTokens: 200_000, tools: true, defaults: { top_p: 0.9, stop: ['</done>'] } },
      { id: 'qwen3-coder' },
      { id: 'llama3.1:8b' },
    ]);
    assert.deepEqual(told(found), [
      'The headers that Continue sends to openai are not taken over.',
      'anthropic is reached in a way that Rivulet does not know.',
      'continuedev/hub-model is kept by the hub of Continue and not in the file.',
    ]);
  });

  it('are its prompts and rules, with the place for the words as Rivulet has it', () => {
    assert.deepEqual(readContinueYaml(sample('continue-config.yaml')).prompts, [
      { kind: 'prompt', name: 'check-sql', text: '# Look for slow queries\n\nLook for queries without an index in $ARGUMENTS.\n' },
      { kind: 'rule', name: 'continue-rule', text: 'Answer in short sentences.\n' },
      { kind: 'rule', name: 'house-style', text: 'Use tabs.\n' },
    ]);
  });

  it('is the config.json of before, comments and all', () => {
    const found = readContinueJson(sample('continue-config.json'));
    assert.deepEqual(services(found), [
      ['OpenAI', 'https://api.openai.com/v1', ['gpt-5-mini'], { kind: 'written', key: 'sk-CANARY-openai-legacy-0002' }],
      ['Groq', 'https://api.groq.com/openai/v1', ['llama-3.3-70b'], { kind: 'written', key: 'gsk_CANARY_groq_legacy_0003' }],
    ]);
    assert.deepEqual(found.services[1]?.models[0]?.defaults, { temperature: 0.1, max_tokens: 4000 });
    assert.deepEqual(found.prompts.map(({ kind, name }) => [kind, name]), [['prompt', 'test'], ['rule', 'continue-rule']]);
  });

  it('are files of prompts with settings in front, in Markdown and of its own kind', () => {
    assert.deepEqual(readPromptFile('explain.md', '---\nname: Explain it\ndescription: What it does\ninvokable: true\n---\n\nExplain {{ input }}.\n', 'rule'), { kind: 'prompt', name: 'explain-it', text: '# What it does\n\nExplain $ARGUMENTS.\n' });
    assert.deepEqual(readPromptFile('review.prompt', 'temperature: 0.1\nname: Review\n---\n<system>\nBe strict.\n</system>\nReview this.\n', 'prompt')?.text, 'Be strict.\n\nReview this.\n');
    assert.equal(readPromptFile('plain.md', 'Above a rule.\n\n---\n\nBelow it.\n', 'prompt')?.text, 'Above a rule.\n\n---\n\nBelow it.\n');
    assert.equal(readPromptFile('empty.md', '---\nname: x\n---\n \n', 'prompt'), undefined);
  });
});

describe('what is read of Roo Code and Cline', () => {
  it('is the export of Roo Code: its profiles, the one in use, and instructions', () => {
    const found = readRooCode(sample('roo-code-settings.json'));
    assert.deepEqual(services(found), [
      ['OpenRouter', 'https://openrouter.ai/api/v1', ['deepseek/deepseek-r1'], { kind: 'written', key: 'sk-or-CANARY-roo-0004' }],
      ['models.shop.example', 'https://models.shop.example/v1', ['shop-coder'], { kind: 'written', key: 'CANARY-shop-gateway-0005' }],
      ['DeepSeek', 'https://api.deepseek.com/v1', ['deepseek-chat'], { kind: 'written', key: 'sk-CANARY-roo-deepseek-0006' }],
    ]);
    assert.deepEqual(found.chosen, { baseUrl: 'https://models.shop.example/v1', model: 'shop-coder' });
    assert.equal(found.services[1]?.models[0]?.contextTokens, 64_000);
    assert.deepEqual(found.services[0]?.models[0]?.defaults, { temperature: 0.6 });
    assert.deepEqual(found.prompts, [{ kind: 'rule', name: 'roo-instructions', text: 'Prefer small functions.\n' }]);
    assert.deepEqual(told(found), ['anthropic is reached in a way that Rivulet does not know.']);
  });

  it('is the state of Cline with its keys beside it, and the file of its newer versions', () => {
    const state = readClineState(sample('cline-globalState.json'), sample('cline-secrets.json'));
    const providers = readClineProviders(sample('cline-providers.json'));
    assert.deepEqual(services(mergeFound([providers, state])), [
      ['kimi.shop.example', 'https://kimi.shop.example/v1', ['kimi-k2'], { kind: 'written', key: 'CANARY-providers-0009' }],
      ['glm.shop.example', 'https://glm.shop.example/api/paas/v4', ['glm-4.6'], { kind: 'written', key: 'CANARY-glm-0007-abcdef' }],
      ['DeepSeek', 'https://api.deepseek.com', ['deepseek-reasoner'], { kind: 'written', key: 'sk-CANARY-cline-deepseek-0008' }],
    ]);
    assert.deepEqual(mergeFound([providers, state]).chosen, { baseUrl: 'https://kimi.shop.example/v1', model: 'kimi-k2' });
  });

  it('is known by what stands in a file, whatever it is called', () => {
    assert.deepEqual(counts('export.json', 'roo-code-settings.json'), [3, 1]);
    assert.deepEqual(counts('a.json', 'cline-providers.json'), [1, 0]);
    assert.deepEqual(counts('b.json', 'cline-globalState.json'), [2, 0]);
    assert.deepEqual(counts('c.json', 'continue-config.json'), [2, 2]);
    assert.deepEqual(counts('d.yml', 'continue-config.yaml'), [4, 3]);
    assert.deepEqual(readChosenFile('Über alles.md', 'Do it.').prompts.map(({ name }) => name), ['über-alles']);
  });
});

describe('files of other tools that mean harm', () => {
  it('cannot call an address by the name of a service that answers elsewhere', () => {
    const found = yaml('  - {name: DeepSeek, provider: deepseek, model: deepseek-chat, apiBase: "https://deepseek.attacker.example/v1", apiKey: sk-x}\n');
    assert.deepEqual(services(found), [['deepseek.attacker.example', 'https://deepseek.attacker.example/v1', ['deepseek-chat'], { kind: 'written', key: 'sk-x' }]]);
  });

  it('cannot name an address that is not plain http or https', () => {
    for (const address of ['file:///etc/passwd', 'javascript:alert(1)', 'https://user:password@host.example/', 'https://host.example/?key=1', 'ftp://host.example', 'https://', ' ']) {
      const found = yaml(`  - {provider: openai, model: m, apiBase: ${JSON.stringify(address)}}\n`);
      assert.deepEqual(found.services, [], address);
      assert.equal(found.problems.length, 1, address);
    }
  });

  it('cannot hide what a model or a prompt is called', () => {
    assert.deepEqual(yaml('  - {provider: openai, model: "gpt\\u202Eevil"}\n').services, []);
    const found = readContinueYaml('prompts:\n  - {name: "../../evil", prompt: "do\\u200B it"}\n  - {name: "\\u202E", prompt: x}\n');
    assert.deepEqual(found.prompts.map(({ name, text }) => [name, text]), [['evil', 'do\\u{200B} it\n'], ['u-202e', 'x\n']]);
  });

  it('cannot make what a reference stands for be looked up', () => {
    const before = process.env['RIVULET_TEST_SECRET'];
    process.env['RIVULET_TEST_SECRET'] = 'CANARY-of-the-environment';
    try {
      for (const [text, name] of [['${{ secrets.RIVULET_TEST_SECRET }}', 'RIVULET_TEST_SECRET'], ['${env:RIVULET_TEST_SECRET}', 'RIVULET_TEST_SECRET'], ['${{ secrets.a/b/c }}', undefined], ['${x}${y}', undefined]] as const) {
        const found = yaml(`  - {provider: openai, model: m, apiKey: ${JSON.stringify(text)}}\n`);
        assert.deepEqual(found.services[0]?.key, name === undefined ? undefined : { kind: 'variable', name }, text);
        assert.ok(!JSON.stringify(found).includes('CANARY'));
      }
    } finally {
      if (before === undefined) delete process.env['RIVULET_TEST_SECRET'];
      else process.env['RIVULET_TEST_SECRET'] = before;
    }
  });

  it('cannot fill the list, nest without end, or grow by references to themselves', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `  - {provider: openai, model: m${index}}\n`).join('');
    assert.equal(yaml(many).services[0]?.models.length, 200);
    const laughs = ['a: &a [x,x,x,x,x,x,x,x,x]', ...Array.from('bcdefghi', (name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghi'[index]}`).join(',')}]`), 'models: *i'].join('\n');
    for (const text of ['['.repeat(100_000), laughs, `models: ${'{a: '.repeat(200)}1${'}'.repeat(200)}`, 'x'.repeat(2_000_000), '!!js/function "x"']) {
      const found = readContinueYaml(text);
      assert.deepEqual([found.services, found.prompts], [[], []]);
    }
  });

  it('are given whole to no expression that could begin anew at each of their characters', async () => {
    const [looked] = (await once(new Worker(new URL('support/watchedReading.ts', import.meta.url)), 'message')) as [readonly (readonly [string, number])[]];
    assert.deepEqual(looked.filter(([, length]) => length > 100), []);
    assert.ok(looked.some(([source]) => source === 'watched'));
  });

  it('may have comments on lines of their own, and slashes at the end of an address', () => {
    const found = readContinueJson(' \n\t// One.\r\n{ "models":\n//\n[{"provider": "openai", "model": "m", "apiBase": "https://host.example/v1///"},\r\n  // Two.\n{"provider": "openai", "model": "n", "apiBase": "https://host.example/v1/chat/completions/chat/completions/"}]}');
    assert.deepEqual(services(found), [['host.example', 'https://host.example/v1', ['m', 'n'], undefined]]);
    assert.equal(serviceAddress('https://host.example/'), 'https://host.example');
    assert.equal(isSameAddress('https://host.example/v1//', 'https://host.example/v1'), true);
  });

  it('never make a reader throw, and what is read can always be shown and written', () => {
    const values = fc.oneof(fc.constantFrom('openai', 'deepseek', '__proto__', 'constructor', 'toString', 'https://host.example/v1', 'http://[', '${{ secrets.A }}', 'sk-abc', '\u0000', '\ud800'), fc.string(), fc.jsonValue());
    const names = fc.constantFrom('models', 'prompts', 'rules', 'provider', 'model', 'apiBase', 'apiKey', 'name', 'prompt', 'uses', 'roles', 'defaultCompletionOptions', 'temperature', 'stop', 'requestOptions', 'headers', 'providerProfiles', 'apiConfigs', 'currentApiConfigName', 'apiProvider', 'openAiBaseUrl', 'openAiApiKey', 'openAiModelId', 'apiModelId', 'globalSettings', 'customInstructions', 'providers', 'settings', 'lastUsedProvider', 'actModeApiProvider', 'actModeOpenAiModelId', 'customCommands', 'systemMessage', '__proto__');
    const { tree } = fc.letrec((tie) => ({ tree: fc.oneof({ maxDepth: 5 }, values, fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(names, tie('tree'), { maxKeys: 5 })) }));
    const texts = fc.oneof(fc.string({ size: 'large' }), fc.string({ unit: 'binary' }), tree.map((value) => JSON.stringify(value) ?? ''));
    fc.assert(
      fc.property(texts, texts, (text, other) => {
        for (const found of [readContinueYaml(text), readContinueJson(text), readRooCode(text), readClineProviders(text), readClineState(text, other), readClineState(other, undefined), readChosenFile('x.json', text), readChosenFile('x.md', text), readChosenFile('x.prompt', text)]) {
          for (const { baseUrl, models } of found.services) {
            assert.ok(originOf(baseUrl) !== undefined);
            assert.ok(models.length > 0);
          }
          for (const { name, text: body } of found.prompts) {
            assert.ok(promptName(`${name}.md`) !== undefined, name);
            assert.ok(body.isWellFormed());
          }
          for (const { message, args } of found.problems) fillIn(message, args);
        }
      }),
      { numRuns: 400 },
    );
  });
});
