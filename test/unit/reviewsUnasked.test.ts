import assert from 'node:assert/strict';
import type { PermissionQuestion } from '../../src/core/agent/person.ts';
import { say } from '../../src/protocol/localText.ts';
import { reviewHarness, settled, type ReviewHarness } from './support/reviewHarness.ts';

const never = new AbortController().signal;

function questionOf(key: string, parts: Partial<PermissionQuestion> = {}): PermissionQuestion {
  return {
    text: say('Let the model call {0} of {1}?', key, 'MCP'),
    reasons: [say('It may hold keys or passwords.')],
    data: { text: '{\n  "message": "Hi"\n}', inShort: say('With {0}', '{"message":"Hi"}') },
    forChat: { key, label: key, text: say('Let the model call {0} of {1} in this chat without asking?', key, 'MCP'), details: [] },
    ...parts,
  };
}

function ask(harness: ReviewHarness, question: PermissionQuestion): Promise<boolean> {
  return harness.reviews.forTurn('turn-1').allows(question, never);
}

async function answer(harness: ReviewHarness, reach: 'once' | 'chat' | undefined, yes = true): Promise<void> {
  await settled();
  harness.answer = () => yes;
  await harness.reviews.permit(harness.permission().token, true, reach);
  await settled();
}

describe('a call of somebody else\'s tool', () => {
  it('is shown with its exact arguments, and confirmed by the host with them', async () => {
    const harness = reviewHarness({});
    const allowed = ask(harness, questionOf('echo'));
    await settled();
    assert.deepEqual([harness.permission().data, harness.permission().isForChat], ['{\n  "message": "Hi"\n}', true]);
    await answer(harness, 'once');
    assert.deepEqual(harness.asked, ['Let the model call echo of MCP?\nWith {"message":"Hi"}\nIt may hold keys or passwords.']);
    assert.equal(await allowed, true);
    assert.deepEqual(harness.store.state.unasked, []);
    // They may be long, and nobody reads them any more.
    assert.equal('data' in harness.permission(), false);
  });

  it('is asked about again after a yes for once, and not after one for the chat, which is shown', async () => {
    const harness = reviewHarness({});
    const first = ask(harness, questionOf('echo'));
    await answer(harness, 'once');
    assert.equal(await first, true);
    const second = ask(harness, questionOf('echo'));
    await answer(harness, 'chat');
    assert.equal(await second, true);
    assert.match(harness.asked[1] ?? '', /^Let the model call echo of MCP in this chat without asking\?/);
    assert.deepEqual(harness.store.state.unasked, ['echo']);
    assert.equal(await ask(harness, questionOf('echo')), true);
    assert.equal(harness.asked.length, 2);
  });

  it('was allowed under its own key only, and another is asked about', async () => {
    const harness = reviewHarness({});
    const first = ask(harness, questionOf('echo'));
    await answer(harness, 'chat');
    await first;
    const other = ask(harness, questionOf('other'));
    await settled();
    assert.equal(harness.permission().status, 'open');
    await harness.reviews.permit(harness.permission().token, false);
    assert.equal(await other, false);
  });

  it('is not asked about twice when two wait and the first is allowed for the chat', async () => {
    const harness = reviewHarness({});
    const [first, second] = [ask(harness, questionOf('echo')), ask(harness, questionOf('echo'))];
    await answer(harness, 'chat');
    assert.deepEqual([await first, await second], [true, true]);
    assert.equal(harness.asked.length, 1);
  });

  it('is refused when the page wishes for a whole chat what can be allowed once', async () => {
    const harness = reviewHarness({});
    const { forChat: _, ...once } = questionOf('read');
    const allowed = ask(harness, once);
    await answer(harness, 'chat');
    assert.equal(await allowed, false);
    assert.deepEqual(harness.asked, []);
  });

  for (const [what, end] of [
    ['the person says so', (harness: ReviewHarness) => harness.reviews.askAgain()],
    ['the panel is closed', (harness: ReviewHarness) => harness.reviews.declineAll()],
    ['the chat is left', (harness: ReviewHarness) => harness.reviews.clear()],
  ] as const) {
    it(`is asked about again once ${what}`, async () => {
      const harness = reviewHarness({});
      const first = ask(harness, questionOf('echo'));
      await answer(harness, 'chat');
      await first;
      end(harness);
      assert.deepEqual(harness.store.state.unasked, []);
      const again = ask(harness, questionOf('echo'));
      await settled();
      assert.equal(harness.permission().status, 'open');
      harness.reviews.declineAll();
      assert.equal(await again, false);
    });
  }

  it('is not allowed for the chat by a no of the host, nor by a yes that came after everything was refused', async () => {
    const harness = reviewHarness({});
    const first = ask(harness, questionOf('echo'));
    await answer(harness, 'chat', false);
    assert.equal(await first, false);
    const second = ask(harness, questionOf('echo'));
    await settled();
    harness.answer = () => {
      harness.reviews.declineAll();
      return true;
    };
    await harness.reviews.permit(harness.permission().token, true, 'chat');
    assert.equal(await second, false);
    assert.deepEqual(harness.store.state.unasked, []);
  });
});
