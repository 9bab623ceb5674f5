import assert from 'node:assert/strict';
import { chatWith, itemsOf, question, type ChatHarness } from './support/chatHarness.ts';
import { keptText } from './support/keptChat.ts';
import { end, saying } from './support/scriptedAgent.ts';
import { turns } from './support/turns.ts';

/** What is shown, in short: `Edited (2/2): Two.` */
function shown({ chat }: ChatHarness): readonly string[] {
  return chat.state.turns.map(({ question: { text }, branch, items }) => `${text}${branch === undefined ? '' : ` (${branch.number}/${branch.of})`}: ${items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])).join('')}`);
}

describe('what is kept of a chat while a turn runs', () => {
  it('is the turn as it began, and then all that becomes of it, in order', async () => {
    const kept = keptText();
    const harness = chatWith([{ events: [{ type: 'reasoning-delta', text: 'Hm' }, ...saying('Yes.').events] }], { keeper: kept.keeper });
    await harness.chat.ask(question('A'));
    const notes = kept.journal.map((entry) => (entry.kind === 'message' ? `message ${entry.message.role}` : entry.change.type));
    assert.deepEqual(notes, ['item-added', 'reasoning-ended', 'item-added', 'item-extended', 'message assistant']);
    assert.deepEqual(kept.chat().turns.map(({ view, history }) => [view.outcome, history.messages.length, history.service, history.model]), [['done', 2, 'deepseek', 'deepseek-v4-flash']]);
  });

  it('begins again when the turn goes on', async () => {
    const kept = keptText();
    const harness = chatWith([{ events: [{ type: 'text-delta', text: 'One, ' }, end({ text: 'One, ', reason: 'length' })] }, saying('two.')], { keeper: kept.keeper });
    await harness.chat.ask(question('Count'));
    await harness.chat.resume('turn-1');
    assert.deepEqual(kept.journal.map((entry) => (entry.kind === 'message' ? `message ${entry.replaces}` : entry.change.type)), ['item-extended', 'item-extended', 'message true']);
    await harness.chat.open(kept.chat());
    assert.deepEqual(itemsOf(harness.lastTurn()), ['text One, two.']);
  });

  it('opens with a turn that was interrupted when it was never ended', async () => {
    const kept = keptText();
    const harness = chatWith([{ events: [{ type: 'text-delta', text: 'Half' }], next: 'hang' }, saying('Whole.')], { keeper: kept.keeper });
    const running = harness.chat.ask(question('A'));
    await turns(20);
    const found = kept.chat();
    await harness.chat.stop();
    await running;
    await harness.chat.open(found);
    assert.equal(harness.lastTurn().outcome, 'interrupted');
    await harness.chat.resume('turn-1');
    assert.deepEqual(itemsOf(harness.lastTurn()), ['text Whole.']);
    harness.assertSound();
  });

  it('opens without a turn whose file was set aside: what followed it follows the turn before', async () => {
    const kept = keptText();
    const harness = chatWith([saying('One.'), saying('Two.'), saying('Three.')], { keeper: kept.keeper });
    for (const text of ['A', 'B', 'C']) await harness.chat.ask(question(text));
    const { turns, ...rest } = kept.chat();
    await harness.chat.open({ ...rest, turns: turns.filter(({ id }) => id !== 'turn-2').toReversed() });
    assert.deepEqual(shown(harness), ['A: One.', 'C: Three.']);
    await harness.chat.open({ ...rest, turns: turns.filter(({ id }) => id !== 'turn-1') });
    assert.deepEqual(shown(harness), ['B: Two.', 'C: Three.']);
  });
});
