import assert from 'node:assert/strict';
import { readTurn, toBytes } from '../../src/core/sessions/storedSchemas.ts';
import { chatWith, question, type ChatHarness } from './support/chatHarness.ts';
import { keptText, type KeptText } from './support/keptChat.ts';
import { saying } from './support/scriptedAgent.ts';

const answers = ['One.', 'Two.', 'Three.', 'Four.', 'Five.', 'Six.'].map((text) => saying(text));

/** A chat that is told of changes what stands in `news`. */
function chatWithNews(): { readonly harness: ChatHarness; readonly kept: KeptText; readonly news: string[] } {
  const news: string[] = [];
  const kept = keptText();
  const harness = chatWith(answers, {
    keeper: kept.keeper,
    news: (elsewhere) => [...news.splice(0), ...elsewhere].map((text) => ({ label: 'News', text })),
  });
  return { harness, kept, news };
}

/** The last question as the model was asked it. */
function lastAsked({ agent }: ChatHarness): string {
  const last = agent.requests.at(-1)?.at(-1);
  return last?.role === 'user' ? last.content : '';
}

describe('what the model was told with a turn of what became of changes', () => {
  it('is told with the version that takes its place, edited or asked once more, and not again behind it', async () => {
    const { harness, news } = chatWithNews();
    await harness.chat.ask(question('First'));
    news.push('You took back a.ts.');
    await harness.chat.ask(question('Second'));
    await harness.chat.edit('turn-2', 'Better');
    assert.equal(lastAsked(harness), 'You took back a.ts.\n\nBetter');
    await harness.chat.regenerate('turn-3');
    assert.equal(lastAsked(harness), 'You took back a.ts.\n\nBetter');
    await harness.chat.ask(question('Third'));
    assert.equal(lastAsked(harness), 'Third');
    harness.assertSound();
  });

  it('is told when the question in front of it is asked in other words', async () => {
    const { harness, news } = chatWithNews();
    await harness.chat.ask(question('First'));
    news.push('You took back a.ts.');
    await harness.chat.ask(question('Second'));
    await harness.chat.edit('turn-1', 'Other');
    assert.equal(lastAsked(harness), 'You took back a.ts.\n\nOther');
    harness.assertSound();
  });

  it('is told with the next question when the turn was deleted, until it comes back', async () => {
    const { harness, news } = chatWithNews();
    await harness.chat.ask(question('First'));
    news.push('You took back a.ts.');
    await harness.chat.ask(question('Second'));
    const deleted = await harness.chat.deleteTurn('turn-2');
    deleted?.restore();
    await harness.chat.ask(question('Third'));
    assert.equal(lastAsked(harness), 'Third');
    await harness.chat.deleteTurn('turn-2');
    await harness.chat.ask(question('Fourth'));
    assert.equal(lastAsked(harness), 'You took back a.ts.\n\nFourth');
    harness.assertSound();
  });
});

describe('what became of changes and was told to nobody when the chat was left', () => {
  it('is told when it is opened again and gone on with, once', async () => {
    const { harness, kept, news } = chatWithNews();
    await harness.chat.ask(question('First'));
    news.push('You took back a.ts.');
    harness.chat.keepNews();
    assert.deepEqual(news, []);
    const chat = kept.chat();
    await harness.chat.openNew('other');
    await harness.chat.ask(question('Elsewhere'));
    assert.equal(lastAsked(harness), 'Elsewhere');
    await harness.chat.open({ ...chat, turns: chat.turns.flatMap((turn) => readTurn(toBytes(turn), turn.id) ?? []) });
    await harness.chat.ask(question('Second'));
    assert.equal(lastAsked(harness), 'You took back a.ts.\n\nSecond');
    await harness.chat.ask(question('Third'));
    assert.equal(lastAsked(harness), 'Third');
    harness.assertSound();
  });

  it('is told behind a summary that was asked for first', async () => {
    const { harness, kept, news } = chatWithNews();
    await harness.chat.ask(question('First'));
    news.push('You took back a.ts.');
    harness.chat.keepNews();
    await harness.chat.open(kept.chat());
    await harness.chat.compact();
    await harness.chat.ask(question('Second'));
    assert.equal(lastAsked(harness), 'You took back a.ts.\n\nSecond');
  });

  it('is nothing to keep where nothing was asked', () => {
    const { harness, kept, news } = chatWithNews();
    news.push('You took back a.ts.');
    harness.chat.keepNews();
    assert.deepEqual(kept.chat().turns, []);
  });
});

describe('files that a deleted version of the first question has changed', () => {
  it('are told in the version that is shown then, until it comes back', async () => {
    const { harness } = chatWithNews();
    await harness.chat.ask(question('Read a.ts'));
    await harness.chat.edit('turn-1', 'Change a.ts');
    harness.publish({ type: 'turn-changes', turnId: 'turn-2', changes: { files: 1, state: 'kept' } });
    const deleted = await harness.chat.deleteTurn('turn-2');
    await harness.chat.ask(question('What is in it?'));
    assert.match(lastAsked(harness), /1 file was changed\. The changes have not been taken back\. .*What is in it\?$/s);
    await harness.chat.deleteTurn('turn-3');
    deleted?.restore();
    await harness.chat.ask(question('And now?'));
    assert.equal(lastAsked(harness), 'And now?');
    harness.assertSound();
  });
});
