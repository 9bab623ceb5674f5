import assert from 'node:assert/strict';
import { Chat } from '../../../src/core/chat/chat.ts';
import type { ChatOptions, Connection } from '../../../src/core/chat/chatOptions.ts';
import { continuationOf, requestBody } from '../../../src/core/completions/request.ts';
import { deepseek } from '../../../src/core/providers/deepseek.ts';
import { createViewStore, initialState } from '../../../src/core/chat/viewStore.ts';
import type { Change } from '../../../src/protocol/messages.ts';
import { reduce } from '../../../src/protocol/reduce.ts';
import type { Item, ModelView, Question, Turn, ViewState } from '../../../src/protocol/viewState.ts';
import { checkRequest } from '../../simulator/checkRequest.ts';
import type { ProviderSpec } from '../../../src/core/providers/spec.ts';
import { simulatedBy } from './simulatedServices.ts';
import { aRequest } from './conversation.ts';
import { scriptedAgent, type Answer, type ScriptedAgent, type ScriptOptions } from './scriptedAgent.ts';

export const aModel: ModelView = { service: 'deepseek', serviceLabel: 'DeepSeek', model: 'deepseek-v4-flash', readiness: 'ready', hasKeyPage: true, notice: undefined, tools: 'on' };

export function question(text: string): Question {
  return { text, attachments: [] };
}

/** A chat on a script, with everything it published and logged. */
export interface ChatHarness {
  readonly chat: Chat;
  readonly agent: ScriptedAgent;
  readonly changes: readonly Change[];
  readonly logged: readonly string[];
  /** Fails unless the changes, replayed, give the chat's state, and every request is one that a strict service accepts. */
  assertSound(): void;
  lastTurn(): Turn;
  /** From the next turn on another service and model are asked. */
  use(provider: ProviderSpec, model: string): void;
  moment(): Moment;
  /** What the page is told by others than the chat. */
  publish(change: Change): void;
}

export interface HarnessOptions extends ScriptOptions {
  readonly connect?: ChatOptions['connect'];
  readonly prices?: Connection['prices'];
  readonly news?: ChatOptions['news'];
  readonly keeper?: ChatOptions['keeper'];
  readonly today?: ChatOptions['today'];
  /** Where the clock and the ids of turns begin: those of another harness, to do the same as it would. */
  readonly startAt?: Moment;
}

export interface Moment {
  readonly now: number;
  readonly turns: number;
}

export function chatWith(answers: readonly Answer[], options: HarnessOptions = {}): ChatHarness {
  const agent = scriptedAgent(answers, options);
  const changes: Change[] = [];
  const logged: string[] = [];
  let { now, turns: ids } = options.startAt ?? { now: 1000, turns: 0 };
  let chosen: Pick<Connection, 'provider' | 'model'> = { provider: deepseek, model: 'deepseek-v4-flash' };
  /** Whom each request was put to. */
  const asked: (typeof chosen & { readonly continuesLast: boolean })[] = [];
  const agentOf = (whom: typeof chosen): Connection['agent'] => ({
    ...agent,
    complete(messages, tools, completing) {
      asked.push({ ...whom, continuesLast: completing.continuesLast });
      return agent.complete(messages, tools, completing);
    },
  });
  const log = (line: string): void => void logged.push(line);
  const store = createViewStore(initialState(aModel), (change) => void changes.push(structuredClone(change)));
  const chat = new Chat(
    {
      connect: options.connect ?? (async () => (options.tick?.(), { ...chosen, prices: options.prices, agent: agentOf(chosen) })),
      ...(options.news !== undefined && { news: options.news }),
      ...(options.keeper !== undefined && { keeper: options.keeper }),
      ...(options.today !== undefined && { today: options.today }),
      newId: () => `turn-${(ids += 1)}`,
      clock: { now: () => (now += 7) },
      log: { info: log, warn: log, error: log },
      store,
    },
  );
  const first = chat.state;
  return {
    chat,
    agent,
    changes,
    logged,
    assertSound() {
      assert.deepEqual(changes.reduce<ViewState>(reduce, first), chat.state);
      for (const [index, messages] of agent.requests.entries()) {
        const whom = asked[index];
        assert.ok(whom !== undefined);
        const request = aRequest({ ...whom, messages });
        const body = JSON.parse(JSON.stringify(requestBody(request))) as Record<string, unknown>;
        assert.equal(checkRequest(simulatedBy(whom.provider), body, { beta: continuationOf(request) === 'prefix', retired: false }), undefined);
      }
    },
    moment: () => ({ now, turns: ids }),
    publish: (change) => store.publish(change),
    use(provider, model) {
      chosen = { provider, model };
    },
    lastTurn() {
      const turn = chat.state.turns.at(-1);
      assert.ok(turn !== undefined, 'there is no turn');
      return turn;
    },
  };
}

/** The items of a turn in short: `text Hello`, `call echo done`, `notice …`, `error …`. */
export function itemsOf(turn: Turn): readonly string[] {
  return turn.items.map(describeItem);
}

function describeItem(item: Item): string {
  switch (item.kind) {
    case 'reasoning':
    case 'text':
      return `${item.kind} ${item.text}`;
    case 'probabilities':
      return `probabilities ${item.tokens.map(({ token, percent }) => `${token} ${percent}`).join(', ')}`;
    case 'alternative':
      return `alternative ${item.number} ${item.text}`;
    case 'review':
      return `review ${item.status}`;
    case 'permission':
      return `permission ${item.status}`;
    case 'call':
      return `call ${item.tool} ${item.status}`;
    case 'notice':
      return `notice ${item.text.message}`;
    case 'error':
      return `error ${item.title.message}`;
  }
}
