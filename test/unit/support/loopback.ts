import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CompletionRequest } from '../../../src/core/completions/request.ts';
import { deepseek } from '../../../src/core/providers/deepseek.ts';
import { aRequest } from './conversation.ts';

/** One request as the server saw it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Settles when the connection is gone or the answer has gone out. */
  readonly closed: Promise<void>;
}

export interface Loopback {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  /** The next exchange that has not been asked for yet. */
  next(): Promise<Exchange>;
  close(): Promise<void>;
}

/** A real HTTP server on this machine; the handler gets the request and its body once that has been read. */
export async function startLoopback(handle: (response: ServerResponse, request: IncomingMessage, body: string) => void): Promise<Loopback> {
  const exchanges: Exchange[] = [];
  const waiting: ((exchange: Exchange) => void)[] = [];
  let taken = 0;
  const server = createServer((request, response) => {
    const closed = once(response, 'close').then(() => undefined);
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => void pieces.push(piece)).on('end', () => {
      const exchange = { request, response, closed };
      exchanges.push(exchange);
      handle(response, request, Buffer.concat(pieces).toString('utf8'));
      waiting.shift()?.(exchange);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    async next() {
      const index = taken;
      taken += 1;
      return exchanges[index] ?? new Promise((resolve) => waiting.push(resolve));
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A small request to the given address. */
export function requestTo(url: string, parts: Partial<CompletionRequest> = {}): CompletionRequest {
  return aRequest({ provider: { ...deepseek, baseUrl: url }, messages: [{ role: 'user', content: 'Tides?' }], tools: [], ...parts });
}

/** A chunk of a stream as an event. */
export function event(delta: object, finish: string | null = null): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

export const eventStream = { 'content-type': 'text/event-stream' } as const;
