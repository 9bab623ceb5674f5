import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/edits/change.ts';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import { createBeforeImages } from '../../src/core/reviews/beforeImages.ts';
import type { Confirmation } from '../../src/core/reviews/reviews.ts';
import { createOutsideChanges, type OutsideChanges } from '../../src/host/languageModelTools/outsideChanges.ts';
import { createOutsidePerson } from '../../src/host/languageModelTools/outsidePerson.ts';
import { aModel } from '../unit/support/chatHarness.ts';
import { edit, place, reviewHarness, settled, words, type ReviewHarness } from '../unit/support/reviewHarness.ts';
import { answers, called, reset } from './fakeVscode.ts';

const never = new AbortController().signal;

interface Outside {
  readonly harness: ReviewHarness;
  readonly changes: OutsideChanges;
  /** What was asked before anything was put back, in words. */
  readonly asked: string[];
  /** The person's answer to that. */
  answer: boolean;
}

function outsideHarness(most?: number): Outside {
  const store = createViewStore(initialState(aModel), () => undefined);
  const images = createBeforeImages({ ...(most !== undefined && { most }), forgot: (turnId, files) => store.publish({ type: 'turn-changes', turnId, changes: { files, state: 'forgotten' } }) });
  const harness = reviewHarness({ 'a.ts': 'a\n', 'b.ts': 'b\n', 'c.ts': 'c\n' }, [], { outside: true, store, images });
  const asked: string[] = [];
  const confirm = async ({ text, details }: Confirmation): Promise<boolean> => {
    asked.push([text, ...details].map(words).join('\n'));
    return outside.answer;
  };
  const outside: Outside = { harness, asked, answer: true, changes: createOutsideChanges({ store, reviews: harness.reviews, images, confirm, now: () => new Date(0) }) };
  return outside;
}

/** What another agent changes, the person accepting all of it. */
async function changed(proposals: readonly (readonly FileChange[])[], most?: number): Promise<Outside> {
  const outside = outsideHarness(most);
  const { harness } = outside;
  harness.answer = () => true;
  const person = createOutsidePerson({ reviews: harness.reviews, confirm: async () => false, show: async (token) => void setImmediate(() => void harness.reviews.decide({ token, decision: 'accept' })) });
  for (const proposal of proposals) assert.equal((await person.review({ changes: proposal }, never)).decision, 'accepted');
  await settled();
  return outside;
}

const texts = ({ documents }: ReviewHarness, ...paths: readonly string[]): readonly (string | undefined)[] => paths.map((path) => documents.bytesOf(`/w/${path}`));
const told = (): readonly unknown[] => [...called('showInformationMessage'), ...called('showWarningMessage')].map(([words]) => words);

describe('a change that another agent has made', () => {
  beforeEach(reset);

  it('is told of with a way back, which puts every file back as it was', async () => {
    const pressed = Promise.withResolvers<string>();
    answers.set('showInformationMessage', [pressed.promise]);
    const { harness } = await changed([[edit('a.ts', 'a\n', 'A\n'), { kind: 'create', place: place('new.ts', { missing: true }), after: 'n\n' }, { kind: 'delete', place: place('b.ts'), before: 'b\n' }]]);
    assert.deepEqual(called('showInformationMessage'), [['A change of another agent was applied.', 'Revert…']]);
    assert.deepEqual(texts(harness, 'a.ts', 'new.ts', 'b.ts'), ['A\n', 'n\n', undefined]);
    pressed.resolve('Revert…');
    await settled();
    assert.deepEqual(texts(harness, 'a.ts', 'new.ts', 'b.ts'), ['a\n', undefined, 'b\n']);
    assert.equal(told().at(-1), 'The files are again as they were before.');
  });

  it('is picked among several, and can be put back once', async () => {
    const { harness, changes } = await changed([[edit('a.ts', 'a\n', 'A\n')], [edit('b.ts', 'b\n', 'B\n')]]);
    answers.set('showQuickPick', [({ label }: { readonly label: string }) => label.includes('a.ts')]);
    await changes.revert();
    const [items] = called('showQuickPick')[0] as readonly [readonly { readonly label: string; readonly description: string }[]];
    assert.deepEqual(items.map(({ label }) => label), ['$(discard) b.ts', '$(discard) a.ts'], 'the last one first');
    assert.deepEqual(texts(harness, 'a.ts', 'b.ts'), ['a\n', 'B\n']);
    await changes.revert();
    assert.deepEqual(texts(harness, 'a.ts', 'b.ts'), ['a\n', 'b\n'], 'the only one needs no list');
    await changes.revert();
    assert.equal(told().at(-1), 'There is no change of another agent that could be reverted.');
  });

  it('is put back over what somebody has written since only after a yes, and says what could not be', async () => {
    const { harness, changes } = await changed([[edit('a.ts', 'a\n', 'A\n')]]);
    harness.documents.write('/w/a.ts', 'mine\n');
    harness.answer = () => false;
    await changes.revert();
    assert.deepEqual(texts(harness, 'a.ts'), ['mine\n']);
    harness.answer = () => true;
    harness.moved.set('/w/a.ts', '/etc/hosts');
    await changes.revert();
    assert.deepEqual(texts(harness, 'a.ts'), ['mine\n']);
    assert.match(String(told().at(-1)), /a\.ts/);
    harness.moved.clear();
    await changes.revert();
    assert.deepEqual(texts(harness, 'a.ts'), ['a\n']);
  });

  it('is what another agent asks about, and to put it back is what the person asked for', async () => {
    const { harness, changes } = await changed([[edit('a.ts', 'a\n', 'A\n')]]);
    harness.documents.write('/w/a.ts', 'mine\n');
    await changes.revert();
    assert.deepEqual(harness.asked.map((question) => [question.split('\n')[0], question.includes('Another agent asks')]), [['Let the model change a.ts?', true], ['1 file was edited since the turn. Restore it too?', false]]);
  });

  it('is put back by no command alone: a dialog names the files that it changed, and takes a no', async () => {
    const outside = await changed([[edit('a.ts', 'a\n', 'A\n'), edit('b.ts', 'b\n', 'B\n')]]);
    outside.answer = false;
    await outside.changes.revert();
    assert.deepEqual(outside.asked, ['Revert this change of another agent?\na.ts\nb.ts']);
    assert.deepEqual(texts(outside.harness, 'a.ts', 'b.ts'), ['A\n', 'B\n']);
  });

  it('is what its own notification puts back, and no other when it is reverted already', async () => {
    const pressed = Promise.withResolvers<string>();
    answers.set('showInformationMessage', [undefined, pressed.promise]);
    const { harness, changes } = await changed([[edit('a.ts', 'a\n', 'A\n')], [edit('b.ts', 'b\n', 'B\n')]]);
    answers.set('showQuickPick', [({ label }: { readonly label: string }) => label.includes('b.ts')]);
    await changes.revert();
    assert.deepEqual(texts(harness, 'a.ts', 'b.ts'), ['A\n', 'b\n']);
    pressed.resolve('Revert…');
    await settled();
    assert.deepEqual(texts(harness, 'a.ts', 'b.ts'), ['A\n', 'b\n'], 'another change was put back');
    assert.equal(told().at(-1), 'This change of another agent has been reverted already, or can no longer be.');
  });

  it('is named by the files that were really changed, not by those that were proposed', async () => {
    const outside = outsideHarness();
    const { harness, changes } = outside;
    harness.answer = () => true;
    const person = createOutsidePerson({ reviews: harness.reviews, confirm: async () => false, show: async (token) => void setImmediate(() => void harness.reviews.decide({ token, file: 0, decision: 'reject' }).then(async () => harness.reviews.decide({ token, file: 1, decision: 'accept' }))) });
    assert.equal((await person.review({ changes: [edit('a.ts', 'a\n', 'A\n'), edit('b.ts', 'b\n', 'B\n')] }, never)).decision, 'partly');
    await settled();
    await changes.revert();
    assert.deepEqual(outside.asked, ['Revert this change of another agent?\nb.ts']);
  });

  it('is told of when it can be put back no longer, as later ones needed the room', async () => {
    const { changes } = await changed([[edit('a.ts', 'a\n', 'A\n')], [edit('b.ts', 'b\n', 'B\n')]], 6);
    assert.ok(told().includes('A change of another agent can no longer be reverted, as later ones needed the room: a.ts'), told().join('\n'));
    await changes.revert();
    assert.deepEqual(called('showQuickPick'), []);
  });

  it('is not told of where nothing was changed', async () => {
    const { harness } = outsideHarness();
    const person = createOutsidePerson({ reviews: harness.reviews, confirm: async () => false, show: async (token) => void setImmediate(() => void harness.reviews.decide({ token, decision: 'reject' })) });
    assert.equal((await person.review({ changes: [edit('a.ts', 'a\n', 'A\n')] }, never)).decision, 'rejected');
    await settled();
    assert.deepEqual(told(), []);
  });
});
