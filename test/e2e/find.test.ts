import assert from 'node:assert/strict';
import { eventually } from '../workbench/eventually.ts';
import { openSession, type Session } from './support/session.ts';

const longAnswer = Array.from({ length: 60 }, (_, index) => `Line ${index}.`).join('\n\n');

describe('Finding one\'s way in a chat, in the real workbench and by keyboard', function () {
  this.timeout(180_000);
  let session: Session;

  before(async () => {
    session = await openSession();
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
    await session.panel.ask('Good morning!');
    await session.panel.ask(`[[simulate: say ${longAnswer}]]`);
  });
  after(() => session.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-find-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  const press = (key: string): Promise<void> => session.window.page.keyboard.press(key);

  it('Ctrl+F finds words in the chat, Enter goes on, Escape gives the focus back', async () => {
    const { panel, window } = session;
    const frame = await panel.open();
    await press('Control+f');
    await frame.getByRole('textbox', { name: 'Find in chat' }).waitFor();
    await window.page.keyboard.type('line 17.', { delay: 10 });
    const count = frame.locator('.find-count');
    await count.getByText(/^1 of 2$/).waitFor();
    await press('Enter');
    await count.getByText(/^2 of 2$/).waitFor();
    await frame.waitForFunction(() => [...(CSS.highlights.get('found-current') ?? [])][0]?.startContainer.textContent === 'Line 17.');
    await window.screenshot('find-in-chat');
    await press('Escape');
    await frame.getByRole('search').waitFor({ state: 'detached' });
    await frame.waitForFunction(() => document.activeElement?.localName === 'vscode-text-area');
  });

  it('Alt with the arrow keys goes from turn to turn and back to the composer', async () => {
    const frame = await session.panel.open();
    await press('Alt+ArrowUp');
    await frame.waitForFunction(() => document.activeElement?.matches('.turn.last') === true);
    await press('Alt+ArrowUp');
    await frame.waitForFunction(() => document.activeElement?.matches('.turn:not(.last)') === true);
    await session.window.screenshot('find-jump');
    await press('Alt+ArrowDown');
    await press('Alt+ArrowDown');
    await frame.waitForFunction(() => document.activeElement?.localName === 'vscode-text-area');
  });

  it('each turn says on demand what it cost and how fast it came', async () => {
    const frame = await session.panel.open();
    const line = frame.locator('article.turn').last().locator('.turn-words');
    await line.focus();
    await press('Enter');
    const expected = /First word after\n+[\d.]+ s\n[\s\S]*Tokens as the service counted them\n/;
    assert.match(await eventually(() => frame.locator('.turn-details').innerText(), (text) => expected.test(text)), expected);
    await session.window.screenshot('find-costs');
  });
});
