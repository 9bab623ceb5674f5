import * as vscode from 'vscode';
import { diffText, inlineHunk } from '../../core/edits/inlineHunk.ts';
import { codeHover } from '../messages.ts';
import type { PendingChange, PlacedHunk } from './pendingChanges.ts';

const colour = (id: string): vscode.ThemeColor => new vscode.ThemeColor(id);

/** New text beside a line. Borders show in high contrast, whose themes have no such backgrounds, and are transparent elsewhere. */
const added = { color: colour('editor.foreground'), backgroundColor: colour('diffEditor.insertedTextBackground'), border: '1px solid', borderColor: colour('diffEditor.insertedTextBorder'), textDecoration: 'none', fontStyle: 'normal' };

const ruler = { overviewRulerLane: vscode.OverviewRulerLane.Left, rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed } as const;

/** The kinds of line in a pending change; made once, for each costs a style sheet. */
function createTypes() {
  return {
    removed: vscode.window.createTextEditorDecorationType({
      ...ruler,
      isWholeLine: true,
      overviewRulerColor: colour('editorOverviewRuler.deletedForeground'),
      borderWidth: '0 0 0 3px',
      borderStyle: 'solid',
      borderColor: colour('editorGutter.deletedBackground'),
    }),
    // Not on the whole line: the new text beside it would stand on both colours.
    struck: vscode.window.createTextEditorDecorationType({
      textDecoration: 'line-through',
      backgroundColor: colour('diffEditor.removedTextBackground'),
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    }),
    /** New text on a line that is empty. */
    beside: vscode.window.createTextEditorDecorationType({}),
    inserted: vscode.window.createTextEditorDecorationType({ ...ruler, overviewRulerColor: colour('editorOverviewRuler.addedForeground') }),
    accepted: vscode.window.createTextEditorDecorationType({
      ...ruler,
      isWholeLine: true,
      backgroundColor: colour('diffEditor.insertedLineBackground'),
      overviewRulerColor: colour('editorOverviewRuler.addedForeground'),
      borderWidth: '0 0 0 3px',
      borderStyle: 'solid',
      borderColor: colour('editorGutter.addedBackground'),
    }),
    outdated: vscode.window.createTextEditorDecorationType({
      ...ruler,
      isWholeLine: true,
      overviewRulerColor: colour('editorOverviewRuler.warningForeground'),
      borderWidth: '0 0 0 3px',
      borderStyle: 'dotted',
      borderColor: colour('editorWarning.foreground'),
    }),
  };
}

type Kind = keyof ReturnType<typeof createTypes>;

/** Draws pending changes into editors. */
export interface Decorations {
  /** Draws these and nothing else. */
  draw(editor: vscode.TextEditor, changes: readonly PendingChange[]): void;
  dispose(): void;
}

export function createDecorations(): Decorations {
  const types = createTypes();
  return {
    draw(editor, changes) {
      const drawn: Readonly<Record<Kind, vscode.DecorationOptions[]>> = { removed: [], struck: [], beside: [], inserted: [], accepted: [], outdated: [] };
      for (const { hunks } of changes) for (const hunk of hunks) for (const [kind, option] of drawHunk(hunk, editor.document)) drawn[kind].push(option);
      for (const kind of Object.keys(types) as Kind[]) editor.setDecorations(types[kind], drawn[kind]);
    },
    dispose() {
      for (const type of Object.values(types)) type.dispose();
    },
  };
}

function drawHunk({ line, isOutdated, hunk }: PlacedHunk, document: vscode.TextDocument): readonly (readonly [Kind, vscode.DecorationOptions])[] {
  if (hunk.decision === 'rejected') return [];
  const hoverMessage = codeHover(hunk.decision === 'accepted' ? vscode.l10n.t('Accepted, applied when all is decided') : vscode.l10n.t('Proposed change'), 'diff', diffText(hunk));
  if (isOutdated) {
    const contentText = vscode.l10n.t('The text has changed since this was proposed').replaceAll(' ', '\u00A0');
    return [['outdated', { range: lineRange(document, line), hoverMessage, renderOptions: { after: { contentText, color: colour('editorWarning.foreground'), fontStyle: 'italic', margin: '0 0 0 2em' } } }]];
  }

  const mark = hunk.decision === 'accepted' ? '✓\u00A0' : '';
  const { beside, inserted, isWide } = inlineHunk(hunk);
  if (inserted !== undefined) {
    // Before the first line there is no line to stand behind.
    const side = line === 0 ? { before: { ...added, contentText: `${mark}${inserted}\u00A0⏎`, margin: '0 1em 0 0' } } : { after: { ...added, contentText: `${mark}⏎\u00A0${inserted}`, margin: '0 0 0 1em' } };
    const range = line === 0 ? new vscode.Range(0, 0, 0, 0) : lineRange(document, line - 1);
    return [['inserted', { range, hoverMessage, renderOptions: side }]];
  }
  return beside.flatMap((text, index): readonly (readonly [Kind, vscode.DecorationOptions])[] => {
    const range = lineRange(document, line + index);
    const indent = document.lineAt(range.start.line).firstNonWhitespaceCharacterIndex;
    const old = new vscode.Range(range.start.line, indent, range.end.line, range.end.character);
    const contentText = `${mark}${text ?? ''}`;
    // Beside a long line the new text would be out of sight, so it stands in front of that.
    const renderOptions = text === undefined ? {} : isWide ? { before: { ...added, contentText, margin: '0 1em 0 0' } } : { after: { ...added, contentText, margin: '0 0 0 1em' } };
    return [
      [hunk.decision === 'accepted' ? 'accepted' : 'removed', { range, hoverMessage }],
      old.isEmpty ? ['beside', { range: old, renderOptions }] : ['struck', { range: old, hoverMessage, renderOptions }],
    ];
  });
}

function lineRange(document: vscode.TextDocument, line: number): vscode.Range {
  return document.lineAt(Math.max(0, Math.min(line, document.lineCount - 1))).range;
}
