import type { LocalText } from '../../protocol/localText.ts';
import type { Item } from '../../protocol/viewState.ts';
import { abortable } from '../abortable.ts';
import type { PermissionQuestion, Person, ReviewOutcome } from '../agent/person.ts';
import { breathing } from '../breathe.ts';
import type { ViewStore } from '../chat/viewStore.ts';
import type { Documents } from '../editor/documents.ts';
import type { Files, Log } from '../ports.ts';
import { createAllowEdits } from './allowEdits.ts';
import { createUnasked } from './unasked.ts';
import { applyChanges, type Applied } from './applying.ts';
import { createBeforeImages, filesIn, type BeforeImages } from './beforeImages.ts';
import type { FileChange, Proposal } from '../edits/change.ts';
import { createDialogs, fromOutside, type Confirm } from './dialogs.ts';
import { following } from './following.ts';
import { createNews } from './news.ts';
import { nothingApplied } from './outcome.ts';
import { openReview, type OpenReview, type ReviewSurroundings } from './openReview.ts';
import { openPermission, type OpenPermission } from './permission.ts';
import { createQueue, type Queue } from '../queue.ts';
import type { Confirmation, Reviews } from './reviews.ts';
import { undecided, type ReviewedFile } from './reviewState.ts';
import { isOrdinary, reasonsFor } from './sensitive.ts';
import { createUndoTurn } from './undoTurn.ts';

export interface ReviewsOptions {
  readonly store: ViewStore;
  readonly documents: Documents;
  readonly files: Files;
  readonly log: Log;
  readonly confirm: (question: Confirmation) => Promise<boolean>;
  /** Where files are kept as they were before each turn; in memory when left out. */
  readonly images?: BeforeImages;
  /** The queue of those who write files beside this one; its own when left out. */
  readonly writes?: Queue;
  /** They are of other agents: the host says so, and asks about everything itself before it is made, for commands decide it, which any extension may run. */
  readonly outside?: boolean;
  /** Whether several reviews wait for the person at a time, as the editors can show them, rather than one card after another. */
  readonly sideBySide?: boolean;
  /** Calls the action once after so many milliseconds, unless what it answers is called before. */
  readonly after?: (milliseconds: number, action: () => void) => () => void;
}

/** How long a question waits for a person, in milliseconds; what is put off waits until the panel is closed or the chat ends. */
export const patienceMs = 30 * 60_000;

/** How long a chat that is left waits for what is being written, in milliseconds: an editor may never come to the end of it. */
export const writingMs = 10_000;

/** How many files are at most applied without asking, where that is allowed. */
export const mostUnasked = 20;

/** On whose behalf the person is asked. */
interface Occasion {
  readonly turnId: string;
  readonly callId: string | undefined;
}

/** Reviews over a chat's state: they show their cards there, and forget everything with the chat. */
export function createReviews({ store, documents, files, log, confirm: askPerson, images = keptInMemory(store), writes = createQueue(), outside = false, sideBySide = false, after = afterTimeout }: ReviewsOptions): Reviews {
  const questions = createQueue();
  const dialogs = createDialogs(askPerson, log);
  const edits = createAllowEdits(store, dialogs.confirm);
  const unasked = createUnasked(store);
  const reviews = new Set<OpenReview>();
  const permissions = new Set<OpenPermission>();
  const news = createNews();
  const listeners = new Set<() => void>();
  const counts = new Map<string, number>();
  let chats = 0;

  const confirmOutside: Confirm = async (question, signal) => dialogs.confirm(fromOutside(question), signal);
  const afterPatience = (action: () => void): (() => void) => after(patienceMs, action);

  function watchChat(): () => boolean {
    const chat = chats;
    return () => chat === chats;
  }

  function nextId(turnId: string, kind: string): string {
    // A turn that was kept has items of an earlier session.
    const taken = new Set(store.state.turns.findLast(({ id }) => id === turnId)?.items.map(({ id }) => id));
    let count = (counts.get(turnId) ?? 0) + 1;
    while (taken.has(`${turnId}.${kind}-${count}`)) count += 1;
    counts.set(turnId, count);
    return `${turnId}.${kind}-${count}`;
  }

  function publisher(turnId: string): (item: Item) => void {
    let isAdded = false;
    const isHere = watchChat();
    return (item) => {
      // What ends only once its chat is left has no place in the next one, where a copy has turns of the same names.
      if (!isHere()) return;
      store.publish(isAdded ? { type: 'item-changed', turnId, item } : { type: 'item-added', turnId, item });
      isAdded = true;
    };
  }

  async function apply(turnId: string, changes: readonly FileChange[], known: ReadonlyMap<FileChange, readonly LocalText[]>, signal: AbortSignal): Promise<Applied> {
    const isHere = watchChat();
    // Of a chat that has ended meanwhile nobody can take this back any more; what is kept of it from before stays, and the next chat, which may be a copy, has nothing of it.
    const ofChat: BeforeImages = { ...images, set: (id, some) => (isHere() ? images.set(id, some) : undefined) };
    const applied = await applyChanges(turnId, changes, known, { documents, files, images: ofChat, isForgotten, writes }, signal);
    if (!isHere()) return applied;
    const touched = filesIn(images.of(turnId)).length;
    if (touched > 0) store.publish({ type: 'turn-changes', turnId, changes: { files: touched, state: 'kept' } });
    return applied;
  }

  function isForgotten(turnId: string): boolean {
    return store.state.turns.findLast(({ id }) => id === turnId)?.changes?.state === 'forgotten';
  }

  function notify(): void {
    for (const review of reviews) if (review.isOver()) reviews.delete(review);
    for (const listener of listeners) listener();
  }

  function runningCall(turnId: string): string | undefined {
    return store.state.turns.findLast(({ id }) => id === turnId)?.items.findLast((item) => item.kind === 'call' && item.status === 'running')?.id;
  }

  function show({ turnId, callId }: Occasion, reviewed: readonly ReviewedFile[]): OpenReview {
    const publish = publisher(turnId);
    const surroundings = {
      id: nextId(turnId, 'review'),
      callId,
      turnId,
      documents,
      files,
      asking: { confirm: outside ? confirmOutside : dialogs.confirm, always: outside },
      afterPatience,
      news: news.ofChat(),
      apply: async (...[changes, known, stop]: Parameters<ReviewSurroundings['apply']>) => apply(turnId, changes, known, stop),
      show(item: Item) {
        publish(item);
        // Not at once: a listener looks at `pending`, and a first showing is not there yet.
        queueMicrotask(notify);
      },
    };
    const accepted = store.state.edits === 'allowed' && reviewed.length <= mostUnasked && reviewed.every(isOrdinary);
    const review = openReview(reviewed, surroundings, { accepted });
    reviews.add(review);
    return review;
  }

  async function review(occasion: Occasion, proposal: Proposal, signal: AbortSignal): Promise<ReviewOutcome> {
    const changes = proposal.changes.filter((change) => change.kind !== 'edit' || change.before !== change.after);
    if (changes.length === 0) return { decision: 'failed', problem: 'Nothing to change: the files already read like that.', files: [] };
    const isRefused = dialogs.watch();
    const unanswered = nothingApplied('unanswered', changes.map((change) => ({ change, hunks: [], decisions: [], decision: 'open', reasons: [] })));
    return ask(signal, isRefused, unanswered, async () => {
      // Not before it is its turn: what stood in the way may change what there is to say of it.
      const reviewed: ReviewedFile[] = [];
      const breathe = breathing(signal);
      for (const change of changes) {
        await breathe();
        reviewed.push(undecided(change, await reasonsFor(change, files)));
      }
      signal.throwIfAborted();
      if (isRefused()) return unanswered;
      const shown = show(occasion, reviewed);
      return following(signal, () => shown.stop(), shown.outcome);
    });
  }

  async function allows({ turnId, callId }: Occasion, question: PermissionQuestion, signal: AbortSignal): Promise<boolean> {
    const isRefused = dialogs.watch();
    return ask(signal, isRefused, false, async () => {
      // It may have been given for the chat while this one waited behind another.
      if (unasked.has(question.forChat)) return true;
      const permission = openPermission(question, { id: nextId(turnId, 'permission'), callId, show: publisher(turnId), confirm: dialogs.confirm, afterPatience });
      permissions.add(permission);
      const allowed = await following(signal, () => permission.decline(), permission.allowed);
      permissions.delete(permission);
      if (allowed === 'chat' && !isRefused()) unasked.add(question.forChat);
      return allowed !== 'no';
    });
  }

  /** One card at a time, and none for a turn that has been stopped meanwhile. */
  async function ask<Answer>(signal: AbortSignal, isRefused: () => boolean, no: Answer, question: () => Promise<Answer>): Promise<Answer> {
    const run = async (): Promise<Answer> => {
      signal.throwIfAborted();
      return isRefused() ? no : question();
    };
    return abortable(sideBySide ? run : () => questions.run(run), signal);
  }

  function personFor(occasion: () => Occasion): Person {
    return {
      allows: async (question, signal) => allows(occasion(), question, signal),
      review: async (proposal, signal) => review(occasion(), proposal, signal),
    };
  }

  function declineAll(turnId?: string): void {
    if (turnId !== undefined) {
      for (const review of reviews) if (review.turnId === turnId) review.withdraw();
      return;
    }
    dialogs.refuseAll();
    edits.forbid();
    unasked.forget();
    for (const review of reviews) review.giveUp();
    for (const permission of permissions) permission.giveUp();
  }

  return {
    forTurn: (turnId) => personFor(() => ({ turnId, callId: undefined })),
    // Whatever it waits for before its card is shown, it is the call that runs now that asks.
    forCalls: (turnId) => personFor(() => ({ turnId, callId: runningCall(turnId) })),
    async decide(decision) {
      for (const review of reviews) await review.decide(decision);
    },
    async permit(token, allow, reach) {
      for (const permission of permissions) if (permission.token === token) await permission.permit(allow, reach);
    },
    askAgain: () => unasked.forget(),
    pending: () => [...reviews].flatMap((review) => review.pending() ?? []),
    isOver: (turnId) => ![...reviews].some((review) => review.turnId === turnId && !review.isOver()),
    onDidChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    declineAll,
    async allowEdits(allow) {
      if (!allow) return edits.forbid();
      await edits.allow();
    },
    news: () => news.take(),
    revert: createUndoTurn({ store, documents, files, images, writes, log, dialogs, news, nextId: (turnId) => nextId(turnId, 'notice'), watchChat }),
    async idle() {
      const { promise, resolve } = Promise.withResolvers<void>();
      const forget = after(writingMs, resolve);
      // Who has written says so right behind it.
      void writes.run(async () => undefined).then(() => setTimeout(resolve, 0));
      await promise;
      forget();
    },
    clear() {
      declineAll();
      chats += 1;
      news.forget();
      images.clear();
      counts.clear();
    },
  };
}

function keptInMemory(store: ViewStore): BeforeImages {
  return createBeforeImages({ forgot: (turnId, files) => store.publish({ type: 'turn-changes', turnId, changes: { files, state: 'forgotten' } }) });
}

function afterTimeout(milliseconds: number, action: () => void): () => void {
  const timer = setTimeout(action, milliseconds);
  return () => clearTimeout(timer);
}
