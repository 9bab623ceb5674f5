import type { Pushes } from '../../../src/host/pushes.ts';
import type { Change, Push } from '../../../src/protocol/messages.ts';

const frame = 33;

/** Hands on what has come every 33 ms, however fast: what the pages of others are given, which are mostly told of each piece as it comes. */
export function createFramePushes(post: (push: Push) => void): Pushes {
  let revision = 0;
  let changes: Change[] = [];
  const timer = setInterval(() => {
    if (changes.length > 0) post({ revision: (revision += 1), changes });
    changes = [];
  }, frame);
  return {
    add: (change) => void changes.push(change),
    snapshot(state) {
      changes = [];
      revision += 1;
      post({ revision, changes: [{ type: 'snapshot', state: { ...state, revision } }] });
    },
    dispose: () => clearInterval(timer),
  };
}
