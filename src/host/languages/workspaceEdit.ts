import type * as vscode from 'vscode';
import { breathing } from '../../core/breathe.ts';
import type { PlannedChange, TextEdit } from '../../core/editor/plannedChange.ts';
import { snippetText } from '../../core/editor/snippetText.ts';
import { pathOf } from '../addresses.ts';
import { fromBase64 } from '../base64.ts';
import { fromRange } from './convert.ts';

/** `_type` of an entry, as extHostTypes.ts of VS Code 1.104 and 1.139 has it; cells of notebooks are 3 and 5. */
const kinds = { file: 1, text: 2, snippet: 6 } as const;

/** An entry of a workspace edit, as far as it is looked at. */
interface Entry {
  readonly _type: number;
  readonly uri?: vscode.Uri;
  readonly edit?: unknown;
  readonly range?: vscode.Range;
  readonly from?: vscode.Uri;
  readonly to?: vscode.Uri;
  readonly options?: { readonly overwrite?: boolean; readonly ignoreIfExists?: boolean; readonly ignoreIfNotExists?: boolean; readonly contents?: unknown };
}

/**
 * A language server's edit as plain data, in its order. `entries()` shows the text edits only, so that a move of a file or
 * a notebook's cells would be lost in silence: the whole list is `_allEntries`, which is not in the API, and without which
 * nothing is done.
 */
export async function fromWorkspaceEdit(edit: vscode.WorkspaceEdit, signal: AbortSignal): Promise<readonly PlannedChange[]> {
  const entries = allEntries(edit);
  if (entries === undefined) return [{ kind: 'unsupported', reason: 'This version of the editor does not tell all of what the language server would do. Make the change with edit_file.' }];
  const breathe = breathing(signal);
  const changes: PlannedChange[] = [];
  const texts = new Map<string, TextEdit[]>();
  for (const entry of entries) {
    await breathe();
    const text = textEditOf(entry);
    if (text === undefined || entry.uri === undefined) {
      changes.push(otherChange(entry));
      continue;
    }
    const path = pathOf(entry.uri);
    const known = texts.get(path);
    if (known !== undefined) {
      known.push(text);
      continue;
    }
    const edits = [text];
    texts.set(path, edits);
    changes.push({ kind: 'edit', path, edits });
  }
  return changes;
}

function allEntries(edit: vscode.WorkspaceEdit): readonly Entry[] | undefined {
  const { _allEntries: list } = edit as { _allEntries?: unknown };
  const found: unknown = typeof list === 'function' ? list.call(edit) : undefined;
  return Array.isArray(found) ? (found as readonly Entry[]) : undefined;
}

function textEditOf({ _type, edit, range }: Entry): TextEdit | undefined {
  if (_type === kinds.text) {
    const { range: place, newText } = edit as { range?: vscode.Range; newText?: unknown };
    return place === undefined || typeof newText !== 'string' ? undefined : { range: fromRange(place), text: withPlainEnds(newText) };
  }
  if (_type !== kinds.snippet) return undefined;
  // Made by an extension here, or come over from VS Code: the two forms that a snippet's entry has.
  const { value, snippet, range: own } = edit as { value?: unknown; snippet?: { value?: unknown }; range?: vscode.Range };
  const source = value ?? snippet?.value;
  const place = range ?? own;
  return place === undefined || typeof source !== 'string' ? undefined : { range: fromRange(place), text: withPlainEnds(snippetText(source)) };
}

function withPlainEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function otherChange({ _type, from, to, options = {} }: Entry): PlannedChange {
  if (_type !== kinds.file) return { kind: 'unsupported', reason: 'It would change cells of a notebook, which cannot be reviewed here. Tell the person what to change.' };
  const ifExists = options.overwrite === true ? 'overwrite' : options.ignoreIfExists === true ? 'keep' : 'fail';
  if (from !== undefined && to !== undefined) return { kind: 'move', path: pathOf(from), to: pathOf(to), ifExists };
  if (from !== undefined) return { kind: 'delete', path: pathOf(from), ifMissing: options.ignoreIfNotExists === true ? 'keep' : 'fail' };
  if (to === undefined) return { kind: 'unsupported', reason: 'It has a step that cannot be understood. Make the change with edit_file.' };
  const text = textOf(options.contents);
  if (text === undefined) return { kind: 'unsupported', reason: 'It would make a file that is no text, which cannot be reviewed here.' };
  return { kind: 'create', path: pathOf(to), text: withPlainEnds(text), ifExists };
}

/** The text of a file to be made; undefined when it is none. */
function textOf(contents: unknown): string | undefined {
  if (contents === undefined) return '';
  const encoded = contents as { readonly type?: unknown; readonly value?: unknown };
  try {
    const bytes = contents instanceof Uint8Array ? contents : encoded.type === 'base64' && typeof encoded.value === 'string' ? fromBase64(encoded.value) : undefined;
    return bytes && new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
