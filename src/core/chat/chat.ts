import type { Change } from '../../protocol/messages.ts';
import { reduce } from '../../protocol/reduce.ts';
import type { AttachmentView, ModelView, Question, Turn, ViewState } from '../../protocol/viewState.ts';
import type { Media, Message } from '../conversation/message.ts';
import type { ProviderSpec } from '../providers/spec.ts';
import type { SentDraft } from '../sessions/keeper.ts';
import { createActivityLine, type ActivityLine } from './activity.ts';
import { chosen } from './alternatives.ts';
import type { ChatOptions, KeptChat } from './chatOptions.ts';
import { deleteTurns, type DeletedTurns } from './deleteTurns.ts';
import { changedElsewhere, untoldNews } from './leftBehind.ts';
import { newTurn, newTurnId, type Asked } from './newTurn.ts';
import { openChatOf } from './openChat.ts';
import { createPreparing, type Preparation, type Preparing } from './preparing.ts';
import { runTurn } from './runTurn.ts';
import { keptTurns, storedTurn } from './storedTurns.ts';
import { historyOf, summaryRequest, withoutRunning } from './summary.ts';
import { didSomething, userMessage, wholeQuestion } from './turnHistory.ts';
import { createTurnTree, type TurnNode, type TurnTree } from './turnTree.ts';

const stopped = new DOMException('The person stopped the turn.', 'AbortError');

/** One conversation: its history as the model knows it, and the state that shows it. One turn runs at a time. */
export class Chat {
  private readonly options: ChatOptions;
  private readonly activity: ActivityLine;
  private readonly preparing: Preparing;
  private tree: TurnTree = createTurnTree();
  private running: { readonly turn: TurnNode; readonly controller: AbortController; readonly ended: Promise<void> } | undefined;
  /** The turn that is about to run: what happens to it until then is kept when it begins. */
  private starting: TurnNode | undefined;

  constructor(options: ChatOptions) {
    this.options = options;
    this.activity = createActivityLine(options);
    this.preparing = createPreparing(this.activity, options.store);
    options.store.listen((change) => this.follow(change));
  }

  get state(): ViewState {
    return this.options.store.state;
  }

  /** What the next request would begin with: the system prompt and the shown turns as the model knows them. */
  get messages(): readonly Message[] {
    return historyOf(this.tree.path(), this.running?.turn);
  }

  /** Whoever reads what goes along with a question says so here, so that it is shown and can be stopped. */
  prepare(): Preparation {
    return this.preparing.begin();
  }

  /** Asks, and settles when the turn has ended, however it ended. While a turn runs nothing happens. `sent` is the draft that the question was. */
  async ask(question: Question, media: readonly Media[] = [], sent?: SentDraft): Promise<void> {
    if (this.running === undefined) await this.begin({ question, media, sent }, this.tree.path().at(-1)?.id);
  }

  /** Asks the turn's question again: of an older turn as another version of it; of the last anew at the end, or in its place when nothing of an answer would be lost by it. */
  async retry(turnId: string, { withoutMedia = false } = {}): Promise<void> {
    const turn = this.shown(turnId);
    if (turn === undefined || this.running !== undefined) return undefined;
    if (withoutMedia) this.dropMedia();
    const isLast = turn === this.tree.path().at(-1);
    if (turn.view.isSummary === true || !isLast) return void (await this.regenerate(turnId));
    if (didSomething(turn)) return this.ask(turn.question, turn.media);
    turn.messages = [userMessage(wholeQuestion(turn), turn.media)];
    this.starting = turn;
    this.publish({ type: 'turn-restarted', turnId, question: wholeQuestion(turn) });
    return this.start(turn);
  }

  /** Goes on with the last turn from where it was cut off, in its place; nothing happens to any other turn. */
  async resume(turnId: string): Promise<void> {
    const turn = this.tree.path().at(-1);
    if (turn === undefined || turn.id !== turnId || this.running !== undefined) return undefined;
    this.starting = turn;
    for (const item of turn.view.items) {
      if (item.kind === 'notice' || item.kind === 'error') this.publish({ type: 'item-removed', turnId, itemId: item.id });
    }
    this.publish({ type: 'turn-resumed', turnId });
    return this.start(turn);
  }

  /** Asks a turn's question in other words, with what `attach` makes of what went along with it, as a new version beside it. Answers that one's id. */
  async edit(turnId: string, text: string, attach = (attached: readonly AttachmentView[]) => attached): Promise<string | undefined> {
    return this.askBeside(turnId, ({ question, media, view }) => ({ question: { ...question, text, attachments: attach(question.attachments) }, media, isSummary: view.isSummary }));
  }

  /** Asks a turn's question once more, as a new version beside it, and answers that one's id. */
  async regenerate(turnId: string): Promise<string | undefined> {
    return this.askBeside(turnId, ({ question, media, view }) => ({ question, media, isSummary: view.isSummary }));
  }

  /** Has the model summarise the chat; once it has, the summary goes to it in place of all turns before. Nothing happens in an empty chat or while a turn runs. */
  async compact(): Promise<void> {
    const last = this.tree.path().at(-1);
    if (last !== undefined && this.running === undefined) await this.begin({ question: { text: summaryRequest, attachments: [] }, media: [], isSummary: true }, last.id);
  }

  /** Deletes a version of a turn with all that follows it; of a summary only the summary. Undefined when there is no such turn. */
  async deleteTurn(turnId: string): Promise<DeletedTurns | undefined> {
    const running = this.running?.turn;
    if (running !== undefined && (running.id === turnId || this.tree.pathBehind(turnId).includes(running))) await this.stop();
    const turn = this.shown(turnId);
    if (turn === undefined) return undefined;
    const { tree } = this;
    const show = (after: string | undefined): void => this.showBehind(after);
    return deleteTurns(turn, { tree, keeper: this.options.keeper, show, isOpen: () => this.tree === tree, isRunning: () => this.running !== undefined });
  }

  /** Shows another version of a shown turn, counted from 1, with what follows it; not while a turn runs. */
  showBranch(turnId: string, number: number): void {
    const turn = this.shown(turnId);
    const version = turn && this.tree.versions(turn)[number - 1];
    if (version === undefined || version === turn || this.running !== undefined) return;
    this.tree.show(version);
    this.showBehind(version.parent);
  }

  /** Takes another of the last turn's answers for the answer. */
  chooseAlternative(turnId: string, itemId: string): void {
    const turn = this.tree.path().at(-1);
    const change = turn && chosen(turn, itemId);
    if (change === undefined || turn?.id !== turnId || this.running !== undefined) return;
    turn.view = change.view;
    turn.messages = change.messages;
    this.options.keeper?.keep(storedTurn(turn));
    this.publish({ type: 'turns-shown', after: turn.parent, turns: [this.viewOf(turn)] });
  }

  /** Stops the running turn and settles when it has ended; what had come of it stays. A question that is being made up is not asked. */
  async stop(): Promise<void> {
    this.preparing.abort();
    if (this.running === undefined) return;
    this.activity.enter({ phase: 'stopping' });
    this.running.controller.abort(stopped);
    await this.running.ended;
  }

  async clear(): Promise<void> {
    await this.stop();
    this.tree = createTurnTree();
    this.publish({ type: 'chat-cleared' });
  }

  /** The chat is left: what the model has not been told yet of what became of changes is kept with it. */
  keepNews(): void {
    const turn = this.tree.path().findLast((each) => each !== this.running?.turn);
    const news = this.options.news?.([]) ?? [];
    if (turn === undefined || news.length === 0) return;
    turn.leftBehind = [...turn.leftBehind, { at: this.tree.lastAskedAt(), files: [], more: 0, news: news.map(({ text }) => text) }];
    this.options.keeper?.keep(storedTurn(turn));
  }

  /** Shows a chat that was kept, once what runs has been stopped. */
  async open(kept: KeptChat): Promise<void> {
    await this.stop();
    this.tree = createTurnTree(kept.shown);
    this.tree.add(...keptTurns(kept.turns));
    this.publish({ type: 'chat-opened', chat: openChatOf(kept), turns: this.tree.path().map((turn) => this.viewOf(turn)) });
  }

  /** Shows a chat in which nothing has been asked. */
  async openNew(id: string): Promise<void> {
    await this.open({ id, title: '', draft: '', turns: [], shown: {} });
  }

  /** The service that a turn was put to. */
  providerOf(turnId: string): ProviderSpec | undefined {
    const turn = this.tree.get(turnId);
    return turn?.provider ?? (turn?.service === undefined ? undefined : this.options.findService?.(turn.service));
  }

  setModel(model: ModelView): void {
    this.publish({ type: 'model-changed', model });
  }

  private publish(change: Change): void {
    this.options.store.publish(change);
  }

  private shown(turnId: string): TurnNode | undefined {
    return this.tree.path().findLast(({ id }) => id === turnId);
  }

  private viewOf({ view, ...turn }: TurnNode): Turn {
    const { branch: _, ...rest } = view;
    const branch = this.tree.branchOf(this.tree.get(turn.id) ?? { ...turn, view });
    return branch === undefined ? rest : { ...rest, branch };
  }

  /** Shows what follows a turn, after it has changed which versions those are. */
  private showBehind(after: string | undefined): void {
    this.options.keeper?.show(this.tree.shown);
    this.publish({ type: 'turns-shown', after, turns: this.tree.pathBehind(after).map((turn) => this.viewOf(turn)) });
  }

  /** Takes what was published of a turn over into its node, whoever did it, and has it kept. */
  private follow(change: Change): void {
    const turn = 'turnId' in change ? this.tree.get(change.turnId) : undefined;
    if (turn === undefined || change.type === 'branch-changed') return;
    const shown = this.state.turns.findLast(({ id }) => id === turn.id);
    turn.view = shown ?? reduce({ ...this.state, turns: [turn.view] }, change).turns[0] ?? turn.view;
    if (turn === this.starting) return;
    if (turn === this.running?.turn) this.options.keeper?.note({ kind: 'change', change });
    else this.options.keeper?.keep(storedTurn(turn));
  }

  /** The pictures of the whole chat go: a service that refuses one refuses the older ones too. What older questions show stays: it went along then. */
  private dropMedia(): void {
    for (const each of this.tree.all()) {
      if (each.media.length === 0 && each.question.media === undefined) continue;
      each.media = [];
      each.question = { ...each.question, media: [] };
      each.messages = each.messages.map((message) => (message.role === 'user' && message.media !== undefined ? userMessage(wholeQuestion(each), []) : message));
      this.options.keeper?.keep(storedTurn(each));
    }
  }

  private async askBeside(turnId: string, asked: (turn: TurnNode) => Asked): Promise<string | undefined> {
    if (this.shown(turnId) === undefined) return undefined;
    await this.stop();
    const turn = this.shown(turnId);
    if (turn === undefined || this.running !== undefined) return undefined;
    return this.begin(asked(turn), turn.parent, turn);
  }

  /** Asks behind a turn and answers the new one's id; `beside` is the version that was shown there until now. */
  private async begin({ question, media, isSummary, sent }: Asked, parent: string | undefined, beside?: TurnNode): Promise<string> {
    const { tree, options } = this;
    const path = tree.path();
    const before = beside === undefined ? path : path.slice(0, path.indexOf(beside));
    const news = isSummary === true ? [] : this.newsBehind(before);
    const now = options.clock.now();
    const turn = newTurn({ question, media, isSummary }, { parent, news, id: options.newId?.() ?? newTurnId(now), askedAt: Math.max(now, tree.lastAskedAt() + 1) });
    this.starting = turn;
    if (beside !== undefined) this.publish({ type: 'turns-shown', after: parent, turns: [] });
    tree.add(turn);
    tree.show(turn);
    this.publish({ type: 'turn-added', turn: this.viewOf(turn) });
    if (beside !== undefined) options.keeper?.show(tree.shown);
    await this.start(turn, sent);
    return turn.id;
  }

  /** What a question behind these turns should tell the model; what is told of other versions stands by itself, for it is never told on. */
  private newsBehind(before: readonly TurnNode[]): readonly AttachmentView[] {
    const { tree, options } = this;
    const last = before.at(-1);
    const refused = last?.isRefused === true ? last.news : [];
    const [untold, changed] = [untoldNews(tree, before), changedElsewhere(tree, before)];
    return [...refused, ...(options.news?.(untold) ?? []), ...(changed.length > 0 ? (options.news?.(changed) ?? []) : [])];
  }

  private async start(turn: TurnNode, sent?: SentDraft): Promise<void> {
    this.preparing.abort();
    const controller = new AbortController();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const running = { turn, controller, ended };
    this.running = running;
    this.starting = undefined;
    this.options.keeper?.begin(storedTurn(turn), sent);
    try {
      await this.run(turn, controller.signal);
    } finally {
      if (this.running === running) this.running = undefined;
      resolve();
    }
  }

  private async run(turn: TurnNode, signal: AbortSignal): Promise<void> {
    const { clock, log, keeper, today } = this.options;
    const { outcome, progress } = await runTurn(turn, {
      clock,
      log,
      today,
      activity: this.activity,
      history: () => historyOf(this.tree.path(), turn),
      publish: (change) => this.publish(change),
      grown: (message, replaces) => keeper?.note({ kind: 'message', message, replaces }),
      connect: async () => {
        const connection = await this.options.connect(turn.id);
        return turn.view.isSummary === true ? { ...connection, agent: withoutRunning(connection.agent) } : connection;
      },
    }, signal);
    turn.isRefused = outcome === 'failed' && turn.messages.every(({ role }) => role === 'user');
    this.running = undefined;
    this.publish({ type: 'turn-ended', turnId: turn.id, outcome, usage: progress.usage(), details: progress.details(), timing: progress.timing() });
    this.publish({ type: 'activity-changed', activity: { kind: 'idle' } });
  }
}
