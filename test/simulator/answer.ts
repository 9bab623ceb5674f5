import type { Completion } from './completion.ts';
import type { Fault } from './faults.ts';
import { isObject, type JsonObject } from './json.ts';
import { refusalReasons, type RawAnswer } from './refusal.ts';
import type { Service } from './service.ts';
import { find } from './transmit.ts';

/** A body that is ready to be sent, in the pieces it is written in. */
export interface PreparedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: readonly string[];
}

function withFinish(chunk: JsonObject, reason: string | null): JsonObject {
  const choices = Array.isArray(chunk['choices']) ? chunk['choices'] : [];
  return {
    ...chunk,
    choices: choices.map((choice: unknown) => (isObject(choice) && choice['finish_reason'] !== null ? { ...choice, finish_reason: reason } : choice)),
  };
}

function withHugeLine(chunks: readonly JsonObject[], bytes: number): readonly JsonObject[] {
  const first = chunks[0];
  const choices = Array.isArray(first?.['choices']) ? first['choices'] : [];
  const huge = { ...first, choices: choices.map((choice: JsonObject) => ({ ...choice, delta: { content: 'x'.repeat(bytes) } })) };
  return [...chunks.slice(0, 1), huge, ...chunks.slice(1)];
}

function faultyChunks(service: Service, completion: Completion, faults: readonly Fault[]): readonly JsonObject[] {
  let chunks = service.chunks(completion);
  if (find(faults, 'no-finish-reason') !== undefined) chunks = chunks.map((chunk) => withFinish(chunk, null));
  const other = find(faults, 'finish-reason')?.value;
  if (other !== undefined) chunks = chunks.map((chunk) => withFinish(chunk, other));
  const huge = find(faults, 'huge-line');
  if (huge !== undefined) chunks = withHugeLine(chunks, huge.bytes ?? 2_000_000);
  const failing = find(faults, 'error-event');
  if (failing === undefined) return chunks;
  const error = { message: 'The engine has stopped (asked for by a fault).', type: 'server_error', param: null, code: 500 };
  return [...chunks.slice(0, failing.after ?? 0), { error }];
}

function streamPieces(service: Service, completion: Completion, faults: readonly Fault[]): readonly string[] {
  const data = faultyChunks(service, completion, faults).map((chunk) => JSON.stringify(chunk));
  const isWhole = find(faults, 'no-done') === undefined && find(faults, 'error-event') === undefined;
  const lines = isWhole ? [...data, '[DONE]'] : data;
  const bare = find(faults, 'bare-lines') !== undefined;
  const pieces = lines.map((line) => (bare ? `${line}\n` : `${service.dataPrefix}${line}\n\n`));
  const last = pieces.at(-1);
  if (last !== undefined && find(faults, 'no-last-blank-line') !== undefined) pieces[pieces.length - 1] = last.trimEnd();
  return find(faults, 'crlf') === undefined ? pieces : pieces.map((piece) => piece.replaceAll('\n', '\r\n'));
}

/** An answer in a service's own shape, as a stream or whole, with those faults that change what is written. */
export function prepareAnswer(service: Service, completion: Completion, faults: readonly Fault[]): PreparedAnswer {
  if (completion.request.stream !== true || find(faults, 'json-answer') !== undefined) {
    const body = service.body(completion);
    const other = find(faults, 'finish-reason')?.value ?? (find(faults, 'no-finish-reason') === undefined ? undefined : null);
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      pieces: [JSON.stringify(other === undefined ? body : withFinish(body, other))],
    };
  }
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    pieces: streamPieces(service, completion, faults),
  };
}

const signInPage = '<!DOCTYPE html>\n<html><head><title>Sign in to the network</title></head><body><h1>Sign in</h1><p>This page comes from the simulator.</p></body></html>\n';

/** An answer that takes the place of the true one, when a fault asks for it. */
export function replacementFor(service: Service, model: string, faults: readonly Fault[]): RawAnswer | undefined {
  const raw = find(faults, 'answer');
  if (raw !== undefined) {
    const headers = { 'content-type': 'application/json', ...raw.headers };
    return { status: raw.status ?? 500, headers, body: raw.body ?? '' };
  }
  const page = find(faults, 'html');
  if (page !== undefined) return { status: page.status ?? 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: signInPage };
  const redirect = find(faults, 'redirect');
  if (redirect !== undefined) return { status: redirect.status ?? 307, headers: { location: redirect.location ?? '/' }, body: '' };
  const asked = find(faults, 'refuse')?.reason;
  const reason = refusalReasons.find((candidate) => candidate === asked);
  if (reason !== undefined) return service.refuse({ reason, message: `The simulator was asked to refuse this request: ${reason}.` }, undefined);
  if (find(faults, 'retired') === undefined) return undefined;
  const refusal = service.checkModel({ model: `${model}-retired`, beta: false, retired: true });
  if (refusal === undefined) return service.refuse({ reason: 'unknown-model', message: `The model ${model} is not served any more.` }, undefined);
  return service.refuse({ ...refusal, message: refusal.message.replace(`${model}-retired`, model) }, undefined);
}
