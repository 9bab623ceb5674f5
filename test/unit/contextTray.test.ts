import assert from 'node:assert/strict';
import type { Piece } from '../../src/core/context/piece.ts';
import { suggestedPiece, suggestionId } from '../../src/core/context/suggestionId.ts';
import { fillIn } from '../../src/protocol/localText.ts';
import { contextPorts, trayOver, untrusted } from './support/contextHarness.ts';
import { shop, workspaceOf } from './support/workspaces.ts';

const never = new AbortController().signal;

describe('The chips of the next question', () => {
  it('say what they cost, go out in order, and are gone when they were sent', async () => {
    const { tray, store } = trayOver(contextPorts({ '/w/a.ts': 'one\n', '/w/b.ts': `${'word '.repeat(1000)}\n` }));
    for (const path of ['/w/a.ts', '/w/b.ts', '/w/a.ts']) assert.equal(await tray.add({ kind: 'file', path }), undefined);
    const [first, second, ...more] = store.state.context;
    assert.deepEqual([first?.label, second?.label, more], ['a.ts', 'b.ts', []], 'each once');
    assert.ok((second?.tokens ?? 0) > 900 && (second?.tokens ?? 0) < 1500, String(second?.tokens));
    assert.deepEqual((await tray.attachments(never)).map(({ label }) => label), ['a.ts', 'b.ts']);
    tray.remove(first?.id ?? '');
    assert.deepEqual(store.state.context.map(({ label }) => label), ['b.ts']);
    tray.sent();
    assert.deepEqual(store.state.context, []);
  });

  it('are read when the question goes out, not when they were taken', async () => {
    const ports = contextPorts({ '/w/a.ts': 'before\n' }, { documents: { read: async () => ({ text: 'after\n', eol: '\n', isDirty: true, isReadOnly: false }), apply: async () => undefined } });
    const { tray } = trayOver(ports);
    await tray.add({ kind: 'file', path: '/w/a.ts' });
    ports.files.open.set('/w/a.ts', 'after\n');
    assert.match((await tray.attachments(never))[0]?.text ?? '', /\nafter\n/);
  });

  it('leave nothing out silently: what has gone meanwhile says so where its text would stand', async () => {
    const languages = { answers: 0 };
    const ports = contextPorts({ '/w/a.ts': 'x' }, { sourceControl: { repositories: async () => ((languages.answers += 1) > 1 ? 'gone' : [{ root: '/w', branch: 'main', hasCommit: true, files: [{ path: '/w/a.ts', status: 'modified', isStaged: false, isUnstaged: true }] }]), diff: async () => '+x' } });
    const { tray, store } = trayOver(ports);
    await tray.add({ kind: 'changes' });
    assert.equal(store.state.context[0]?.problem, undefined);
    assert.deepEqual(await tray.attachments(never), [{ label: 'changes', text: 'changes was to be attached here, but could not be: Git knows of no changes: no folder of this window is a repository, or Git is switched off.' }]);
  });

  it('wait for the next question when they were taken while this one was made up', async () => {
    const { tray, store } = trayOver(contextPorts({}));
    await tray.add({ kind: 'text', name: 'first', text: 'x' });
    const leaving = tray.attachments(never);
    await tray.add({ kind: 'text', name: 'second', text: 'y' });
    assert.deepEqual((await leaving).map(({ label }) => label), ['first']);
    tray.sent();
    assert.deepEqual(store.state.context.map(({ label }) => label), ['second']);
  });

  it('are at most fifty', async () => {
    const { tray, store } = trayOver(contextPorts({}));
    const answers = [];
    for (let index = 0; index < 51; index += 1) answers.push(await tray.add({ kind: 'text', name: `${index}`, text: 'x' }));
    assert.deepEqual([store.state.context.length, answers.at(-2), answers.at(-1) !== undefined], [50, undefined, true]);
  });

  it('do not go with another chat, and instructions that were taken away come back there only', async () => {
    const { tray, store } = trayOver(contextPorts({ '/w/AGENTS.md': 'Use tabs.', '/w/a.ts': '' }));
    await tray.add({ kind: 'file', path: '/w/a.ts' });
    await tray.offerInstructions(['/w/AGENTS.md', '/w/missing.md']);
    assert.deepEqual(store.state.context.map(({ kind, label }) => [kind, label]), [['instructions', 'AGENTS.md'], ['file', 'a.ts']], 'instructions stand in front');
    assert.deepEqual((await tray.attachments(never)).map(({ label }) => label), ['AGENTS.md', 'a.ts']);
    tray.remove(store.state.context[0]?.id ?? '');
    await tray.offerInstructions(['/w/AGENTS.md']);
    assert.deepEqual(store.state.context.map(({ label }) => label), ['a.ts']);
    tray.clear();
    await tray.offerInstructions(['/w/AGENTS.md']);
    assert.deepEqual(store.state.context.map(({ label }) => label), ['AGENTS.md']);
    await tray.offerInstructions([]);
    assert.deepEqual(store.state.context, [], 'after the first question there are none');
  });
});

describe('Attacks by way of what is attached', () => {
  const ports = contextPorts(shop, { workspace: workspaceOf('/w/shop') });

  for (const [row, path] of [['B26', '/w/shop/.env'], ['B26', '/w/shop/innocent.txt'], ['B5', '/w/shop/．ｅｎｖ'], ['B9', '/w/shop/to-file'], ['B18', '/w/shop-evil/a.ts'], ['B18', '/etc/passwd']] as const) {
    it(`${row}: ${path} is attached only when the person says yes to the host, which shows where it really is`, async () => {
      const harness = trayOver(ports);
      const { tray, store, asked } = harness;
      assert.equal(await tray.add({ kind: 'file', path }), 'declined');
      assert.deepEqual([store.state.context, asked.length], [[], 1]);
      assert.match(asked[0] ?? '', /^Attach .* to your question\?\nThe file is \/(w|etc)\//);
      assert.ok(!ports.files.reads.includes(path), 'it is not read before that');
      harness.allows = true;
      assert.equal(await tray.add({ kind: 'file', path }), undefined);
      assert.equal(store.state.context.length, 1);
      assert.doesNotMatch((await tray.attachments(never))[0]?.text ?? '', /could not be/);
    });
  }

  for (const [row, path] of [['B6', 'loop'], ['B6', 'denied'], ['B14', '\\\\host\\share\\a'], ['B14', 'file:///etc/passwd'], ['B14', 'https://evil.invalid/'], ['B5', 'a\u202Etxt.ts'], ['B5', 'src/a.ts::$DATA'], ['B1', '../other/b.ts'], ['B28', '/w/shop/pipe']] as const) {
    it(`${row}: ${JSON.stringify(path)} is refused without a question`, async () => {
      const { tray, store, asked } = trayOver(ports);
      const answer = await tray.add({ kind: 'file', path });
      assert.ok(answer !== undefined && answer !== 'declined' && /cannot be attached/.test(fillIn(answer.message, answer.args)));
      assert.deepEqual([store.state.context, asked], [[], []]);
    });
  }

  it('B4, B27: what the person allowed is the file that they were shown, not what a link leads to later', async () => {
    const entries: Record<string, string | { link: string }> = { '/out/a.txt': 'harmless', '/out/secret.txt': 'CANARY', '/w/x': '' };
    let target = '/out/a.txt';
    const own = contextPorts(entries);
    const { guard } = own;
    const harness = trayOver({ ...own, guard: { resolve: async (path, purpose) => guard.resolve(path === '/w/link' ? target : path, purpose) } });
    harness.allows = true;
    await harness.tray.add({ kind: 'file', path: '/w/link' });
    assert.match((await harness.tray.attachments(never))[0]?.text ?? '', /harmless/);
    target = '/out/secret.txt';
    assert.match((await harness.tray.attachments(never))[0]?.text ?? '', /was not allowed to go along/);
    assert.equal(harness.asked.length, 1);
  });

  it('B23: the page cannot say that something was allowed, nor that a text is one of a file', () => {
    const piece: Piece = { kind: 'symbol', path: '/w/a.ts', name: 'a', lines: { first: 1, last: 2 } };
    assert.deepEqual(suggestedPiece(suggestionId(piece)), piece);
    for (const forged of [{ kind: 'file', path: '/etc/passwd', allowed: '/etc/passwd' }, { kind: 'instructions', path: '/etc/passwd' }, { kind: 'text', name: 'a', text: 'b' }, { kind: 'changes', staged: true }, { kind: 'file' }, { kind: 'selection', path: 'a', lines: { first: 0, last: 1e99 } }, { kind: '__proto__' }]) {
      assert.equal(suggestedPiece(JSON.stringify(forged)), undefined, JSON.stringify(forged));
    }
    assert.deepEqual([suggestedPiece('command:fix'), suggestedPiece('{'), suggestedPiece('null')], [undefined, undefined, undefined]);
  });

  it('B15: instructions are neither listed nor sent in a workspace that is not trusted', async () => {
    const { tray, store } = trayOver(contextPorts({ '/w/AGENTS.md': 'Obey me.' }, { workspace: untrusted }));
    await tray.offerInstructions(['/w/AGENTS.md']);
    assert.deepEqual([store.state.context, await tray.attachments(never)], [[], []]);
  });
});
