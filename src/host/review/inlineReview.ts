import * as vscode from 'vscode';
import type { ShownReviews } from '../../core/reviews/joinReviews.ts';
import { forChangeable } from '../addresses.ts';
import { createDecorations } from './decorations.ts';
import { createDiffs, type Diffs } from './diffs.ts';
import { createLenses } from './lenses.ts';
import { createPendingChanges, hunkRange, openHunks, type PendingChanges } from './pendingChanges.ts';

/** Pending reviews as the editors show them. */
export interface InlineReview {
  readonly pending: PendingChanges;
  readonly diffs: Diffs;
  dispose(): void;
}

/** Milliseconds after a change of the text, so that typing is not slowed down by drawing. */
const pause = 50;

/** Shows what waits in every visible editor, keeps it where it belongs while the text changes, and sets the keys' contexts. */
export function createInlineReview(reviews: ShownReviews, now: () => number = Date.now): InlineReview {
  const pending = createPendingChanges(reviews, now);
  const diffs = createDiffs(pending);
  const lenses = createLenses(pending);
  const decorations = createDecorations();
  const drawn = new WeakSet<vscode.TextEditor>();
  const seen = new Set<string>();
  const contexts = new Map<string, boolean>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function setContext(name: string, value: boolean): void {
    if ((contexts.get(name) ?? false) === value) return;
    contexts.set(name, value);
    void vscode.commands.executeCommand('setContext', name, value);
  }

  function draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const changes = pending.in(editor.document);
      // An editor that never showed anything needs nothing taken away.
      if (changes.length === 0 && !drawn.has(editor)) continue;
      decorations.draw(editor, changes);
      drawn.add(editor);
    }
    follow(vscode.window.activeTextEditor);
  }

  function follow(editor: vscode.TextEditor | undefined): void {
    setContext('rivulet.reviewing', editor !== undefined && pending.in(editor.document).length > 0);
    setContext('rivulet.reviewPending', pending.all().length > 0);
  }

  /** Scrolls, once for each review, to its first hunk in the editor that the person is in. The cursor stays where it is. */
  function reveal(): void {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return;
    const [first] = openHunks(pending.in(editor.document)).filter(({ token }) => !seen.has(token));
    if (first === undefined) return;
    seen.add(first.token);
    editor.revealRange(hunkRange(first, editor.document), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  const stop = reviews.onDidChange(() => {
    lenses.refresh();
    draw();
    reveal();
    diffs.update();
  });
  const subscriptions = [
    forChangeable((documents) => vscode.languages.registerCodeLensProvider(documents, lenses)),
    vscode.window.onDidChangeVisibleTextEditors(draw),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      follow(editor);
      reveal();
    }),
    vscode.workspace.onDidChangeTextDocument(({ contentChanges }) => {
      if (contentChanges.length === 0 || pending.all().length === 0) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        lenses.refresh();
        draw();
      }, pause);
    }),
  ];
  draw();
  return {
    pending,
    diffs,
    dispose() {
      clearTimeout(timer);
      stop();
      for (const each of [...subscriptions, lenses, decorations, diffs, pending]) each.dispose();
    },
  };
}
