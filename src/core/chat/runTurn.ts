import type { Change } from '../../protocol/messages.ts';
import type { CostView, Outcome } from '../../protocol/viewState.ts';
import { abortable } from '../abortable.ts';
import { run, type AgentEvent } from '../agent/run.ts';
import type { Message } from '../conversation/message.ts';
import type { Clock, Log } from '../ports.ts';
import type { ActivityLine } from './activity.ts';
import type { ChatOptions, Connection } from './chatOptions.ts';
import { failureItem } from './failure.ts';
import { outcomeOf } from './outcome.ts';
import { createProgress, type Progress } from './progress.ts';
import { canGoOn, withPartial } from './turnHistory.ts';
import { createTurnItems } from './turnItems.ts';
import type { TurnNode } from './turnTree.ts';

export interface RunOptions {
  readonly connect: () => Promise<Connection>;
  /** Asked once it is connected. */
  readonly history: () => readonly Message[];
  readonly activity: ActivityLine;
  readonly clock: Clock;
  readonly log: Log;
  readonly publish: (change: Change) => void;
  /** The history of the turn has grown by a message. */
  readonly grown: (message: Message, replaces: boolean) => void;
  /** Adds up what is spent. */
  readonly today: ChatOptions['today'];
}

/** Runs a turn to its end, whatever that is, and says how it went. What the model said is in the turn's messages, and what shows it has been published. */
export async function runTurn(turn: TurnNode, { connect, history, activity, clock, log, publish, grown, today }: RunOptions, signal: AbortSignal): Promise<{ readonly outcome: Outcome; readonly progress: Progress }> {
  const shown = turn.view;
  const goesOn = turn.messages.at(-1)?.role === 'assistant' ? shown.items : undefined;
  const items = createTurnItems({ turnId: turn.id, idPrefix: nextPrefix(turn), clock, goesOn }, publish);
  const isBegun = shown.items.some(({ kind }) => kind === 'text' || kind === 'reasoning' || kind === 'call');
  const before = { before: shown.usage, isBegun, now: () => clock.now(), spent: (cost: CostView) => today?.add(cost) };
  let progress = createProgress({ ...before, prices: undefined });
  let outcome: Outcome = 'failed';
  let connection: Connection | undefined;

  function follow(event: AgentEvent, connected: Connection): void {
    progress.note(event);
    if (event.type === 'message') {
      const replaces = event.replaces === true;
      turn.messages = [...(replaces ? turn.messages.slice(0, -1) : turn.messages), event.message];
      grown(event.message, replaces);
    }
    activity.follow(items.show(event), event, connected);
    outcome = outcomeOf(event, items) ?? outcome;
  }

  activity.enter({ phase: 'waiting' });
  try {
    connection = await abortable(connect, signal);
    turn.provider = connection.provider;
    turn.service = connection.provider.id;
    turn.model = connection.model;
    progress = createProgress({ ...before, prices: connection.prices });
    for await (const event of run(connection.agent, history(), signal)) follow(event, connection);
    items.close();
  } catch (error) {
    progress.failed(error);
    items.close();
    turn.messages = withPartial(turn.messages, progress.partial());
    if (signal.aborted) outcome = 'stopped';
    else items.add(failureItem(error, { connection, kept: canGoOn(turn), log }));
  }
  const paid = progress.paid();
  if (paid !== undefined) today?.count(paid);
  return { outcome, progress };
}

/** What the ids of this run's items begin with: another than those of the turn's other runs. */
function nextPrefix({ id, view }: TurnNode): string {
  const runs = view.items.map((item) => (item.id.startsWith(`${id}.`) ? Number.parseInt(item.id.slice(id.length + 1), 10) || 0 : 0));
  return `${id}.${Math.max(0, ...runs) + 1}`;
}
