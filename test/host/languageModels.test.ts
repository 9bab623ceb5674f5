import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { answers, called, createContext, env, fired, handlers, reset, secrets, settings } from './fakeVscode.ts';
import { LanguageModelError, LanguageModelPromptTsxPart, LanguageModelTextPart, LanguageModelToolCallPart, LanguageModelToolResultPart } from './fakeModelTypes.ts';
import { EventEmitter, Uri } from './fakeTypes.ts';
import { activate } from '../../src/extension.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { onePixel } from '../unit/support/pictures.ts';
import { activated, settle } from './fakes.ts';

type Provider = vscode.LanguageModelChatProvider;

const never = { isCancellationRequested: false, onCancellationRequested: new EventEmitter('token').event } as unknown as vscode.CancellationToken;

function provider(): Provider {
  return called('registerLanguageModelChatProvider').at(-1)?.[1] as Provider;
}

async function listed(): Promise<readonly vscode.LanguageModelChatInformation[]> {
  return (await provider().provideLanguageModelChatInformation({ silent: true }, never)) ?? [];
}

function user(...content: readonly unknown[]): vscode.LanguageModelChatRequestMessage {
  return { role: 1, content, name: undefined };
}

async function ask(messages: readonly vscode.LanguageModelChatRequestMessage[], options: object = {}, token = never, place = 0): Promise<readonly unknown[]> {
  const model = (await listed())[place];
  assert.ok(model);
  const parts: unknown[] = [];
  await provider().provideLanguageModelChatResponse(model, messages, { toolMode: 1, requestInitiator: 'core', ...options } as vscode.ProvideLanguageModelChatResponseOptions, { report: (part) => parts.push(part) }, token);
  return parts;
}


async function fails(text: string, options: object, { code = '', words }: { readonly code?: string; readonly words: RegExp }): Promise<void> {
  await assert.rejects(ask([user(new LanguageModelTextPart(text))], options), (error: LanguageModelError) => {
    assert.ok(error instanceof LanguageModelError);
    assert.equal(error.code, code);
    assert.match(error.message, words);
    return true;
  });
}

/** An extension whose manifest says that it belongs to VS Code. */
function says(path: string): object {
  return { extensionUri: Uri.file(path), packageJSON: { isBuiltin: true, displayName: 'Sly' } };
}

describe('the models for VS Code and other extensions', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());

  beforeEach(() => {
    reset();
    simulator.requests.length = 0;
    settings.set('rivulet.baseUrls', { deepseek: simulator.bases.deepseek });
  });

  const setUp = async (): Promise<void> => {
    secrets.set('rivulet.keys', '["deepseek"]');
    secrets.set('rivulet.key.deepseek', JSON.stringify({ origin: new URL(simulator.bases.deepseek).origin, key: simulator.keys.deepseek }));
    await activated();
  };

  it('are none, and nothing is built, while no key was ever set and no server of one’s own is named', async () => {
    activate(createContext() as never);
    assert.deepEqual(await listed(), []);
    assert.deepEqual(called('createWebviewPanel'), []);
    assert.equal(called('log.info').length + called('log.warn').length, 0);
  });

  it('are those of the services with a key, and VS Code hears when that changes', async () => {
    await setUp();
    let changes = 0;
    provider().onDidChangeLanguageModelChatInformation?.(() => (changes += 1));
    const models = await listed();
    assert.deepEqual(models.map(({ id }) => id), ['deepseek/deepseek-flash', 'deepseek/deepseek-v4-pro']);
    assert.deepEqual(models[0]?.capabilities, { imageInput: true, toolCalling: 128 });
    assert.equal(models[0]?.detail, 'DeepSeek');
    assert.match(models[0]?.tooltip ?? '', /1M context/);
    fired.secrets.fire({ key: 'rivulet.key.iflow' });
    fired.secrets.fire({ key: 'something.else' });
    fired.settings.fire({ affectsConfiguration: () => true });
    assert.equal(changes, 2);
    assert.equal(simulator.requests.length, 0, 'in silence nothing is sent');
  });

  it('ask for a key only when VS Code does not ask in silence', async () => {
    await activated();
    assert.deepEqual(await listed(), []);
    assert.deepEqual(called('showQuickPick'), []);
    await provider().provideLanguageModelChatInformation({ silent: false }, never);
    assert.equal(called('showQuickPick').length, 1);
  });

  it('answer with text and calls, count what it cost, and say in the log who asked and nothing of what', async () => {
    await setUp();
    const tools = [{ name: 'weather', description: 'The weather.', inputSchema: { type: 'object', properties: {} } }];
    const parts = await ask([user(new LanguageModelTextPart('A secret question [[simulate: call tool weather with {"a": 1}]]'))], { tools, requestInitiator: 'core' });
    const [call] = parts.filter((part) => part instanceof LanguageModelToolCallPart);
    assert.ok(call);
    assert.deepEqual([call.name, call.input], ['weather', { a: 1 }]);
    const log = called('log.info').map(([line]) => String(line));
    assert.ok(log.some((line) => line === 'core asks deepseek/deepseek-flash: 1 messages, 1 tools.'), log.join('\n'));
    assert.ok(log.some((line) => /^core used \d+ \+ \d+ tokens of deepseek\/deepseek-flash\./.test(line)));
    assert.ok(!log.some((line) => line.includes('secret')));
    const said = await ask([
      user(new LanguageModelTextPart('And?')),
      { role: 2, content: [call], name: undefined },
      user(new LanguageModelToolResultPart(call.callId, [new LanguageModelPromptTsxPart({ node: { children: [{ text: 'rain' }, { text: 'wind', lineBreakBefore: true }] } })]), new LanguageModelTextPart('Well?'), { mimeType: 'image/png', data: Buffer.from(onePixel.split(',')[1] ?? '', 'base64') }, { mimeType: 'cache_control', data: new Uint8Array([1]) }),
    ], { tools });
    assert.ok(said.length > 0 && said.every((part) => part instanceof LanguageModelTextPart));
    const { messages } = JSON.parse(simulator.requests.at(-1)?.text ?? '') as { readonly messages: readonly { readonly role: string; readonly content: unknown; readonly reasoning_content?: string }[] };
    assert.deepEqual(messages.map(({ role }) => role), ['user', 'assistant', 'tool', 'user']);
    assert.equal(messages[2]?.content, 'rain\nwind');
    assert.deepEqual(messages[3]?.content, [{ type: 'text', text: 'Well?' }, { type: 'image_url', image_url: { url: onePixel } }]);
    assert.ok((messages[1]?.reasoning_content ?? '') !== '');
    assert.deepEqual(simulator.requests.map(({ verdict }) => verdict), ['accepted', 'accepted']);
  });

  it('give what a model thought back to whom it was answered, and to no other extension and no other model', async () => {
    await setUp();
    answers.set('showWarningMessage', ['Allow', 'Allow']);
    const tools = [{ name: 'weather', description: 'The weather.', inputSchema: { type: 'object', properties: {} } }];
    const question = user(new LanguageModelTextPart('Go [[simulate: call tool weather with {"a": 1}]]'));
    const [call] = (await ask([question], { tools, requestInitiator: 'some.extension' })).filter((part) => part instanceof LanguageModelToolCallPart);
    assert.ok(call);
    const thoughtFor = async (id: string, options: object, place = 0): Promise<string | undefined> => {
      const calls = [new LanguageModelToolCallPart(id, call.name, call.input)];
      await ask([question, { role: 2, content: calls, name: undefined }, user(new LanguageModelToolResultPart(id, [new LanguageModelTextPart('rain')]))], { tools, ...options }, never, place);
      const { messages } = JSON.parse(simulator.requests.at(-1)?.text ?? '') as { readonly messages: readonly { readonly reasoning_content?: string }[] };
      return messages[1]?.reasoning_content;
    };
    assert.notEqual((await thoughtFor(call.callId, { requestInitiator: 'Some.Extension' })) ?? '', '');
    assert.equal(await thoughtFor(call.callId, { requestInitiator: 'other.extension' }), '');
    assert.equal(await thoughtFor(call.callId, { requestInitiator: 'core' }), '');
    assert.equal(await thoughtFor(call.callId, { requestInitiator: 'some.extension' }, 1), '');
    assert.equal(await thoughtFor('forged', { requestInitiator: 'some.extension' }), '');
    assert.ok(simulator.requests.every(({ verdict }) => verdict === 'accepted'));
  });

  it('let an extension ask after the person has said yes, once', async () => {
    await setUp();
    const hello = [user(new LanguageModelTextPart('Hello'))];
    await assert.rejects(ask(hello, { requestInitiator: 'some.extension' }), (error: LanguageModelError) => error.code === 'NoPermissions');
    assert.equal(simulator.requests.length, 0);
    const [words, options, ...buttons] = called('showWarningMessage')[0] ?? [];
    assert.match(String(words), /The extension some\.extension wants to use the models/);
    assert.deepEqual(buttons, ['Don\'t Allow', 'Allow']);
    assert.match(JSON.stringify(options), /DeepSeek with your key, and you pay/);
    // What a manifest says of itself counts for nothing; where VS Code keeps its own extensions nobody else writes.
    answers.set('getExtension', [says('/home/lin/.vscode/extensions/sly')]);
    await assert.rejects(ask(hello, { requestInitiator: 'sly.sly' }));
    answers.set('getExtension', [says(`${env.appRoot}/extensions/chat`)]);
    await ask(hello, { requestInitiator: 'own.chat' });
    assert.equal(called('showWarningMessage').length, 2);
    answers.set('showWarningMessage', ['Allow']);
    await ask(hello, { requestInitiator: 'Other.Extension' });
    await ask(hello, { requestInitiator: 'other.extension' });
    assert.equal(called('showWarningMessage').length, 3);
  });

  it('end with a cancellation when the caller cancels', async () => {
    await setUp();
    const cancelled = { isCancellationRequested: true, onCancellationRequested: new EventEmitter('token').event } as unknown as vscode.CancellationToken;
    await assert.rejects(ask([user(new LanguageModelTextPart('Hello'))], {}, cancelled), { name: 'Canceled' });
    assert.equal(simulator.requests.length, 0);
  });

  it('fail with VS Code’s kinds of error and our sentences', async () => {
    await setUp();
    await fails('Hello [[fault: refuse balance]]', {}, { code: 'Blocked', words: /The balance at DeepSeek is used up\./ });
    await fails('Hello [[fault: refuse wrong-key]]', {}, { code: 'NoPermissions', words: /DeepSeek did not accept the API key/ });
    await fails('Hello [[fault: finish-reason content_filter]]', {}, { code: 'Blocked', words: /content filter/ });
    await fails('Hello', { modelOptions: { temprature: 1 } }, { words: /DeepSeek does not know the parameter temprature/ });
    await fails('Hello', { tools: Array.from({ length: 129 }, (_, index) => ({ name: `t${index}`, description: '' })) }, { words: /at most 128 tools in a request; this one has 129/ });
  });

  it('are managed by a command: keys are set, an extension’s permission is withdrawn', async () => {
    await setUp();
    answers.set('showWarningMessage', ['Allow']);
    await ask([user(new LanguageModelTextPart('Hello'))], { requestInitiator: 'some.extension' });
    answers.set('showQuickPick', [({ label }: { readonly label: string }) => label.includes('some.extension')]);
    await handlers.get('rivulet.manageModels')?.();
    const [[items = []] = []] = called('showQuickPick') as readonly (readonly (readonly { readonly label: string }[])[])[];
    const labels = items.map(({ label }) => label);
    assert.ok(labels.includes('$(pass-filled) DeepSeek') && labels.includes('$(key) iFlow'), labels.join(', '));
    await assert.rejects(ask([user(new LanguageModelTextPart('Hello'))], { requestInitiator: 'some.extension' }), { name: 'LanguageModelError' });
    await settle();
  });
});
