import { asNumber, asObject, asText, parseJson, type JsonObject } from '../json.ts';
import { CompletionError, type CompletionErrorKind } from './completionError.ts';
import { describePage } from './payloads.ts';

/** Characters. */
const longestMessage = 4000;

/** What a service said of a failure, before it is known what kind it is. */
interface Complaint {
  readonly message: string;
  /** The service's own names for it: `code`, `type`, `reason`, a business status. */
  readonly names: readonly string[];
}

/**
 * An error that stands where an answer was expected: in the body of an HTTP 200, or in the middle of a stream. Knows
 * every shape of wire.md C13; undefined when the object is no error.
 */
export function errorInBody(value: JsonObject, event?: string): CompletionError | undefined {
  const complaint = readComplaint(value, event === 'error');
  return complaint && new CompletionError(kindOf(statusIn(complaint), complaint), complaint.message);
}

/** The error of an answer whose HTTP status is not 2xx; its body is JSON, a web page, plain text or nothing. */
export function errorOfResponse(status: number, headers: Headers, body: string): CompletionError {
  const text = body.trim();
  const complaint = complaintOf(text, status);
  const kind = kindOf(status, complaint);
  return new CompletionError(text.startsWith('<') && kind === 'bad-request' ? 'not-an-api' : kind, complaint.message, {
    status,
    retryAfterMs: retryAfter(headers),
  });
}

/** The HTTP status that an error would have had, for many services tell it in the body (OpenRouter, vLLM, Gemini, Groq). */
function statusIn({ names }: Complaint): number | undefined {
  return names.map(Number).find((name) => name >= 400 && name < 600);
}

function complaintOf(text: string, status: number): Complaint {
  const parsed = parseJson(text);
  const value = asObject(Array.isArray(parsed) ? (parsed[0] as unknown) : parsed);
  const complaint = value && readComplaint(value, true);
  if (complaint !== undefined) return complaint;
  if (text.startsWith('<')) return { message: describePage(text), names: [] };
  const plain = typeof parsed === 'string' ? parsed : text.slice(0, 500);
  return { message: plain === '' ? `HTTP ${status} without a word of explanation.` : plain, names: [] };
}

function readComplaint(value: JsonObject, expected: boolean): Complaint | undefined {
  const nested = asObject(value['error']) ?? choiceError(value);
  if (nested !== undefined) return { message: messageOf(nested) ?? 'The service did not say why.', names: namesOf(nested) };
  const plain = asText(value['error']);
  if (plain !== undefined) return { message: plain.slice(0, longestMessage), names: namesOf(value) };
  // MiniMax: HTTP 200 and base_resp.status_code, which is 0 when all is well.
  const base = asObject(value['base_resp']);
  const baseCode = asNumber(base?.['status_code']);
  if (base !== undefined && baseCode !== undefined && baseCode !== 0) {
    return { message: asText(base['status_msg']) ?? `Status ${baseCode}.`, names: [String(baseCode)] };
  }
  if (Array.isArray(value['choices'])) return undefined;
  const names = namesOf(value);
  // iFlow: {"status":"434","msg":…,"body":null}; jiekou.ai: {"code":403,"reason":…,"message":…}; old vLLM: {"object":"error"}.
  const flat = value['object'] === 'error' || names.length > 0;
  const message = messageOf(value);
  if ((flat || expected) && message !== undefined) return { message, names };
  return expected && flat ? { message: names.join(' '), names } : undefined;
}

function choiceError(value: JsonObject): JsonObject | undefined {
  const choices = value['choices'];
  return Array.isArray(choices) ? asObject(asObject(choices[0])?.['error']) : undefined;
}

/** What a service says of an error, as much of it as anybody will read. */
function messageOf(value: JsonObject): string | undefined {
  return (asText(value['message']) ?? asText(value['msg']))?.slice(0, longestMessage);
}

function namesOf(value: JsonObject): readonly string[] {
  return ['code', 'type', 'reason', 'status', 'status_code'].flatMap((name) => {
    const entry = value[name];
    return typeof entry === 'number' ? [String(entry)] : (asText(entry) ?? []);
  });
}

/**
 * A name of the service decides first, then its words (jiekou.ai's family says 403 of an empty balance), then a number
 * among its names, then the HTTP status. wire.md §1.3, §2.6, §3, §4, §6.
 */
const rows: readonly { readonly kind: CompletionErrorKind; readonly names?: RegExp; readonly words?: RegExp }[] = [
  { kind: 'quota', names: /^(NOT_ENOUGH_BALANCE|insufficient_quota|insufficient_balance|402)$/i, words: /insufficient (account )?balance|余额不足/i },
  { kind: 'context-length', names: /^(context_length_exceeded|exceed_context_size_error)$/i, words: /context (length|size|window)|maximum context|too many tokens/i },
  { kind: 'unknown-model', names: /^(MODEL_NOT_FOUND|model_not_found)$/i, words: /supported API model names|model (.{1,100} )?(does not exist|not found)|不支持所选模型/i },
  { kind: 'rate-limit', names: /^(RATE_LIMIT_EXCEEDED|TOKEN_LIMIT_EXCEEDED|rate_limit.*|429|449)$/i },
  { kind: 'bad-key', names: /^(INVALID_API_KEY|FAILED_TO_AUTH|authentication_error|invalid_api_key|434|401)$/i },
  { kind: 'forbidden', names: /^(ACCESS_DENY|permission_error|403)$/i },
  { kind: 'server', names: /^(SERVICE_NOT_AVAILABLE|server_error|overloaded_error|5\d\d)$/i },
];

function rowNamed(wanted: readonly string[]): (typeof rows)[number] | undefined {
  return rows.find(({ names }) => wanted.some((name) => names?.test(name)));
}

function kindOf(status: number | undefined, complaint: Complaint): CompletionErrorKind {
  const numbers = complaint.names.filter((name) => /^\d+$/.test(name));
  const row =
    rowNamed(complaint.names.filter((name) => !numbers.includes(name))) ??
    rows.find(({ words }) => words?.test(complaint.message)) ??
    rowNamed(numbers);
  if (row !== undefined) return row.kind;
  if (status === undefined) return 'server';
  return byStatus.get(status) ?? (status >= 500 ? 'server' : 'bad-request');
}

const byStatus: ReadonlyMap<number, CompletionErrorKind> = new Map([
  [401, 'bad-key'],
  [402, 'quota'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [406, 'forbidden'],
  [407, 'unreachable'],
  [408, 'timeout'],
  [413, 'context-length'],
  [429, 'rate-limit'],
  [504, 'timeout'],
]);

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
