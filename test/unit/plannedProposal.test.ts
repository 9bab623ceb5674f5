import assert from 'node:assert/strict';
import type { Proposal } from '../../src/core/edits/change.ts';
import type { PlannedChange } from '../../src/core/editor/plannedChange.ts';
import { planProposal } from '../../src/core/tools/plannedProposal.ts';
import { fakeGuard } from './support/fakeGuard.ts';
import { on } from './support/fakeLanguages.ts';
import { memoryDocuments, type Given } from './support/memoryDocuments.ts';

const texts: { readonly [path: string]: Given } = { '/w/a.ts': 'one\r\ntwo\r\n', '/w/b.ts': { text: 'live', isDirty: true }, '/w/locked.ts': { text: 'x', isReadOnly: true }, '/w/.env': 'KEY=1', '/w/a.bin': { binary: true } };

async function plan(...planned: readonly PlannedChange[]): Promise<Proposal | string> {
  return planProposal(planned, { guard: fakeGuard(), documents: memoryDocuments(texts), signal: new AbortController().signal });
}

/** The changes in short: `edit a.ts: …`, or why there are none. */
async function planned(...changes: readonly PlannedChange[]): Promise<readonly string[] | string> {
  const proposal = await plan(...changes);
  if (typeof proposal === 'string') return proposal;
  return proposal.changes.map((change) => {
    const name = `${change.kind} ${change.place.display}`;
    if (change.kind === 'move') return `${name} to ${change.to.display}`;
    return `${name}: ${JSON.stringify(change.kind === 'delete' ? change.before : change.after)}`;
  });
}

const edit = (path: string, text: string, line = 1): PlannedChange => ({ kind: 'edit', path, edits: [{ range: on(line, 1, 2), text }] });
const create = (path: string, text = '', ifExists: 'fail' | 'keep' | 'overwrite' = 'fail'): PlannedChange => ({ kind: 'create', path, text, ifExists });

describe('What a language server planned', () => {
  it('becomes whole texts of live buffers, their line ends plain', async () => {
    const proposal = await plan(edit('/w/a.ts', 'T', 2), edit('/w/b.ts', 'L'));
    assert.ok(typeof proposal === 'object');
    const [first, second] = proposal.changes;
    assert.ok(first?.kind === 'edit' && second?.kind === 'edit');
    assert.deepEqual([first.before, first.after, second.before, second.after], ['one\ntwo\n', 'one\nTwo\n', 'live', 'Live']);
  });

  it('joins edits of one file that came apart, and leaves out what changes nothing', async () => {
    assert.deepEqual(await planned(edit('/w/a.ts', 'O'), edit('/w/a.ts', 'T', 2), edit('/w/b.ts', 'l')), ['edit a.ts: "One\\nTwo\\n"']);
  });

  it('makes, moves and deletes files, edits made before a move whatever path they name', async () => {
    assert.deepEqual(await planned({ kind: 'move', path: '/w/b.ts', to: '/w/gone/c.ts', ifExists: 'fail' }, edit('/w/gone/c.ts', 'L')), ['edit b.ts: "Live"', 'move b.ts to gone/c.ts']);
    assert.deepEqual(await planned(create('/w/gone.ts'), { kind: 'edit', path: '/w/gone.ts', edits: [{ range: on(1, 1, 1), text: 'new' }] }), ['create gone.ts: "new"']);
    assert.deepEqual(await planned({ kind: 'delete', path: '/w/b.ts', ifMissing: 'fail' }, { kind: 'delete', path: '/w/a.bin', ifMissing: 'fail' }), ['delete b.ts: "live"', 'delete a.bin: undefined']);
  });

  it('overwrites a file only as an edit that is seen, and edits one that was to be made and is there', async () => {
    assert.deepEqual(await planned(create('/w/b.ts', '', 'keep'), edit('/w/b.ts', 'L')), ['edit b.ts: "Live"']);
    assert.deepEqual(await planned(create('/w/b.ts', 'old', 'overwrite'), edit('/w/b.ts', 'O')), ['edit b.ts: "Old"']);
    assert.deepEqual(await planned(create('/w/b.ts', 'all new', 'overwrite')), ['edit b.ts: "all new"']);
    assert.deepEqual(await planned(create('/w/b.ts', '', 'keep')), []);
    assert.match(String(await planned(create('/w/b.ts'))), /is there already/);
  });

  it('is refused as a whole for one path that may not be written', async () => {
    assert.match(String(await planned(edit('/w/a.ts', 'O'), edit('/w/.git/config', 'x'))), /would change "\/w\/\.git\/config".*not for you/);
    assert.match(String(await planned({ kind: 'move', path: '/w/a.ts', to: 'jar:x', ifExists: 'fail' })), /would move a file to "jar:x"/);
  });

  it('guards every path for writing, and leaves secrets to the person', async () => {
    const guard = fakeGuard();
    const proposal = await planProposal([edit('/w/.env', 'k')], { guard, documents: memoryDocuments(texts), signal: new AbortController().signal });
    assert.ok(typeof proposal === 'object');
    assert.equal(proposal.changes[0]?.place.class, 'sensitive');
    assert.deepEqual(guard.asked, [['/w/.env', 'write']]);
  });

  it('is refused when it does not fit the texts or the files', async () => {
    assert.match(String(await planned({ kind: 'edit', path: '/w/b.ts', edits: [{ range: on(9, 1, 1), text: '' }] })), /do not fit the text as it is now/);
    assert.match(String(await planned(edit('/w/unknown.ts', 'x'))), /cannot be read: ENOENT/);
    assert.match(String(await planned(edit('/w/a.bin', 'x'))), /is no text/);
    assert.match(String(await planned(edit('/w/locked.ts', 'y'))), /read-only/);
    assert.match(String(await planned({ kind: 'move', path: '/w/b.ts', to: '/w/a.ts', ifExists: 'fail' })), /there is something already/);
    assert.match(String(await planned({ kind: 'move', path: '/w/gone.ts', to: '/w/gone2.ts', ifExists: 'fail' })), /is not there/);
    assert.match(String(await planned({ kind: 'delete', path: '/w/gone.ts', ifMissing: 'fail' })), /is not there/);
    assert.deepEqual(await planned({ kind: 'delete', path: '/w/gone.ts', ifMissing: 'keep' }), []);
    assert.match(String(await planned({ kind: 'delete', path: '/w/folder', ifMissing: 'fail' })), /only files can be reviewed/);
    assert.match(String(await planned({ kind: 'delete', path: '/w/link', ifMissing: 'fail' })), /would delete the link "link", and only files/);
    assert.match(String(await planned({ kind: 'move', path: '/w/link', to: '/w/gone.ts', ifExists: 'fail' })), /would move the link "link"/);
    assert.equal(await planned(edit('/w/a.ts', 'O'), { kind: 'unsupported', reason: 'Cells.' }), 'Cells.');
  });

  it('has a bound for files and for text', async () => {
    assert.match(String(await planned(...Array.from({ length: 2001 }, (_, index) => edit(`/w/${index}.ts`, 'x')))), /2001 files, more than the 2000/);
    const large = memoryDocuments({ '/w/large.ts': 'x'.repeat(40 * 1024 * 1024) });
    const refused = await planProposal([edit('/w/large.ts', 'y')], { guard: fakeGuard(), documents: large, signal: new AbortController().signal });
    assert.ok(typeof refused === 'string');
    assert.match(refused, /more text than can be reviewed at once/);
  });

  it('lets timers run while it takes its time, and stops in the middle of a thousand files', async () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`/w/${index}.ts`, 'total\n'.repeat(2000)]));
    const documents = memoryDocuments(many);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('stopped')), 0);
    await assert.rejects(planProposal(Object.keys(many).map((path) => edit(path, 'x')), { guard: fakeGuard(), documents, signal: controller.signal }), /stopped/);
    assert.ok(documents.reads.length < 1000, `${documents.reads.length} files were read`);
  });
});
