import type { InferOutput } from 'valibot';
import type { toHostSchemas } from './toHostSchemas.ts';
import type { ChatList, ChatMatch, OpenChat, SpentView, UndoView } from './chatsView.ts';
import type { Attention, ContextView, GaugeView, SuggestionsView } from './contextView.ts';
import type { ParameterSheet } from './parameterSheet.ts';
import type { ToolPicker, ToolsView } from './toolsView.ts';
import type { Activity, AnswerDetails, Item, MediaView, ModelView, Outcome, Question, TimingView, Turn, TurnChangesView, UsageView, ViewState } from './viewState.ts';
import type { WelcomeView } from './welcomeView.ts';

/** What the host tells the page, each a change of the {@link ViewState} but for `composer-focused` and `find-opened`, which are gestures. */
export interface ToView {
  readonly snapshot: { readonly state: ViewState };
  readonly 'chat-cleared': object;
  readonly 'model-changed': { readonly model: ModelView };
  readonly 'activity-changed': { readonly activity: Activity };
  readonly 'turn-added': { readonly turn: Turn };
  readonly 'turn-ended': { readonly turnId: string; readonly outcome: Outcome; readonly usage: UsageView | undefined; readonly details?: AnswerDetails | undefined; readonly timing?: TimingView | undefined };
  /** A turn starts again from its question: what had come of it is taken away. */
  readonly 'turn-restarted': { readonly turnId: string; readonly question: Question };
  /** A turn that had ended goes on; what had come of it stays. */
  readonly 'turn-resumed': { readonly turnId: string };
  readonly 'item-added': { readonly turnId: string; readonly item: Item };
  /** Adds to the end of a reasoning or text item, or of a call's arguments. */
  readonly 'item-extended': { readonly turnId: string; readonly itemId: string; readonly text: string };
  readonly 'reasoning-ended': { readonly turnId: string; readonly itemId: string; readonly durationMs: number };
  readonly 'item-changed': { readonly turnId: string; readonly item: Item };
  readonly 'item-removed': { readonly turnId: string; readonly itemId: string };
  /** The model settings were opened, changed or closed. */
  readonly 'sheet-changed': { readonly sheet: ParameterSheet | undefined };
  readonly 'media-changed': { readonly media: readonly MediaView[] };
  readonly 'edits-changed': { readonly edits: ViewState['edits'] };
  readonly 'unasked-changed': { readonly unasked: readonly string[] };
  readonly 'tools-changed': { readonly tools: ToolsView };
  /** The choice of tools was opened, changed or closed. */
  readonly 'tool-picker-changed': { readonly picker: ToolPicker | undefined };
  readonly 'turn-changes': { readonly turnId: string; readonly changes: TurnChangesView | undefined };
  /** Another chat is shown: all of its turns. */
  readonly 'chat-opened': { readonly chat: OpenChat; readonly turns: readonly Turn[] };
  /** What follows a turn, or all where none is named, is replaced: another version is shown, one was deleted or brought back. */
  readonly 'turns-shown': { readonly after: string | undefined; readonly turns: readonly Turn[] };
  /** The shown chat has another title or draft; its turns stay. */
  readonly 'chat-changed': { readonly chat: OpenChat };
  readonly 'chats-changed': { readonly chats: ChatList | undefined };
  /** Adds to what the search for these words has found; nothing changes where other words are searched for by now. */
  readonly 'chats-found': { readonly query: string; readonly matches: readonly ChatMatch[]; readonly isDone: boolean };
  /** A turn has another place among its versions. */
  readonly 'branch-changed': { readonly turnId: string; readonly branch: Turn['branch'] };
  readonly 'context-changed': { readonly context: readonly ContextView[] };
  readonly 'attention-changed': { readonly attention: Attention };
  readonly 'suggestions-changed': { readonly suggestions: SuggestionsView | undefined };
  readonly 'gauge-changed': { readonly gauge: GaugeView | undefined };
  readonly 'today-changed': { readonly today: SpentView };
  readonly 'undo-changed': { readonly undo: UndoView | undefined };
  readonly 'welcome-changed': { readonly welcome: WelcomeView };
  readonly 'composer-focused': object;
  readonly 'find-opened': object;
}

/** What the page asks of the host. Intents, never answers: what comes of them arrives as a change of state. */
export type ToHost = { readonly [Type in keyof typeof toHostSchemas]: InferOutput<(typeof toHostSchemas)[Type]> };

/** A message map as a union that `switch (message.type)` narrows. */
export type MessageOf<Messages> = { [Type in keyof Messages]: { readonly type: Type } & Messages[Type] }[keyof Messages];

export type Change = MessageOf<ToView>;
export type Intent = MessageOf<ToHost>;

/** What really travels from host to page: the changes of one frame. A snapshot always comes alone and sets the revision. */
export interface Push {
  readonly revision: number;
  readonly changes: readonly Change[];
}

/** Tells at compile time that every message of a union has been handled. */
export function neverMessage(message: never): void {
  void message;
}
