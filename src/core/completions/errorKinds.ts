import type { Complaint } from './complaint.ts';
import type { CompletionErrorKind } from './completionError.ts';

interface Row {
  readonly kind: CompletionErrorKind;
  /** The service's own name for it. */
  readonly names?: RegExp;
  /** Words of its message. */
  readonly words?: RegExp;
}

/**
 * What the services' names and words mean (docs/servers.md §1.3, §2.2, §2.6, §3, §4). The first row that fits wins: narrow words
 * stand before wide ones.
 */
const rows: readonly Row[] = [
  { kind: 'responses-only', words: /only supported in v1\/responses|not supported in the v1\/chat\/completions|not a chat model/i },
  { kind: 'media-refused', words: /unknown variant `(image_url|video_url|input_audio|file)`|does(n't| not) support (image|video|vision)|(image|video) input is not supported|support (image|video) input|at most 0 (image|video)/i },
  { kind: 'thinking-history', words: /expected `(redacted_)?thinking`.{0,80}found `|reasoning_content.{0,60}must be passed back|missing `?reasoning_content/i },
  { kind: 'tools-refused', words: /does not support (tools|function)|support tool use|tools param requires|tool choice requires --enable/i },
  { kind: 'call-failed', names: /^tool_use_failed$/i },
  { kind: 'content-blocked', names: /^(content_filter|data_inspection_failed)$/i, words: /content exists risk/i },
  { kind: 'loading', words: /^loading model/i },
  { kind: 'quota', names: /^(NOT_ENOUGH_BALANCE|insufficient_quota|insufficient_balance|402|60400|base_resp 1008)$/i, words: /insufficient (account )?balance|余额不足/i },
  // Bedrock: "Too many tokens, please wait before trying again." counts those of a minute or a day.
  { kind: 'rate-limit', words: /too many tokens.{0,20}please wait/i },
  { kind: 'context-length', names: /^(context_length_exceeded|exceed_context_size_error|model_context_window_exceeded)$/i, words: /context (length|size|window)|maximum context|too many tokens/i },
  { kind: 'unknown-model', names: /^model_not_found$/i, words: /supported API model names|model (.{1,100} )?(does not exist|not found(?! in (the )?schema))|不支持所选模型/i },
  { kind: 'rate-limit', names: /^(RATE_LIMIT_EXCEEDED|TOKEN_LIMIT_EXCEEDED|rate_limit.*|429|449|40303|base_resp 1002)$/i },
  { kind: 'blocked-key', words: /(AK|key|account) has been (blocked|banned|suspended|disabled)/i },
  { kind: 'expired-key', words: /(api ?key|token) (has |is )?expired/i },
  { kind: 'bad-key', names: /^(INVALID_API_KEY|FAILED_TO_AUTH|authentication_error|401|434|base_resp 1004|90402)$/i, words: /api key not valid/i },
  { kind: 'forbidden', names: /^(ACCESS_DENY|permission_error|403)$/i },
  { kind: 'parameter-refused', names: /^unsupported_(parameter|value)$/i, words: /does not support this tool_choice/i },
  { kind: 'gateway-timeout', names: /^504$/ },
  { kind: 'server', names: /^(SERVICE_NOT_AVAILABLE|overloaded_error|5\d\d)$/i },
];

/**
 * The kind of a complaint: by the service's own name for it, for jiekou.ai's family says 403 of an empty balance; then by
 * its words; then by a number among the names; and by the HTTP status at last.
 */
export function kindOf(status: number | undefined, complaint: Complaint): CompletionErrorKind {
  const numbers = complaint.names.filter((name) => /^\d+$/.test(name));
  const row =
    rowNamed(complaint.names.filter((name) => !numbers.includes(name))) ??
    rows.find(({ words }) => words?.test(complaint.message)) ??
    rowNamed(numbers);
  const kind = row?.kind ?? (status === undefined ? unnumbered(complaint) : byStatus(status));
  return kind === 'bad-request' && refusedParameter(complaint) !== undefined ? 'parameter-refused' : kind;
}

function rowNamed(wanted: readonly string[]): Row | undefined {
  return rows.find(({ names }) => wanted.some((name) => names?.test(name)));
}

/** Of a complaint that came as HTTP 200 and names no status: too many a service says this of every refusal for it to count before that. */
function unnumbered({ names }: Complaint): CompletionErrorKind {
  return names.some((name) => /^(invalid_?request(_?error)?|bad_?request(_?error)?|invalid_?(parameter|argument))$/i.test(name)) ? 'bad-request' : 'server';
}

function byStatus(status: number): CompletionErrorKind {
  return statuses.get(status) ?? (status >= 500 ? 'server' : 'bad-request');
}

const statuses: ReadonlyMap<number, CompletionErrorKind> = new Map([
  [401, 'bad-key'],
  [402, 'quota'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [405, 'not-found'],
  [406, 'forbidden'],
  [407, 'proxy'],
  [408, 'timeout'],
  [413, 'context-length'],
  [429, 'rate-limit'],
  [504, 'gateway-timeout'],
]);

/** The parameter that a complaint is about: the field it names, or one whose name can be no other word of its message. */
export function refusedParameter({ parameter, message }: Complaint): string | undefined {
  const field = parameter === undefined ? undefined : /^[a-z_]{1,40}(\.[a-z_]{1,40})?$/.exec(parameter)?.[0];
  if (field !== undefined && !filledIn.test(field)) return field;
  return /\b(temperature|top_p|top_k|min_p|max_tokens|max_completion_tokens|(frequency|presence|repetition)_penalty|logit_bias|(top_)?logprobs|response_format|tool_choice|reasoning_effort|enable_thinking|separate_reasoning|thinking_budget)\b/.exec(message)?.[0];
}

/** Not for a person to set. */
const filledIn = /^(messages|model|tools|stream|stream_options)\b/;
