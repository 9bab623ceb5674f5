import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReviewOutcome } from '../../src/core/agent/person.ts';
import type { FileChange, Proposal } from '../../src/core/edits/change.ts';
import { createPathGuard } from '../../src/core/guard/pathGuard.ts';
import type { Turn } from '../../src/protocol/viewState.ts';
import type { Reviews } from '../../src/core/reviews/reviews.ts';
import { applyCode } from '../../src/host/applyCode.ts';
import { files } from '../../src/host/files.ts';
import { workspace as ports } from '../../src/host/workspace.ts';
import { fakeEditor } from './fakes.ts';
import { Position, Range, TabInputText, Uri } from './fakeTypes.ts';
import { answers, called, folder, reset, window, workspace } from './fakeVscode.ts';

const text = 'function one() {\n  return 1;\n}\n\nfunction two() {\n  return 2;\n}\n';

const turnOf = (answer: string, id = 't7'): Turn => ({ id, question: { text: 'q', attachments: [] }, items: [{ kind: 'text', id: 'i', text: answer }], outcome: 'done', usage: undefined });

/** Applies a block; answers what was proposed, and of which turn. */
async function apply(code: { readonly text: string; readonly language?: string; readonly hint?: string }, outcome: Partial<ReviewOutcome> = {}, turns = (): readonly Turn[] => [turnOf(code.text)]): Promise<{ readonly turnId: string; readonly changes: readonly FileChange[] } | undefined> {
  let proposed: { readonly turnId: string; readonly changes: readonly FileChange[] } | undefined;
  const reviews = {
    forTurn: (turnId: string) => ({
      async review(proposal: Proposal) {
        proposed = { turnId, changes: proposal.changes };
        return { decision: 'accepted', problem: undefined, files: [], ...outcome };
      },
    }),
  } as unknown as Reviews;
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  await applyCode({ type: 'apply-code', turnId: 't7', language: '', ...code, hint: code.hint }, { reviews, turns, guard: createPathGuard(ports, files), log });
  return proposed;
}

const after = (proposed: Awaited<ReturnType<typeof apply>>): string | undefined => {
  const [change] = proposed?.changes ?? [];
  return change?.kind === 'edit' || change?.kind === 'create' ? change.after : undefined;
};

const showEditor = (name: string, selection: Range): void => {
  window.activeTextEditor = fakeEditor(join(folder, 'apply', name), text, selection);
};

describe('a code block that is applied to a file', () => {
  before(() => mkdirSync(join(folder, 'apply'), { recursive: true }));
  beforeEach(() => {
    reset();
    writeFileSync(join(folder, 'apply', 'a.ts'), text);
  });

  it('goes into the file that it names, in place of the function of that name, by a review of its turn', async () => {
    const proposed = await apply({ text: 'function two() {\n  return 3;\n}', hint: 'apply/a.ts:5' });
    assert.equal(proposed?.turnId, 't7');
    assert.deepEqual(proposed.changes.map(({ kind, place }) => [kind, place.display]), [['edit', 'apply/a.ts']]);
    assert.equal(after(proposed), text.replace('return 2', 'return 3'));
  });

  it('goes into the file of the active editor when it names none, and in place of the selection there', async () => {
    showEditor('a.ts', new Range(1, 2, 1, 11));
    assert.equal(after(await apply({ text: 'return 9;' })), text.replace('return 1;', 'return 9;'));
  });

  it('becomes a new file when there is none of that name, without the comment that names it', async () => {
    const proposed = await apply({ text: '// apply/new.ts\nfresh();', hint: 'apply/new.ts' });
    assert.deepEqual([proposed?.changes[0]?.kind, proposed?.changes[0]?.place.display, after(proposed)], ['create', 'apply/new.ts', 'fresh();\n']);
  });

  it('goes into the only file whose path ends so', async () => {
    answers.set('findFiles', [[Uri.file(join(folder, 'apply', 'a.ts'))]]);
    const proposed = await apply({ text: 'function two() {\n}', hint: 'a.ts' });
    assert.equal(proposed?.changes[0]?.place.display, 'apply/a.ts');
    assert.deepEqual(called('findFiles').map(([pattern]) => pattern), ['**/a.ts']);
  });

  it('is a difference that is made hunk by hunk, in the file that its head names', async () => {
    const patch = '--- a/apply/a.ts\n+++ b/apply/a.ts\n@@ -1 +1 @@\n function two() {\n-  return 2;\n+  return 4;\n }';
    assert.equal(after(await apply({ text: patch, language: 'diff' })), text.replace('return 2', 'return 4'));
  });

  it('says so when a difference does not fit', async () => {
    assert.equal(await apply({ text: '@@\n-nowhere\n+x', language: 'diff', hint: 'apply/a.ts' }), undefined);
    assert.match(String(called('showWarningMessage')[0]?.[0]), /do not fit apply\/a\.ts/);
  });

  it('asks where it goes when that cannot be told, and does nothing when nobody says', async () => {
    showEditor('a.ts', new Range(3, 0, 3, 0));
    answers.set('showQuickPick', [({ label }: { readonly label: string }) => label.includes('At the cursor')]);
    assert.equal(after(await apply({ text: 'function three() {\n}', hint: 'apply/a.ts' })), text.replace('}\n\nfunction', '}\nfunction three() {\n}\nfunction'));
    assert.equal(await apply({ text: 'function three() {\n}', hint: 'apply/a.ts' }), undefined);
    answers.set('showQuickPick', [({ label }: { readonly label: string }) => label.includes('whole file')]);
    assert.equal(after(await apply({ text: 'function three() {\n}', hint: 'apply/a.ts' })), 'function three() {\n}\n');
  });

  it('does not offer to replace the whole file by what leaves something out', async () => {
    await apply({ text: 'function three() {\n  // ... existing code ...\n}', hint: 'apply/a.ts' });
    const [items] = called('showQuickPick')[0] ?? [];
    const labels = (items as readonly { readonly label: string }[]).map(({ label }) => label);
    assert.ok(labels.some((label) => label.includes('At the end')) && !labels.some((label) => label.includes('whole file')), labels.join());
  });

  it('asks which file it belongs to when nothing says so', async () => {
    window.tabGroups.all = [{ tabs: [{ input: new TabInputText(Uri.file(join(folder, 'apply', 'a.ts'))) }] }];
    answers.set('showQuickPick', [({ label }: { readonly label: string }) => label.includes('a.ts')]);
    assert.equal((await apply({ text: 'function two() {\n}' }))?.changes[0]?.place.display, 'apply/a.ts');
    answers.set('showQuickPick', [({ label }: { readonly label: string }) => label.includes('New file')]);
    assert.equal(await apply({ text: 'x' }), undefined);
    assert.deepEqual(called('openTextDocument'), [[{ content: 'x\n' }]]);
  });

  it('says so when the file reads like that already', async () => {
    assert.equal(await apply({ text: 'function one() {\n  return 1;\n}', hint: 'apply/a.ts' }), undefined);
    assert.match(String(called('showInformationMessage')[0]?.[0]), /apply\/a\.ts already reads like that/);
  });

  it('goes nowhere that the guard denies, and not into what is no text', async () => {
    for (const hint of ['.git/config', '~/x.ts', 'https://x.y/z.ts', 'a\u202Eb.ts']) assert.equal(await apply({ text: 'x', hint }), undefined, hint);
    assert.equal(called('showWarningMessage').length, 4);
    writeFileSync(join(folder, 'apply', 'b.bin'), Buffer.from([0, 1, 2, 0]));
    assert.equal(await apply({ text: 'x', hint: 'apply/b.bin' }), undefined);
    assert.equal(called('showWarningMessage').length, 5);
  });

  it('keeps hidden characters for the review to show', async () => {
    assert.equal(after(await apply({ text: 'a\u202Eb', hint: 'apply/c.ts' })), 'a\u202Eb\n');
  });

  it('goes nowhere in an untrusted window', async () => {
    workspace.isTrusted = false;
    try {
      assert.equal(await apply({ text: 'function two() {\n}', hint: 'apply/a.ts' }), undefined);
      assert.match(String(called('showWarningMessage')[0]?.[0]), /trusted window/);
    } finally {
      workspace.isTrusted = true;
    }
  });

  it('asks before it shows what takes a question to read, and shows nothing of it without a yes (B26)', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'rivulet-apply-'));
    writeFileSync(join(outside, 'id_rsa'), 'BEGIN KEY\nthe key itself\nEND KEY\n');
    writeFileSync(join(folder, 'apply', '.env'), 'BEGIN KEY\nthe key itself\nEND KEY\n');
    for (const hint of [join(outside, 'id_rsa'), 'apply/.env']) {
      reset();
      assert.equal(await apply({ text: 'BEGIN KEY\n\nEND KEY', hint }), undefined);
      assert.match(String(called('showWarningMessage')[0]?.[0]), /^Show .* in the panel, to put the code there\?$/);
      assert.equal(called('showWarningMessage').length, 1);
      answers.set('showWarningMessage', ['Show It']);
      assert.match(after(await apply({ text: 'BEGIN KEY\n\nEND KEY', hint })) ?? '', /^BEGIN KEY\n\nEND KEY\n$/);
    }
    await rm(outside, { recursive: true });
  });

  it('has to stand in an answer of a turn that is shown, also when the person was asked meanwhile', async () => {
    const code = { text: 'function two() {\n  return 3;\n}', hint: 'apply/a.ts' };
    assert.equal(await apply(code, {}, () => []), undefined);
    assert.equal(await apply(code, {}, () => [turnOf(code.text, 'another')]), undefined);
    assert.equal(await apply(code, {}, () => [turnOf('function two() {\n  return 4;\n}')]), undefined);
    assert.equal(await apply(code, {}, () => [{ ...turnOf(''), items: [{ kind: 'reasoning', id: 'r', text: code.text, durationMs: 1 }] }]), undefined);
    let looked = 0;
    assert.equal(await apply(code, {}, () => ((looked += 1) === 1 ? [turnOf(code.text)] : [])), undefined);
    assert.equal(looked, 2);
    const quoted = `1. So:\n   > \`\`\`ts\n   > ${code.text.replaceAll('\n', '\n   > ')}\n   > \`\`\`\n`;
    assert.equal((await apply(code, {}, () => [turnOf(quoted)]))?.changes.length, 1);
    assert.equal((await apply(code, {}, () => [{ ...turnOf(''), items: [{ kind: 'alternative', id: 'a', number: 2, reasoning: '', text: code.text }] }]))?.changes.length, 1);
  });

  it('is of the file of a difference only where it is a difference', async () => {
    showEditor('a.ts', new Range(0, 0, 0, 0));
    const proposed = await apply({ text: 'function two() {\n  return 3;\n}\n+++ b/apply/new.ts', language: 'ts' });
    assert.notEqual(proposed?.changes[0]?.place.display, 'apply/new.ts');
    assert.ok(!String(called('showQuickPick')[0]?.[1]).includes('new.ts'));
  });

  it('shows files that look alike apart from each other', async () => {
    window.tabGroups.all = [{ tabs: [{ input: new TabInputText(Uri.file(join(folder, 'apply', '\u0430pp.ts'))) }] }];
    await apply({ text: 'x' });
    const [items] = called('showQuickPick')[0] ?? [];
    const labels = (items as readonly { readonly label: string }[]).map(({ label }) => label);
    assert.ok(labels[0]?.endsWith('apply/\\u{0430}pp.ts'), labels.join());
  });

  it('goes to where the cursor is in a selection that is empty', async () => {
    showEditor('a.ts', new Range(new Position(3, 0), new Position(3, 0)));
    assert.equal(after(await apply({ text: 'function two() {\n  return 5;\n}' })), text.replace('return 2', 'return 5'));
  });
});
