import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTools } from '../../src/host/import/otherTools.ts';
import { rooExports } from '../../src/host/import/rooExports.ts';
import { answers, called, folder, handlers, reset, secrets, settings, Uri, workspace, workspaceSettings } from './fakeVscode.ts';
import { activated } from './fakes.ts';

const samples = fileURLToPath(new URL('../fixtures/otherTools', import.meta.url));
const home = join(folder, 'another-home');
const place = join(folder, 'taken-prompts');

interface Line {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly picked?: boolean;
}

async function put(name: string, path: string): Promise<void> {
  await mkdir(join(home, path, '..'), { recursive: true });
  await cp(join(samples, name), join(home, path));
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
}

const found = async (): Promise<readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[]> =>
  (await findTools({ home: Uri.file(home) as never, storage: Uri.file(`${folder}/rivulet-global`) as never })).map(({ label, found: { services, prompts, problems } }) => [label, services.map((each) => each.baseUrl), prompts.map(({ kind, name }) => `${kind} ${name}`), problems.map(({ message }) => message)] as const);

/** Whether something is found when the setting of Roo Code names this. */
async function uses(path: unknown): Promise<boolean> {
  settings.set('roo-cline.autoImportSettingsPath', path);
  return (await found()).length > 0;
}

/** Chooses a file, and ticks of what is in it the lines that begin so. */
async function take(file: string, ticks: (line: Line) => boolean): Promise<readonly Line[]> {
  answers.set('showQuickPick', [(line: Line) => line.label.endsWith('Choose a File…'), ticks]);
  answers.set('showOpenDialog', [[Uri.file(resolve(samples, file))]]);
  await handlers.get('rivulet.importSettings')?.();
  return (called('showQuickPick')[1]?.[0] ?? []) as readonly Line[];
}

const isPrompt = ({ label }: Line): boolean => label.startsWith('$(comment)');
const said = (): readonly unknown[] => called('showInformationMessage').map(([words]) => words);

describe('settings of other tools', () => {
  beforeEach(async () => {
    reset();
    for (const each of [home, place, join(folder, 'rooveterinaryinc.roo-cline'), join(folder, '.roo')]) await rm(each, { recursive: true, force: true, maxRetries: 5 });
    settings.set('rivulet.promptsFolder', place);
  });

  it('are found where each tool keeps them', async () => {
    await put('continue-config.yaml', '.continue/config.yaml');
    await put('continue-config.json', '.continue/config.json');
    await write(join(home, '.continue/prompts/names.prompt'), 'name: Names\n---\nFind better names.\n');
    await write(join(home, '.continue/rules/style.md'), 'Use tabs.');
    await put('roo-code-settings.json', 'Documents/roo-code-settings.json');
    await write(join(home, '.roo/commands/deploy.md'), '---\ndescription: Deploys\n---\nDeploy it.');
    await put('cline-globalState.json', '.cline/data/globalState.json');
    await put('cline-secrets.json', '.cline/data/secrets.json');
    await write(join(home, 'Documents/Cline/Workflows/release.md'), 'Make a release.');
    assert.deepEqual((await found()).map(([label, services, prompts]) => [label, services, prompts]), [
      ['Continue', ['https://api.deepseek.com', 'https://openrouter.ai/api/v1', 'http://127.0.0.1:9797/v1', 'http://localhost:11434/v1'], ['prompt check-sql', 'rule continue-rule', 'rule house-style', 'prompt names', 'rule style']],
      ['Roo Code', ['https://openrouter.ai/api/v1', 'https://models.shop.example/v1', 'https://api.deepseek.com/v1'], ['rule roo-instructions', 'prompt deploy']],
      ['Cline', ['https://glm.shop.example/api/paas/v4', 'https://api.deepseek.com'], ['prompt release']],
    ]);
  });

  it('that no other extension can read are said to be so, with what to do', async () => {
    assert.deepEqual(await found(), []);
    await mkdir(join(folder, 'rooveterinaryinc.roo-cline'), { recursive: true });
    const [[label, , , problems] = []] = await found();
    assert.equal(label, 'Roo Code');
    assert.match(problems?.[0] ?? '', /Export its settings there/);
  });

  it('are those of the Roo Code export that the person names for all windows', async () => {
    await put('roo-code-settings.json', 'exports/roo.json');
    const outside = await mkdtemp(join(tmpdir(), 'rivulet-import-'));
    try {
      await cp(join(samples, 'roo-code-settings.json'), join(outside, 'roo.json'));
      assert.equal(await uses(join(outside, 'roo.json')), true);
      settings.clear();
      workspaceSettings.set('roo-cline.autoImportSettingsPath', join(outside, 'roo.json'));
      assert.deepEqual(await found(), [], 'what a workspace names is not looked at');
      for (const path of [`/${join(outside, 'roo.json')}`, `${outside}/../${outside.slice(outside.lastIndexOf('/') + 1)}/roo.json`, 'roo.json', './roo.json', '~roo.json', 7]) assert.equal(await uses(path), false, String(path));
      assert.equal(await uses(join(home, 'exports/roo.json')), false, 'a file of the workspace, whoever names it');
      workspace.workspaceFolders = [];
      assert.equal(await uses('~/exports/roo.json'), true);
    } finally {
      await rm(outside, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  it('are looked for on no other machine', () => {
    for (const path of ['\\\\host\\share\\roo.json', '//host/share/roo.json', '/\\host/share/roo.json', '\\/host/roo.json', '\\roo.json', '\\\\?\\UNC\\host\\x.json', '~//host/x.json', '~\\\\host\\x.json', 'host:/x.json', '~/../x.json', 'C:\\a\\..\\x.json']) {
      settings.set('roo-cline.autoImportSettingsPath', path);
      assert.deepEqual(rooExports(Uri.file(home) as never).map(({ path: each }) => each.slice(home.length)), ['/Downloads/roo-code-settings.json', '/Documents/roo-code-settings.json'], path);
    }
    settings.set('roo-cline.autoImportSettingsPath', 'C:\\exports\\roo.json');
    assert.equal(rooExports(undefined).length, 1);
  });

  it('say of a service which variable its key would be taken from, which is ticked only where the address is known', async () => {
    await activated();
    const file = join(folder, 'variables.yaml');
    await writeFile(file, 'models: [{provider: openai, model: m, apiBase: "https://api.openai-gateway.example/v1", apiKey: "${env:OPENAI_API_KEY}"}, {provider: openai, model: m, apiKey: "${env:OPENAI_API_KEY}"}]');
    const lines = (await take(file, () => false)).filter(({ label }) => label.startsWith('$(server)'));
    assert.deepEqual(lines.map(({ description, detail, picked }) => [description, detail, picked]), [
      ['https://api.openai-gateway.example/v1', 'm → rivulet.endpoints, as api-openai-gateway-example; it names OPENAI_API_KEY as the variable of the key', false],
      ['https://api.openai.com/v1', 'm → rivulet.endpoints, as openai; it names OPENAI_API_KEY as the variable of the key', true],
    ]);
  });

  it('are shown with what would be written where, keys and the model in use not ticked, and nothing of a key but its end', async () => {
    await activated();
    const lines = await take('roo-code-settings.json', () => false);
    assert.deepEqual(lines.map(({ label, description, detail, picked }) => [label, description, detail, picked]), [
      ['$(server) OpenRouter', 'https://openrouter.ai/api/v1', 'deepseek/deepseek-r1 → rivulet.endpoints, as openrouter', true],
      ['$(server) models.shop.example', 'https://models.shop.example/v1', 'shop-coder → rivulet.endpoints, as models-shop-example', true],
      ['$(key) A key for openrouter.ai, ending in …0004', undefined, '→ secret storage of VS Code, sent to https://openrouter.ai only', false],
      ['$(key) A key for models.shop.example, ending in …0005', undefined, '→ secret storage of VS Code, sent to https://models.shop.example only', false],
      ['$(key) A key for api.deepseek.com, ending in …0006', undefined, '→ secret storage of VS Code, sent to https://api.deepseek.com only', false],
      ['$(sparkle) Use shop-coder from now on', 'models.shop.example', '→ rivulet.model, in place of deepseek/deepseek-flash', false],
      ['$(comment) /roo-instructions', 'a rule there; here it goes only with questions that call it', `→ ${place}/roo-instructions.md`, false],
    ]);
    assert.equal(settings.get('rivulet.endpoints'), undefined);
    assert.deepEqual([...secrets.keys()], []);
    assert.ok(!JSON.stringify([said(), called('log.info'), called('log.warn'), lines.map(({ label, description, detail }) => [label, description, detail])]).includes('CANARY'));
    assert.match(String(said()[0]), /^Nothing was taken over\./);
  });

  it('are taken over as they were ticked: services, keys bound to their origin, the model, prompts', async () => {
    await activated();
    settings.set('rivulet.endpoints', [{ id: 'lab', baseUrl: 'http://127.0.0.1:1/v1', auth: 'none', models: [{ id: 'm' }] }]);
    await take('roo-code-settings.json', ({ label }) => !label.includes('openrouter') && !label.includes('OpenRouter'));
    assert.deepEqual((settings.get('rivulet.endpoints') as readonly { readonly id: string }[]).map(({ id }) => id), ['lab', 'models-shop-example']);
    assert.deepEqual(JSON.parse(secrets.get('rivulet.key.models-shop-example') ?? ''), { origin: 'https://models.shop.example', key: 'CANARY-shop-gateway-0005' });
    assert.deepEqual(JSON.parse(secrets.get('rivulet.key.deepseek') ?? ''), { origin: 'https://api.deepseek.com', key: 'sk-CANARY-roo-deepseek-0006' });
    assert.equal(secrets.get('rivulet.key.openrouter'), undefined);
    assert.equal(settings.get('rivulet.model'), 'models-shop-example/shop-coder');
    assert.equal(await readFile(join(place, 'roo-instructions.md'), 'utf8'), 'Prefer small functions.\n');
    assert.match(String(said()[0]), /^Taken over from roo-code-settings\.json: services: models\.shop\.example; the key for models\.shop\.example; the key for DeepSeek; the model shop-coder; prompts: \/roo-instructions\./);
    assert.ok(!JSON.stringify([said(), called('log.info')]).includes('CANARY'));
  });

  it('leave a key whose service was not ticked, and one that would go over an open connection against the person’s will', async () => {
    await activated();
    await take('roo-code-settings.json', ({ label }) => label.includes('A key for openrouter.ai'));
    assert.deepEqual([...secrets.keys()], []);
    assert.match(String(said()[0]), /^Nothing was taken over\. OpenRouter was not taken over/);
    reset();
    await activated();
    const open = join(folder, 'open.yaml');
    await writeFile(open, 'models: [{provider: openai, model: m, apiBase: "http://models.shop.example/v1", apiKey: sk-CANARY-open}]');
    answers.set('showQuickPick', [(line: Line) => line.label.endsWith('Choose a File…'), () => true]);
    answers.set('showOpenDialog', [[Uri.file(open)]]);
    await handlers.get('rivulet.importSettings')?.();
    assert.equal(called('showWarningMessage').length, 1);
    assert.equal(secrets.get('rivulet.key.models-shop-example'), undefined);
    assert.equal((settings.get('rivulet.endpoints') as readonly unknown[]).length, 1);
  });

  it('take no key in place of one that was set while the list was open, of which the index need not have heard', async () => {
    await activated();
    const mine = JSON.stringify({ origin: 'https://api.deepseek.com', key: 'sk-CANARY-mine' });
    await take('roo-code-settings.json', ({ label }) => {
      secrets.set('rivulet.key.deepseek', mine);
      return label.includes('A key for api.deepseek.com');
    });
    assert.equal(secrets.get('rivulet.key.deepseek'), mine);
    assert.match(String(said()[0]), /^Nothing was taken over\. There is a key for DeepSeek already; it stays\./);
  });

  it('offer no key where one is kept, and one where the index alone has the service', async () => {
    await activated();
    secrets.set('rivulet.keys', '["deepseek"]');
    secrets.set('rivulet.key.openrouter', JSON.stringify({ origin: 'https://openrouter.ai', key: 'sk-CANARY-mine' }));
    const offered = (await take('roo-code-settings.json', ({ label }) => label.includes('A key for api.deepseek.com'))).filter(({ label }) => label.startsWith('$(key)'));
    assert.deepEqual(offered.map(({ label }) => /for (\S+),/.exec(label)?.[1]), ['models.shop.example', 'api.deepseek.com']);
    assert.deepEqual(JSON.parse(secrets.get('rivulet.key.deepseek') ?? ''), { origin: 'https://api.deepseek.com', key: 'sk-CANARY-roo-deepseek-0006' });
    assert.match(String(said()[0]), /^Taken over from roo-code-settings\.json: the key for DeepSeek\. .*There is a key for OpenRouter already; it stays\./);
  });

  it('put a prompt beside one of the same name, never over it, and what is there already is not offered', async () => {
    await activated();
    await write(join(place, 'test.md'), 'Mine.\n');
    await take('continue-config.json', isPrompt);
    assert.deepEqual((await readdir(place)).toSorted(), ['continue-rule.md', 'test-2.md', 'test.md']);
    assert.equal(await readFile(join(place, 'test.md'), 'utf8'), 'Mine.\n');
    reset();
    settings.set('rivulet.promptsFolder', place);
    await activated();
    assert.deepEqual((await take('continue-config.json', () => false)).filter(isPrompt), []);
  });

  it('of a workspace are its prompts alone, none of them ticked', async () => {
    await write(join(folder, '.roo/commands/deploy.md'), 'Deploy it.');
    await write(join(folder, '.roo/rules/style.md'), 'Use tabs.');
    await activated();
    answers.set('showQuickPick', [(line: Line) => line.label.endsWith('This workspace'), () => false]);
    await handlers.get('rivulet.importSettings')?.();
    assert.deepEqual(((called('showQuickPick')[1]?.[0] ?? []) as readonly Line[]).map(({ label, description, picked }) => [label, description, picked]), [
      ['$(comment) /deploy', 'comes with the workspace; would be your own', false],
      ['$(comment) /style', 'comes with the workspace; would be your own', false],
    ]);
  });
});
