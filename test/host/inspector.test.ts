import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExchangeStore, type ExchangeStore } from '../../src/core/inspect/exchangeStore.ts';
import type { CommandContext } from '../../src/host/commands/command.ts';
import { inspectRequest, requestActions } from '../../src/host/commands/inspectRequest.ts';
import { createVirtualDocuments, documentScheme } from '../../src/host/virtualDocuments.ts';
import { answers, called, fired, folder, reset, Uri } from './fakeVscode.ts';
import { activated, settle } from './fakes.ts';

const key = 'sk-CANARY-0123456789abcdef';

interface Provider {
  provideTextDocumentContent(uri: Uri): string;
}

/** What stands in the document that was opened last. */
function shown(): string {
  const provider = called('registerTextDocumentContentProvider').at(-1)?.[1] as Provider;
  return provider.provideTextDocumentContent(called('openTextDocument').at(-1)?.[0] as Uri);
}

describe('the request inspector', () => {
  let exchanges: ExchangeStore;
  let context: CommandContext;

  beforeEach(() => {
    reset();
    exchanges = createExchangeStore();
    context = { exchanges, documents: createVirtualDocuments() } as unknown as CommandContext;
  });

  function record(turnId: string, messages: readonly object[]): void {
    const recorder = exchanges.recorderFor(turnId, key);
    recorder.request({ at: 1000, method: 'POST', url: 'https://a.invalid/v1/chat/completions', headers: { authorization: `Bearer ${key}` }, body: JSON.stringify({ model: 'tidal-1', messages }) });
    recorder.response({ at: 1040, status: 200, headers: {} });
    recorder.bytes({ at: 1050, bytes: new TextEncoder().encode('data: {"choices":[{"delta":{"content":"Six."},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n') });
    recorder.end({ at: 1060, error: undefined });
  }

  async function act(label: RegExp, turnId = 'turn-1'): Promise<void> {
    answers.set('showQuickPick', [(item: { label: string }) => label.test(item.label)]);
    await requestActions.run(context, Uri.parse(`${documentScheme}:/${turnId}/Request.md`));
  }

  const question = [{ role: 'user', content: 'When?' }];

  it('opens a read-only document with the request and the answer, without the key', async () => {
    record('turn-1', question);
    await inspectRequest.run(context, 'turn-1');
    assert.match(shown(), /"model": "tidal-1"/);
    assert.match(shown(), /authorization: Bearer \[key\]/);
    assert.match(shown(), /50 {2}data: \{"choices"/);
    assert.ok(!shown().includes('CANARY'));
    assert.equal(called('showTextDocument').length, 1);
  });

  it('opens the latest turn when none is named, and says so when nothing is kept', async () => {
    await inspectRequest.run(context);
    assert.match(String(called('showInformationMessage')[0]?.[0]), /No request is kept/);
    record('turn-1', question);
    record('turn-2', [{ role: 'user', content: 'Where?' }]);
    await inspectRequest.run(context);
    assert.match(shown(), /Where\?/);
    await inspectRequest.run(context, 'turn-gone');
    assert.equal(called('showInformationMessage').length, 2);
  });

  it('asks which of several requests, and shows the document at its place', async () => {
    record('turn-1', question);
    record('turn-1', [...question, { role: 'assistant', content: 'Six.' }]);
    await inspectRequest.run(context, 'turn-1');
    assert.equal(called('openTextDocument').length, 0, 'nothing opens when none is picked');
    answers.set('showQuickPick', [({ label }: { label: string }) => label === 'Request 2 of 2']);
    await inspectRequest.run(context, 'turn-1');
    const options = called('showTextDocument')[0]?.[1] as { readonly selection?: { readonly start: { readonly line: number } } } | undefined;
    assert.equal(shown().split('\n')[options?.selection?.start.line ?? -1], '## Request 2 of 2');
  });

  it('forgets the text of a document that is closed', async () => {
    record('turn-1', question);
    await inspectRequest.run(context, 'turn-1');
    const uri = called('openTextDocument')[0]?.[0];
    assert.match(shown(), /tidal-1/);
    fired.closed.fire({ uri, isClosed: false });
    assert.match(shown(), /tidal-1/, 'its language is another one');
    fired.closed.fire({ uri, isClosed: true });
    assert.match(shown(), /kept only while the window was open/);
  });

  it('copies a request as cURL, with a variable for the key', async () => {
    record('turn-1', question);
    await act(/cURL/);
    const [[text]] = called('clipboard.writeText') as [[string]];
    assert.match(text, /^curl .*https:\/\/a\.invalid\/v1\/chat\/completions/);
    assert.ok(text.includes('"Authorization: Bearer $API_KEY"') && !text.includes('CANARY'));
  });

  it('saves the answer as a fixture where the person wants it, and replaces nothing unasked', async () => {
    record('turn-1', question);
    const place = join(folder, 'saved');
    answers.set('showSaveDialog', [Uri.file(`${place}.wire`), Uri.file(`${place}.wire`), Uri.file(`${place}.wire`)]);
    await act(/fixture/);
    assert.match(readFileSync(`${place}.wire`, 'utf8'), /^data: \{"choices"[^]*\[DONE\]\n\n$/);
    assert.deepEqual((JSON.parse(readFileSync(`${place}.json`, 'utf8')) as { deltas: unknown }).deltas, [['text', 'Six.']]);
    writeFileSync(`${place}.json`, 'mine');
    await act(/fixture/);
    assert.equal(readFileSync(`${place}.json`, 'utf8'), 'mine');
    answers.set('showWarningMessage', ['Replace']);
    await act(/fixture/);
    assert.notEqual(readFileSync(`${place}.json`, 'utf8'), 'mine');
  });

  it('saves nothing when the dialog is closed', async () => {
    record('turn-1', question);
    await act(/fixture/);
    assert.equal(called('showSaveDialog').length, 1);
    assert.equal(called('showInformationMessage').length, 0);
  });

  it('compares with the request before, of whichever turn', async () => {
    record('turn-1', question);
    await act(/Compare/);
    assert.match(String(called('showInformationMessage')[0]?.[0]), /no request before/);
    record('turn-2', [...question, { role: 'assistant', content: 'Six.' }, { role: 'user', content: 'And low?' }]);
    await act(/Compare/, 'turn-2');
    assert.match(shown(), /Messages were only added: 2 of them\./);
  });

  it('is what the button in the panel opens', async () => {
    const { page } = await activated();
    page.send({ type: 'act', action: 'inspect', turnId: 'turn-7' });
    await settle();
    assert.deepEqual(called('executeCommand').at(-1), ['rivulet.inspectRequest', 'turn-7']);
  });
});
