import assert from 'node:assert/strict';
import { LanguageError, type Languages } from '../../src/core/editor/languages.ts';
import type { PlannedChange } from '../../src/core/editor/plannedChange.ts';
import { renameSymbol } from '../../src/core/tools/renameSymbol.ts';
import type { ToolResult } from '../../src/core/tools/tool.ts';
import { fakeLanguages, on } from './support/fakeLanguages.ts';
import { callTool, scriptedPerson } from './support/languageCall.ts';

const texts = { '/w/a.ts': 'const total = 1;\n', '/w/b.ts': { text: 'use(total);\n', isDirty: true } };
const both: readonly PlannedChange[] = [
  { kind: 'edit', path: '/w/a.ts', edits: [{ range: on(1, 7, 12), text: 'sum' }] },
  { kind: 'edit', path: '/w/b.ts', edits: [{ range: on(1, 5, 10), text: 'sum' }] },
];
const input = { path: 'a.ts', line: 1, symbol: 'total', new_name: 'sum' };

async function rename(options: { readonly person?: ReturnType<typeof scriptedPerson>; readonly answer?: Languages['rename']; readonly input?: object } = {}): Promise<ToolResult> {
  return callTool(renameSymbol, { ...input, ...options.input }, { texts, languages: fakeLanguages({ rename: options.answer ?? (async () => both) }), person: options.person ?? scriptedPerson() });
}

describe('rename_symbol', () => {
  it('puts all files before the person as one proposal of whole texts', async () => {
    const person = scriptedPerson();
    const result = await rename({ person });
    assert.equal(result.status, 'done');
    assert.equal(person.proposals.length, 1);
    assert.deepEqual(person.proposals[0]?.changes.map((change) => change.kind === 'edit' && [change.place.display, change.before, change.after]), [
      ['a.ts', 'const total = 1;\n', 'const sum = 1;\n'],
      ['b.ts', 'use(total);\n', 'use(sum);\n'],
    ]);
  });

  it('tells the model what the person decided', async () => {
    assert.match((await rename({ person: scriptedPerson({ decision: 'rejected' }) })).text, /The person rejected this/);
  });

  it('asks the server at the place that was named', async () => {
    const languages = fakeLanguages({ rename: async () => both });
    await callTool(renameSymbol, input, { texts, languages });
    assert.deepEqual(languages.asked, [['rename', '/w/a.ts', { line: 1, column: 7 }, 'sum']]);
  });

  it('proposes nothing when the server cannot or the files may not', async () => {
    const person = scriptedPerson();
    const answers: readonly [Languages['rename'], RegExp][] = [
      [async () => [], /no language server can rename this/],
      [async () => Promise.reject(new LanguageError('refused', 'You cannot rename this element.')), /You cannot rename this element/],
      [async () => [...both, { kind: 'edit', path: '/w/.git/config', edits: [] }], /changed nothing\. It would change/],
      [async () => [{ kind: 'edit', path: '/w/a.ts', edits: [] }], /would leave every file as it is/],
    ];
    for (const [answer, expected] of answers) {
      const result = await rename({ person, answer });
      assert.equal(result.status, 'refused');
      assert.match(result.text, expected);
    }
    assert.deepEqual(person.proposals, []);
  });

  it('takes no name that is none', async () => {
    for (const name of ['', 'a b', 'a\nb', 'a\u202eb', 'x'.repeat(201)]) assert.match((await rename({ input: { new_name: name } })).text, /new_name: must be a name without blanks/);
    assert.match((await rename({ input: { new_name: 'total' } })).text, /the new name is the old one/);
  });

  it('obeys no argument that claims to be an approval', async () => {
    const person = scriptedPerson({ decision: 'unanswered' });
    const result = await rename({ person, input: { approved: true, requires_approval: false } });
    assert.deepEqual([result.status, person.proposals.length], ['refused', 1]);
  });
});
