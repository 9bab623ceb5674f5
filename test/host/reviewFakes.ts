import type * as vscode from 'vscode';
import type { FileChange } from '../../src/core/edits/change.ts';
import { hunksOf } from '../../src/core/edits/hunks.ts';
import type { Decision, PendingReview, Reviews } from '../../src/core/reviews/reviews.ts';
import type { HunkDecision } from '../../src/protocol/reviewItems.ts';
import { Position, Range, Uri } from './fakeTypes.ts';
import { decorationTypes } from './fakeVscode.ts';

/** A document whose text a test can change, with the little of VS Code's that reviews use. */
export interface FakeDocument {
  readonly uri: Uri;
  readonly languageId: string;
  version: number;
  readonly lineCount: number;
  getText(range?: Range): string;
  lineAt(line: number): { readonly text: string; readonly range: Range; readonly firstNonWhitespaceCharacterIndex: number };
  /** Somebody types: the whole text is another one. */
  become(text: string): void;
}

export function fakeDocument(address: string, text: string, languageId = 'typescript'): FakeDocument {
  let lines = text.split('\n');
  const uri = address.startsWith('/') ? Uri.file(address) : Uri.parse(address);
  return {
    uri,
    languageId,
    version: 1,
    get lineCount() {
      return lines.length;
    },
    getText(range) {
      if (range === undefined) return lines.join('\n');
      const part = lines.slice(range.start.line, range.end.line + 1);
      part[part.length - 1] = (part.at(-1) ?? '').slice(0, range.end.character);
      part[0] = (part[0] ?? '').slice(range.start.character);
      return part.join('\n');
    },
    lineAt(line) {
      const own = lines[line] ?? '';
      return { text: own, range: new Range(line, 0, line, own.length), firstNonWhitespaceCharacterIndex: own.search(/\S|$/) };
    },
    become(next) {
      lines = next.split('\n');
      this.version += 1;
    },
  };
}

/** An editor on a document: what is drawn in it, by kind, and where it was scrolled to. */
export interface FakeEditor {
  readonly document: FakeDocument;
  selection: Range;
  readonly drawn: Map<object, readonly vscode.DecorationOptions[]>;
  readonly revealed: Range[];
  setDecorations(type: object, options: readonly vscode.DecorationOptions[]): void;
  revealRange(range: Range): void;
}

export function fakeEditorOn(document: FakeDocument, line = 0): FakeEditor {
  const drawn = new Map<object, readonly vscode.DecorationOptions[]>();
  const revealed: Range[] = [];
  return {
    document,
    selection: new Range(new Position(line, 0), new Position(line, 0)),
    drawn,
    revealed,
    setDecorations: (type, options) => drawn.set(type, options),
    revealRange: (range) => revealed.push(range),
  };
}

/** What is drawn in an editor, kinds told by what they look like. */
export function drawnIn({ drawn }: FakeEditor): readonly { readonly line: number; readonly text: string | undefined; readonly hover: string | undefined; readonly look: string }[] {
  return decorationTypes.flatMap((type) =>
    (drawn.get(type) ?? []).map(({ range, renderOptions, hoverMessage }) => ({
      line: range.start.line,
      text: (renderOptions?.after ?? renderOptions?.before)?.contentText?.replaceAll('\u00A0', ' '),
      hover: (hoverMessage as { value?: string } | undefined)?.value,
      look: JSON.stringify((type as { options: unknown }).options),
    })),
  );
}

/** Reviews by hand: what waits is what a test puts there, decisions are recorded. */
export interface FakeReviews extends Reviews {
  readonly decided: Decision[];
  wait(...reviews: readonly PendingReview[]): void;
}

export function fakeReviews(): FakeReviews {
  const listeners = new Set<() => void>();
  const decided: Decision[] = [];
  let waiting: readonly PendingReview[] = [];
  return new Proxy(
    {
      decided,
      decide: async (decision: Decision) => void decided.push(decision),
      pending: () => waiting,
      onDidChange(listener: () => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      wait(...reviews: readonly PendingReview[]) {
        waiting = reviews;
        for (const listener of listeners) listener();
      },
    } as unknown as FakeReviews,
    {
      get(target, name, receiver) {
        if (name in target) return Reflect.get(target, name, receiver) as unknown;
        throw new Error(`The fake has no reviews.${String(name)}.`);
      },
    },
  );
}

/** A review of edits, each with the decisions on its hunks so far. */
export function reviewOf(token: string, ...files: readonly { readonly path: string; readonly before: string; readonly after: string; readonly decisions?: readonly HunkDecision[] }[]): PendingReview {
  return {
    token,
    turnId: 'turn-1',
    files: files.map(({ path, before, after, decisions = [] }) => ({
      change: { kind: 'edit', place: placeOf(path), before, after },
      hunks: hunksOf(before, after).map((hunk, index) => ({ ...hunk, decision: decisions[index] ?? 'open' })),
    })),
  };
}

export function placeOf(path: string): FileChange['place'] {
  return { class: 'inside', canonical: path, written: path, display: path.slice(path.lastIndexOf('/') + 1), kind: 'file', reasons: [] };
}
