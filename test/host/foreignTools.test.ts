import assert from 'node:assert/strict';
import { foreignTools } from '../../src/host/foreignTools.ts';
import { LanguageModelPromptTsxPart, LanguageModelTextPart } from './fakeModelTypes.ts';
import { answers, called, installed, lmTools, reset } from './fakeVscode.ts';

const never = new AbortController().signal;

function offer(...names: readonly string[]): void {
  for (const name of names) lmTools.push({ name, description: `Does ${name}.`, inputSchema: { type: 'object' }, tags: ['mcp'] });
}

describe('the tools of others in VS Code', () => {
  beforeEach(reset);

  it('are named after the extension or the server that offers them, and Rivulet\'s own are left out', () => {
    offer('tides_forecast', 'mcp_everything_echo', 'mcp_other', 'run_in_terminal', 'rivulet_read_file', 'no_title');
    installed.push(
      { id: 'test.tides', packageJSON: { displayName: 'Tide Tables', contributes: { languageModelTools: [{ name: 'tides_forecast' }] } } },
      { id: 'test.odd', packageJSON: { displayName: '%title%', contributes: { languageModelTools: [null, 'x', { name: 7 }, { name: 'no_title' }] } } },
      { id: 'test.none', packageJSON: undefined },
    );
    assert.deepEqual(foreignTools.list().map(({ name, source }) => [name, source.kind, source.label]), [
      ['tides_forecast', 'extension', 'Tide Tables'],
      ['mcp_everything_echo', 'server', 'everything'],
      ['mcp_other', 'server', ''],
      ['run_in_terminal', 'editor', ''],
      ['no_title', 'extension', 'test.odd'],
    ]);
  });

  it('are called outside of any chat of VS Code\'s own, and their answers are told by what they hold', async () => {
    const prompt = { node: { type: 1, children: [{ type: 2, text: 'One.' }, { type: 1, children: [{ type: 2, text: 'Two.', lineBreakBefore: 1 }, { type: 2, text: ' Three.', lineBreakBefore: false }] }] } };
    answers.set('invokeTool', [{
      content: [
        new LanguageModelTextPart('Hello'),
        new LanguageModelPromptTsxPart(prompt),
        { mimeType: 'image/png', data: new Uint8Array(12) },
        { mimeType: 'application/json', data: new TextEncoder().encode('{"a":1}') },
        { mimeType: 'text/plain', data: 'not bytes' },
        null,
      ],
    }]);
    assert.deepEqual(await foreignTools.invoke('echo', { message: 'Hi' }, never), [
      { kind: 'text', text: 'Hello' },
      { kind: 'text', text: 'One.\nTwo. Three.' },
      { kind: 'data', mediaType: 'image/png', bytes: 12 },
      { kind: 'text', text: '{"a":1}' },
      { kind: 'other' },
      { kind: 'other' },
    ]);
    const [name, options] = called('invokeTool')[0] ?? [];
    assert.deepEqual([name, options], ['echo', { input: { message: 'Hi' }, toolInvocationToken: undefined }]);
  });

  it('are cancelled when the turn is stopped, and not called when it was stopped before', async () => {
    const controller = new AbortController();
    const { promise, reject } = Promise.withResolvers<never>();
    answers.set('invokeTool', [async () => promise]);
    const waiting = foreignTools.invoke('echo', {}, controller.signal);
    controller.abort(new Error('stopped'));
    const token = called('invokeTool')[0]?.[2] as { readonly isCancellationRequested: boolean; readonly isDisposed: boolean };
    assert.equal(token.isCancellationRequested, true);
    reject(new Error('Canceled'));
    await assert.rejects(waiting, /Canceled/);
    assert.equal(token.isDisposed, true);
    await assert.rejects(foreignTools.invoke('echo', {}, controller.signal), /stopped/);
    assert.equal(called('invokeTool').length, 1);
  });
});
