import assert from 'node:assert/strict';
import { connectAgent } from '../../src/core/chat/connect.ts';
import { Chat } from '../../src/core/chat/chat.ts';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import type { OptionalPorts } from '../../src/core/tools/tool.ts';
import { tools } from '../../src/core/tools/tools.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { aModel } from './support/chatHarness.ts';
import { contextPorts, trayOver } from './support/contextHarness.ts';
import { fakeLanguages } from './support/fakeLanguages.ts';
import { fakeSearch } from './support/fakeSearch.ts';
import { memoryDocuments } from './support/memoryDocuments.ts';
import { memoryFiles } from './support/memoryFiles.ts';
import { toolContext } from './support/toolContext.ts';
import { workspaceOf } from './support/workspaces.ts';

const source = Array.from({ length: 600 }, (_, line) => `export const value${line} = compute(${line}, { tide: ${line % 12} });`).join('\n');

/** A question whose answer takes so many calls, one after the other, each reading other lines. */
function reading(from: number, calls: number): string {
  return Array.from({ length: calls }, (_, index) => {
    const start = from + index * 8 + 1;
    return `[[simulate: ${index === 0 ? '' : 'then '}call tool read_file with {"path":"src/tides.ts","start_line":${start},"end_line":${start + 7}}]]`;
  }).join(' ');
}

/** The text of the messages of a request, without the bracket that closes the list. */
function messagesOf(text: string): string {
  const { messages } = JSON.parse(text) as { readonly messages: unknown };
  const bytes = JSON.stringify(messages);
  assert.ok(text.includes(bytes), 'the messages stand in the body as they are written out here');
  return bytes.slice(0, -1);
}

function toolsOf(text: string): string {
  return JSON.stringify((JSON.parse(text) as { readonly tools: unknown }).tools);
}

describe('a conversation of 30 steps with tools', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());

  it('sends each request with the bytes of the one before in front, so that at least 95 % after the second step is a repeated prefix', async () => {
    const provider = { ...deepseek, baseUrl: simulator.bases.deepseek };
    const workspace = workspaceOf('/w');
    const files = memoryFiles({ '/w/src/tides.ts': source });
    // All ports are there, so that every tool is offered, as in the product.
    const ports: Required<OptionalPorts> = {
      documents: memoryDocuments({}),
      search: fakeSearch({}),
      languages: fakeLanguages(),
      editorWindow: { editors: () => [], active: () => undefined },
      sourceControl: { repositories: async () => [], diff: async () => '' },
    };
    const chat = new Chat({
      connect: async () => connectAgent({ choice: { provider, model: 'deepseek-v4-flash' }, key: { kind: 'key', key: simulator.keys.deepseek }, toolContext: toolContext({ workspace, files, ...ports }), parameters: {}, patience: { silenceMs: 60_000, waitingMs: 60_000, retries: 0 } }),
      clock: { now: () => 0 },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      store: createViewStore(initialState(aModel), () => undefined),
    });
    // What goes along goes with the question that brought it: instructions of the workspace with the first, chips with each.
    const { tray, store } = trayOver(contextPorts({ '/w/src/tides.ts': source, '/w/AGENTS.md': 'Use tabs.\n' }));
    await tray.offerInstructions(['/w/AGENTS.md']);
    await tray.add({ kind: 'selection', path: '/w/src/tides.ts', lines: { first: 1, last: 60 } });
    await chat.ask({ text: `What is this? ${reading(0, 15)}`, attachments: await tray.attachments(new AbortController().signal) });
    tray.sent();
    await tray.add({ kind: 'selection', path: '/w/src/tides.ts', lines: { first: 300, last: 310 } });
    assert.deepEqual(store.state.context.map(({ kind }) => kind), ['selection']);
    await chat.ask({ text: `And the rest? ${reading(200, 14)}`, attachments: await tray.attachments(new AbortController().signal) });
    assert.deepEqual(chat.state.turns.map(({ outcome }) => outcome), ['done', 'done']);

    const { requests } = simulator;
    assert.ok(requests.length >= 30, `only ${requests.length} requests were made`);
    assert.deepEqual([...new Set(requests.map(({ verdict }) => verdict))], ['accepted']);
    let repeated = 0;
    let total = 0;
    let inTools = 0;
    for (const [index, request] of requests.entries()) {
      const present = messagesOf(request.text);
      const before = index === 0 ? '' : messagesOf(requests[index - 1]?.text ?? '');
      assert.ok(present.startsWith(before), `request ${index + 1} does not begin with the messages of request ${index}`);
      if (index < 2) continue;
      // The definitions of the tools are part of the prompt too, in front of the messages, and the same each time.
      const offered = toolsOf(request.text);
      assert.equal(offered, toolsOf(requests[0]?.text ?? ''));
      inTools = Buffer.byteLength(offered);
      repeated += Buffer.byteLength(offered + before);
      total += Buffer.byteLength(offered + present);
    }
    const share = repeated / total;
    console.log(`        ${requests.length} requests: ${(100 * share).toFixed(1)} % of the prompt bytes after the second are a repeated prefix; the definitions of ${tools.length} tools have ${inTools} bytes`);
    assert.equal((JSON.parse(requests[0]?.text ?? '{}') as { readonly tools: readonly unknown[] }).tools.length, tools.length);
    assert.ok(share >= 0.95, `only ${share}`);
    // What the service itself counted as cached says the same.
    const usage = chat.state.turns.map((turn) => turn.usage);
    assert.ok(usage.every((each) => each !== undefined && (each.cachedTokens ?? 0) / each.promptTokens > 0.8), JSON.stringify(usage));
  }).timeout(60_000);
});
