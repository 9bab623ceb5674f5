import { setTimeout as sleep } from 'node:timers/promises';
import { createViewStore } from '../../../src/core/chat/viewStore.ts';
import type { Pushes } from '../../../src/host/pushes.ts';
import type { Change, Push } from '../../../src/protocol/messages.ts';
import type { Turn, ViewState } from '../../../src/protocol/viewState.ts';
import type { Stream } from './streams.ts';

/** The host's side of a panel: the store that the extension has, and pushes of one kind or another. */
export interface Feed {
  publish(change: Change): void;
  /** Sends the whole state, as the host does when a page asks for it. */
  snapshot(): void;
  /** Asks something and answers with the stream, as fast as it says; settles when the last push is on its way. */
  answer(stream: Stream, signal: AbortSignal): Promise<void>;
  /** Closes the chat and opens an empty one. */
  leave(): Promise<void>;
  dispose(): void;
}

const every = 16;
/** Longer than pushes are gathered for. */
const untilPushed = 200;

export function createFeed(state: ViewState, post: (push: Push) => void, createPushes: (post: (push: Push) => void) => Pushes): Feed {
  const pushes = createPushes(post);
  const store = createViewStore(state, (change) => pushes.add(change));
  const publish = (change: Change): void => store.publish(change);
  let count = 0;

  return {
    publish,
    snapshot: () => pushes.snapshot(store.state),
    async answer({ kind, chunks, atOnce }, signal) {
      const turnId = `bench-${(count += 1)}`;
      const itemId = `${turnId}-item`;
      publish({ type: 'turn-added', turn: runningTurn(turnId) });
      publish({ type: 'activity-changed', activity: { kind: 'running', phase: kind === 'text' ? 'answering' : 'reasoning', since: Date.now() } });
      publish({ type: 'item-added', turnId, item: kind === 'text' ? { kind, id: itemId, text: '' } : { kind, id: itemId, text: '', durationMs: undefined } });
      const start = performance.now();
      for (let sent = 0; sent < chunks.length && !signal.aborted; ) {
        await sleep(every);
        // What is late is made up for at once, as a socket would.
        const due = Math.min(chunks.length, Math.floor((performance.now() - start) / every) * atOnce);
        for (; sent < due; sent += 1) publish({ type: 'item-extended', turnId, itemId, text: chunks[sent] ?? '' });
      }
      // Reasoning folds when it is over, and then there is nothing to compare: so it stays open.
      publish({ type: 'turn-ended', turnId, outcome: 'done', usage: { promptTokens: 339, completionTokens: chunks.length, cachedTokens: 320, reasoningTokens: undefined } });
      publish({ type: 'activity-changed', activity: { kind: 'idle' } });
      await sleep(untilPushed);
    },
    async leave() {
      publish({ type: 'chat-opened', chat: { id: `empty-${count}`, title: '', draft: '' }, turns: [] });
      await sleep(untilPushed);
    },
    dispose: () => pushes.dispose(),
  };
}

function runningTurn(id: string): Turn {
  return { id, question: { text: 'When does the tide turn?', attachments: [] }, items: [], outcome: 'running', usage: undefined };
}
