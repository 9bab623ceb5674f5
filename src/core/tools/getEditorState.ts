import * as v from 'valibot';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say } from '../../protocol/localText.ts';
import type { ActiveEditor } from '../editor/window.ts';
import type { PathGuard } from '../guard/pathGuard.ts';
import { fence } from './fence.ts';
import { cutAt } from './cutAt.ts';
import { nameFile } from './nameFile.ts';
import { defineTool } from './tool.ts';

const most = { editors: 50, characters: 8000 } as const;

/** What the person has open and where they are. */
export const getEditorState = defineTool({
  name: 'get_editor_state',
  description: 'Tells what the person has open in the editor: the files, the one they work in, what they have selected in it, and which lines they see. Use it when they say "this", "here" or "the selection".',
  input: v.object({}),
  risk: 'read',
  needs: ['editorWindow'],
  summary: () => say('What is open in the editor'),
  async run(_, { editorWindow, guard }) {
    const editors = editorWindow.editors();
    const active = editorWindow.active();
    if (editors.length === 0 && active === undefined) return { status: 'done', text: 'No editor is open.' };
    const lines: string[] = [];
    for (const { path, isActive, isDirty } of editors.slice(0, most.editors)) {
      const notes = [isActive ? 'active' : '', isDirty ? 'not saved' : ''].filter((note) => note !== '').join(', ');
      lines.push(`${(await nameOf(path, guard)).display}${notes === '' ? '' : ` (${notes})`}`);
    }
    if (editors.length > most.editors) lines.push(`and ${editors.length - most.editors} more`);
    const parts = [fence('Open editors', showHidden(lines.join('\n')))];
    parts.push(active === undefined ? 'No text editor is active.' : await describe(active, guard));
    return { status: 'done', text: parts.join('\n') };
  },
});

async function describe(active: ActiveEditor, guard: PathGuard): Promise<string> {
  const { display, isOpenToAll } = await nameOf(active.path, guard);
  const { start, end } = active.selection;
  const isCursor = start.line === end.line && start.column === end.column;
  const facts = [
    `Active: ${display}, ${active.language}, ${active.lineCount} lines${active.isDirty ? ', not saved' : ''}.`,
    active.visible === undefined ? '' : ` Lines ${active.visible.first} to ${active.visible.last} are on the screen.`,
    isCursor ? ` The cursor stands on line ${start.line}, column ${start.column}; nothing is selected.` : ` Selected: line ${start.line}, column ${start.column}, to line ${end.line}, before column ${end.column}.`,
  ].join('');
  if (isCursor) return facts;
  if (!isOpenToAll) return `${facts} Its text is not shown, because it is not an ordinary file of the workspace: read_file asks the person for it.`;
  return `${facts}\n${fence('Selected text', cutAt(active.selectedText, most.characters))}`;
}

async function nameOf(path: string, guard: PathGuard): Promise<{ readonly display: string; readonly isOpenToAll: boolean }> {
  if (path.startsWith('untitled:')) {
    // A text without a file is the person's own; one that is to become a file is judged by that file's name.
    const name = path.slice('untitled:'.length);
    return { display: showHidden(path), isOpenToAll: !name.startsWith('/') || (await guard.resolve(name, 'read')).class === 'inside' };
  }
  const { display, open } = await nameFile(path, guard);
  return { display, isOpenToAll: open !== undefined };
}
