import * as vscode from 'vscode';
import { inOneLine } from '../../core/agent/explain.ts';
import { breathing } from '../../core/breathe.ts';
import { createBest, scoreOf } from '../../core/context/fuzzy.ts';
import { labelOf } from '../../core/context/readFilePiece.ts';
import { suggestionId } from '../../core/context/suggestionId.ts';
import { showPath } from '../../core/guard/shownPath.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import type { Suggestion } from '../../protocol/contextView.ts';
import { pathOf } from '../addresses.ts';
import { isOfferable, selectedLines } from './attention.ts';
import type { ListedFile } from './fileList.ts';
import { relativeName } from './pieceNames.ts';

/** Suggestions that are shown at once. */
export const mostSuggestions = 50;

/** A word as something is looked for with it. */
export interface MentionQuery {
  readonly text: string;
  /** Only symbols are wanted: `@#total`. */
  readonly isSymbol: boolean;
}

export function readMention(query: string): MentionQuery {
  const isSymbol = query.startsWith('#');
  return { text: query.slice(isSymbol ? 1 : 0).replace(/\s+/g, '').toLowerCase(), isSymbol };
}

/** What is always there: the selection, the file, the problems, the changes, the editors; by their names in either language. */
export function fixedMentions(query: string, { hasChanges }: { readonly hasChanges: boolean }): readonly Suggestion[] {
  const editor = vscode.window.activeTextEditor;
  const path = editor && pathOf(editor.document.uri);
  const isShown = path !== undefined && (path.startsWith('/') || isOfferable(path));
  const lines = editor && selectedLines(editor);
  const shown = isShown ? showPath(relativeName(path)) : '';
  const all: readonly (Suggestion & { readonly english: string })[] = [
    ...(isShown && lines !== undefined ? [{ ...fixed('selection', suggestionId({ kind: 'selection', path, lines }), vscode.l10n.t('Selection'), labelOf(shown, lines)), english: 'selection' }] : []),
    ...(isShown ? [{ ...fixed('file', suggestionId({ kind: 'file', path }), vscode.l10n.t('Current file'), inOneLine(shown)), english: 'current file' }] : []),
    { ...fixed('problems', suggestionId({ kind: 'problems' }), vscode.l10n.t('Problems'), say('What the editor reports in the workspace')), english: 'problems' },
    ...(hasChanges ? [{ ...fixed('changes', suggestionId({ kind: 'changes' }), vscode.l10n.t('Changes'), say('What has changed since the last commit')), english: 'changes' }] : []),
    { ...fixed('editors', suggestionId({ kind: 'editors' }), vscode.l10n.t('Open editors'), say('The texts of all files that are open')), english: 'open editors' },
  ];
  return all.flatMap(({ english, ...suggestion }) => (fits(query, english) || fits(query, suggestion.label.toLowerCase()) ? [suggestion] : []));
}

function fixed(kind: Suggestion['kind'], id: string, label: string, detail: string | LocalText): Suggestion {
  return { id, kind, label, detail: typeof detail === 'string' ? plain(detail) : detail };
}

/** Whether a word or the beginning of one is meant. */
function fits(query: string, name: string): boolean {
  return name.replaceAll(' ', '').startsWith(query) || name.split(' ').some((word) => word.startsWith(query));
}

/** Files and folders, those that are open in front; of equals in the order of their paths. Lets others have their turn. */
export async function fileMentions(query: string, files: readonly ListedFile[], { open, signal }: { readonly open: ReadonlySet<string>; readonly signal: AbortSignal }): Promise<readonly Suggestion[]> {
  const breathe = breathing(signal);
  const best = createBest<ListedFile>(mostSuggestions);
  for (let index = 0; index < files.length; index += 1) {
    if (index % 512 === 0) await breathe();
    const file = files[index];
    const score = file && scoreOf(file, query);
    if (file === undefined || score === undefined) continue;
    // Open ones are meant more often; folders less often than files.
    best.offer(file, score + (open.has(file.place) ? 2000 : 0) - (file.isFolder ? 100 : 0));
  }
  return best.list().map(({ path, place, isFolder, name }) => ({
    id: suggestionId({ kind: isFolder ? 'folder' : 'file', path: place }),
    kind: isFolder ? 'folder' : 'file',
    label: inOneLine(showPath(path.slice(name))),
    detail: name === 0 ? undefined : plain(inOneLine(showPath(path.slice(0, name - 1)))),
  }));
}

/** Words that are no sentence, a path for instance. */
export function plain(text: string): LocalText {
  return { message: '{0}', args: [text] };
}
