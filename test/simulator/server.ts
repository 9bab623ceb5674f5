import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inOnePiece, refusedReply, replyTo, type Reply } from './chatCompletions.ts';
import { controlAnswer } from './control.ts';
import { createFaultQueue, type FaultQueue } from './faultQueue.ts';
import { createPromptCache } from './promptCache.ts';
import type { RecordedRequest } from './recorder.ts';
import { isObject } from './json.ts';
import { jsonAnswer, type RawAnswer } from './refusal.ts';
import { mainBases, routeOf, type Route } from './routes.ts';
import type { ServiceId } from './service.ts';
import { defaultKeys, simulatorHeader, type Keys, type Pace, type SimulatorState } from './simulatorState.ts';
import { transmit } from './transmit.ts';

/** How a simulator is started; everything has a default. */
export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly keys?: Partial<Keys>;
  readonly pace?: Partial<Pace>;
  /** Refuses the model names of DeepSeek's reference page, as the service has done since July 2026 (docs/servers.md §0.1). */
  readonly retired?: boolean;
  /** Lets pages and workers of a browser read the answers, whatever their origin; without it a browser refuses them. */
  readonly allowsOrigins?: boolean;
}

/** A running simulator. */
export interface Simulator {
  readonly origin: string;
  /** The base of each service, ready for a setting. */
  readonly bases: Readonly<Record<ServiceId, string>>;
  readonly keys: Keys;
  /** Every request so far, the control ones left out; entries go on changing until their answer has ended. */
  readonly requests: RecordedRequest[];
  readonly faults: FaultQueue;
  /** Destroys what is still open and frees the port. */
  readonly close: () => Promise<void>;
}

/** What a browser asks for before it hands on an answer of another origin. */
const anyOrigin = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization, content-type', 'access-control-allow-methods': 'GET, POST' } as const;

const largestBody = 64 * 1024 * 1024;

async function readText(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > largestBody) throw new RangeError('The request is too large.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** The token of an Authorization header of the form all three pages give: `Bearer <key>`. */
function tokenOf(header: string | undefined): string | undefined {
  return /^Bearer (\S+)$/.exec(header ?? '')?.[1];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function authorize(state: SimulatorState, service: ServiceId, token: string | undefined): RecordedRequest['authorization'] {
  if (service === 'open') return 'not needed';
  if (token === undefined) return 'absent';
  return token === state.keys[service] ? 'accepted' : 'refused';
}

function decide(state: SimulatorState, record: RecordedRequest, route: Route): Reply {
  const token = tokenOf(record.headers.authorization);
  record.authorization = authorize(state, route.service.id, token);
  if (record.authorization === 'absent') {
    return refusedReply({ reason: 'no-key', message: 'Authentication Fails: the header Authorization: Bearer <key> is missing' }, { route, token });
  }
  if (record.authorization === 'refused') return refusedReply({ reason: 'wrong-key', message: 'Authentication Fails: the key is wrong' }, { route, token });
  const expected = route.resource === 'chat/completions' ? 'POST' : 'GET';
  if (record.method !== expected) {
    const answer: RawAnswer = { status: 405, headers: { allow: expected }, body: '' };
    return { answer: inOnePiece(answer), delayMs: 0, faults: [], verdict: `The method must be ${expected}` };
  }
  const resource = route.service.resources[route.resource];
  if (resource === undefined) {
    return replyTo(state, { route, path: record.path, text: record.text, contentType: record.headers['content-type'], token });
  }
  const faults = state.faults.take({ service: route.service.id, path: record.path, text: '', stream: false });
  const raw = faults.find((fault) => fault.kind === 'answer');
  const answer = raw === undefined ? jsonAnswer(200, resource()) : { status: raw.status ?? 500, headers: raw.headers ?? {}, body: raw.body ?? '' };
  return { answer: inOnePiece(answer), delayMs: 0, faults, verdict: 'accepted' };
}

function nothingHere(): Reply {
  const verdict = 'There is nothing at this path.';
  return { answer: inOnePiece(jsonAnswer(404, { error: verdict })), delayMs: 0, faults: [], verdict };
}

function usageIn(pieces: readonly string[]): unknown {
  const last = pieces.findLast((piece) => /"usage":\s*\{/.test(piece));
  const json = last === undefined ? undefined : parsed(last.slice(last.indexOf('{')));
  return isObject(json) ? json['usage'] : undefined;
}

async function handle(state: SimulatorState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const method = request.method ?? 'GET';
  const text = await readText(request);
  if (path.startsWith('/_simulator/')) {
    const answer = controlAnswer(state, { method, path, text, host: request.headers.host ?? '' });
    response.writeHead(answer.status, { ...answer.headers, ...simulatorHeader }).end(answer.body);
    return;
  }
  const route = routeOf(path);
  const record: RecordedRequest = {
    method, path, headers: request.headers, text, body: parsed(text), service: route?.service.id,
    authorization: 'absent', verdict: '', status: undefined, faults: [], outcome: 'pending', bytesSent: 0, usage: undefined,
  };
  state.requests.push(record);
  const reply = route === undefined ? nothingHere() : decide(state, record, route);
  const { answer, delayMs, faults } = reply;
  Object.assign(record, { verdict: reply.verdict, status: answer.status, faults: faults.map((fault) => fault.kind), usage: usageIn(answer.pieces) });
  record.outcome = await transmit(response, {
    status: answer.status,
    headers: { ...answer.headers, ...simulatorHeader },
    pieces: answer.pieces,
    delayMs,
    faults,
    onBytes: (count) => { record.bytesSent = count; },
  });
}

/** Starts a simulator on 127.0.0.1. It is a development and test tool: it answers from rules, not from a model. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const state: SimulatorState = {
    keys: { ...defaultKeys, ...options.keys },
    pace: { chunkDelayMs: 0, longAnswerDelayMs: 5, ...options.pace },
    retired: options.retired === true,
    requests: [],
    faults: createFaultQueue(),
    cache: createPromptCache(),
    usedOnce: new Set(),
  };
  const server = createServer((request, response) => {
    if (options.allowsOrigins === true) {
      for (const [name, value] of Object.entries(anyOrigin)) response.setHeader(name, value);
      if (request.method === 'OPTIONS') {
        response.writeHead(204).end();
        return;
      }
    }
    handle(state, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500, simulatorHeader).end(`The simulator itself failed: ${String(error)}`);
    });
  });
  // A stalled answer is a test's wish; no timer of the server may end it.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    bases: {
      deepseek: `${origin}${mainBases.deepseek}`,
      iflow: `${origin}${mainBases.iflow}`,
      jiekou: `${origin}${mainBases.jiekou}`,
      open: `${origin}${mainBases.open}`,
    },
    keys: state.keys,
    requests: state.requests,
    faults: state.faults,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
