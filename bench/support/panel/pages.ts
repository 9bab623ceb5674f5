import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { CDPSession, Page as BrowserPage } from 'playwright-core';
import type { Push } from '../../../src/protocol/messages.ts';
import { createPushes } from '../../../src/host/pushes.ts';
import { initialState } from '../../../src/core/chat/viewStore.ts';
import { openPage } from '../../../test/page/harness.ts';
import { createFeed, type Feed } from './feed.ts';
import { createFramePushes } from './framePushes.ts';
import { installProbe, type Probe } from './probe.ts';

/** The quickest of the others with the pushes that our page gets: what of the difference is owed to them, and what to the drawing. */
const spared = 'streamdown, our pushes';

/** The pages that draw the same stream: the one that is shipped, and how others do it. */
export const pageNames = ['rivulet', 'react-markdown', 'streamdown', 'marked + DOMPurify', spared, 'plain text', 'nothing drawn'] as const;
export type PageName = (typeof pageNames)[number];

/** Those that draw Markdown as others do, with a push every 33 ms; the rest show what the pushes cost a page, and the least it can do with them. */
export const isRival = (name: PageName): boolean => name === 'react-markdown' || name === 'streamdown' || name === 'marked + DOMPurify';

const entries: Readonly<Record<Exclude<PageName, 'rivulet'>, string>> = {
  'react-markdown': 'reactMarkdown.ts',
  streamdown: 'streamdown.ts',
  [spared]: 'streamdown.ts',
  'marked + DOMPurify': 'marked.ts',
  'plain text': 'plain.ts',
  'nothing drawn': 'nothing.ts',
};

/** A page with a feed that it listens to. */
export interface BenchPage {
  readonly cdp: CDPSession;
  readonly feed: Feed;
  readonly probe: Probe;
  /** Bytes of each push so far, as JSON. */
  readonly pushes: readonly number[];
  /** Characters that a peer has drawn; undefined for ours, which does not tell. */
  drawn(): number | undefined;
  /** What the function, which must not need anything around it, answers in the page. */
  ask<Answer>(question: () => Answer): Promise<Awaited<Answer>>;
  close(): Promise<void>;
}

/**
 * Opens a page at the width of a side bar with an empty chat, the cursor in its field. Ours gets what our host sends, the others a push
 * every 33 ms.
 */
export async function openBenchPage(name: PageName): Promise<BenchPage> {
  const bundle = name === 'rivulet' ? undefined : await bundlePeer(entries[name]);
  const page = await openPage({ width: 400, height: 800, bypassesPolicy: true, ...(bundle !== undefined && { bundle }) });
  const { browserPage } = page;
  const cdp = await browserPage.context().newCDPSession(browserPage);
  const pushes: number[] = [];
  let drawn: number | undefined;
  await browserPage.exposeBinding('benchDrawn', (_, length: string) => void (drawn = Number(length)));
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const deliver = await startDelivery(browserPage);
  const post = (push: Push): void => {
    const text = JSON.stringify(push);
    pushes.push(text.length);
    deliver(text);
  };
  const feed = createFeed(initialState(ready), post, name === 'rivulet' || name === spared ? createPushes : createFramePushes);
  feed.snapshot();
  feed.publish({ type: 'composer-focused' });
  const probe = await installProbe(browserPage, cdp);
  await browserPage.evaluate(() => document.querySelector('textarea')?.focus());
  return {
    cdp,
    feed,
    probe,
    pushes,
    drawn: () => drawn,
    ask: (question) => browserPage.evaluate(question) as Promise<never>,
    async close() {
      feed.dispose();
      await page.close();
    },
  };
}

/**
 * Hands pushes to a page as VS Code does: an object from elsewhere that the page is told of, and posts on to itself. Through a worker,
 * for what the browser's debugger does with a call would count as the page's own time.
 */
async function startDelivery(page: BrowserPage): Promise<(push: string) => void> {
  const [worker] = await Promise.all([
    page.waitForEvent('worker'),
    page.evaluate(() => {
      const carrier = new Worker(URL.createObjectURL(new Blob([''], { type: 'text/javascript' })));
      carrier.addEventListener('message', ({ data }) => window.postMessage(data, '*'));
    }),
  ]);
  // A closed page takes none.
  return (push) => void worker.evaluate((text) => postMessage(JSON.parse(text)), push).catch(() => undefined);
}

const ready = { service: 'deepseek', serviceLabel: 'DeepSeek', model: 'deepseek-v4-flash', readiness: 'ready', hasKeyPage: true, notice: undefined, tools: 'on' } as const;

/** Bundles the page of a peer, minified and for production, with the style sheet of ours: what differs is the drawing. */
export async function bundlePeer(entry: string): Promise<{ readonly script: string; readonly style: string }> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`peers/${entry}`, import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'silent',
  });
  const style = await readFile(fileURLToPath(new URL('../../../out/page/style.css', import.meta.url)), 'utf8');
  return { script: outputFiles[0]?.text ?? '', style };
}
