import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReviewItem } from '../../src/protocol/reviewItems.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { lastContent } from '../support/lastContent.ts';
import { folder, workspace } from './fakeVscode.ts';
import { Uri } from './fakeTypes.ts';
import { activated, closeWindows } from './fakes.ts';
import { isOver, stateWhen } from './pageState.ts';
import { resetTo } from './simulated.ts';

const place = join(folder, 'untold');

const cardOf = ({ turns }: ViewState): ReviewItem | undefined => turns.flatMap(({ items }) => items).find((item) => item.kind === 'review');

describe('a chat that is left with something put off', () => {
  let simulator: Simulator;
  let open: Awaited<ReturnType<typeof activated>>;

  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    resetTo(simulator, 'deepseek-v4-flash');
    await mkdir(place, { recursive: true });
    workspace.workspaceFolders = [{ name: 'untold', uri: Uri.file(place), index: 0 }];
    open = await activated();
  });

  async function until(condition: (state: ViewState) => boolean): Promise<ViewState> {
    return stateWhen(open.page, condition);
  }

  async function putOff(): Promise<string> {
    open.page.send({ type: 'send', text: 'Go [[simulate: call tool create_file with {"path":"new.txt","content":"new\\n"}]]' });
    const { token } = cardOf(await until((state) => cardOf(state)?.status === 'open')) ?? assert.fail();
    open.page.send({ type: 'decide', token, decision: 'later' });
    return (await until(isOver)).chat.id;
  }

  const told = /was put off, and its question has ended with no decision[^]*Go on$/;

  it('has the model told of it when it is opened again and gone on with', async () => {
    const chatId = await putOff();
    open.page.send({ type: 'new-chat' });
    await until(({ turns }) => turns.length === 0);
    open.page.send({ type: 'open-chat', chatId });
    assert.equal(cardOf(await until(({ chat }) => chat.id === chatId))?.status, 'unanswered');
    open.page.send({ type: 'send', text: 'Go on' });
    await until((state) => state.turns.length === 2 && isOver(state));
    assert.match(String(lastContent(simulator.requests)), told);
  });

  it('has the model told of it when the window was loaded again', async () => {
    const chatId = await putOff();
    await closeWindows();
    open = await activated();
    await until(({ chat }) => chat.id === chatId);
    open.page.send({ type: 'send', text: 'Go on' });
    await until((state) => state.turns.length === 2 && isOver(state));
    assert.match(String(lastContent(simulator.requests)), told);
  });
});
