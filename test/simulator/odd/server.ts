import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject, type JsonObject } from '../json.ts';

/** A request as an odd endpoint looks at it. */
export interface OddRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** An empty object when there is none. */
  readonly body: JsonObject;
}

export interface OddAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** How a server behaves: what it answers to each request. */
export type Behaviour = (request: OddRequest) => OddAnswer;

export interface OddEndpoint {
  /** The base of its address, ready for a setting. */
  readonly base: string;
  readonly requests: readonly OddRequest[];
  close(): Promise<void>;
}

/** Starts a server on this machine that behaves so; its base is `/v1`. */
export async function startOdd(behave: Behaviour): Promise<OddEndpoint> {
  const requests: OddRequest[] = [];
  const server = createServer((incoming, response) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      const text = Buffer.concat(pieces).toString('utf8');
      const value: unknown = text === '' ? {} : JSON.parse(text);
      const request = { path: (incoming.url ?? '').replace(/^\/v1\//, ''), headers: incoming.headers, body: isObject(value) ? value : {} };
      requests.push(request);
      const answer = behave(request);
      response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

export function json(status: number, value: JsonObject): OddAnswer {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

/** A refusal as OpenAI spells it. */
export function refusal(message: string): OddAnswer {
  return json(400, { error: { message, type: 'invalid_request_error', param: null, code: null } });
}

/** How events are spelled: what stands in front of each, and what comes behind the last. */
export interface Spelling {
  readonly prefix: string;
  readonly ending: string;
}

/** The chunks as events, by default with a space and `[DONE]`. */
export function events(chunks: readonly JsonObject[], { prefix, ending }: Spelling = { prefix: 'data: ', ending: 'data: [DONE]\n\n' }): OddAnswer {
  return { status: 200, type: 'text/event-stream', body: chunks.map((chunk) => `${prefix}${JSON.stringify(chunk)}\n\n`).join('') + ending };
}

export function chunk(delta: JsonObject, finish: string | null = null): JsonObject {
  return { choices: [{ index: 0, delta, finish_reason: finish }] };
}

export function whole(message: JsonObject, finish = 'stop'): OddAnswer {
  return json(200, { choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }], usage });
}

export const usage = { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 };
