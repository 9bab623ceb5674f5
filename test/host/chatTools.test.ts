import assert from 'node:assert/strict';
import type { PermissionItem } from '../../src/protocol/reviewItems.ts';
import type { ToolEntry } from '../../src/protocol/toolsView.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { LanguageModelTextPart } from './fakeModelTypes.ts';
import { answers, called, handlers, lmTools } from './fakeVscode.ts';
import { activated, closeWindows, type FakePage } from './fakes.ts';
import { isOver, stateOf, stateWhen } from './pageState.ts';
import { resetTo } from './simulated.ts';

describe('the tools of the chat in the panel', () => {
  let page: FakePage;
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    resetTo(simulator, 'deepseek-v4-pro');
    lmTools.push({ name: 'tides.forecast', description: 'Tells high water.', inputSchema: { type: 'object', properties: { harbour: { type: 'string' } }, required: ['harbour'] }, tags: ['readOnly'] });
    await start();
  });

  async function start(): Promise<void> {
    ({ page } = await activated());
    page.send({ type: 'ready' });
  }

  async function until<Value>(look: (state: ViewState) => Value | undefined): Promise<Value> {
    return look(await stateWhen(page, (state) => look(state) !== undefined)) ?? assert.fail();
  }

  const entry = async (id: string): Promise<ToolEntry | undefined> => (await stateOf(page)).toolPicker?.groups.flatMap(({ tools }) => tools).find((tool) => tool.id === id);
  const ended = async (): Promise<unknown> => (await stateWhen(page, isOver)).turns.at(-1)?.outcome;
  const question = async (): Promise<PermissionItem> => until(({ turns }) => turns.at(-1)?.items.find((item): item is PermissionItem => item.kind === 'permission' && item.status === 'open'));
  const toolsSent = (): readonly string[] => {
    const body = (simulator.requests.at(-1)?.body ?? {}) as { readonly tools?: readonly { readonly function: { readonly name: string } }[] };
    return (body.tools ?? []).map(({ function: { name } }) => name);
  };

  it('open from the panel and from the command, follow what VS Code knows, and close', async () => {
    for (const open of [async () => page.send({ type: 'open-tools' }), async () => handlers.get('rivulet.chooseTools')?.()]) {
      await open();
      assert.equal((await entry('other.tides.forecast'))?.isOn, false);
      page.send({ type: 'close-tools' });
      assert.equal((await stateOf(page)).toolPicker, undefined);
    }
    page.send({ type: 'open-tools' });
    lmTools.push({ name: 'late', description: '', inputSchema: undefined, tags: [] });
    await until(({ toolPicker }) => toolPicker?.groups.flatMap(({ tools }) => tools).find(({ id }) => id === 'other.late'));
  });

  it('go along once they are chosen, and are called after a yes in the card and in a dialog of VS Code\'s', async () => {
    page.send({ type: 'choose-tools', ids: ['other.tides.forecast'], isOn: true });
    page.send({ type: 'choose-tools', ids: ['own.delete_file'], isOn: false });
    assert.equal((await stateOf(page)).tools.foreign, 1);
    answers.set('invokeTool', [{ content: [new LanguageModelTextPart('High water at 04:12.')] }]);
    page.send({ type: 'send', text: 'When? [[simulate: call tool tides_forecast with {"harbour":"Husum"}]]' });
    const { token, data, isForChat } = await question();
    assert.ok(toolsSent().includes('read_file') && !toolsSent().includes('delete_file'));
    assert.equal(toolsSent().at(-1), 'tides_forecast');
    assert.deepEqual([JSON.parse(data ?? ''), isForChat], [{ harbour: 'Husum' }, true]);
    assert.equal(called('invokeTool').length, 0);
    answers.set('showWarningMessage', ['Allow']);
    page.send({ type: 'permit', token, allow: true, reach: 'once' });
    assert.equal(await ended(), 'done');
    assert.deepEqual(called('invokeTool')[0]?.slice(0, 2), ['tides.forecast', { input: { harbour: 'Husum' }, toolInvocationToken: undefined }]);
    assert.match(JSON.stringify(simulator.requests.at(-1)?.body), /High water at 04:12/);
    assert.equal(simulator.requests.at(-1)?.verdict, 'accepted');
  });

  it('are still chosen after the window was loaded again', async () => {
    page.send({ type: 'choose-tools', ids: ['other.tides.forecast'], isOn: true });
    page.send({ type: 'send', text: 'Hello' });
    await until(({ turns }) => turns.at(-1));
    assert.equal(await ended(), 'done');
    await closeWindows();
    await start();
    await until(({ turns }) => turns.at(-1));
    assert.equal((await stateOf(page)).tools.foreign, 1);
    page.send({ type: 'open-tools' });
    assert.equal((await entry('other.tides.forecast'))?.isOn, true);
  });

  it('are not called when the dialog is closed, and nothing goes along of them in a new chat', async () => {
    page.send({ type: 'choose-tools', ids: ['other.tides.forecast'], isOn: true });
    page.send({ type: 'send', text: 'When? [[simulate: call tool tides_forecast with {"harbour":"Husum"}]]' });
    page.send({ type: 'permit', token: (await question()).token, allow: true, reach: 'chat' });
    assert.equal(await ended(), 'done');
    assert.deepEqual([called('invokeTool').length, (await stateOf(page)).unasked], [0, []]);
    page.send({ type: 'new-chat' });
    await until(({ turns }) => (turns.length === 0 ? true : undefined));
    page.send({ type: 'send', text: 'Hello' });
    await until(({ turns }) => turns.at(-1));
    assert.equal(await ended(), 'done');
    assert.ok(!toolsSent().includes('tides_forecast'));
  });
});
