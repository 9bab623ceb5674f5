import { fillIn, say, type LocalText } from '../../protocol/localText.ts';
import type { ContextView } from '../../protocol/contextView.ts';
import type { AttachmentView } from '../../protocol/viewState.ts';
import type { ViewStore } from '../chat/viewStore.ts';
import { pathInFull } from '../guard/shownPath.ts';
import type { Log } from '../ports.ts';
import type { Confirmation } from '../reviews/reviews.ts';
import { isAtPath, type ContextPorts, type Piece, type ReadPiece } from './piece.ts';
import { readPiece } from './readPiece.ts';
import { estimateTokens } from './tokens.ts';

/** What goes with the next question: chips that the page shows, read when the question is sent. */
export interface ContextTray {
  /** Takes a piece; of what is secret or outside the host asks the person first. Settles when it is a chip and read; else with why not, or `declined` when the person said no. */
  add(piece: Piece): Promise<LocalText | 'declined' | undefined>;
  remove(id: string): void;
  pieceOf(id: string): Piece | undefined;
  /** Instructions of the workspace that go with the first question, in front; those that the person took away stay away until {@link clear}. */
  offerInstructions(paths: readonly string[]): Promise<void>;
  /** Whether anything is there that the person chose. */
  isEmpty(): boolean;
  /** Why a piece that was taken does not go along; undefined when it does, or in part. */
  problemOf(piece: Piece): LocalText | undefined;
  /** All pieces as they stand now, instructions first. What cannot be read says so in its place: nothing is left out silently. */
  attachments(signal: AbortSignal): Promise<readonly AttachmentView[]>;
  /** A piece by itself, with the person's leave, for a question that takes no chips; else why not, or `declined`. */
  attachment(piece: Piece, signal: AbortSignal): Promise<AttachmentView | LocalText | 'declined'>;
  /** The instructions alone, for questions that are asked from an editor. */
  instructions(signal: AbortSignal): Promise<readonly AttachmentView[]>;
  /** What {@link attachments} last gave went with a question; what was taken since waits for the next one. */
  sent(): void;
  /** Another chat: nothing of the last one goes with it. */
  clear(): void;
}

export interface ContextTrayOptions {
  readonly store: ViewStore;
  readonly ports: ContextPorts;
  readonly log: Log;
  /** Asks in a dialog of the host's own. */
  readonly confirm: (question: Confirmation) => Promise<boolean>;
  /** What a piece is called before it is read, or when it cannot be, in the person's language. */
  readonly name: (piece: Piece) => string;
}

interface Entry {
  readonly id: string;
  readonly piece: Piece;
  view: ContextView;
}

const mostPieces = 50;

export function createContextTray({ store, ports, log, confirm, name }: ContextTrayOptions): ContextTray {
  let entries: readonly Entry[] = [];
  let refused: ReadonlySet<string> = new Set();
  let count = 0;
  /** What goes out with the question that is being made up. */
  let leaving: readonly Entry[] = [];
  const never = new AbortController().signal;

  function publish(): void {
    store.publish({ type: 'context-changed', context: entries.map(({ view }) => view) });
  }

  async function read(piece: Piece, signal: AbortSignal): Promise<ReadPiece> {
    return readPiece(piece, { ports, name, signal });
  }

  async function measure(entry: Entry): Promise<void> {
    const { label, text, problem } = await read(entry.piece, never);
    if (!entries.includes(entry)) return;
    entry.view = { ...entry.view, label, tokens: text === undefined ? 0 : estimateTokens(text), problem };
    publish();
  }

  /** Instructions stand in front of all else. */
  function put(piece: Piece): Entry {
    const id = `piece-${(count += 1)}`;
    const entry: Entry = { id, piece, view: { id, kind: piece.kind, label: name(piece), tokens: undefined, problem: undefined } };
    const isGuidance = (one: Entry): boolean => one.piece.kind === 'instructions';
    const all = [...entries, entry];
    entries = [...all.filter(isGuidance), ...all.filter((one) => !isGuidance(one))];
    return entry;
  }

  /** The piece with the person's leave, where that takes one; otherwise why not. */
  async function permitted(piece: Piece): Promise<Piece | LocalText | 'declined'> {
    if (!isAtPath(piece)) return piece;
    const place = await ports.guard.resolve(piece.path, 'read');
    if (place.class === 'denied') {
      log.info(`A piece of context was refused: ${place.reason}.`);
      return say('{0} cannot be attached: it cannot be read from here.', name(piece));
    }
    if (place.kind === 'missing') return say('{0} cannot be attached: it is not there any more.', name(piece));
    if (place.class === 'inside') return piece;
    const details = [say('The file is {0}', pathInFull(place.canonical)), ...place.reasons];
    return (await confirm({ text: say('Attach {0} to your question?', place.display), details, yes: say('Attach It') })) ? { ...piece, allowed: place.canonical } : 'declined';
  }

  async function attach(piece: Piece, signal: AbortSignal): Promise<AttachmentView> {
    const { label, text, problem } = await read(piece, signal);
    if (text !== undefined) return { label, text };
    return { label, text: `${label} was to be attached here, but could not be: ${problem === undefined ? 'it could not be read.' : fillIn(problem.message, problem.args)}` };
  }

  async function attachAll(pieces: readonly Piece[], signal: AbortSignal): Promise<readonly AttachmentView[]> {
    return Promise.all(pieces.map(async (piece) => attach(piece, signal)));
  }

  return {
    async add(wanted) {
      const piece = await permitted(wanted);
      if (piece === 'declined' || 'message' in piece) return piece;
      if (entries.some((entry) => keyOf(entry.piece) === keyOf(piece))) return undefined;
      if (entries.length >= mostPieces) return say('At most {0} pieces of context go with one question.', mostPieces);
      const entry = put(piece);
      publish();
      await measure(entry);
      return undefined;
    },
    remove(id) {
      const gone = entries.find((entry) => entry.id === id);
      if (gone === undefined) return;
      entries = entries.filter((entry) => entry !== gone);
      if (gone.piece.kind === 'instructions') refused = new Set([...refused, gone.piece.path]);
      publish();
    },
    pieceOf: (id) => entries.find((entry) => entry.id === id)?.piece,
    async offerInstructions(paths) {
      const wanted = paths.filter((path) => !refused.has(path));
      const before = entries;
      entries = entries.filter(({ piece }) => piece.kind !== 'instructions' || wanted.includes(piece.path));
      if (entries.length !== before.length) publish();
      for (const path of wanted) {
        const piece: Piece = { kind: 'instructions', path };
        const found = await read(piece, never);
        // The window may have gone on while it was read.
        if (found.text === undefined || refused.has(path) || entries.some((entry) => keyOf(entry.piece) === keyOf(piece))) continue;
        const entry = put(piece);
        entry.view = { ...entry.view, label: found.label, tokens: estimateTokens(found.text), problem: found.problem };
        publish();
      }
    },
    isEmpty: () => entries.every(({ piece }) => piece.kind === 'instructions'),
    problemOf(piece) {
      const view = entries.find((entry) => keyOf(entry.piece) === keyOf(piece))?.view;
      return view?.tokens === 0 ? view.problem : undefined;
    },
    async attachments(signal) {
      leaving = entries;
      return attachAll(leaving.map(({ piece }) => piece), signal);
    },
    async attachment(wanted, signal) {
      const piece = await permitted(wanted);
      if (piece === 'declined' || 'message' in piece) return piece;
      const { label, text, problem } = await read(piece, signal);
      return text === undefined ? (problem ?? say('{0} cannot be attached: it cannot be read from here.', label)) : { label, text };
    },
    instructions: async (signal) => attachAll(entries.flatMap(({ piece }) => (piece.kind === 'instructions' ? [piece] : [])), signal),
    sent() {
      const before = entries.length;
      entries = entries.filter((entry) => !leaving.includes(entry));
      leaving = [];
      if (entries.length !== before) publish();
    },
    clear() {
      refused = new Set();
      if (entries.length === 0) return;
      entries = [];
      publish();
    },
  };
}

/** Two pieces with the same are the same. */
function keyOf(piece: Piece): string {
  switch (piece.kind) {
    case 'file':
    case 'folder':
    case 'instructions':
      return `${piece.kind} ${piece.path}`;
    case 'selection':
      return `selection ${piece.path} ${piece.lines.first}-${piece.lines.last}`;
    case 'symbol':
      return `symbol ${piece.path} ${piece.name} ${piece.lines.first}`;
    case 'text':
      return `text ${piece.name} ${piece.text}`;
    default:
      return piece.kind;
  }
}
