import { request as httpRequest } from 'node:http';
import type { JsonObject } from './json.ts';
import type { Simulator } from './server.ts';
import type { ServiceId } from './service.ts';

/** An answer as it came: the body is what arrived before the end or the break. */
export interface RawReply {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** The body in the pieces the socket gave. */
  readonly pieces: readonly Buffer[];
  /** Whether the body ended as it should. */
  readonly isWhole: boolean;
}

/** The model that each service's tests ask by default; each of them reasons. */
export const usualModel: Readonly<Record<ServiceId, string>> = {
  deepseek: 'deepseek-v4-flash',
  iflow: 'deepseek-r1',
  jiekou: 'zai-org/glm-4.5',
  open: 'simulated-reasoner',
};

/** A request that a service accepts, for one question, with more fields on top. */
export function chatBody(service: ServiceId, question: string, more: JsonObject = {}): JsonObject {
  return {
    model: usualModel[service],
    messages: [{ role: 'user', content: question }],
    ...(service === 'jiekou' ? { max_tokens: 4000 } : {}),
    ...more,
  };
}

/** Posts to a service's chat completions with its key and waits for the end. Rejects only when no answer begins. */
export async function post(
  simulator: Simulator,
  service: ServiceId,
  body: JsonObject | string,
  options: { readonly path?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<RawReply> {
  const key = service === 'open' ? undefined : simulator.keys[service];
  const headers = {
    'content-type': 'application/json',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...options.headers,
  };
  const url = new URL(`${options.path === undefined ? simulator.bases[service] : `${simulator.origin}${options.path}`}/chat/completions`);
  return await new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      const finish = (isWhole: boolean): void => {
        resolve({ status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '', text: Buffer.concat(pieces).toString('utf8'), pieces, isWhole });
      };
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => finish(true));
      response.on('error', () => finish(false));
    });
    request.on('error', reject);
    request.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

/** The JSON of every event of a stream, `[DONE]` left out. */
export function eventsOf(text: string): readonly JsonObject[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:') && !line.includes('[DONE]'))
    .map((line) => JSON.parse(line.slice('data:'.length)) as JsonObject);
}

interface StreamedChoice {
  readonly delta: { readonly content?: string | null; readonly reasoning_content?: string | null };
  readonly finish_reason: string | null;
}

/** What a stream's first choice says in all: text, reasoning and how it ended. */
export function joined(text: string): { readonly content: string; readonly reasoning: string; readonly finish: string | undefined } {
  const choices = eventsOf(text).flatMap((event) => (event['choices'] as readonly StreamedChoice[]).slice(0, 1));
  return {
    content: choices.map((choice) => choice.delta.content ?? '').join(''),
    reasoning: choices.map((choice) => choice.delta.reasoning_content ?? '').join(''),
    finish: choices.findLast((choice) => choice.finish_reason !== null)?.finish_reason ?? undefined,
  };
}

/** A tool definition that reads files, as the product offers one. */
export const readFileTool = {
  type: 'function',
  function: {
    name: 'read_file',
    description: 'Reads a text file of the workspace.',
    parameters: {
      type: 'object',
      properties: {
        path: { type: 'string' },
        start_line: { type: 'integer', minimum: 1 },
        end_line: { type: 'integer', minimum: 1 },
      },
      required: ['path'],
    },
  },
} as const;
