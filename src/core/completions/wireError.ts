import type { JsonObject } from '../json.ts';
import { complaintOfBody, readComplaint, type Complaint } from './complaint.ts';
import { CompletionError, type CompletionErrorKind, type ErrorFacts } from './completionError.ts';
import { kindOf, refusedParameter } from './errorKinds.ts';

/**
 * An error that stands where an answer was expected: in the body of an HTTP 200, or in the middle of a stream. Knows
 * every shape of docs/servers.md C13; undefined when the object is no error.
 */
export function errorInBody(value: JsonObject, event?: string): CompletionError | undefined {
  const complaint = readComplaint(value, event === 'error' ? 'error' : 'answer');
  if (complaint === undefined) return undefined;
  const kind = kindOf(statusIn(complaint), complaint);
  return new CompletionError(kind, complaint.message, { facts: factsOf(kind, complaint) });
}

/** The error of an answer whose HTTP status is not 2xx; its body is JSON, a web page, plain text or nothing. */
export function errorOfResponse(status: number, headers: Headers, body: string): CompletionError {
  const text = body.trim();
  const complaint = complaintOfBody(text, status);
  const kind = kindWithBody(kindOf(status, complaint), status, text);
  return new CompletionError(kind, complaint.message, {
    status,
    retryAfterMs: retryAfter(headers),
    facts: { ...factsOf(kind, complaint), shouldRetry: shouldRetry(headers) },
  });
}

function kindWithBody(kind: CompletionErrorKind, status: number, text: string): CompletionErrorKind {
  // A page that wants one to sign in, or to prove to be no robot: no service says anything of a key in HTML.
  if (text.startsWith('<') && pages.has(kind)) return 'not-an-api';
  // iFlow (docs/servers.md §1.3): 406 and no body mean that only its own command-line tool may use the model.
  return status === 406 && text === '' ? 'reserved-model' : kind;
}

/** What the status of a web page would mean if a service had sent it. */
const pages: ReadonlySet<CompletionErrorKind> = new Set(['bad-request', 'parameter-refused', 'bad-key', 'forbidden']);

/** The HTTP status that an error would have had, for many services tell it in the body (OpenRouter, vLLM, Gemini, Groq). */
function statusIn({ names }: Complaint): number | undefined {
  return names.map(Number).find((name) => name >= 400 && name < 600);
}

function factsOf(kind: CompletionErrorKind, complaint: Complaint): ErrorFacts {
  switch (kind) {
    case 'context-length':
      return { context: complaint.context ?? contextIn(complaint.message) };
    case 'unknown-model':
      return { offered: modelsIn(complaint.message) };
    case 'parameter-refused':
      return { parameter: refusedParameter(complaint) };
    default:
      return {};
  }
}

/** "maximum context length is 65536 tokens. However, you requested 70000", "exceeds the available context size (512 tokens)". */
function contextIn(message: string): ErrorFacts['context'] {
  const limit = /context (?:length|size|window)[^\d]{0,20}(\d{3,})/i.exec(message)?.[1];
  const asked = /(?:requested|resulted in|request \() ?(?:about )?(\d{3,})/i.exec(message)?.[1];
  return limit === undefined ? undefined : { limit: Number(limit), asked: asked === undefined ? undefined : Number(asked) };
}

/** DeepSeek: "The supported API model names are a or b, but you passed c." */
function modelsIn(message: string): readonly string[] | undefined {
  const list = /supported API model names are (.{1,500}?)(, but |\.?$)/i.exec(message)?.[1];
  return list?.split(/,? or |,? and |, /).slice(0, 10);
}

/** The service's own word on repeating the request, which some gateways send. */
function shouldRetry(headers: Headers): boolean | undefined {
  const header = headers.get('x-should-retry');
  return header === 'true' ? true : header === 'false' ? false : undefined;
}

/** Milliseconds to wait by `Retry-After-Ms` or `Retry-After` (seconds or a date); undefined when absent or past. */
function retryAfter(headers: Headers): number | undefined {
  const milliseconds = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (milliseconds > 0) return milliseconds;
  const header = headers.get('retry-after');
  if (header === null) return undefined;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return wait > 0 ? wait : undefined;
}
