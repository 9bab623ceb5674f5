import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/edits/change.ts';
import { createOutsideChanges, type OutsideChanges } from '../../src/host/languageModelTools/outsideChanges.ts';
import { createOutsidePerson } from '../../src/host/languageModelTools/outsidePerson.ts';
import { edit, place, reviewHarness, settled, type ReviewHarness } from '../unit/support/reviewHarness.ts';
import { answers, called, reset } from './fakeVscode.ts';

const never = new AbortController().signal;

/** What another agent changes, the person accepting all of it. */
async function changed(proposals: readonly (readonly FileChange[])[]): Promise<{ readonly harness: ReviewHarness; readonly changes: OutsideChanges }> {
  const harness = reviewHarness({ 'a.ts': 'a\n', 'b.ts': 'b\n', 'c.ts': 'c\n' }, [], { alsoWhole: true });
  harness.answer = () => true;
  const changes = createOutsideChanges({ store: harness.store, reviews: harness.reviews, now: () => new Date(0) });
  const person = createOutsidePerson({ reviews: harness.reviews, changes, confirm: async () => false, show: async (token) => void setImmediate(() => void harness.reviews.decide({ token, decision: 'accept' })) });
  for (const proposal of proposals) assert.equal((await person.review({ changes: proposal }, never)).decision, 'accepted');
  await settled();
  return { harness, changes };
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
    assert.deepEqual(texts(harness, 'a.ts', 'b.ts'), ['a\n', 'b\n'], 'the only one is put back at once');
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

  it('is not told of where nothing was changed', async () => {
    const harness = reviewHarness({ 'a.ts': 'a\n' }, []);
    const changes = createOutsideChanges({ store: harness.store, reviews: harness.reviews, now: () => new Date(0) });
    const person = createOutsidePerson({ reviews: harness.reviews, changes, confirm: async () => false, show: async (token) => void setImmediate(() => void harness.reviews.decide({ token, decision: 'reject' })) });
    assert.equal((await person.review({ changes: [edit('a.ts', 'a\n', 'A\n')] }, never)).decision, 'rejected');
    await settled();
    assert.deepEqual(told(), []);
  });
});
