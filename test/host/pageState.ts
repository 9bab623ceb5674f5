import assert from 'node:assert/strict';
import { reduce } from '../../src/protocol/reduce.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { until } from '../support/until.ts';
import { settle, type FakePage } from './fakes.ts';

/** What the page knows after all that was posted to it; undefined where nothing was. */
export function shownBy({ posted }: FakePage): ViewState | undefined {
  let state: ViewState | undefined;
  for (const { changes } of posted) for (const change of changes) state = change.type === 'snapshot' ? change.state : state && reduce(state, change);
  return state;
}

/** The state as the page has it once everything that is under way has been pushed. */
export async function stateOf(page: FakePage): Promise<ViewState> {
  await settle();
  page.send({ type: 'ready' });
  return shownBy(page) ?? assert.fail('nothing was posted');
}

/** The state once it is so; fails when it never is. */
export async function stateWhen(page: FakePage, isSo: (state: ViewState) => boolean): Promise<ViewState> {
  return until(async () => stateOf(page), isSo);
}

/** Whether something was asked, and nothing is under way. */
export function isOver({ turns, activity }: ViewState): boolean {
  return activity.kind === 'idle' && turns.length > 0 && turns.every(({ outcome }) => outcome !== 'running');
}
