import type { Change } from '../../protocol/messages.ts';
import type { Activity, AttachmentView, ModelView, Outcome, Phase, Question, ViewState } from '../../protocol/viewState.ts';
import { abortable } from '../abortable.ts';
import { systemPrompt } from '../agent/prompt.ts';
import { run, type Agent, type AgentEvent } from '../agent/run.ts';
import { explainError } from '../completions/explainError.ts';
import { quietMs } from '../completions/watch.ts';
import type { Media, Message } from '../conversation/message.ts';
import type { Clock, Log } from '../ports.ts';
import type { Prices, ProviderSpec } from '../providers/spec.ts';
import type { ChatKeeper } from '../sessions/keeper.ts';
import type { StoredTurn } from '../sessions/storedChat.ts';
import { outcomeOf } from './outcome.ts';
import { failureItem } from './failure.ts';
import { createProgress } from './progress.ts';
import { canGoOn, didSomething, userMessage, wholeQuestion, withPartial, type TurnHistory } from './turnHistory.ts';
import { createTurnItems } from './turnItems.ts';
import type { ViewStore } from './viewStore.ts';

/** The agent for one turn, and whose words to use when it fails. */
export interface Connection {
  readonly provider: ProviderSpec;
  readonly model: string;
  /** Undefined when nobody knows them. */
  readonly prices?: Prices | undefined;
  readonly agent: Agent;
}

export interface ChatOptions {
  /** Asked anew for every turn, for the model, the key or the trust may have changed. A missing key fails in `complete`. */
  connect(turnId: string): Promise<Connection>;
  /** What the model should know with the next question, though the person did not write it; asked for once a question. */
  readonly news?: () => readonly AttachmentView[];
  /** Who keeps the chat; nobody does where it is left out. */
  readonly keeper?: ChatKeeper;
  /** The service with this id, as it is now: for turns of a chat that was kept. */
  readonly findService?: (id: string) => ProviderSpec | undefined;
  /** Makes the ids of turns different from those of other chats, whose folded sections the page remembers. */
  readonly idPrefix?: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: ViewStore;
}

/** A chat as it was kept. */
export interface KeptChat {
  readonly id: string;
  readonly title: string;
  readonly draft: string;
  readonly turns: readonly StoredTurn[];
  /** As in `StoredChat.shown`. */
  readonly shown: Readonly<Record<string, string>>;
}

/** Versions that were deleted, with all that followed them. */
export interface DeletedTurns {
  readonly turnIds: readonly string[];
  /** Brings them back, as long as their chat is the one that is shown. */
  restore(): void;
}

const stopped = new DOMException('The person stopped the turn.', 'AbortError');

/** One conversation: its history as the model knows it, and the state that shows it. One turn runs at a time. */
export class Chat {
  private readonly options: ChatOptions;
  private turns: readonly TurnHistory[] = [];
  private running: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;
  /** News that went with a question which was refused, and so were never told. */
  private untold: readonly AttachmentView[] = [];
  private turnCount = 0;
  private runCount = 0;

  constructor(options: ChatOptions) {
    this.options = options;
  }

  get state(): ViewState {
    return this.options.store.state;
  }

  /** Asks, and settles when the turn has ended, however it ended. While a turn runs nothing happens. */
  async ask(question: Question, media: readonly Media[] = []): Promise<void> {
    if (this.running !== undefined) return;
    const news = [...this.untold, ...(this.options.news?.() ?? [])];
    const id = `${this.options.idPrefix ?? ''}turn-${(this.turnCount += 1)}`;
    const turn: TurnHistory = { id, question, news, media, provider: undefined, messages: [], isRefused: false };
    turn.messages = [userMessage(wholeQuestion(turn), media)];
    this.turns = [...this.turns, turn];
    this.publish({ type: 'turn-added', turn: { id, question: wholeQuestion(turn), items: [], outcome: 'running', usage: undefined } });
    await this.start(turn);
  }

  /** Asks the turn's question again: anew at the end, or in its place when nothing of an answer would be lost by it. */
  async retry(turnId: string, { withoutMedia = false } = {}): Promise<void> {
    const turn = this.turns.find(({ id }) => id === turnId);
    if (turn === undefined || this.running !== undefined) return;
    if (withoutMedia) this.dropMedia();
    if (turn !== this.turns.at(-1) || didSomething(turn)) return this.ask(turn.question, turn.media);
    turn.messages = [userMessage(wholeQuestion(turn), turn.media)];
    this.publish({ type: 'turn-restarted', turnId, question: wholeQuestion(turn) });
    return this.start(turn);
  }

  /** Goes on with the last turn from where it was cut off, in its place; nothing happens to any other turn. */
  async resume(turnId: string): Promise<void> {
    const turn = this.turns.at(-1);
    if (turn === undefined || turn.id !== turnId || this.running !== undefined) return;
    for (const item of this.state.turns.at(-1)?.items ?? []) {
      if (item.kind === 'notice' || item.kind === 'error') this.publish({ type: 'item-removed', turnId, itemId: item.id });
    }
    this.publish({ type: 'turn-resumed', turnId });
    return this.start(turn);
  }

  /** Stops the running turn and settles when it has ended; what had come of it stays. */
  async stop(): Promise<void> {
    if (this.running === undefined) return;
    this.enter({ phase: 'stopping' });
    this.running.controller.abort(stopped);
    await this.running.ended;
  }

  async clear(): Promise<void> {
    await this.stop();
    this.turns = [];
    this.untold = [];
    this.publish({ type: 'chat-cleared' });
  }

  /** Shows a chat that was kept, once what runs has been stopped. */
  async open({ id, title, draft }: KeptChat): Promise<void> {
    await this.stop();
    this.turns = [];
    this.untold = [];
    this.publish({ type: 'chat-opened', chat: { id, title, draft }, turns: [] });
  }

  /** Shows a chat in which nothing has been asked. */
  async openNew(id: string): Promise<void> {
    await this.open({ id, title: '', draft: '', turns: [], shown: {} });
  }

  /** Asks a turn's question in other words, with what went along with it, as a new version beside it. */
  async edit(_turnId: string, _text: string): Promise<void> {}

  /** Asks a turn's question once more, as a new version beside it. */
  async regenerate(_turnId: string): Promise<void> {}

  /** Deletes a version of a turn with all that follows it; of a summary only the summary. Undefined when there is no such turn. */
  async deleteTurn(_turnId: string): Promise<DeletedTurns | undefined> {
    return undefined;
  }

  /** Shows another version of a shown turn, counted from 1, with what follows it. */
  showBranch(_turnId: string, _number: number): void {}

  /** Takes another of the last turn's answers for the answer. */
  chooseAlternative(_turnId: string, _itemId: string): void {}

  /** Has the model summarise the chat; once it has, the summary goes to it in place of all turns before. */
  async compact(): Promise<void> {}

  /** What the next request would begin with: the system prompt and the shown turns as the model knows them. */
  get messages(): readonly Message[] {
    return [{ role: 'system', content: systemPrompt }, ...this.turns.flatMap((each) => (each.isRefused ? [] : each.messages))];
  }

  /** The service that a turn was put to, as it was then. */
  providerOf(turnId: string): ProviderSpec | undefined {
    return this.turns.find(({ id }) => id === turnId)?.provider;
  }

  setModel(model: ModelView): void {
    this.publish({ type: 'model-changed', model });
  }

  private publish(change: Change): void {
    this.options.store.publish(change);
  }

  /** The pictures of the whole chat go: a service that refuses one refuses the older ones too. What older questions show stays: it went along then. */
  private dropMedia(): void {
    for (const each of this.turns) {
      each.media = [];
      each.question = { ...each.question, media: [] };
      each.messages = each.messages.map((message) => (message.role === 'user' && message.media !== undefined ? userMessage(wholeQuestion(each), []) : message));
    }
  }

  private async start(turn: TurnHistory): Promise<void> {
    const controller = new AbortController();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const running = { controller, ended };
    this.running = running;
    try {
      await this.runTurn(turn, controller.signal);
    } finally {
      if (this.running === running) this.running = undefined;
      resolve();
    }
  }

  private async runTurn(turn: TurnHistory, signal: AbortSignal): Promise<void> {
    const { clock } = this.options;
    const now = (): number => clock.now();
    const shown = this.state.turns.find(({ id }) => id === turn.id);
    const goesOn = turn.messages.at(-1)?.role === 'assistant' ? shown?.items : undefined;
    const items = createTurnItems({ turnId: turn.id, idPrefix: `${turn.id}.${(this.runCount += 1)}`, clock, goesOn }, (change) => this.publish(change));
    const spent = shown?.items.some(({ kind }) => kind === 'text' || kind === 'reasoning' || kind === 'call') === true;
    let progress = createProgress({ before: shown?.usage, spent, prices: undefined, now });
    let outcome: Outcome = 'failed';
    let connection: Connection | undefined;
    this.enter({ phase: 'waiting' });
    try {
      connection = await abortable(() => this.options.connect(turn.id), signal);
      const { provider, model, prices, agent } = connection;
      turn.provider = provider;
      progress = createProgress({ before: shown?.usage, spent, prices, now });
      const history: readonly Message[] = [{ role: 'system', content: systemPrompt }, ...this.turns.flatMap((each) => (each.isRefused && each !== turn ? [] : each.messages))];
      for await (const event of run(agent, history, signal)) {
        progress.note(event);
        if (event.type === 'message') turn.messages = [...(event.replaces === true ? turn.messages.slice(0, -1) : turn.messages), event.message];
        this.follow(items.show(event), event, { provider, model });
        outcome = outcomeOf(event, items) ?? outcome;
      }
      items.close();
    } catch (error) {
      progress.failed(error);
      items.close();
      turn.messages = withPartial(turn.messages, progress.partial());
      if (signal.aborted) outcome = 'stopped';
      else items.add(failureItem(error, { connection, kept: canGoOn(turn), log: this.options.log }));
    }
    turn.isRefused = outcome === 'failed' && turn.messages.every(({ role }) => role === 'user');
    this.untold = turn.isRefused ? turn.news : [];
    this.running = undefined;
    this.publish({ type: 'turn-ended', turnId: turn.id, outcome, usage: progress.usage(), details: progress.details() });
    this.publish({ type: 'activity-changed', activity: { kind: 'idle' } });
  }

  private follow(phase: Phase | undefined, event: AgentEvent, { provider, model }: Pick<Connection, 'provider' | 'model'>): void {
    if (phase === undefined) return;
    if (event.type !== 'retrying') return this.enter({ phase, serviceLabel: provider.label });
    const { attempt, of, delayMs, error } = event;
    this.options.log.warn(`${provider.id} ${model}: ${error.kind}: ${error.message}; attempt ${attempt} of ${of} in ${Math.round(delayMs)} ms`);
    const retry = { attempt, of, at: this.options.clock.now() + delayMs, reason: explainError(error, provider, model).title };
    this.enter({ phase, serviceLabel: provider.label, retry });
  }

  private enter(next: Omit<Extract<Activity, { kind: 'running' }>, 'kind' | 'since'>): void {
    const { activity } = this.state;
    if (activity.kind === 'running') {
      // What has been stopped does nothing else any more.
      if (activity.phase === 'stopping' || (activity.phase === next.phase && activity.serviceLabel === next.serviceLabel && next.retry === undefined)) return;
    }
    // Silence is told of a while after it has begun.
    const begun = this.options.clock.now() - (next.phase === 'silent' ? quietMs : 0);
    const since = activity.kind === 'running' && activity.phase === next.phase && next.retry === undefined ? activity.since : begun;
    const serviceLabel = next.serviceLabel ?? (activity.kind === 'running' ? activity.serviceLabel : undefined);
    this.publish({ type: 'activity-changed', activity: { kind: 'running', since, ...next, serviceLabel } });
  }
}
