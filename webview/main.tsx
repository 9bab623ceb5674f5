import { render } from 'preact';
import { createAnnouncer } from './announcer.ts';
import { createConnection, type VsCodeApi } from './connection.ts';
import { createMemory } from './memory.ts';
import { PageProvider, type Page } from './page.ts';
import { App } from './parts/App.tsx';
import { createScrolling } from './scrolling.ts';
import { createSignal } from './signal.ts';
import { setStrings } from './strings.ts';
import { registerToolkit } from './toolkit.ts';

declare function acquireVsCodeApi(): VsCodeApi;

const longestFailure = 4000;

start(document.getElementById('app'));

function start(root: HTMLElement | null): void {
  if (root === null) return;
  const api = acquireVsCodeApi();
  const connection = createConnection(api);
  reportFailures(connection.post);
  setStrings(readStrings());
  registerToolkit();
  const announcer = createAnnouncer();
  const page: Page = {
    connection,
    memory: createMemory(api),
    post: connection.post,
    announce: announcer.announce,
    scrolling: createScrolling(),
    suggestions: createSignal(),
    unfold: createSignal(),
  };
  render(
    <PageProvider value={page}>
      <App />
    </PageProvider>,
    root,
  );
  document.body.append(announcer.element);
  window.addEventListener('message', (event) => connection.receive(event.data));
  connection.post({ type: 'ready' });
}

function readStrings(): unknown {
  try {
    return JSON.parse(document.getElementById('strings')?.textContent ?? '{}');
  } catch {
    return {};
  }
}

function reportFailures(post: Page['post']): void {
  const report = (reason: unknown): void => {
    const words = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    post({ type: 'page-failed', message: words.slice(0, longestFailure) });
  };
  window.addEventListener('error', (event) => report(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => report(event.reason));
}
