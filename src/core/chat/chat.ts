import { say } from '../../protocol/localText.ts';
import type { Change } from '../../protocol/messages.ts';
import type { ModelView, Outcome, Phase, Question, ViewState } from '../../protocol/viewState.ts';
import { systemPrompt } from '../agent/prompt.ts';
import { abortable } from '../abortable.ts';
import { run, type Agent, type AgentEvent } from '../agent/run.ts';
import { addUsage, type Usage } from '../completions/completion.ts';
import { CompletionError } from '../completions/completionError.ts';
import { explainError } from '../completions/explainError.ts';
import type { Message } from '../conversation/message.ts';
import type { Clock, Log } from '../ports.ts';
import type { ProviderSpec } from '../providers/spec.ts';
import type { ViewStore } from './viewStore.ts';
import { createTurnItems, notice, type TurnItems } from './turnItems.ts';

/** The agent for one turn, and whose words to use when it fails. */
export interface Connection {
  readonly provider: ProviderSpec;
  readonly model: string;
  readonly agent: Agent;
}

export interface ChatOptions {
  /** Asked anew for every turn, for the model, the key or the trust may have changed. A missing key fails in `complete`. */
  connect(): Promise<Connection>;
  /** Makes the ids of turns different from those of other chats, whose folded sections the page remembers. */
  readonly idPrefix?: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: ViewStore;
}

interface TurnHistory {
  readonly id: string;
  readonly question: Question;
  /** Whom it was asked, once that is known. */
  provider: ProviderSpec | undefined;
  messages: readonly Message[];
}

const stopped = new DOMException('The person stopped the turn.', 'AbortError');

/** One conversation: its history as the model knows it, and the state that shows it. One turn runs at a time. */
export class Chat {
  private readonly options: ChatOptions;
  private turns: readonly TurnHistory[] = [];
  private running: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;
  private turnCount = 0;
  private runCount = 0;

  constructor(options: ChatOptions) {
    this.options = options;
  }

  get state(): ViewState {
    return this.options.store.state;
  }

  /** Asks, and settles when the turn has ended, however it ended. While a turn runs nothing happens. */
  async ask(question: Question): Promise<void> {
    if (this.running !== undefined) return;
    const id = `${this.options.idPrefix ?? ''}turn-${(this.turnCount += 1)}`;
    const turn: TurnHistory = { id, question, provider: undefined, messages: [userMessage(question)] };
    this.turns = [...this.turns, turn];
    this.publish({ type: 'turn-added', turn: { id, question, items: [], outcome: 'running', usage: undefined } });
    await this.start(turn);
  }

  /** Asks the turn's question again: anew at the end, or in its place when nothing of an answer would be lost by it. */
  async retry(turnId: string): Promise<void> {
    const turn = this.turns.find(({ id }) => id === turnId);
    if (turn === undefined || this.running !== undefined) return;
    if (turn !== this.turns.at(-1) || saidSomething(turn)) return this.ask(turn.question);
    turn.messages = [userMessage(turn.question)];
    this.publish({ type: 'turn-restarted', turnId });
    return this.start(turn);
  }

  /** Stops the running turn and settles when it has ended; what had come of it stays. */
  async stop(): Promise<void> {
    if (this.running === undefined) return;
    this.enter('stopping');
    this.running.controller.abort(stopped);
    await this.running.ended;
  }

  async clear(): Promise<void> {
    await this.stop();
    this.turns = [];
    this.publish({ type: 'chat-cleared' });
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
    const items = createTurnItems({ turnId: turn.id, idPrefix: `${turn.id}.${(this.runCount += 1)}`, clock: this.options.clock }, (change) => this.publish(change));
    const progress = createProgress();
    let outcome: Outcome = 'failed';
    let connection: Connection | undefined;
    this.enter('waiting');
    try {
      connection = await abortable(() => this.options.connect(), signal);
      turn.provider = connection.provider;
      const history: readonly Message[] = [{ role: 'system', content: systemPrompt }, ...this.turns.flatMap(({ messages }) => messages)];
      for await (const event of run(connection.agent, history, signal)) {
        progress.note(event);
        if (event.type === 'message') turn.messages = [...turn.messages, event.message];
        const phase = items.show(event);
        if (phase !== undefined) this.enter(phase);
        outcome = outcomeOf(event, items) ?? outcome;
      }
      items.close();
    } catch (error) {
      items.close();
      turn.messages = [...turn.messages, ...progress.partial()];
      if (signal.aborted) outcome = 'stopped';
      else this.showError(error, connection, items);
    }
    this.running = undefined;
    this.publish({ type: 'turn-ended', turnId: turn.id, outcome, usage: progress.usage() });
    this.publish({ type: 'activity-changed', activity: { kind: 'idle' } });
  }

  private enter(phase: Phase): void {
    const { activity } = this.state;
    if (activity.kind === 'running' && activity.phase === phase) return;
    this.publish({ type: 'activity-changed', activity: { kind: 'running', phase, since: this.options.clock.now() } });
  }

  private showError(error: unknown, connection: Connection | undefined, items: TurnItems): void {
    if (connection !== undefined && error instanceof CompletionError) {
      this.options.log.error(`${connection.provider.id} ${connection.model}: ${error.kind}${error.status === undefined ? '' : ` (HTTP ${error.status})`}: ${error.message}`);
      const { title, advice, actions } = explainError(error, connection.provider, connection.model);
      items.add({ kind: 'error', title, advice, actions, details: detailsOf(error) });
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    this.options.log.error(`The turn failed: ${error instanceof Error ? (error.stack ?? message) : message}`);
    items.add({
      kind: 'error',
      title: say('Something went wrong inside Rivulet.'),
      advice: say('Try again. If it happens twice, the log helps to report it.'),
      actions: ['retry', 'show-log'],
      details: message,
    });
  }
}

function saidSomething({ messages }: TurnHistory): boolean {
  return messages.some((message) => message.role === 'assistant' && message.text !== '');
}

function userMessage({ text, attachments }: Question): Message {
  return { role: 'user', content: [...attachments.map((attachment) => attachment.text), text].join('\n\n') };
}

function detailsOf(error: CompletionError): string {
  return error.status === undefined ? error.message : `HTTP ${error.status}\n${error.message}`;
}

/** How a turn went, when the event ends it; what the person should know of it is said in a notice. */
function outcomeOf(event: AgentEvent, items: TurnItems): Outcome | undefined {
  if (event.type === 'calls-cut') {
    items.add(notice(say('The model was cut off while it was calling a tool. The call was not run.'), ['retry']));
    return undefined;
  }
  if (event.type !== 'turn-end') return undefined;
  switch (event.reason) {
    case 'stop':
    case 'tool-calls':
    case 'other':
      return 'done';
    case 'length':
      items.add(notice(say('The answer reached the limit on its length and was cut off.'), ['continue']));
      return 'cut';
    case 'content-filter':
      items.add(notice(say('The service ended the answer because of its content filter.')));
      return 'cut';
    case 'failed':
      items.add(notice(say('The service reported a problem in the middle of the answer.'), ['continue', 'retry']));
      return 'cut';
    case 'overloaded':
      items.add(notice(say('The service ran out of capacity in the middle of the answer.'), ['continue', 'retry']));
      return 'cut';
    case 'rounds':
      items.add(notice(say('The model called tools many times without an answer, so the turn was ended.'), ['continue']));
      return 'cut';
    case 'repetition':
      items.add(notice(say('The model kept making the same tool call, so the turn was ended.'), ['continue']));
      return 'cut';
  }
}

interface Progress {
  note(event: AgentEvent): void;
  /** What the model had said when it was interrupted, as a message without calls; nothing if it had said nothing. */
  partial(): readonly Message[];
  usage(): Usage | undefined;
}

function createProgress(): Progress {
  let text = '';
  let usage: Usage | undefined;
  return {
    note(event) {
      if (event.type === 'text-delta') text += event.text;
      else if (event.type === 'asking' || event.type === 'message') text = '';
      else if (event.type === 'answered') usage = addUsage(usage, event.end.usage);
    },
    partial: () => (text === '' ? [] : [{ role: 'assistant', text, reasoning: undefined, calls: [] }]),
    usage: () => usage,
  };
}
