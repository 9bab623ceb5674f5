import assert from 'node:assert/strict';
import type { ParameterRow } from '../../src/protocol/parameterSheet.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { until } from '../support/until.ts';
import { called, fired, handlers, picks, settings } from './fakeVscode.ts';
import { activated, settle, type FakePage } from './fakes.ts';
import { stateOf, stateWhen } from './pageState.ts';
import { resetTo } from './simulated.ts';

const pro = { service: 'deepseek', model: 'deepseek-v4-pro' };
const changed = { affectsConfiguration: (section: string) => section === 'rivulet' };

describe('the model settings of the window', () => {
  let page: FakePage;
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    resetTo(simulator, 'deepseek-v4-pro');
    ({ page } = await activated());
    page.send({ type: 'ready' });
  });

  const row = async (name: string): Promise<ParameterRow | undefined> => (await stateOf(page)).sheet?.rows.find((each) => each.name === name);

  async function ask(question: string): Promise<ViewState['turns'][number]> {
    page.send({ type: 'send', text: question });
    const isAnswered = (turn: ViewState['turns'][number] | undefined): boolean => turn?.question.text === question && turn.outcome !== 'running';
    return (await stateWhen(page, ({ turns }) => isAnswered(turns.at(-1)))).turns.at(-1) ?? assert.fail();
  }

  it('open from the panel, from the command and from a card, and close', async () => {
    assert.equal((await stateOf(page)).sheet, undefined);
    const ways = [async () => page.send({ type: 'open-sheet' }), async () => handlers.get('rivulet.modelSettings')?.(), async () => page.send({ type: 'act', action: 'model-settings', turnId: '' })];
    for (const open of ways) {
      await open();
      assert.equal((await stateOf(page)).sheet?.model, 'deepseek-v4-pro');
      page.send({ type: 'close-sheet' });
      assert.equal((await stateOf(page)).sheet, undefined);
    }
    assert.deepEqual(called('executeCommand').filter(([id]) => id === 'rivulet.chat.focus').length, 1, 'the command brings the panel to the front');
  });

  it('write what fits into the user settings, and the next request carries it', async () => {
    page.send({ type: 'open-sheet' });
    page.send({ type: 'set-parameter', ...pro, name: 'thinking.type', value: '"disabled"' });
    page.send({ type: 'set-parameter', ...pro, name: 'temperature', value: '0.3' });
    assert.equal((await row('temperature'))?.value, '0.3');
    assert.deepEqual(called('update').at(-1), ['rivulet.parameters', { 'deepseek/deepseek-v4-pro': { thinking: { type: 'disabled' }, temperature: 0.3 } }, 1]);
    await ask('Hello');
    const body = simulator.requests.at(-1)?.body as { readonly thinking?: unknown; readonly temperature?: unknown };
    assert.deepEqual([body.thinking, body.temperature], [{ type: 'disabled' }, 0.3]);
    assert.equal((await stateOf(page)).sheet, undefined, 'the answer does not come behind the settings');
    page.send({ type: 'open-sheet' });
    page.send({ type: 'reset-parameters', ...pro });
    await settle();
    assert.deepEqual(called('update').at(-1), ['rivulet.parameters', undefined, 1], 'nothing is left behind in the settings');
  });

  it('write nothing for a model that is not shown', async () => {
    page.send({ type: 'open-sheet' });
    page.send({ type: 'set-parameter', service: 'deepseek', model: 'deepseek-flash', name: 'max_tokens', value: '5' });
    page.send({ type: 'set-parameter', ...pro, name: 'user_id', value: '"a"' });
    settings.set('rivulet.model', 'deepseek/deepseek-flash');
    fired.settings.fire(changed);
    assert.equal((await stateOf(page)).sheet?.model, 'deepseek-flash');
    assert.deepEqual(called('update'), [['rivulet.parameters', { 'deepseek/deepseek-v4-pro': { user_id: 'a' } }, 1]]);
  });

  it('keep what another window writes between two edits', async () => {
    page.send({ type: 'open-sheet' });
    page.send({ type: 'set-parameter', ...pro, name: 'max_tokens', value: '5' });
    page.send({ type: 'set-parameter', ...pro, name: 'user_id', value: '"a"' });
    settings.set('rivulet.parameters', { 'jiekou/x': { n: 2 } });
    await settle();
    assert.deepEqual(settings.get('rivulet.parameters'), { 'jiekou/x': { n: 2 }, 'deepseek/deepseek-v4-pro': { max_tokens: 5, user_id: 'a' } });
  });

  it('refuse in place what does not fit', async () => {
    page.send({ type: 'open-sheet' });
    page.send({ type: 'set-parameter', ...pro, name: 'max_tokens', value: '393217' });
    const refused = await row('max_tokens');
    assert.deepEqual([refused?.value, refused?.problem?.args.slice(0, 2)], ['393217', ['max_tokens', '≥ 1, ≤ 393216']]);
    assert.equal(called('update').length, 0);
  });

  it('send nothing while the settings hold a value that does not fit, and offer the model settings', async () => {
    settings.set('rivulet.parameters', { deepseek: { max_tokens: 0 } });
    const turn = await ask('Hello');
    const card = turn.items.find((item) => item.kind === 'error');
    assert.ok(card?.kind === 'error');
    assert.deepEqual([card.actions[0], card.advice.args], ['model-settings', ['max_tokens', '≥ 1, ≤ 393216', 'https://api-docs.deepseek.com/zh-cn/api/create-chat-completion']]);
    assert.equal(simulator.requests.length, 0);
  });

  it('send what is set for a whole service to those of its models that take it only', async () => {
    settings.set('rivulet.parameters', { deepseek: { reasoning_effort: 'max' } });
    settings.set('rivulet.model', 'deepseek/deepseek-chat');
    assert.equal((await ask('Hello')).outcome, 'done');
    assert.equal(Object.hasOwn(simulator.requests.at(-1)?.body ?? { reasoning_effort: 'no request' }, 'reasoning_effort'), false);
    settings.set('rivulet.model', 'deepseek/deepseek-v4-pro');
    await ask('And you?');
    const body = simulator.requests.at(-1)?.body as { readonly reasoning_effort?: unknown };
    assert.equal(body.reasoning_effort, 'max');
  });

  it('follow the settings and the chosen model', async () => {
    page.send({ type: 'open-sheet' });
    settings.set('rivulet.parameters', { 'deepseek/deepseek-v4-pro': { stop: ['END'] }, 'jiekou/zai-org/glm-4.5': { seed: 7 } });
    fired.settings.fire(changed);
    assert.equal((await row('stop'))?.value, '["END"]');
    settings.set('rivulet.model', 'jiekou/zai-org/glm-4.5');
    fired.settings.fire(changed);
    assert.deepEqual([(await stateOf(page)).sheet?.service, (await row('seed'))?.value], ['jiekou', '7']);
  });

  it('follow the list of models that the service gives out', async () => {
    page.send({ type: 'open-sheet' });
    // A snapshot: what comes after it is pushed change by change.
    assert.notEqual((await stateOf(page)).sheet, undefined);
    const sheets = (): number => page.posted.flatMap(({ changes }) => changes).filter(({ type }) => type === 'sheet-changed').length;
    const before = sheets();
    const listing = handlers.get('rivulet.selectModel')?.();
    await until(() => sheets() > before);
    picks.at(-1)?.hide.fire(undefined);
    await listing;
    assert.ok(called('log.info').some(([line]) => String(line).includes('deepseek lists')));
    assert.equal(sheets(), before + 1);
  });

  it('say in the log what of the setting cannot be used', async () => {
    settings.set('rivulet.parameters', { deepseek: 'hot' });
    fired.settings.fire(changed);
    await settle();
    assert.ok(called('log.warn').some(([line]) => String(line).includes('The entry deepseek of the setting rivulet.parameters')));
  });

  it('take an answer in one piece when the person does not want a stream', async () => {
    settings.set('rivulet.parameters', { deepseek: { stream: false } });
    const turn = await ask('What is two plus two?');
    assert.equal(turn.outcome, 'done');
    const body = simulator.requests.at(-1)?.body as { readonly stream?: unknown; readonly stream_options?: unknown };
    assert.deepEqual([body.stream, body.stream_options], [false, undefined]);
    assert.deepEqual(turn.items.map(({ kind }) => kind), ['reasoning', 'text']);
    assert.ok((turn.usage?.completionTokens ?? 0) > 0);
  });
});
