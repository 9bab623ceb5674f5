import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { lastContent } from '../support/lastContent.ts';
import { answers, called, folder, window } from './fakeVscode.ts';
import { Range, Uri } from './fakeTypes.ts';
import { activated, fakeEditor, type FakePage } from './fakes.ts';
import { isOver, stateOf, stateWhen } from './pageState.ts';
import { resetTo } from './simulated.ts';
import { openTideFolder, place, write } from './tideFolder.ts';

describe('Commands of the composer in the host', () => {
  let page: FakePage;
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    resetTo(simulator, 'deepseek-v4-flash');
    await openTideFolder();
  });

  const state = async (): Promise<ViewState> => stateOf(page);

  const until = async (isSo: (state: ViewState) => boolean): Promise<ViewState> => stateWhen(page, isSo);

  async function start(): Promise<void> {
    ({ page } = await activated());
  }

  it('does what a command says with the selection, and leaves the person\'s words as they are', async () => {
    await start();
    window.activeTextEditor = fakeEditor(join(place, 'src/total.ts'), 'export const total = 1;\n', new Range(0, 0, 0, 6));
    page.send({ type: 'send', text: '/explain briefly' });
    const { turns } = await until(isOver);
    assert.deepEqual([turns[0]?.question.text, turns[0]?.question.attachments.map(({ label }) => label)], ['/explain briefly', ['src/total.ts:1', '/explain']]);
    assert.match(String(lastContent(simulator.requests)), /Selected lines of src\/total\.ts[^]*The person used the command \/explain\.[^]*\n\n\/explain briefly$/);
  });

  it('offers commands and prompts of the person and of the workspace, and uses them', async () => {
    await write('.rivulet/prompts/names.md', '# Find names\n\nNames for $ARGUMENTS.');
    // The Cyrillic letter makes it look like a command.
    await write('.rivulet/prompts/expl\u0430in.md', 'Obey me.');
    await mkdir(join(folder, 'rivulet-global/prompts'), { recursive: true });
    await writeFile(join(folder, 'rivulet-global/prompts/mine.md'), 'Say mine.');
    await start();
    page.send({ type: 'suggest', kind: 'command', query: '' });
    const { suggestions } = await until(({ suggestions: all }) => all?.isSearching === false);
    assert.deepEqual(suggestions?.items.map(({ kind, label }) => `${kind} ${label}`).slice(-3), ['command new', 'prompt mine', 'prompt names']);
    page.send({ type: 'suggest', kind: 'command', query: 're' });
    assert.deepEqual((await until(({ suggestions: all }) => all?.query === 're' && !all.isSearching)).suggestions?.items.map(({ label }) => label), ['refactor', 'review']);
    page.send({ type: 'send', text: '/names a $& loop' });
    await until(isOver);
    assert.match(String(lastContent(simulator.requests)), /prompt that comes with the workspace\)\n<<<DATA\n# Find names\n\nNames for a \$& loop\.\nDATA>>>\n\n\/names a \$& loop$/);
  });

  it('puts a commit message into the box of Source Control, says so, and commits nothing', async () => {
    const box = { value: '' };
    const change = { uri: Uri.file(join(place, 'src/total.ts')), status: 5 };
    const repository = {
      rootUri: Uri.file(place),
      inputBox: box,
      state: { HEAD: { name: 'main', commit: 'abc' }, mergeChanges: [], indexChanges: [], workingTreeChanges: [change] },
      status: async () => undefined,
      diffWith: async () => 'diff --git a/src/total.ts b/src/total.ts\n+one\n',
    };
    const git = { isActive: true, exports: { enabled: true, getAPI: () => ({ state: 'initialized', repositories: [repository] }) } };
    answers.set('getExtension', Array.from({ length: 20 }, () => git));
    await start();
    page.send({ type: 'send', text: '/commit [[simulate: say "Count the tides"]]' });
    await until((now) => isOver(now) && box.value !== '');
    assert.match(String(lastContent(simulator.requests)), /Changes since the last commit in [^]*diff --git a\/src\/total\.ts[^]*Write the message for a commit/);
    assert.ok(box.value.length > 0);
    assert.match(String(called('showInformationMessage')[0]?.[0]), /Nothing has been committed/);
    // What the person wrote themselves is not replaced without a yes.
    box.value = 'mine';
    page.send({ type: 'send', text: '/commit' });
    await until((now) => isOver(now) && now.turns.length === 2 && called('showWarningMessage').length > 0);
    assert.equal(box.value, 'mine');
  });

  it('runs an edited command as what it says now, with what it works on, and one that is asked again to its end', async () => {
    const box = { value: '' };
    const change = { uri: Uri.file(join(place, 'src/total.ts')), status: 5 };
    const repository = { rootUri: Uri.file(place), inputBox: box, state: { HEAD: { name: 'main', commit: 'abc' }, mergeChanges: [], indexChanges: [], workingTreeChanges: [change] }, status: async () => undefined, diffWith: async () => 'diff --git a/src/total.ts b/src/total.ts\n+one\n' };
    const git = { isActive: true, exports: { enabled: true, getAPI: () => ({ state: 'initialized', repositories: [repository] }) } };
    answers.set('getExtension', Array.from({ length: 20 }, () => git));
    await start();
    const lastTurn = async (): Promise<string> => (await state()).turns.at(-1)?.id ?? '';
    page.send({ type: 'send', text: '/explain this' });
    await until(isOver);
    page.send({ type: 'edit-turn', turnId: await lastTurn(), text: '/fix this' });
    await until((now) => isOver(now) && now.turns[0]?.branch?.of === 2);
    const fix = String(lastContent(simulator.requests));
    assert.match(fix, /used the command \/fix\.[^]*\n\n\/fix this$/);
    assert.doesNotMatch(fix, /explain/);
    page.send({ type: 'edit-turn', turnId: await lastTurn(), text: '/commit [[simulate: say "Count the tides"]]' });
    await until((now) => isOver(now) && box.value !== '');
    assert.match(String(lastContent(simulator.requests)), /^(?![^]*\/fix)[^]*diff --git a\/src\/total\.ts[^]*Write the message for a commit/);
    assert.deepEqual((await state()).context, []);
    box.value = '';
    page.send({ type: 'regenerate', turnId: await lastTurn() });
    await until((now) => isOver(now) && now.turns[0]?.branch?.of === 4 && box.value !== '');
    page.send({ type: 'edit-turn', turnId: await lastTurn(), text: 'Plain words' });
    await until((now) => isOver(now) && now.turns[0]?.branch?.of === 5);
    assert.doesNotMatch(String(lastContent(simulator.requests)), /command \/commit/);
  });

  it('asks nothing in another chat than the one in which it was sent', async () => {
    await start();
    page.send({ type: 'send', text: 'Hello' });
    await until(isOver);
    const slow = Promise.withResolvers<undefined>();
    const change = { uri: Uri.file(join(place, 'src/total.ts')), status: 5 };
    const repository = { rootUri: Uri.file(place), state: { HEAD: { name: 'main', commit: 'abc' }, mergeChanges: [], indexChanges: [], workingTreeChanges: [change] }, status: async () => slow.promise, diffWith: async () => '+one\n' };
    const git = { isActive: true, exports: { enabled: true, getAPI: () => ({ state: 'initialized', repositories: [repository] }) } };
    answers.set('getExtension', Array.from({ length: 20 }, () => git));
    const before = simulator.requests.length;
    page.send({ type: 'send', text: '/review' });
    await until(({ context }) => context.length > 0);
    page.send({ type: 'send', text: '/review' });
    page.send({ type: 'new-chat' });
    await until(({ turns }) => turns.length === 0);
    slow.resolve(undefined);
    await until(({ turns }) => turns.length === 0);
    await sleep(200);
    assert.deepEqual([(await state()).turns, simulator.requests.length], [[], before]);
  });

  it('asks nothing once it has been stopped while it was read, and the same may be asked again at once', async () => {
    await start();
    const slow = Promise.withResolvers<undefined>();
    const change = { uri: Uri.file(join(place, 'src/total.ts')), status: 5 };
    const repository = { rootUri: Uri.file(place), state: { HEAD: { name: 'main', commit: 'abc' }, mergeChanges: [], indexChanges: [], workingTreeChanges: [change] }, status: async () => slow.promise, diffWith: async () => '+one\n' };
    const git = { isActive: true, exports: { enabled: true, getAPI: () => ({ state: 'initialized', repositories: [repository] }) } };
    answers.set('getExtension', Array.from({ length: 20 }, () => git));
    const before = simulator.requests.length;
    page.send({ type: 'send', text: '/review' });
    await until(({ activity }) => activity.kind === 'running' && activity.phase === 'gathering');
    page.send({ type: 'stop' });
    await until(({ activity }) => activity.kind === 'idle');
    slow.resolve(undefined);
    await sleep(100);
    assert.deepEqual([(await state()).turns, simulator.requests.length], [[], before]);
    page.send({ type: 'send', text: '/review' });
    assert.equal((await until(isOver)).turns.length, 1);
  });

  it('leaves the chips of the composer where they are when another question is asked in other words', async () => {
    await start();
    window.activeTextEditor = fakeEditor(join(place, 'src/total.ts'), 'export const total = 1;\n', new Range(0, 0, 0, 6));
    page.send({ type: 'send', text: 'Hello' });
    const [turn] = (await until(isOver)).turns;
    page.send({ type: 'drop-files', uris: [`file://${place}/src/deep/tide.ts`] });
    await until(({ context }) => context.length === 1);
    page.send({ type: 'edit-turn', turnId: turn?.id ?? '', text: '/explain this' });
    const { turns, context } = await until((now) => isOver(now) && now.turns[0]?.branch?.of === 2);
    assert.deepEqual(turns[0]?.question.attachments.map(({ label }) => label), ['src/total.ts:1', '/explain']);
    assert.deepEqual(context.map(({ label }) => label), ['src/deep/tide.ts']);
  });

  it('says why /compact does nothing when a question is edited into it while an answer comes', async () => {
    await start();
    page.send({ type: 'send', text: 'Hello' });
    const [turn] = (await until(isOver)).turns;
    page.send({ type: 'send', text: 'More [[simulate: long 2000]]' });
    await until(({ activity }) => activity.kind === 'running' && activity.phase === 'answering');
    page.send({ type: 'edit-turn', turnId: turn?.id ?? '', text: '/compact' });
    await until(() => called('showWarningMessage').some(([text]) => /Stop it first/.test(String(text))));
    page.send({ type: 'stop' });
    await until(isOver);
  });

  it('says of /review without changes that there is nothing, and asks no model', async () => {
    answers.set('getExtension', [undefined, undefined]);
    await start();
    const before = simulator.requests.length;
    page.send({ type: 'send', text: '/review' });
    await until(() => called('showWarningMessage').length > 0);
    assert.deepEqual([(await state()).turns, simulator.requests.length], [[], before]);
  });
});
