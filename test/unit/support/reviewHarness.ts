import { createViewStore, initialState, type ViewStore } from '../../../src/core/chat/viewStore.ts';
import type { FileChange } from '../../../src/core/edits/change.ts';
import type { BeforeImages } from '../../../src/core/reviews/beforeImages.ts';
import { createReviews } from '../../../src/core/reviews/createReviews.ts';
import type { Queue } from '../../../src/core/queue.ts';
import type { Confirmation, Reviews } from '../../../src/core/reviews/reviews.ts';
import { ApplyError } from '../../../src/core/editor/documents.ts';
import type { ResolvedPath } from '../../../src/core/guard/pathGuard.ts';
import { FileError, type Files } from '../../../src/core/ports.ts';
import type { Change } from '../../../src/protocol/messages.ts';
import { fillIn, say, type LocalText } from '../../../src/protocol/localText.ts';
import type { PermissionItem, ReviewItem } from '../../../src/protocol/reviewItems.ts';
import type { TurnChangesView } from '../../../src/protocol/viewState.ts';
import { until } from '../../support/until.ts';
import { aModel } from './chatHarness.ts';
import { memoryDocuments, type Given, type MemoryDocuments } from './memoryDocuments.ts';

/** Reviews over texts in memory, with a person who answers what the host asks. */
export interface ReviewHarness {
  readonly reviews: Reviews;
  readonly documents: MemoryDocuments;
  readonly store: ViewStore;
  readonly changes: readonly Change[];
  /** What the host itself has asked, in words. */
  readonly asked: string[];
  /** The person's answer to each question of the host; no when left alone. */
  answer: (question: string) => boolean | Promise<boolean>;
  /** What happens right before changes are applied. */
  beforeApply: () => void | Promise<void>;
  /** What happens when they have been, before anybody is told. */
  afterApply: () => void | Promise<void>;
  /** What the editor makes of a text when it saves it. */
  format: (path: string) => string | undefined;
  /** Paths that a link leads elsewhere by now. */
  readonly moved: Map<string, string>;
  readonly sizes: Map<string, number>;
  /** What stands in editors, unsaved. */
  readonly openTexts: Map<string, string>;
  hasTrash: boolean;
  /** Lets the time pass that a person has. */
  runOut(): void;
  readonly timers: number;
  card(turnId?: string): ReviewItem;
  permission(): PermissionItem;
  turnChanges(turnId?: string): TurnChangesView | undefined;
}

export function words({ message, args }: LocalText): string {
  return fillIn(message, args);
}

/** A file of the folder `/w`. */
export function place(path: string, { class: kind = 'inside', reasons = [], missing = false }: { readonly class?: ResolvedPath['class']; readonly reasons?: readonly LocalText[]; readonly missing?: boolean } = {}): ResolvedPath {
  return { class: kind, canonical: `/w/${path}`, written: `/w/${path}`, display: path, kind: missing ? 'missing' : 'file', reasons };
}

export function sensitivePlace(path: string): ResolvedPath {
  return place(path, { class: 'sensitive', reasons: [say('The editor obeys it.')] });
}

export function edit(path: string, before: string, after: string): FileChange {
  return { kind: 'edit', place: place(path), before, after };
}

/** Everything that waits for nothing but its turn happens. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => (turn % 8 === 0 ? setTimeout(resolve, 0) : setImmediate(resolve)));
}

/** Waits until something has been proposed that waits for the person. */
export async function proposed({ reviews }: ReviewHarness): Promise<void> {
  await until(() => reviews.pending().length > 0);
}

/** What is there before the reviews are: a chat with turns of its own, and the files of a window that was closed. */
export interface ReviewSurroundings {
  readonly store?: ViewStore;
  readonly documents?: MemoryDocuments;
  readonly images?: BeforeImages;
  readonly writes?: Queue;
  readonly outside?: boolean;
}

export function reviewHarness(given: { readonly [path: string]: Given }, turns: readonly string[] = ['turn-1', 'turn-2'], around: ReviewSurroundings = {}): ReviewHarness {
  const documents = around.documents ?? memoryDocuments(Object.fromEntries(Object.entries(given).map(([path, value]) => [`/w/${path}`, value])));
  const changes: Change[] = [];
  const store = around.store ?? createViewStore(initialState(aModel), (change) => void changes.push(change));
  for (const id of turns) store.publish({ type: 'turn-added', turn: { id, question: { text: '', attachments: [] }, items: [], outcome: 'running', usage: undefined } });
  const asked: string[] = [];
  const moved = new Map<string, string>();
  const sizes = new Map<string, number>();
  const openTexts = new Map<string, string>();
  const timers = new Set<() => void>();

  const exists = async (path: string): Promise<boolean> => documents.read({ ...place(''), canonical: path }).then(() => true, (error: unknown) => error instanceof ApplyError);
  const files: Files = {
    async realPath(path) {
      if (path !== '/w' && !(await exists(path))) throw new FileError('missing', `ENOENT: ${path}`);
      return moved.get(path) ?? path;
    },
    async entry(path) {
      if (!(await exists(path))) throw new FileError('missing', `ENOENT: ${path}`);
      return { type: 'file', names: 1 };
    },
    async facts(path) {
      if (!(await exists(path))) throw new FileError('missing', `ENOENT: ${path}`);
      return { type: 'file', size: sizes.get(path) ?? (documents.bytesOf(path) ?? '').length };
    },
    read: async (path) => new TextEncoder().encode(documents.bytesOf(path) ?? 'binary'),
    decode: async (_path, bytes) => new TextDecoder().decode(bytes),
    openText: (path) => openTexts.get(path),
    hasTrash: () => harness.hasTrash,
  };

  const harness: ReviewHarness = {
    documents,
    store,
    changes,
    asked,
    moved,
    sizes,
    openTexts,
    hasTrash: true,
    answer: () => false,
    beforeApply: () => undefined,
    afterApply: () => undefined,
    format: () => undefined,
    runOut() {
      const due = new Set(timers);
      timers.clear();
      for (const action of due) action();
    },
    get timers() {
      return timers.size;
    },
    reviews: createReviews({
      store,
      files,
      ...(around.images && { images: around.images }),
      ...(around.writes && { writes: around.writes }),
      ...(around.outside && { outside: true }),
      documents: {
        read: async (at) => documents.read(at),
        async apply(all, signal) {
          await harness.beforeApply();
          await documents.apply(all, signal);
          for (const { place: { canonical } } of all) {
            const formatted = harness.format(canonical);
            if (formatted !== undefined) documents.write(canonical, formatted);
          }
          await harness.afterApply();
        },
      },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      async confirm(question: Confirmation) {
        const text = [question.text, ...question.details].map(words).join('\n');
        asked.push(text);
        return harness.answer(text);
      },
      after(_milliseconds, action) {
        timers.add(action);
        return () => void timers.delete(action);
      },
    }),
    card(turnId = 'turn-1') {
      const item = itemsOf(turnId).findLast(({ kind }) => kind === 'review');
      if (item?.kind !== 'review') throw new Error('There is no card.');
      return item;
    },
    permission() {
      const item = itemsOf('turn-1').findLast(({ kind }) => kind === 'permission');
      if (item?.kind !== 'permission') throw new Error('There is no question.');
      return item;
    },
    turnChanges: (turnId = 'turn-1') => store.state.turns.find(({ id }) => id === turnId)?.changes,
  };

  function itemsOf(turnId: string): ViewStore['state']['turns'][number]['items'] {
    return store.state.turns.find(({ id }) => id === turnId)?.items ?? [];
  }

  return harness;
}
