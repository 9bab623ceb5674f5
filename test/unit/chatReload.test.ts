import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { DeletedTurns } from '../../src/core/chat/deleteTurns.ts';
import { asKept } from '../../src/core/chat/storedTurns.ts';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import { requestBody } from '../../src/core/completions/request.ts';
import type { Message } from '../../src/core/conversation/message.ts';
import { providers } from '../../src/core/providers/providers.ts';
import { recover } from '../../src/core/sessions/recover.ts';
import type { ReviewItem } from '../../src/protocol/reviewItems.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { chatWith, question, type ChatHarness, type HarnessOptions } from './support/chatHarness.ts';
import { aRequest, said } from './support/conversation.ts';
import { keptText } from './support/keptChat.ts';
import { onePixel } from './support/pictures.ts';
import { calling, echoCall, echoThat, end, saying, type Answer } from './support/scriptedAgent.ts';

const usage = { promptTokens: 10, completionTokens: 5, cachedTokens: 2, reasoningTokens: undefined };

const answer: fc.Arbitrary<Answer> = fc.constantFrom<Answer>(
  saying('Hello there.'),
  saying('Hello there.'),
  { events: [{ type: 'reasoning-delta', text: 'Hm' }, { type: 'text-delta', text: 'Yes.' }, { ...end({ text: 'Yes.', usage }), message: said({ text: 'Yes.', reasoning: { field: 'reasoning_content', text: 'Hm' } }), alternatives: [said({ text: 'No.', reasoning: { field: 'reasoning_content', text: 'Oh' } }), said({ text: 'Well.' })] }] },
  calling('a'),
  calling('a', 'b'),
  { events: [{ type: 'text-delta', text: 'x\uD83C' }, end({ text: 'x\uD83C', calls: [{ id: '0', name: 'echo', arguments: '{' }] })] },
  { events: [{ type: 'reasoning-delta', text: 'only' }, end({ reason: 'stop' })] },
  { events: [{ type: 'text-delta', text: 'cut off, ' }, end({ text: 'cut off, ', reason: 'length' })] },
  { events: [{ type: 'text-delta', text: 'half' }], next: new CompletionError('cut', 'x') },
  { events: [], next: new CompletionError('bad-request', 'no') },
  { events: [], next: new TypeError('a bug') },
  { events: [{ type: 'text-delta', text: 'hang' }], next: 'hang' },
  { events: [end({ text: 'no deltas', calls: [echoCall('late')] })] },
);

const kinds = ['ask', 'ask', 'ask', 'ask-with', 'edit', 'edit', 'regenerate', 'show', 'show', 'delete', 'delete', 'restore', 'retry', 'resume', 'compact', 'choose', 'change-files', 'without-media', 'switch', 'reload'] as const;
const step = fc.record({ kind: fc.constantFrom(...kinds), stopAfter: fc.integer({ min: 1, max: 40 }), which: fc.nat({ max: 20 }) });

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const picture = { kind: 'image', url: onePixel } as const;

function review(id: string, path: string): ReviewItem {
  const file = { change: 'create', path, to: undefined, reasons: [], added: 1, removed: 0, decision: 'accepted', hunks: [], moreHunks: 0 } as const;
  return { kind: 'review', id, token: id, status: 'done', files: [file], moreFiles: 0, note: undefined };
}

async function act(harness: ChatHarness, { kind, which }: Step, deleted: DeletedTurns[]): Promise<void> {
  const { chat } = harness;
  const { turns } = chat.state;
  const any = turns[which % Math.max(1, turns.length)];
  const id = any?.id ?? '';
  switch (kind) {
    case 'ask':
      return chat.ask(question(`Question ${which}`));
    case 'ask-with':
      return chat.ask({ text: 'See?', attachments: [{ label: 'a.ts', text: 'const a = 1;' }], media: [{ id: 'm', kind: 'image', label: 'a.png', bytes: 3, problem: undefined }] }, [picture]);
    case 'edit':
      return void (await chat.edit(id, `Edited ${which}`));
    case 'regenerate':
      return void (await chat.regenerate(id));
    case 'show':
      return chat.showBranch(id, 1 + (which % (any?.branch?.of ?? 1)));
    case 'delete': {
      const gone = await chat.deleteTurn(id);
      if (gone !== undefined) deleted.push(gone);
      return undefined;
    }
    case 'restore':
      return deleted.pop()?.restore();
    case 'retry':
      return chat.retry(id);
    case 'without-media':
      return chat.retry(id, { withoutMedia: true });
    case 'resume':
      return chat.resume(turns.at(-1)?.id ?? '');
    case 'compact':
      return chat.compact();
    case 'choose':
      return chat.chooseAlternative(turns.at(-1)?.id ?? '', turns.at(-1)?.items.find((item) => item.kind === 'alternative')?.id ?? '');
    case 'change-files':
      harness.publish({ type: 'item-added', turnId: id, item: review(`${id}.review-${which}-${any?.items.length ?? 0}`, `src/${which}.ts`) });
      harness.publish({ type: 'turn-changes', turnId: id, changes: { files: 1 + (which % 3), state: which % 2 === 0 ? 'kept' : 'reverted' } });
      return undefined;
    case 'switch': {
      const choice = providers[which % providers.length];
      if (choice !== undefined) harness.use(choice, choice.models[0]?.id ?? '');
      return undefined;
    }
    case 'reload':
      return undefined;
  }
}

function shown({ turns }: ViewState): unknown {
  return JSON.parse(JSON.stringify(turns.map(asKept))) as unknown;
}

function wire(messages: readonly Message[]): string {
  return JSON.stringify(requestBody(aRequest({ messages })));
}

/** Lets the script hang where it does: the person stops it after a moment. */
async function untilStopped(harness: ChatHarness, acted: Promise<void>): Promise<void> {
  const late = setTimeout(() => void harness.chat.stop(), 3);
  await acted;
  clearTimeout(late);
}

describe('a chat that is kept and opened again', () => {
  it('shows the same turns and asks with the same bytes, whatever was done to it before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { maxLength: 14 }), fc.array(step, { minLength: 1, maxLength: 9 }), async (answers, steps) => {
        const kept = keptText();
        let countdown = 0;
        let harness: ChatHarness;
        const tick = (): void => {
          countdown -= 1;
          if (countdown === 0) void harness.chat.stop();
        };
        const options: HarnessOptions = { tick, tools: [echoThat(async () => (tick(), await Promise.resolve(), 'echoed'))], keeper: kept.keeper, news: (elsewhere) => elsewhere.map((text) => ({ label: 'News', text })) };
        harness = chatWith(answers, options);
        const deleted: DeletedTurns[] = [];
        for (const each of steps) {
          countdown = each.stopAfter;
          await untilStopped(harness, act(harness, each, deleted));
          countdown = 0;
          assert.deepEqual(harness.chat.state.activity, { kind: 'idle' });
          harness.assertSound();
          const again = chatWith([saying('The same.')], { ...options, keeper: keptText().keeper, startAt: harness.moment() });
          await again.chat.open(kept.chat());
          assert.deepEqual(shown(again.chat.state), shown(harness.chat.state));
          assert.equal(wire(again.chat.messages), wire(harness.chat.messages));
          if (each.kind === 'reload') {
            const { startAt: _, ...rest } = options;
            harness = chatWith(answers.toReversed(), { ...rest, startAt: harness.moment() });
            await harness.chat.open(kept.chat());
            deleted.length = 0;
          }
        }
        const again = chatWith([saying('The same.')], { ...options, keeper: keptText().keeper, startAt: harness.moment() });
        await again.chat.open(kept.chat());
        await again.chat.ask(question('And now?'));
        await untilStopped(harness, harness.chat.ask(question('And now?')));
        // The first request of the last question on either side.
        const asked = harness.agent.requests.find((messages) => JSON.stringify(messages.at(-1)).includes('And now?'));
        assert.equal(wire(asked ?? []), wire(again.agent.requests[0] ?? []));
        harness.assertSound();
        again.assertSound();
      }),
      { numRuns: 250 },
    );
  }).timeout(60_000);

  it('goes on from wherever its window went away in the middle of a turn, and every strict service takes it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 2, maxLength: 6 }), fc.nat(), fc.boolean(), async (answers, cut, resumes) => {
        const kept = keptText();
        const options: HarnessOptions = { keeper: kept.keeper };
        const first = chatWith(answers, options);
        await untilStopped(first, first.chat.ask(question('One')));
        await untilStopped(first, first.chat.ask(question('Two')));
        const begun = kept.begun() ?? assert.fail('nothing was begun');
        const entries = kept.journal.slice(0, cut % (kept.journal.length + 1)).map((entry, index) => ({ ...(JSON.parse(JSON.stringify(entry)) as typeof entry), at: 2000 + index }));
        const { turns, ...rest } = kept.chat();
        const again = chatWith([saying('Gone on.'), saying('And on.')], { startAt: first.moment() });
        await again.chat.open({ ...rest, turns: [...turns.filter(({ id }) => id !== begun.id), recover(begun, entries)] });
        assert.equal(again.lastTurn().outcome, 'interrupted');
        // What the person saw is what the model is told that it said.
        const seen = again.lastTurn().items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])).join('');
        const known = again.chat.messages.slice(again.chat.messages.findLastIndex(({ role }) => role === 'user')).flatMap((message) => (message.role === 'assistant' ? [message.text] : [])).join('');
        assert.ok(known.replaceAll('no deltas', '').startsWith(seen), `${known} is not what was seen: ${seen}`);
        if (resumes) await again.chat.resume(begun.id);
        await again.chat.ask(question('Three'));
        again.assertSound();
      }),
      { numRuns: 300 },
    );
  }).timeout(60_000);
});
