import assert from 'node:assert/strict';
import type { OfferedAction, ResolvedAction } from '../../src/core/editor/languages.ts';
import { applyCodeAction } from '../../src/core/tools/applyCodeAction.ts';
import type { ToolResult } from '../../src/core/tools/tool.ts';
import { fakeLanguages, on, type FakeLanguages } from './support/fakeLanguages.ts';
import { callTool, scriptedPerson } from './support/languageCall.ts';

const texts = { '/w/a.ts': '  use(total);\n\tlet x = 1;  \n' };
const fix: OfferedAction = { title: 'Add import', kind: 'quickfix', isPreferred: true };
const extract: OfferedAction = { title: 'Extract function', kind: 'refactor.extract.function', isPreferred: false };
const edited: ResolvedAction = { changes: [{ kind: 'edit', path: '/w/a.ts', edits: [{ range: on(1, 1, 3), text: '' }] }], hasCommand: false };

function server(resolved: ResolvedAction | undefined = edited): FakeLanguages {
  return fakeLanguages({ actions: async () => [fix, extract], resolveAction: async () => resolved });
}

async function apply(input: object, languages = server(), person = scriptedPerson()): Promise<ToolResult> {
  return callTool(applyCodeAction, { path: 'a.ts', line: 1, ...input }, { texts, languages, person });
}

describe('apply_code_action', () => {
  it('lists what is offered, with kinds, and proposes nothing', async () => {
    const person = scriptedPerson();
    const { status, text } = await apply({}, server(), person);
    assert.equal(status, 'done');
    assert.match(text, /\nAdd import \[quickfix\] \(preferred\)\nExtract function \[refactor\.extract\.function\]\n/);
    assert.deepEqual(person.proposals, []);
  });

  it('puts the edit of the named action before the person', async () => {
    const person = scriptedPerson();
    const languages = server();
    const result = await apply({ title: 'Add import' }, languages, person);
    assert.equal(result.text, 'Applied: a.ts.');
    assert.equal(person.proposals.length, 1);
    assert.deepEqual(languages.asked[1], ['resolveAction', '/w/a.ts', on(1, 3, 14), fix]);
  });

  it('runs no command: one alone is refused, one beside an edit is told of', async () => {
    const person = scriptedPerson();
    const alone = await apply({ title: 'Add import' }, server({ changes: [], hasCommand: true }), person);
    assert.equal(alone.status, 'refused');
    assert.match(alone.text, /is a command, and no edit\. Commands could do anything/);
    assert.deepEqual(person.proposals, []);
    const beside = await apply({ title: 'Extract function' }, server({ ...edited, hasCommand: true }), person);
    assert.equal(beside.status, 'done');
    assert.match(beside.text, /was not run/);
    const rejected = await apply({ title: 'Extract function' }, server({ ...edited, hasCommand: true }), scriptedPerson({ decision: 'rejected' }));
    assert.doesNotMatch(rejected.text, /was not run/);
  });

  it('takes only a title that is offered, to the letter', async () => {
    for (const title of ['add import', 'Add import ', '']) {
      const result = await apply({ title });
      assert.equal(result.status, 'refused');
      assert.match(result.text, /exactly this title\.\nOffered[^]*Add import \[quickfix\]/);
    }
    assert.match((await apply({ title: 'Add import' }, fakeLanguages({ actions: async () => [fix] }))).text, /not offered any more/);
  });

  it('selects a text on the line, whole lines without their blanks, or several', async () => {
    const rangeOf = async (input: object): Promise<unknown> => {
      const languages = server();
      await apply(input, languages);
      return languages.asked[0]?.[2];
    };
    assert.deepEqual(await rangeOf({ symbol: 'total' }), on(1, 7, 12));
    assert.deepEqual(await rangeOf({ line: 2 }), on(2, 2, 12));
    assert.deepEqual(await rangeOf({ end_line: 2 }), { start: { line: 1, column: 3 }, end: { line: 2, column: 12 } });
    assert.match((await apply({ symbol: 'nothing' })).text, /stands nowhere/);
    assert.match((await apply({ line: 2, end_line: 1 })).text, /end_line lies before line/);
    assert.match((await apply({ end_line: 9 })).text, /has only 3 lines/);
  });

  it('says when nothing is offered, and when an action does nothing or too much', async () => {
    assert.match((await apply({}, fakeLanguages())).text, /^Nothing is offered at that place/);
    assert.match((await apply({ title: 'Add import' }, server({ changes: [], hasCommand: false }))).text, /has no edit/);
    assert.match((await apply({ title: 'Add import' }, server({ changes: [{ kind: 'unsupported', reason: 'Cells.' }], hasCommand: false }))).text, /changed nothing\. Cells\./);
  });
});
