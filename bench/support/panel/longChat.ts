import { setTimeout as sleep } from 'node:timers/promises';
import type { Turn } from '../../../src/protocol/viewState.ts';
import { openBenchPage } from './pages.ts';
import { answerStream } from './streams.ts';

/** A long chat. Times in milliseconds by the clock. */
export interface LongChat {
  readonly turns: number;
  readonly snapshotBytes: number;
  /** From the host's handing it over until its end is drawn, and the page has also answered to a key. */
  readonly opened: number;
  /** Until every turn is in the document. */
  readonly complete: number;
  /** While the older turns are drawn. */
  readonly longestTask: number;
  /** Largest push while an answer streams in it, and in an empty chat. */
  readonly largestPush: number;
  readonly largestPushInEmptyChat: number;
}

/** Opens a chat of so many turns, and streams an answer into it. */
export async function measureLongChat(turns: number): Promise<LongChat> {
  const stream = answerStream(16_000);
  const never = new AbortController().signal;
  const page = await openBenchPage('rivulet');
  try {
    await page.feed.answer(stream, never);
    const largestPushInEmptyChat = Math.max(...page.pushes.slice(1));
    await page.feed.leave();
    await sleep(500);
    await page.probe.take();
    const kept = Array.from({ length: turns }, (_, index) => turnNumber(index, turns));
    await page.ask(watchOpening);
    const before = page.pushes.length;
    const start = performance.timeOrigin + performance.now();
    page.feed.publish({ type: 'chat-opened', chat: { id: 'long', title: 'A long chat', draft: '' }, turns: kept });
    const opened = (await page.ask(() => (globalThis as unknown as { benchOpened: Promise<number> }).benchOpened)) - start;
    const snapshotBytes = page.pushes.slice(before).reduce((sum, bytes) => sum + bytes, 0);
    while ((await page.ask(() => document.querySelectorAll('.turn').length)) < turns) await sleep(100);
    const complete = performance.timeOrigin + performance.now() - start;
    const { longestTask } = await page.probe.take();
    const first = page.pushes.length;
    await page.feed.answer(stream, never);
    return { turns, snapshotBytes, opened, complete, longestTask, largestPush: Math.max(...page.pushes.slice(first)), largestPushInEmptyChat };
  } finally {
    await page.close();
  }
}

/** Runs in the page: settles when the last turn is drawn and a task after that frame has had its turn. */
function watchOpening(): void {
  const opened = new Promise<number>((resolve) => {
    const look = (): void => {
      if (document.querySelector('[data-turn="kept-last"]') === null) requestAnimationFrame(look);
      else requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now()), 0));
    };
    look();
  });
  // In an object, or whoever asks for it would wait for it here already.
  Object.assign(globalThis, { benchOpened: opened });
}

function turnNumber(index: number, of: number): Turn {
  const isLast = index === of - 1;
  return {
    id: isLast ? 'kept-last' : `kept-${index}`,
    question: { text: `How does part ${index} of it work, and what happens when the request fails?`, attachments: [] },
    items: [
      { kind: 'reasoning', id: `r-${index}`, text: 'They want to know how it works. I should look at the retry first.', durationMs: 2400 },
      { kind: 'text', id: `a-${index}`, text: `Part ${index} **retries three times**, and only before the first byte has come.\n\n- A 429 carries \`Retry-After\`, which wins.\n- Otherwise it waits longer each time.\n\n\`\`\`ts\nconst part = await retry(${index});\n\`\`\`\n` },
    ],
    outcome: 'done',
    usage: { promptTokens: 2481, completionTokens: 612, cachedTokens: 2304, reasoningTokens: 377, cost: { amount: 0.0094, currency: 'CNY', pricesOf: '2026-11-15' } },
  };
}

