import assert from 'node:assert/strict';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import type { ReviewItem } from '../../src/protocol/reviewItems.ts';
import { chatWith, question, type ChatHarness } from './support/chatHarness.ts';
import { keptText } from './support/keptChat.ts';
import { saying } from './support/scriptedAgent.ts';

/** The words that the last request was made of, without the system prompt. */
function asked({ agent }: ChatHarness): readonly string[] {
  return (agent.requests.at(-1) ?? []).slice(1).map((message) => (message.role === 'user' ? message.content : message.role === 'assistant' ? message.text : message.role));
}

const told = { news: (elsewhere: readonly string[]) => elsewhere.map((text) => ({ label: 'News', text })) };

function changed(harness: ChatHarness, turnId: string, ...paths: readonly string[]): void {
  const files = paths.map((path) => ({ change: 'edit', path, to: undefined, reasons: [], added: 1, removed: 0, decision: 'accepted', hunks: [], moreHunks: 0 }) as const);
  const item: ReviewItem = { kind: 'review', id: `${turnId}.review`, token: 't', status: 'done', files, moreFiles: 0, note: undefined };
  harness.publish({ type: 'item-added', turnId, item });
  harness.publish({ type: 'turn-changes', turnId, changes: { files: paths.length, state: 'kept' } });
}

describe('files that a version has changed which is not shown any more', () => {
  const answers = [saying('One.'), saying('Two.'), saying('Three.'), saying('Four.'), saying('Five.')];

  it('are told to the model with the next question, once', async () => {
    const harness = chatWith(answers, told);
    await harness.chat.ask(question('A'));
    await harness.chat.ask(question('B'));
    changed(harness, 'turn-2', 'src/a.ts', 'src/b.ts');
    await harness.chat.edit('turn-2', 'C');
    assert.match(asked(harness).at(-1) ?? '', /^In a version of this conversation that is not shown any more, 2 files were changed: src\/a\.ts, src\/b\.ts\. .*The text on disk is what counts.*C$/s);
    assert.match(harness.lastTurn().question.attachments[0]?.text ?? '', /2 files were changed/, 'the person sees it too');
    await harness.chat.ask(question('D'));
    assert.equal(asked(harness).at(-1), 'D');
    harness.assertSound();
  });

  it('are not told when they were put back, nor when the version that changed them is shown', async () => {
    const harness = chatWith(answers, told);
    await harness.chat.ask(question('A'));
    changed(harness, 'turn-1', 'src/a.ts');
    await harness.chat.ask(question('B'));
    assert.equal(asked(harness).at(-1), 'B');
    harness.publish({ type: 'turn-changes', turnId: 'turn-1', changes: { files: 1, state: 'reverted' } });
    await harness.chat.edit('turn-1', 'C');
    assert.deepEqual(asked(harness), ['C']);
  });

  it('are told without those that were put back by themselves', async () => {
    const harness = chatWith(answers, told);
    await harness.chat.ask(question('A'));
    changed(harness, 'turn-1', 'src/a.ts', 'src/b.ts');
    const item = harness.lastTurn().items.find(({ kind }) => kind === 'review');
    assert.ok(item?.kind === 'review');
    harness.publish({ type: 'item-changed', turnId: 'turn-1', item: { ...item, files: item.files.map((file, index) => (index === 0 ? { ...file, isReverted: true as const } : file)) } });
    harness.publish({ type: 'turn-changes', turnId: 'turn-1', changes: { files: 1, state: 'kept', reverted: 1 } });
    await harness.chat.edit('turn-1', 'B');
    assert.match(asked(harness).at(-1) ?? '', /1 file was changed: src\/b\.ts\..*B$/s);
  });

  it('are told in an older version that is gone on with', async () => {
    const harness = chatWith(answers, told);
    await harness.chat.ask(question('A'));
    await harness.chat.edit('turn-1', 'B');
    changed(harness, 'turn-2', 'src/a.ts');
    harness.chat.showBranch('turn-2', 1);
    await harness.chat.ask(question('C'));
    assert.match(asked(harness).at(-1) ?? '', /1 file was changed: src\/a\.ts\..*C$/s);
  });

  for (const how of ['at once', 'after the chat was opened again'] as const) {
    it(`are told ${how} when the version was deleted, until it comes back`, async () => {
      const kept = keptText();
      const harness = chatWith(answers, { ...told, keeper: kept.keeper });
      await harness.chat.ask(question('A'));
      await harness.chat.ask(question('B'));
      changed(harness, 'turn-2', 'src/a.ts');
      const deleted = await harness.chat.deleteTurn('turn-2');
      if (how !== 'at once') await harness.chat.open(kept.chat());
      else {
        deleted?.restore();
        await harness.chat.ask(question('C'));
        assert.equal(asked(harness).at(-1), 'C');
        await harness.chat.deleteTurn('turn-2');
      }
      await harness.chat.ask(question('D'));
      assert.match(asked(harness).at(-1) ?? '', /1 file was changed: src\/a\.ts\..*D$/s);
      await harness.chat.ask(question('E'));
      assert.equal(asked(harness).at(-1), 'E');
    });
  }

  it('are told again when the question that told them was refused, also after the chat was opened again', async () => {
    const kept = keptText();
    const harness = chatWith([saying('One.'), { events: [], next: new CompletionError('bad-request', 'no') }, saying('Three.')], { ...told, keeper: kept.keeper });
    await harness.chat.ask(question('A'));
    changed(harness, 'turn-1', 'src/a.ts');
    await harness.chat.edit('turn-1', 'B');
    await harness.chat.open(kept.chat());
    await harness.chat.ask(question('C'));
    assert.equal(asked(harness).join('|').match(/1 file was changed/g)?.length, 1);
    harness.assertSound();
  });
});
