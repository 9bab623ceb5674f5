import { setTimeout as sleep } from 'node:timers/promises';
import { complete } from '../../../src/core/completions/complete.ts';
import { event, eventStream, requestTo, startLoopback } from '../../../test/unit/support/loopback.ts';
import { openBenchPage } from './pages.ts';

/** Milliseconds by the clock from writing a token to the socket until it is in the page's document. */
export interface Latency {
  readonly tokens: number;
  readonly median: number;
  readonly percentile95: number;
  readonly longest: number;
}

/** Sends so many tokens at 200 a second over HTTP, through the code that reads completions, to the page. */
export async function measureLatency(tokens: number): Promise<Latency> {
  const sentAt: number[] = [];
  const server = await startLoopback((response) => {
    response.writeHead(200, eventStream);
    void (async () => {
      const start = performance.now();
      while (sentAt.length < tokens) {
        const due = Math.min(tokens, Math.floor((performance.now() - start) / 5));
        for (; sentAt.length < due; ) {
          response.write(event({ content: ` w${sentAt.length}${sentAt.length % 20 === 19 ? '.\n\n' : ''}` }));
          sentAt.push(performance.timeOrigin + performance.now());
        }
        await sleep(1);
      }
      response.end(`${event({}, 'stop')}data: [DONE]\n\n`);
    })();
  });
  const page = await openBenchPage('rivulet');
  try {
    await page.ask(watchWords);
    page.feed.publish({ type: 'turn-added', turn: { id: 't', question: { text: 'Tides?', attachments: [] }, items: [{ kind: 'text', id: 'a', text: '' }], outcome: 'running', usage: undefined } });
    for await (const { type, ...rest } of complete(requestTo(server.url), new AbortController().signal)) {
      if (type === 'text-delta' && 'text' in rest) page.feed.publish({ type: 'item-extended', turnId: 't', itemId: 'a', text: rest.text });
    }
    await sleep(500);
    const seenAt = await page.ask(() => (globalThis as unknown as { benchSeen: number[] }).benchSeen);
    if (seenAt.filter((at) => typeof at === 'number').length !== tokens) throw new Error('Not every token came to the page.');
    const delays = sentAt.map((at, index) => (seenAt[index] ?? Number.NaN) - at).sort((one, other) => one - other);
    return { tokens, median: at(delays, 0.5), percentile95: at(delays, 0.95), longest: at(delays, 1) };
  } finally {
    await page.close();
    await server.close();
  }
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Runs in the page: takes down when each of the numbered words came into the document. */
function watchWords(): void {
  const seen: number[] = [];
  Object.assign(globalThis, { benchSeen: seen });
  const note = (text: string): void => {
    const now = performance.timeOrigin + performance.now();
    for (const [, number] of text.matchAll(/\bw(\d+)(?=\D|$)/g)) seen[Number(number)] ??= now;
  };
  new MutationObserver((mutations) => {
    for (const { target, addedNodes } of mutations) {
      if (target instanceof Text) note(target.data);
      for (const node of addedNodes) note(node.textContent ?? '');
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}
