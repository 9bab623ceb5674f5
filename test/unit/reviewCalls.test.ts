import assert from 'node:assert/strict';
import * as v from 'valibot';
import { Chat } from '../../src/core/chat/chat.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { readTurn, toBytes } from '../../src/core/sessions/storedSchemas.ts';
import { reviewResult } from '../../src/core/tools/reviewResult.ts';
import { defineTool, refuse } from '../../src/core/tools/tool.ts';
import { say } from '../../src/protocol/localText.ts';
import type { PermissionItem, ReviewItem } from '../../src/protocol/reviewItems.ts';
import type { CallItem, Item } from '../../src/protocol/viewState.ts';
import { searchablesOf } from '../../webview/find/search.ts';
import { pairsOf } from '../../webview/text/pairs.ts';
import { question } from './support/chatHarness.ts';
import { edit, place, reviewHarness, settled, type ReviewHarness } from './support/reviewHarness.ts';
import { end, saying, scriptedAgent } from './support/scriptedAgent.ts';
import { toolContext } from './support/toolContext.ts';

const write = defineTool({
  name: 'write',
  description: 'Writes, and asks first.',
  input: v.object({ path: v.string() }),
  risk: 'write',
  summary: ({ path }) => say('Edit {0}', path),
  async run({ path }, { person, signal }) {
    if (!(await person.allows({ text: say('Read {0}?', path), reasons: [] }, signal))) return refuse('no');
    return reviewResult(await person.review({ changes: [edit(path, 'a\n', 'A\n')] }, signal));
  },
});

/** A turn whose only message edits each of the files; `each` is done while the review of one waits. */
async function edited(harness: ReviewHarness, paths: readonly string[], each: (path: string) => void): Promise<readonly Item[]> {
  // Local servers give the calls of each message the same ids, or none.
  const calls = paths.map((path) => ({ id: 'call_0', name: 'write', arguments: JSON.stringify({ path }) }));
  const agent = scriptedAgent([{ events: [...calls.map((call, index) => ({ type: 'call-delta', index, name: call.name, arguments: call.arguments }) as const), end({ calls })] }, saying('Done.')], { tools: [write] });
  const chat = new Chat({
    newId: () => 'turn-1',
    clock: { now: () => 1 },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    store: harness.store,
    connect: async (turnId) => ({ provider: deepseek, model: 'm', agent: { ...agent, toolContext: toolContext({ person: harness.reviews.forCalls(turnId) }) } }),
  });
  harness.answer = () => true;
  const asked = chat.ask(question('Edit them.'));
  for (const path of paths) {
    await settled();
    await harness.reviews.permit(harness.permission().token, true);
    await settled();
    each(path);
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
  }
  await asked;
  return chat.state.turns[0]?.items ?? [];
}

const callsIn = (items: readonly Item[]): readonly CallItem[] => items.filter((item) => item.kind === 'call');
const reviewsIn = (items: readonly Item[]): readonly ReviewItem[] => items.filter((item) => item.kind === 'review');
const permissionsIn = (items: readonly Item[]): readonly PermissionItem[] => items.filter((item) => item.kind === 'permission');

const call = (id: string): CallItem => ({ kind: 'call', id, tool: 'edit_file', arguments: id, status: 'running', summary: undefined, result: undefined });
const review = (id: string, callId: string): ReviewItem => ({ kind: 'review', id, callId, token: id, status: 'done', files: [], moreFiles: 0, note: undefined });
const keysOf = (items: readonly Item[]): readonly string[] => searchablesOf([{ id: 't', question: question(''), items, outcome: 'done', usage: undefined, isSummary: true }]).map(({ key }) => key);
const stored = (some: readonly Item[]): unknown => ({ version: 1, id: 't', view: { id: 't', question: question(''), items: some, outcome: 'done' }, history: { question: question(''), news: [], media: [], messages: [], isRefused: false } });

describe('the cards of two calls of one message', () => {
  const paths = ['a.ts', 'b.ts'];

  it('name the call that asks, although both calls are shown before the first card', async () => {
    const items = await edited(reviewHarness({ 'a.ts': 'a\n', 'b.ts': 'a\n' }, []), paths, () => undefined);
    assert.deepEqual(items.map(({ kind }) => kind), ['call', 'call', 'permission', 'review', 'permission', 'review', 'text']);
    const pairs = pairsOf(items);
    assert.deepEqual(reviewsIn(items).map((item) => [item.files[0]?.path, pairs.callOf(item)?.arguments]), [['a.ts', '{"path":"a.ts"}'], ['b.ts', '{"path":"b.ts"}']]);
    assert.deepEqual(callsIn(items).map((item) => [item.arguments, pairs.reviewOf(item)?.files[0]?.path, pairs.questionOf(item)?.question.args[0]]), [['{"path":"a.ts"}', 'a.ts', 'a.ts'], ['{"path":"b.ts"}', 'b.ts', 'b.ts']]);
  });

  it('name none where it is the person who puts code into a file while a call runs', async () => {
    const harness = reviewHarness({ 'a.ts': 'a\n', 'c.ts': 'a\n' }, []);
    const stop = new AbortController();
    const items = await edited(harness, ['a.ts'], () => void harness.reviews.forTurn('turn-1').review({ changes: [{ kind: 'delete', place: place('c.ts'), before: 'a\n' }] }, stop.signal).catch(() => undefined));
    await settled();
    assert.equal(harness.card().files[0]?.path, 'c.ts');
    assert.deepEqual([harness.card().callId, pairsOf(items).callOf(harness.card())], [undefined, undefined]);
    stop.abort();
  });

  it('are found in the order in which they are drawn, the words of a call within the card of its review', () => {
    assert.deepEqual(keysOf([call('a'), call('b'), call('c'), review('v1', 'a'), review('v2', 'c')]), ['b/arguments', 'a/arguments', 'c/arguments']);
    assert.deepEqual(keysOf([call('a'), review('v1', 'a'), review('v2', 'a'), review('v3', 'gone')]), ['a/arguments'], 'once, and nothing of a call that is not there');
  });

  it('are opened from chats that were kept before they named it, and belong to no call then', async () => {
    const items = await edited(reviewHarness({ 'a.ts': 'a\n', 'b.ts': 'a\n' }, []), paths, () => undefined);
    const old = items.map((item) => (item.kind === 'review' || item.kind === 'permission' ? { ...item, callId: undefined } : item));
    const opened = readTurn(toBytes(stored(old)), 't')?.view.items ?? [];
    assert.equal(opened.length, items.length);
    const pairs = pairsOf(opened);
    assert.deepEqual([...reviewsIn(opened).map((item) => pairs.callOf(item)), ...callsIn(opened).flatMap((item) => [pairs.reviewOf(item), pairs.questionOf(item)])], Array.from({ length: 6 }, () => undefined));
    const now = readTurn(toBytes(stored(items)), 't')?.view.items ?? [];
    assert.deepEqual([...reviewsIn(now), ...permissionsIn(now)].map(({ callId }) => callId), [...reviewsIn(items), ...permissionsIn(items)].map(({ callId }) => callId));
    const wrong = items.map((item) => (item.kind === 'review' ? { ...item, callId: 3 } : item));
    assert.equal(readTurn(toBytes(stored(wrong as unknown as readonly Item[])), 't'), undefined);
  });
});
