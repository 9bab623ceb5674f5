import assert from 'node:assert/strict';
import type { ActiveEditor, EditorWindow, OpenEditor } from '../../src/core/editor/window.ts';
import { getEditorState } from '../../src/core/tools/getEditorState.ts';
import { on } from './support/fakeLanguages.ts';
import { callTool } from './support/languageCall.ts';

const active: ActiveEditor = { path: '/w/a.ts', language: 'typescript', lineCount: 40, isDirty: true, visible: { first: 1, last: 30 }, selection: on(3, 5, 12), selectedText: 'sum\u202eof()' };

async function state(editors: readonly OpenEditor[], editor?: ActiveEditor): Promise<string> {
  const editorWindow: EditorWindow = { editors: () => editors, active: () => editor };
  return (await callTool(getEditorState, {}, { editorWindow })).text;
}

describe('get_editor_state', () => {
  it('tells what is open, where the person is and what is selected', async () => {
    const told = await state([{ path: '/w/a.ts', isActive: true, isDirty: true }, { path: '/w/b.ts', isActive: false, isDirty: false }], active);
    assert.match(told, /\na\.ts \(active, not saved\)\nb\.ts\n/);
    assert.match(told, /Active: a\.ts, typescript, 40 lines, not saved\. Lines 1 to 30 are on the screen\. Selected: line 3, column 5, to line 3, before column 12\./);
    assert.match(told, /\nsum\\u\{202E\}of\(\)\n/);
  });

  it('tells of a cursor, and of no editor at all', async () => {
    assert.match(await state([], { ...active, selection: on(3, 5, 5), selectedText: '', visible: undefined }), /The cursor stands on line 3, column 5; nothing is selected\.$/);
    assert.equal(await state([]), 'No editor is open.');
    assert.match(await state([{ path: '/w/a.ts', isActive: true, isDirty: false }]), /No text editor is active\.$/);
  });

  it('does not show what is selected in a secret or outside the workspace', async () => {
    for (const path of ['/w/.env', '/home/notes.txt', '/w/.git/config', 'output:tasks', 'untitled:/w/.env', 'untitled:/home/new.txt']) {
      const told = await state([{ path, isActive: true, isDirty: false }], { ...active, path, selectedText: 'the words' });
      assert.doesNotMatch(told, /the words/, path);
      assert.match(told, /Its text is not shown/, path);
    }
    assert.match(await state([], { ...active, path: 'untitled:Untitled-1', selectedText: 'the words' }), /the words/);
  });

  it('lists fifty editors at most, and cuts a long selection', async () => {
    const told = await state(Array.from({ length: 60 }, (_, index) => ({ path: `/w/f${index}.ts`, isActive: false, isDirty: false })), { ...active, selectedText: 'x'.repeat(20_000) });
    assert.match(told, /\nand 10 more\n/);
    assert.match(told, /\[cut: 20000 characters\]/);
    assert.ok(told.length < 10_000);
  });
});
