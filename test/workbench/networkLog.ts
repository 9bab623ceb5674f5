import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** What a process did on the network: began a connection, looked up a name; or that it started. */
export interface NetworkLine {
  readonly at: number;
  readonly pid: number;
  /** Whether it is an extension host. */
  readonly host: boolean;
  readonly kind: 'start' | 'connection' | 'local socket' | 'datagram' | 'name';
  readonly to: string;
  readonly stack: readonly string[];
}

/** The log of all Node processes of a server. */
export interface NetworkLog {
  /** What the server has to be started with. */
  readonly environment: Readonly<Record<string, string>>;
  readonly nodeArguments: readonly string[];
  lines(): Promise<readonly NetworkLine[]>;
}

const hook = fileURLToPath(new URL('networkHook.cjs', import.meta.url));

/** A log that is kept in a folder. */
export function networkLog(folder: string): NetworkLog {
  const file = join(folder, 'network.jsonl');
  return {
    environment: { RIVULET_NETWORK_LOG: file },
    nodeArguments: ['--require', hook],
    async lines() {
      const text = await readFile(file, 'utf8').catch(() => '');
      return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as NetworkLine]));
    },
  };
}

/** Addresses that a window asks for, its webviews and their workers included, besides those of its own server. */
export function strangeRequests(page: Page, origin: string): readonly string[] {
  const found: string[] = [];
  page.context().on('request', (request) => {
    const { protocol, origin: asked, hostname } = new URL(request.url());
    // A webview's own files have such names and come from the server all the same.
    const isOwn = asked === origin || !/^(https?|wss?):$/.test(protocol) || hostname.endsWith('.vscode-resource.vscode-cdn.net');
    if (!isOwn) found.push(request.url());
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(origin).host) found.push(socket.url());
  });
  return found;
}
