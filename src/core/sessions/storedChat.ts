import type { AttachmentView, Question, Turn } from '../../protocol/viewState.ts';
import type { Media, Message } from '../conversation/message.ts';
import type { ToolChoice } from '../foreignTools/toolChoice.ts';

/** A turn as it is kept, in JSON: what the page shows of it and what the model knows of it. Whoever reads one checks it first. */
export interface StoredTurn {
  readonly version: 1;
  readonly id: string;
  /** The turn that it follows; undefined for the first. Turns with the same parent are versions of each other, in the order of `askedAt`. */
  readonly parent: string | undefined;
  /** Without its {@link Turn.branch}, which follows from the other turns. */
  readonly view: Turn;
  readonly history: StoredHistory;
}

export interface StoredHistory {
  readonly question: Question;
  readonly news: readonly AttachmentView[];
  readonly media: readonly Media[];
  /** Id of the service that was asked, and the model; undefined before that was known. */
  readonly service: string | undefined;
  readonly model: string | undefined;
  readonly messages: readonly Message[];
  readonly isRefused: boolean;
  /** What deleted turns at or behind this one have left behind, and what was not told yet; absent where nothing. */
  readonly leftBehind?: readonly LeftBehind[] | undefined;
}

/** What the model should know although no turn of the chat says it: of a turn that was deleted, or of what it had not been told when the chat was left. */
export interface LeftBehind {
  /** When that turn was asked, or the last one before the chat was left, in milliseconds since the epoch. */
  readonly at: number;
  /** Files that the deleted turn has changed, as the person knows them. */
  readonly files: readonly string[];
  /** How many there are beside those. */
  readonly more: number;
  /** What became of changes, in sentences for the model; absent where there is nothing to say. */
  readonly news?: readonly string[] | undefined;
}

/** What is kept of a chat beside its turns. */
export interface StoredChat {
  readonly version: 1;
  readonly id: string;
  /** Empty until something was asked. */
  readonly title: string;
  /** Whether the person gave the title; otherwise it is that of the first question. */
  readonly isNamed: boolean;
  readonly isPinned: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly draft: string;
  /** The page's mark of the draft; absent where none was ever told. */
  readonly draftMark?: number | undefined;
  /** Which version is shown behind a turn, by the turn's id; behind none, by the empty text. The last one where nothing is said. */
  readonly shown: Readonly<Record<string, string>>;
  /** Which tools were switched on and off; absent where none were. */
  readonly tools?: ToolChoice | undefined;
}
