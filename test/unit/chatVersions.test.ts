import assert from 'node:assert/strict';
import { newTurnId } from '../../src/core/chat/newTurn.ts';
import { createUndo } from '../../src/core/chat/undo.ts';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import { say } from '../../src/protocol/localText.ts';
import type { Outcome } from '../../src/protocol/viewState.ts';
import { aModel, chatWith, itemsOf, question, type ChatHarness } from './support/chatHarness.ts';
import { said } from './support/conversation.ts';
import { keptText } from './support/keptChat.ts';
import { end, saying, type Answer } from './support/scriptedAgent.ts';
import { turns } from './support/turns.ts';

/** What is shown, in short: `Edited (2/2): Two.` */
function shown({ chat }: ChatHarness): readonly string[] {
  return chat.state.turns.map(({ question: { text }, branch, items }) => `${text}${branch === undefined ? '' : ` (${branch.number}/${branch.of})`}: ${items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])).join('')}`);
}

/** The words that the last request was made of, without the system prompt. */
function asked({ agent }: ChatHarness): readonly string[] {
  return (agent.requests.at(-1) ?? []).slice(1).map((message) => (message.role === 'user' ? message.content : message.role === 'assistant' ? message.text : message.role));
}

describe('a question that is asked in other words', () => {
  it('is a new version beside the old one, and the model knows the shown one only', async () => {
    const harness = chatWith([saying('One.'), saying('Two.'), saying('Three.'), saying('Four.')]);
    await harness.chat.ask(question('First'));
    await harness.chat.ask(question('Second'));
    await harness.chat.edit('turn-1', 'Edited');
    assert.deepEqual(shown(harness), ['Edited (2/2): Three.']);
    assert.deepEqual(asked(harness), ['Edited']);
    await harness.chat.ask(question('On'));
    assert.deepEqual(asked(harness), ['Edited', 'Three.', 'On']);
    harness.assertSound();
  });

  it('leaves the old version within reach, with all that followed it', async () => {
    const harness = chatWith([saying('One.'), saying('Two.'), saying('Three.'), saying('Four.')]);
    await harness.chat.ask(question('First'));
    await harness.chat.ask(question('Second'));
    await harness.chat.edit('turn-1', 'Edited');
    harness.chat.showBranch('turn-3', 1);
    assert.deepEqual(shown(harness), ['First (1/2): One.', 'Second: Two.']);
    await harness.chat.ask(question('Third'));
    assert.deepEqual(asked(harness), ['First', 'One.', 'Second', 'Two.', 'Third']);
    harness.chat.showBranch('turn-1', 2);
    assert.deepEqual(shown(harness), ['Edited (2/2): Three.']);
    harness.chat.showBranch('turn-3', 3);
    harness.chat.showBranch('turn-9', 1);
    assert.deepEqual(shown(harness), ['Edited (2/2): Three.'], 'there are no others');
    harness.assertSound();
  });

  it('takes along what went with it: attachments and pictures', async () => {
    const picture = { kind: 'image', url: 'data:image/png;base64,AAAA' } as const;
    const chip = { id: 'm1', kind: 'image', label: 'a.png', bytes: 3, problem: undefined } as const;
    const harness = chatWith([saying('One.'), saying('Two.')]);
    await harness.chat.ask({ text: 'What?', attachments: [{ label: 'a.ts', text: 'const a = 1;' }], media: [chip] }, [picture]);
    await harness.chat.edit('turn-1', 'What else?');
    assert.deepEqual(harness.agent.requests[1]?.[1], { role: 'user', content: 'const a = 1;\n\nWhat else?', media: [picture] });
    assert.deepEqual(harness.lastTurn().question, { text: 'What else?', attachments: [{ label: 'a.ts', text: 'const a = 1;' }], media: [chip] });
  });

  it('tells the page what is new, not the turns in front of it', async () => {
    const harness = chatWith([]);
    for (const text of ['A', 'B', 'C']) await harness.chat.ask(question(text));
    const before = harness.changes.length;
    await harness.chat.edit('turn-3', 'Edited');
    const sent = JSON.stringify(harness.changes.slice(before));
    assert.ok(!sent.includes('"A"') && !sent.includes('"B"') && sent.includes('Edited'), sent);
  });

  it('stops what runs first, and keeps what had come of it', async () => {
    const harness = chatWith([saying('One.'), { events: [{ type: 'text-delta', text: 'Half' }], next: 'hang' }, saying('Three.')]);
    await harness.chat.ask(question('First'));
    const running = harness.chat.ask(question('Second'));
    await turns(20);
    await harness.chat.edit('turn-1', 'Edited');
    await running;
    assert.deepEqual(shown(harness), ['Edited (2/2): Three.']);
    harness.chat.showBranch('turn-3', 1);
    assert.deepEqual(shown(harness), ['First (1/2): One.', 'Second: Half']);
    assert.equal(harness.lastTurn().outcome, 'stopped');
    harness.assertSound();
  });

  it('has ids that no other window makes, and that are names of files everywhere', () => {
    const ids = Array.from({ length: 1000 }, () => newTurnId(Date.now()));
    assert.equal(new Set(ids).size, 1000);
    for (const id of ids) assert.match(id, /^[A-Za-z0-9-]{10,100}$/);
  });
});

describe('a question that is asked once more', () => {
  it('is the same to the model, as another version', async () => {
    const harness = chatWith([saying('One.'), saying('Two.'), saying('Three.')]);
    await harness.chat.ask(question('First'));
    await harness.chat.ask(question('Second'));
    await harness.chat.regenerate('turn-2');
    assert.deepEqual(shown(harness), ['First: One.', 'Second (2/2): Three.']);
    assert.deepEqual(harness.agent.requests[2], harness.agent.requests[1]);
  });
});

describe('a turn that is deleted', () => {
  it('goes with all that followed it, and comes back whole', async () => {
    const harness = chatWith([saying('One.'), saying('Two.'), saying('Three.'), saying('Four.')]);
    for (const text of ['A', 'B', 'C']) await harness.chat.ask(question(text));
    const deleted = await harness.chat.deleteTurn('turn-2');
    assert.deepEqual([shown(harness), deleted?.turnIds], [['A: One.'], ['turn-2', 'turn-3']]);
    deleted?.restore();
    assert.deepEqual(shown(harness), ['A: One.', 'B: Two.', 'C: Three.']);
    await harness.chat.ask(question('D'));
    assert.deepEqual(asked(harness), ['A', 'One.', 'B', 'Two.', 'C', 'Three.', 'D']);
    harness.assertSound();
  });

  it('leaves its other versions: the one before it is shown', async () => {
    const harness = chatWith([saying('One.'), saying('Two.'), saying('Three.')]);
    await harness.chat.ask(question('A'));
    await harness.chat.edit('turn-1', 'B');
    await harness.chat.edit('turn-2', 'C');
    const deleted = await harness.chat.deleteTurn('turn-3');
    assert.deepEqual(shown(harness), ['B (2/2): Two.']);
    deleted?.restore();
    assert.deepEqual(shown(harness), ['C (3/3): Three.']);
    await harness.chat.deleteTurn('turn-3');
    await harness.chat.deleteTurn('turn-2');
    assert.deepEqual(shown(harness), ['A: One.']);
    harness.assertSound();
  });

  it('is stopped first when it runs', async () => {
    const harness = chatWith([{ events: [{ type: 'text-delta', text: 'Half' }], next: 'hang' }]);
    const running = harness.chat.ask(question('A'));
    await turns(20);
    const deleted = await harness.chat.deleteTurn('turn-1');
    await running;
    assert.deepEqual([shown(harness), harness.chat.state.activity], [[], { kind: 'idle' }]);
    deleted?.restore();
    assert.equal(harness.lastTurn().outcome, 'stopped');
  });

  it('comes back in sight though another version has been shown since at a place before it', async () => {
    const harness = chatWith([saying('One.'), saying('Two.'), saying('Three.')]);
    await harness.chat.ask(question('A'));
    await harness.chat.ask(question('B'));
    const deleted = await harness.chat.deleteTurn('turn-2');
    await harness.chat.edit('turn-1', 'C');
    deleted?.restore();
    assert.deepEqual(shown(harness), ['A (1/2): One.', 'B: Two.']);
    harness.assertSound();
  });

  it('stays deleted in another chat', async () => {
    const harness = chatWith([saying('One.')]);
    await harness.chat.ask(question('A'));
    const deleted = await harness.chat.deleteTurn('turn-1');
    await harness.chat.openNew('other');
    deleted?.restore();
    assert.deepEqual(shown(harness), []);
  });

  it('is gone from what is kept, and is kept again when it comes back', async () => {
    const kept = keptText();
    const harness = chatWith([saying('One.'), saying('Two.')], { keeper: kept.keeper });
    await harness.chat.ask(question('A'));
    await harness.chat.ask(question('B'));
    const deleted = await harness.chat.deleteTurn('turn-2');
    assert.deepEqual(kept.chat().turns.map(({ id }) => id), ['turn-1']);
    deleted?.restore();
    assert.deepEqual(kept.chat().turns.map(({ id, parent }) => [id, parent]), [['turn-1', undefined], ['turn-2', 'turn-1']]);
  });
});

describe('an answer of several', () => {
  const several: Answer = { events: [{ type: 'text-delta', text: 'A' }, { ...end({ text: 'A' }), alternatives: [said({ text: 'B', reasoning: { field: 'reasoning_content', text: 'why B' } }), said({ text: 'C' })] }] };

  it('is gone on with when it is chosen, and changes back', async () => {
    const kept = keptText();
    const harness = chatWith([several, saying('Next.'), saying('Last.')], { keeper: kept.keeper });
    await harness.chat.ask(question('Go'));
    const [, second] = harness.lastTurn().items;
    harness.chat.chooseAlternative('turn-1', second?.id ?? '');
    assert.deepEqual(itemsOf(harness.lastTurn()), ['reasoning why B', 'text B', 'alternative 2 A', 'alternative 3 C']);
    await harness.chat.open(kept.chat());
    await harness.chat.ask(question('On'));
    assert.deepEqual(asked(harness), ['Go', 'B', 'On']);
    await harness.chat.deleteTurn('turn-2');
    harness.chat.chooseAlternative('turn-1', harness.lastTurn().items.find((item) => item.kind === 'alternative')?.id ?? '');
    assert.deepEqual(itemsOf(harness.lastTurn()), ['text A', 'alternative 2 B', 'alternative 3 C']);
    harness.assertSound();
  });

  it('is not shown with the probabilities of the answer whose place it takes', async () => {
    const harness = chatWith([several]);
    await harness.chat.ask(question('Go'));
    harness.publish({ type: 'item-added', turnId: 'turn-1', item: { kind: 'probabilities', id: 'p', tokens: [{ token: 'A', percent: 90, alternatives: [] }] } });
    harness.chat.chooseAlternative('turn-1', harness.lastTurn().items[1]?.id ?? '');
    assert.deepEqual(itemsOf(harness.lastTurn()), ['reasoning why B', 'text B', 'alternative 2 A', 'alternative 3 C']);
  });

  it('stays as it is once it has been gone on from', async () => {
    const harness = chatWith([several, saying('Next.')]);
    await harness.chat.ask(question('Go'));
    const id = harness.lastTurn().items[1]?.id ?? '';
    await harness.chat.ask(question('On'));
    harness.chat.chooseAlternative('turn-1', id);
    assert.deepEqual(itemsOf(harness.chat.state.turns[0] ?? harness.lastTurn()).slice(0, 2), ['text A', 'alternative 2 B']);
  });
});

describe('what was deleted last', () => {
  it('can be brought back once, until something else is deleted', async () => {
    const store = createViewStore(initialState(aModel), () => undefined);
    const undo = createUndo(store);
    const events: string[] = [];
    undo.offer({ text: say('A'), restore: () => void events.push('A back'), gone: () => void events.push('A gone') });
    const first = store.state.undo?.id ?? '';
    undo.offer({ text: say('B'), restore: () => void events.push('B back'), gone: () => void events.push('B gone') });
    await undo.undo(first);
    assert.deepEqual([events, store.state.undo?.text], [['A gone'], { message: 'B', args: [] }]);
    await undo.undo(store.state.undo?.id ?? '');
    await undo.undo('undo-2');
    assert.deepEqual([events, store.state.undo], [['A gone', 'B back'], undefined]);
  });

  it('stays within reach in another chat, unless it is a turn of the one that was left', () => {
    const store = createViewStore(initialState(aModel), () => undefined);
    const undo = createUndo(store);
    const open = (id: string): void => store.publish({ type: 'chat-opened', chat: { id, title: '', draft: '' }, turns: [] });
    undo.offer({ text: say('A chat'), restore: () => undefined });
    open('x');
    assert.ok(store.state.undo !== undefined);
    undo.offer({ text: say('A turn'), restore: () => undefined, isOfChat: true });
    open('x');
    assert.ok(store.state.undo !== undefined);
    open('y');
    assert.equal(store.state.undo, undefined);
    undo.offer({ text: say('Another turn'), restore: () => undefined, isOfChat: true });
    const ended = (outcome: Outcome): void => store.publish({ type: 'turn-ended', turnId: 't', outcome, usage: undefined });
    ended('failed');
    assert.ok(store.state.undo !== undefined);
    ended('done');
    assert.equal(store.state.undo, undefined, 'the chat has gone on');
  });
});
