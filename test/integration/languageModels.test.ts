import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { Consumer } from '../extensions/consumer/extension.ts';
import { converse } from '../extensions/consumer/converse.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';

/** Puts the key in front of the simulator: no test can type one into VS Code's input here. */
async function withKey(simulator: Simulator): Promise<{ readonly base: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    const controller = new AbortController();
    response.on('close', () => controller.abort());
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${simulator.keys.deepseek}` };
      const forward = async (): Promise<void> => {
        const answer = await fetch(simulator.bases.deepseek + (request.url ?? ''), { method: request.method ?? 'POST', headers, body: Buffer.concat(pieces), signal: controller.signal });
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
        for await (const piece of answer.body ?? []) response.write(piece);
        response.end();
      };
      forward().catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('Models of Rivulet for other extensions', function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let server: Server;
  let lm: typeof vscode.lm;

  const strict = async (): Promise<vscode.LanguageModelChat> => {
    for (const until = Date.now() + 15_000; Date.now() < until; ) {
      const [model] = await lm.selectChatModels({ vendor: 'rivulet', family: 'deepseek-flash' });
      if (model !== undefined) return model;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error('There is no such model.');
  };

  before(async () => {
    // At some pace: what comes all at once has come before anybody can stop it.
    simulator = await startSimulator({ pace: { chunkDelayMs: 1 } });
    const behind = await withKey(simulator);
    server = behind.server;
    ({ lm } = await consumer());
    await configuration().update('endpoints', [
      {
        id: 'strict', label: 'Strict', baseUrl: behind.base, auth: 'none',
        models: [{ id: 'deepseek-flash', contextTokens: 128_000, outputTokens: 8000, tools: true, media: ['image'], defaults: { thinking: { type: 'enabled' } } }],
        parameters: [
          { name: 'thinking', type: 'object' }, { name: 'thinking.type', type: 'string', values: ['enabled', 'disabled'], default: 'enabled' },
          { name: 'max_tokens', type: 'integer', minimum: 1, maximum: 8000 }, { name: 'stream', type: 'boolean' }, { name: 'stream_options', type: 'object' }, { name: 'stream_options.include_usage', type: 'boolean' },
        ],
        dialect: { reasoningReplay: 'every-turn', reasoningField: 'reasoning_content' },
      },
    ], vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await configuration().update('endpoints', undefined, vscode.ConfigurationTarget.Global);
    await configuration().update('otherExtensions', undefined, vscode.ConfigurationTarget.Global);
    server.closeAllConnections();
    server.close();
    await simulator.close();
  });

  it('are selected by their vendor, with their limits and abilities', async () => {
    const model = await strict();
    assert.deepEqual([model.vendor, model.id, model.name, model.family, model.maxInputTokens], ['rivulet', 'strict/deepseek-flash', 'deepseek-flash', 'deepseek-flash', 120_000]);
    assert.ok((await model.countTokens('What is a tide?')) > 2);
    assert.ok((await model.countTokens(vscode.LanguageModelChatMessage.User('What is a tide?'))) > 2);
  });

  it('answer nobody whom the person has not let: a dialog that cannot be shown is a no', async () => {
    const model = await strict();
    const error = await rejection(async () => say(model, 'Hello'));
    assert.equal((error as vscode.LanguageModelError).code, 'NoPermissions');
    assert.match(error.message, /is not allowed to use the models of Rivulet/);
    assert.equal(simulator.requests.length, 0, 'and nothing was sent');
  });

  it('hold ten turns with tools with the strict service that thinks, without one refusal', async () => {
    await configuration().update('otherExtensions', 'allow', vscode.ConfigurationTarget.Global);
    const history = await converse(await strict(), [], { from: 1, turns: 10 });
    assert.equal(history.length, 40);
    assert.deepEqual([...new Set(simulator.requests.map(({ verdict }) => verdict))], ['accepted']);
    assert.equal(simulator.requests.length, 20);
    const { messages } = JSON.parse(simulator.requests.at(-1)?.text ?? '') as { readonly messages: readonly { readonly reasoning_content?: string; readonly tool_calls?: unknown }[] };
    const calling = messages.filter(({ tool_calls: calls }) => calls !== undefined);
    assert.ok(calling.length === 10 && calling.every(({ reasoning_content: reasoning }) => reasoning !== undefined && reasoning !== ''));
  });

  it('stop when the caller cancels, and the connection is closed', async function () {
    // Until then VS Code did not hand on that a caller cancelled once the provider had been asked (microsoft/vscode#319098).
    if (!isAtLeast(1, 127)) return this.skip();
    const source = new vscode.CancellationTokenSource();
    const response = await (await strict()).sendRequest([vscode.LanguageModelChatMessage.User('[[simulate: no reasoning]] [[simulate: long 400]] Tell me a lot.')], {}, source.token);
    let text = '';
    await rejection(async () => {
      for await (const piece of response.text) {
        text += piece;
        if (text.length > 50) source.cancel();
      }
      throw new Error('The answer ended.');
    });
    assert.ok(text.length < 10_000, `${text.length} characters came`);
    for (const until = Date.now() + 5000; Date.now() < until && simulator.requests.at(-1)?.outcome === 'pending'; ) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(simulator.requests.at(-1)?.outcome, 'closed by client');
  });

  it('refuse options that the service’s table does not have, in a sentence, and send nothing', async () => {
    const before = simulator.requests.length;
    const model = await strict();
    for (const [options, words] of [[{ max_tokens: 'many' }, /max_tokens/], [{ temprature: 1 }, /temprature/], [{ messages: [] }, /messages/]] as const) {
      assert.match((await rejection(async () => say(model, 'Hello', options))).message, words);
    }
    assert.equal(simulator.requests.length, before);
  });

  it('tell errors of the service by VS Code’s kinds and in our sentences', async () => {
    const model = await strict();
    const blocked = await rejection(async () => say(model, 'Hello [[fault: refuse balance]]'));
    assert.equal((blocked as vscode.LanguageModelError).code, 'Blocked', blocked.message);
    assert.match(blocked.message, /The balance at Strict is used up\./);
  });

  it('are in nobody’s list when the person says so', async () => {
    await configuration().update('otherExtensions', 'off', vscode.ConfigurationTarget.Global);
    assert.deepEqual(await lm.selectChatModels({ vendor: 'rivulet' }), []);
  });
});

/** The other extension, once VS Code has it: it may come a moment after the tests. */
async function consumer(): Promise<Consumer> {
  for (const until = Date.now() + 15_000; Date.now() < until; ) {
    const extension = vscode.extensions.getExtension<Consumer>('rivulet-test.consumer');
    if (extension !== undefined) return extension.activate();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`There are: ${vscode.extensions.all.map(({ id }) => id).filter((id) => !id.startsWith('vscode.')).join(', ')}`);
}

function isAtLeast(major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = vscode.version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('rivulet');
}

async function say(model: vscode.LanguageModelChat, text: string, modelOptions: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const response = await model.sendRequest([vscode.LanguageModelChatMessage.User(text)], { modelOptions });
  let answer = '';
  for await (const piece of response.text) answer += piece;
  return answer;
}

async function rejection(task: () => Promise<unknown>): Promise<Error> {
  try {
    await task();
  } catch (error) {
    return error as Error;
  }
  throw new Error('It went well.');
}
