import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openSession, type Session } from './support/session.ts';

describe('What can be done with turns, in the real workbench and by keyboard', function () {
  this.timeout(180_000);
  let session: Session;

  before(async () => {
    session = await openSession();
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
  });
  after(() => session.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-turns-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  const press = (key: string): Promise<void> => session.window.page.keyboard.press(key);

  /** Goes back from the composer with Tab, and along the toolbar with the arrows, until the last button that does this has the focus. */
  async function reach(frame: Frame, does: string): Promise<void> {
    await session.panel.open();
    const isAt = (selector: string): Promise<boolean> => frame.evaluate((wanted) => document.activeElement?.closest(wanted) != null, selector);
    for (let stops = 0; !(await isAt(`.toolbar:has([data-does="${does}"])`)); stops += 1) {
      assert.ok(stops < 40, `${does} cannot be reached with Tab`);
      await press('Shift+Tab');
    }
    for (let steps = 0; !(await isAt(`[data-does="${does}"]`)); steps += 1) {
      assert.ok(steps < 12, `${does} cannot be reached with the arrows`);
      await press('ArrowRight');
    }
  }

  async function act(frame: Frame, does: string): Promise<void> {
    await reach(frame, does);
    await press('Enter');
  }

  /** What the last request said on behalf of the person. */
  function told(): readonly string[] {
    const { body } = session.simulator.requests.at(-1) ?? assert.fail('nothing was asked');
    return (body as { readonly messages: readonly { readonly role: string; readonly content: string }[] }).messages.flatMap(({ role, content }) => (role === 'user' ? [content] : []));
  }

  it('a question is asked in other words, and the old version with its answer stays within reach', async () => {
    const { panel, window } = session;
    const frame = await panel.open();
    await panel.ask('What are tides?');
    await panel.ask('And the moon?');
    await act(frame, 'edit');
    // Not with the key that selects everything: the workbench takes that one to itself, and does it in its own time.
    await press('Shift+Home');
    await window.page.keyboard.type('And the sun?');
    await press('Enter');
    await frame.locator('.question-text').getByText('And the sun?').waitFor();
    await panel.settled();
    assert.deepEqual(await questions(frame), ['What are tides?', 'And the sun?']);
    assert.deepEqual(told(), ['What are tides?', 'And the sun?'], 'the model knows the shown version only');
    await frame.getByText('2/2').waitFor();
    await window.screenshot('turns-edited');
    await act(frame, 'version-before');
    await frame.getByText('1/2').waitFor();
    assert.deepEqual(await questions(frame), ['What are tides?', 'And the moon?']);
    assert.match((await (await panel.lastTurn()).locator('.answer').textContent()) ?? '', /moon/);
    await act(frame, 'version-after');
    await frame.getByText('2/2').waitFor();
    assert.deepEqual(await questions(frame), ['What are tides?', 'And the sun?']);
  });

  it('a question is asked once more, as another version', async () => {
    const { panel, simulator } = session;
    const frame = await panel.open();
    await act(frame, 'regenerate');
    await frame.getByText('3/3').waitFor();
    await panel.settled();
    const [before, after] = simulator.requests.slice(-2);
    assert.equal(after?.text, before?.text);
  });

  it('a turn is deleted and brought back', async () => {
    const { panel, window } = session;
    const frame = await panel.open();
    const answer = await (await panel.lastTurn()).locator('.answer').textContent();
    await act(frame, 'delete-turn');
    await frame.locator('.undo-strip').waitFor();
    await frame.getByText('2/2').waitFor();
    await window.screenshot('turns-deleted');
    await frame.locator('.undo-strip button').focus();
    await press('Enter');
    await frame.getByText('3/3').waitFor();
    assert.equal(await (await panel.lastTurn()).locator('.answer').textContent(), answer);
    await frame.locator('.undo-strip').waitFor({ state: 'detached' });
  });

  it('a summary goes along in place of what was said, and is taken back by deleting it', async () => {
    const { panel, window } = session;
    const frame = await panel.open();
    await panel.send('/compact');
    await panel.settled();
    await window.screenshot('turns-summary');
    await panel.ask('And the wind?');
    assert.equal(told().length, 1);
    assert.match(told()[0] ?? '', /as you summarised it.*And the wind\?$/s);
    const summary = frame.locator('article.turn').nth(2);
    await summary.locator('[data-does="delete-turn"]').focus();
    await press('Enter');
    await frame.locator('.undo-strip').waitFor();
    await panel.ask('And the rain?');
    assert.deepEqual(told(), ['What are tides?', 'And the sun?', 'And the wind?', 'And the rain?']);
  });

  it('versions and what is shown of them are there again when the window is opened again', async () => {
    const { panel, window } = session;
    const before = await questions(await panel.open());
    await window.reload();
    const frame = await panel.open();
    await frame.getByText('3/3').waitFor();
    assert.deepEqual(await questions(frame), before);
    await panel.ask('Are you still there?');
    assert.deepEqual(told(), [...before, 'Are you still there?']);
  });
});

/** The questions that are shown. */
async function questions(frame: Frame): Promise<readonly string[]> {
  return frame.locator('.question-text').allTextContents();
}
