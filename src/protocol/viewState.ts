import type { LocalText } from './localText.ts';
import type { Attention, ContextView, GaugeView, SuggestionsView } from './contextView.ts';
import type { ChatList, OpenChat, SpentView, UndoView } from './chatsView.ts';
import type { ParameterSheet } from './parameterSheet.ts';
import type { PermissionItem, ReviewItem } from './reviewItems.ts';
import type { ToolPicker, ToolsView } from './toolsView.ts';
import type { WelcomeView } from './welcomeView.ts';

/** Everything the page draws. The host owns it; the page holds a copy that {@link reduce} keeps up to date. */
export interface ViewState {
  /** Counts the pushes from host to page since the page was made; a gap tells the page that it missed one. */
  readonly revision: number;
  readonly model: ModelView;
  readonly activity: Activity;
  readonly turns: readonly Turn[];
  /** The model settings, while they are open. */
  readonly sheet: ParameterSheet | undefined;
  /** Pictures and videos that go with the next question. */
  readonly media: readonly MediaView[];
  /** Whether edits to ordinary files are applied without asking: allowed by the person, for this chat only. */
  readonly edits: 'ask' | 'allowed';
  /** What else is done without asking, until the chat ends: names of tools of others. */
  readonly unasked: readonly string[];
  /** The tools of this chat. */
  readonly tools: ToolsView;
  /** The choice of tools, while it is open. */
  readonly toolPicker: ToolPicker | undefined;
  /** The chat that {@link turns} are of. */
  readonly chat: OpenChat;
  /** The list of chats, while it is open. */
  readonly chats: ChatList | undefined;
  /** Pieces of context that go with the next question. */
  readonly context: readonly ContextView[];
  /** What the person is looking at in the editor: offered, sent only when it is taken. */
  readonly attention: Attention;
  /** What the composer offers for the word that is being written, once it was asked for. */
  readonly suggestions: SuggestionsView | undefined;
  /** How full the model's context window is; undefined until something is known. */
  readonly gauge: GaugeView | undefined;
  /** What was spent today, in all chats. */
  readonly today: SpentView;
  /** The last thing that was deleted, as long as it can be brought back. */
  readonly undo: UndoView | undefined;
  /** Ways to a first answer, while the chosen service has no key. */
  readonly welcome: WelcomeView;
}

/** The model that the next message goes to. */
export interface ModelView {
  /** Id of the service record, for instance `deepseek`. */
  readonly service: string;
  readonly serviceLabel: string;
  /** The model's name as the service knows it. */
  readonly model: string;
  /** `unknown` only until the key store has answered. */
  readonly readiness: 'unknown' | 'ready' | 'needs-key' | 'key-for-other-address';
  /** Whether the service has a page that hands out keys. */
  readonly hasKeyPage: boolean;
  /** What a person should know before choosing it: retired, discontinued. */
  readonly notice: LocalText | undefined;
  /** Whether the model is offered tools: not in an untrusted or empty window. */
  readonly tools: 'on' | 'no-folder' | 'untrusted';
  /** What of the tools does not work in this window, or less well, in sentences; left out for nothing. */
  readonly limits?: readonly LocalText[] | undefined;
}

/** What the host is doing for this chat. `since` is milliseconds since the epoch on the host's clock. */
export type Activity =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly phase: Phase;
      readonly since: number;
      /** The service that was asked, which need not be the one chosen now; undefined until that is known. */
      readonly serviceLabel?: string | undefined;
      /** Of the phase `retrying` only. */
      readonly retry?: RetryView | undefined;
    };

/**
 * `waiting`: nothing has come yet; `queued`: the service keeps the connection alive but has not begun; `silent`: nothing
 * at all has come for a while, before or within the answer; `retrying`: the request failed before anything of an answer
 * came, and is made again shortly; `tool`: the model waits for us; `stopping`: the person has stopped it.
 */
export type Phase = 'gathering' | 'waiting' | 'queued' | 'silent' | 'retrying' | 'reasoning' | 'answering' | 'tool' | 'stopping';

/** A request that will be made again. */
export interface RetryView {
  /** 1 for the first repetition. */
  readonly attempt: number;
  readonly of: number;
  /** When, in milliseconds since the epoch on the host's clock. */
  readonly at: number;
  /** Why the last attempt failed, as the title of its card would say it. */
  readonly reason: LocalText;
}

/** One question and everything that came of it, in the order in which it came. */
export interface Turn {
  readonly id: string;
  readonly question: Question;
  readonly items: readonly Item[];
  readonly outcome: Outcome;
  /** Tokens of all the turn's requests together, as the service counted them. */
  readonly usage: UsageView | undefined;
  /** What the service said of its last answer in the turn; absent until it has. */
  readonly details?: AnswerDetails | undefined;
  /** Files that the turn has changed; absent while there are none. */
  readonly changes?: TurnChangesView | undefined;
  /** When it was asked, in milliseconds since the epoch; absent where nobody kept it. */
  readonly askedAt?: number | undefined;
  /** Its place among the turns that were asked at the same point of the chat; absent for the only one. */
  readonly branch?: BranchView | undefined;
  /** How fast the answer came; absent until it is known. */
  readonly timing?: TimingView | undefined;
  /** Its answer is a summary that goes to the model in place of all turns before it. */
  readonly isSummary?: true | undefined;
}

/** The `number`th of `of` versions, counted from 1. */
export interface BranchView {
  readonly number: number;
  readonly of: number;
}

/** Measured by us, of the turn's last answer: from the request to the first that came of it, and tokens per second from then on. */
export interface TimingView {
  readonly firstTokenMs: number;
  /** Undefined when the service told no tokens, or it was over in an instant. */
  readonly tokensPerSecond: number | undefined;
}

/** What a turn did to files, and whether it has been taken back; `forgotten`: it cannot be any more, for later turns took the room. */
export interface TurnChangesView {
  readonly files: number;
  readonly state: 'kept' | 'reverted' | 'forgotten';
  /** Of those that were there to be put back, how many have been, one by one: they are not among `files` any more until all are. */
  readonly reverted?: number | undefined;
  /** Why it cannot be, where there is another reason: the chat is a copy of one that another window has, or what was kept could not be read and was set aside. */
  readonly why?: 'copy' | 'damaged' | undefined;
}

/** What a service says of an answer beside the answer; a field it did not send is undefined. */
export interface AnswerDetails {
  readonly id: string | undefined;
  /** The model that answered, which need not be the one that was asked for. */
  readonly model: string | undefined;
  /** Seconds since the epoch. */
  readonly created: number | undefined;
  readonly systemFingerprint: string | undefined;
  readonly serviceTier: string | undefined;
  readonly finishReason: string | undefined;
}

/** What the person asked: their words and what went with them. */
export interface Question {
  readonly text: string;
  readonly attachments: readonly AttachmentView[];
  readonly media?: readonly MediaView[] | undefined;
}

/** A picture or video, without its bytes: those stay with the host. */
export interface MediaView {
  readonly id: string;
  readonly kind: 'image' | 'video';
  /** The name of the file, or what it is where it has none. */
  readonly label: string;
  /** 0 for one that the service fetches from its address itself. */
  readonly bytes: number;
  /** Why the chosen model will not be sent it. */
  readonly problem: LocalText | undefined;
}

/** A piece of context that goes out with the question, for instance the selection. */
export interface AttachmentView {
  /** What the chip reads: `src/a.ts:3-9`. */
  readonly label: string;
  /** The text that is sent, shown on demand. */
  readonly text: string;
}

/**
 * `cut`: the service ended the answer early (length, filter); `failed`: an error item says why; `interrupted`: the window
 * or its extension host went away in the middle of it.
 */
export type Outcome = 'running' | 'done' | 'stopped' | 'failed' | 'cut' | 'interrupted';

/** Token counts; a part that the service did not tell is undefined. */
export interface UsageView {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number | undefined;
  readonly reasoningTokens: number | undefined;
  /** What it cost; undefined when the model's price is not known, which is never the same as nothing. */
  readonly cost?: CostView | undefined;
}

/** An amount in a currency of ISO 4217, by a price list of the given day. */
export interface CostView {
  readonly amount: number;
  readonly currency: string;
  /** `2026-11-01`: when the price was last looked up. */
  readonly pricesOf: string;
}

export type Item = ReasoningItem | TextItem | CallItem | ReviewItem | PermissionItem | AlternativeItem | ProbabilitiesItem | NoticeItem | ErrorItem;

/** The model's reasoning; `durationMs` is undefined while it streams. */
export interface ReasoningItem {
  readonly kind: 'reasoning';
  readonly id: string;
  readonly text: string;
  readonly durationMs: number | undefined;
}

/** A piece of the answer, in Markdown. */
export interface TextItem {
  readonly kind: 'text';
  readonly id: string;
  readonly text: string;
}

/** A tool call: what the model asked for and what it was given. */
export interface CallItem {
  readonly kind: 'call';
  readonly id: string;
  readonly tool: string;
  /** The model's own words, byte for byte: not necessarily JSON. */
  readonly arguments: string;
  /** `not-run`: the call never was complete, or the turn ended before it ran. `refused`: answered with a reason. */
  readonly status: 'arriving' | 'running' | 'done' | 'refused' | 'not-run';
  /** What it does in a few words, once the arguments are known to be right: "Read src/a.ts, lines 3 to 9". */
  readonly summary: LocalText | undefined;
  /** What the model was told. */
  readonly result: string | undefined;
}

/** Another answer to the same question, where several were asked for (the parameter `n`). */
export interface AlternativeItem {
  readonly kind: 'alternative';
  readonly id: string;
  /** 2 for the second answer. */
  readonly number: number;
  readonly reasoning: string;
  readonly text: string;
}

/** How probable the model found each token of its answer, where it was asked for (the parameter `logprobs`). */
export interface ProbabilitiesItem {
  readonly kind: 'probabilities';
  readonly id: string;
  readonly tokens: readonly TokenProbability[];
}

/** A token, its probability in percent, and the likeliest others at its place. */
export interface TokenProbability {
  readonly token: string;
  readonly percent: number;
  readonly alternatives: readonly { readonly token: string; readonly percent: number }[];
}

/** Something worth knowing that is not an error. */
export interface NoticeItem {
  readonly kind: 'notice';
  readonly id: string;
  readonly text: LocalText;
  readonly actions: readonly Action[];
}

/** What went wrong, what to do, and the buttons that do it. */
export interface ErrorItem {
  readonly kind: 'error';
  readonly id: string;
  readonly title: LocalText;
  readonly advice: LocalText;
  /** The server's own words and the chain of causes, untranslated; never a key. */
  readonly details: string | undefined;
  readonly actions: readonly Action[];
}

/** What a button on a card does; the page only names it, the host knows how. */
export type Action =
  | 'set-key'
  | 'open-key-page'
  | 'top-up'
  | 'status-page'
  | 'choose-model'
  | 'retry'
  | 'continue'
  | 'new-chat'
  | 'open-settings'
  | 'model-settings'
  | 'resend-without-media'
  | 'inspect'
  | 'find-local-servers'
  | 'show-log';
